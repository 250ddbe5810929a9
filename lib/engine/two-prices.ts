import { foldText } from './chars.ts'
import { findEntities } from './entities.ts'
import { moneyOf } from './values.ts'

/** Words of a thing at most. */
const WORDS = 4
const ARTICLE = /^(?:the|our|your|this|that|a|an|each|der|die|das|den|dem|unser|unsere|ihr|ihre|ein|eine|le|la|les|l['’]|notre|votre|un|une|el|los|las|nuestro|nuestra|su|una)$/i
/** What stands for a thing that was named before; whose price it is cannot be told. */
const PRONOUN = /^(?:it|this|that|they|these|those|which|everything|total|price|cost|es|dies|alles|preis|il|elle|cela|ça|prix|esto|eso|todo|precio|here|there|today|now|offer)$/i
/** The sentence itself says that there is more than one price. */
const MORE_PRICES = /\b(?:was|were|instead|before|formerly|previously|originally|usually|normally|regular(?:ly)?|list|retail|save|discount|off|from|between|starting|or|plus|extra|up to|statt|bisher|vorher|früher|normalerweise|ab|oder|zzgl|lieu|avant|auparavant|partir|ou|antes|normalmente|desde|o|más)\b|%|→|->/i

/** The words right before a price's verb, back to the article; empty where they do not name a thing. */
function thingBefore(before: string): string {
  const words = before.split(/\s+/).filter((word) => word !== '')
  const named: string[] = []
  for (const word of words.reverse()) {
    if (named.length === WORDS || /[,;:.!?()–—]$/.test(word)) break
    if (ARTICLE.test(word)) return named.length > 0 ? named.join(' ') : ''
    named.unshift(word)
  }
  // Without an article it is a name, and the whole of it must be there.
  const isName = named.length > 0 && named.length < WORDS && named.every((word) => /^[\p{Lu}\d]/u.test(word))
  return isName ? named.join(' ') : ''
}

/** Per what: the words after an amount up to the end of the clause, and every other figure of the sentence. */
function termsOf(sentence: string, from: number, to: number): string {
  const after = /^[^,;.!?()\n]*/.exec(sentence.slice(to))?.[0] ?? ''
  const figures = `${sentence.slice(0, from)} ${sentence.slice(to)}`.match(/\d+/g) ?? []
  return `${foldText(after).replace(/\s+/g, ' ').trim()}\0${figures.join(' ')}`
}

/** A thing, its price and what is said of another price of it further on. `name` is equal where two are the same thing on the same terms: its words, the currency, per what, and the sentence's other figures. */
export interface Priced { readonly name: string; readonly amount: number; readonly evidence: string }

/** The thing that has its price in the words `quote` at offset `at` of a sentence. Null where it is not one thing with one price. */
export function pricedIn(sentence: string, at: number, quote: string): Priced | null {
  if (MORE_PRICES.test(sentence)) return null
  const amounts = findEntities(sentence).filter(({ kind }) => kind === 'money')
  const [amount] = amounts
  const money = amount ? moneyOf(sentence.slice(amount.span.start, amount.span.end)) : null
  const thing = foldText(thingBefore(sentence.slice(0, at)))
  if (!amount || !money || amounts.length !== 1 || thing === '' || PRONOUN.test(thing)) return null
  return { name: `${thing}\0${money.currency}\0${termsOf(sentence, amount.span.start, amount.span.end)}`, amount: money.amount, evidence: `said earlier: ${quote}` }
}

/** The things of a draft that have had a price, each with its first. Emptied by a turn, not by writing: after a key all but a few are as they were. */
export class Prices {
  private readonly firsts = new Map<string, { turn: number; priced: Priced }>()
  private turn = 0

  /** Before a draft is gone through. What no draft has named for long is let go. */
  begin(): void {
    this.turn++
    if (this.firsts.size > MOST_THINGS) this.firsts.clear()
  }

  /**
   * The earlier price of the same thing where it is another one, else null; the thing is then known.
   * Silent where the sentence has several amounts or says that there are several prices, and where unit or other figures differ.
   */
  before(priced: Priced): Priced | null {
    const first = this.firsts.get(priced.name)
    if (first?.turn === this.turn) return Math.abs(first.priced.amount - priced.amount) < 0.005 ? null : first.priced
    if (first) {
      first.turn = this.turn
      first.priced = priced
    } else this.firsts.set(priced.name, { turn: this.turn, priced })
    return null
  }
}

const MOST_THINGS = 1_000
