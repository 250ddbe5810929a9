import { findEntities } from './entities.ts'
import type { Blocks, Same } from './blocks.ts'
import { PRICE_BOOK } from './doubles.ts'
import { DraftWords } from './draft-words.ts'
import { greetingCheck } from './greeting.ts'
import { sentenceAt } from './spans.ts'
import { pricedIn, type Priced, Prices } from './two-prices.ts'
import type { Draft, Finding, RuleCheck } from './types.ts'
import { moneyOf, numberOf, weekdayOf } from './values.ts'

/**
 * Rules that are not phrases. Their patterns say where to look; the check looks at the draft around each hit and keeps it, changes it, or drops it (null).
 * Bounded by `NEAR` characters around the hit and `MOST` hits a draft, but for `required`, which reads each block once.
 */
type Check<K extends RuleCheck['kind']> = (seen: Seen, check: Extract<RuleCheck, { kind: K }>) => Finding | null

/** What a check may know. */
interface Seen {
  /** The hit's words. */
  readonly quote: string
  /** The finding that the hit makes; made when it is asked for, which for a hit that is dropped it should not be. */
  readonly finding: Finding
  readonly draft: Draft
  /** ISO date, or '' where the day is not known. */
  readonly today: string
  /** The block that the hit is in, and the hit's place in it. */
  readonly block: string
  readonly at: number
  readonly memory: CheckMemory
  /** True where the draft says the phrase, whatever stands between its words. */
  says(phrase: string): boolean
  /** Prices gone through so far, of this rule. */
  readonly prices: Prices
}

/** What checks remember of a hit for as long as its block stays as it is: after a key all but a few hits stand in the same words. */
export class CheckMemory {
  private told: unknown = undefined
  private words = ''
  private of: Finding | null = null
  private evidence = ''
  private judged: Finding | null = null

  /** What was said of the hit in its block and, where the check reads further, in `words`; undefined where nothing has been. */
  recall<T>(words = ''): T | undefined {
    return this.words === words ? this.told as T | undefined : undefined
  }

  /** Remembers what is said, which must depend on nothing else. */
  remember<T>(told: T, words = ''): T {
    this.told = told
    // A copy, so that no old draft stays in memory.
    this.words = ` ${words}`.slice(1)
    return told
  }

  /** The finding with more evidence and with what `change` makes of it: the same object for as long as both are the same. */
  said(finding: Finding, evidence: string, change: Partial<Finding> = NOTHING): Finding {
    if (!this.judged || this.of !== finding || this.evidence !== evidence || change.suggest !== undefined && change.suggest !== this.judged.suggest) {
      this.judged = { ...finding, evidence: [...finding.evidence, evidence], ...change }
      this.of = finding
      this.evidence = evidence
    }
    return this.judged
  }
}

const NOTHING: Partial<Finding> = {}

/** Characters that are read on each side of a hit. */
const NEAR = 600
/** Hits of one rule that are compared with what is around them; a draft of figures alone must not take seconds. Further ones count as fitting. */
const MOST = 300

const CHECKS: { readonly [K in RuleCheck['kind']]: Check<K> } = { price, required, weekday, 'percent-of-prices': percentOfPrices, sum, greeting, 'two-prices': twoPrices }

/** The amount beside a product: equal to the price book it is a quiet note, else the right one is suggested. */
function price({ today, memory, finding }: Seen, { amount, currency, text, from, until }: Extract<RuleCheck, { kind: 'price' }>): Finding | null {
  const found = findEntities(finding.quote).find(({ kind }) => kind === 'money')
  if (!found) return null
  const { start, end } = found.span
  const value = moneyOf(finding.quote.slice(start, end))
  if (!value) return memory.said(finding, 'the amount could not be read')
  // What is right today cannot be told from a price that holds on other days.
  if (today !== '' && from !== undefined && today < from) return memory.said(finding, `price book: ${text} from ${from} on`)
  if (today !== '' && until !== undefined && today > until) return memory.said(finding, `price book: ${text} until ${until}, which is past`)
  if (value.currency === currency && Math.abs(value.amount - amount) < 0.005) return memory.said(finding, PRICE_BOOK, { tier: 'note', suggest: null, evidence: [PRICE_BOOK] })
  return memory.said(finding, `price book: ${text}`, { suggest: finding.quote.slice(0, start) + text + finding.quote.slice(end) })
}

/** What has to stand somewhere in a draft that says this. */
function required(seen: Seen, { anyOf }: Extract<RuleCheck, { kind: 'required' }>): Finding | null {
  return anyOf.some((phrase) => seen.says(phrase)) ? null : seen.finding
}

/** A weekday that its date does not have. */
function weekday(seen: Seen): Finding | null {
  const { quote, memory } = seen
  let wrong = memory.recall<Weekday | null>()
  if (wrong === undefined) wrong = memory.remember(misnamed(quote))
  return wrong && memory.said(seen.finding, `that day is a ${wrong.is}`, { suggest: wrong.is + quote.slice(wrong.said.length) })
}

type Weekday = NonNullable<ReturnType<typeof weekdayOf>>

function misnamed(quote: string): Weekday | null {
  const day = weekdayOf(quote)
  return day && day.said.toLowerCase() !== day.is.toLowerCase() ? day : null
}

/** A percentage that does not fit the two prices in its sentence. */
function percentOfPrices(seen: Seen): Finding | null {
  const { memory } = seen
  let evidence = memory.recall<string | null>()
  if (evidence === undefined) {
    const around = sentenceOf(seen)
    evidence = memory.remember(around && misfit(around.sentence, seen.quote))
  }
  return evidence === null ? null : memory.said(seen.finding, evidence)
}

/** A price for a thing that had another one before. */
function twoPrices(seen: Seen): Finding | null {
  const { memory } = seen
  let priced = memory.recall<Priced | null>()
  if (priced === undefined) {
    const around = sentenceOf(seen)
    priced = memory.remember(around && pricedIn(around.sentence, around.at, seen.quote))
  }
  const earlier = priced === null ? null : seen.prices.before(priced)
  return earlier === null ? null : memory.said(seen.finding, earlier.evidence)
}

/** The hit's sentence and the hit's place in it; null where it goes on further than is read, and so might say anything. */
function sentenceOf({ block, at, quote }: Seen): { readonly sentence: string; readonly at: number } | null {
  const from = Math.max(0, at - NEAR)
  const text = block.slice(from, at + quote.length + NEAR)
  const { start, end } = sentenceAt(text, at - from)
  if ((from > 0 && text.slice(0, start).trim() === '') || (from + text.length < block.length && text.slice(end).trim() === '')) return null
  return { sentence: text.slice(start, end), at: at - from - start }
}

function misfit(sentence: string, quote: string): string | null {
  const found = findEntities(sentence)
  const prices = found.filter(({ kind }) => kind === 'money').map(({ span }) => moneyOf(sentence.slice(span.start, span.end)))
  const percent = numberOf(quote)
  const [a, b] = prices
  if (prices.length !== 2 || !a || !b || a.currency !== b.currency || percent === null || found.filter(({ kind }) => kind === 'percent').length !== 1) return null
  const [more, less] = a.amount > b.amount ? [a.amount, b.amount] : [b.amount, a.amount]
  if (less <= 0 || more === less) return null
  const fits = [(1 - less / more) * 100, (more / less - 1) * 100, (less / more) * 100].some((share) => Math.abs(share - percent) <= 1)
  // A rate on one of the prices, such as tax or a fee, is not the step from one to the other.
  if (fits || /\b(?:vat|tax|mwst|tva|iva|apr|interest|fee|tip)\b/i.test(sentence)) return null
  return `these two prices are ${Math.round((1 - less / more) * 1000) / 10} % apart`
}

function greeting(seen: Seen): Finding | null {
  return seen.draft.recipients.length === 0 ? null : greetingCheck(seen.finding, seen.draft)
}

/** A total that the amounts before it in the paragraph do not add up to. */
function sum({ draft, memory, finding }: Seen): Finding | null {
  const text = finding.field === 'subject' ? draft.subject : draft.text
  const left = text.slice(Math.max(0, finding.span.start - NEAR), finding.span.end)
  const gap = left.lastIndexOf('\n\n')
  // A paragraph that begins further up has amounts that are not seen.
  if (gap < 0 && finding.span.start > NEAR) return null
  const before = left.slice(gap + 1)
  let evidence = memory.recall<string | null>(before)
  if (evidence === undefined) evidence = memory.remember(wrongTotal(before), before)
  return evidence === null ? null : memory.said(finding, evidence)
}

function wrongTotal(before: string): string | null {
  if (/\b(?:vat|tax|discount|rabatt|mwst|remise|tva|iva|each|per|times|x)\b|%/i.test(before)) return null
  const amounts = findEntities(before).filter(({ kind }) => kind === 'money').map(({ span }) => moneyOf(before.slice(span.start, span.end)))
  const total = amounts.pop()
  if (!total || amounts.length < 2 || amounts.some((amount) => !amount || amount.currency !== total.currency)) return null
  const added = amounts.reduce((all, amount) => all + (amount?.amount ?? 0), 0)
  if (Math.abs(added - total.amount) < 0.01) return null
  return `the amounts before it add up to ${Math.round(added * 100) / 100} ${total.currency}`
}

/** Runs the checks over a draft's findings, in their order. One for each scanner. */
export class Checker implements Seen {
  draft!: Draft
  today = ''
  at = 0
  quote = ''
  memory!: CheckMemory
  prices!: Prices
  private place = 0
  private body!: Blocks
  private readonly said = new DraftWords()
  /** Findings of each rule gone through. */
  private counts = new Int32Array(64)
  private readonly allPrices: Prices[] = []
  private readonly pricesOf = new Map<number, Prices>()

  private number = 0

  /** @param make gives the finding of a hit by its number */
  constructor(private readonly make: (number: number) => Finding) {}

  /** Before a draft's findings are judged. */
  begin(draft: Draft, body: Blocks, today: string): void {
    this.draft = draft
    this.body = body
    this.today = today
    this.counts.fill(0)
    // By number: an iterator would be garbage at each key.
    for (let i = 0; i < this.allPrices.length; i++) this.allPrices[i]?.begin()
  }

  /** After each edit, also where nothing is judged. */
  edited(same: Same): void {
    this.said.edited(same)
  }

  /** Counts one more hit of a rule; false where so many have been judged that this one is let go unread. */
  takes(rule: number, check: RuleCheck): boolean {
    return this.count(rule) <= MOST || check.kind === 'price' || check.kind === 'required'
  }

  /** The finding of hit `number` as its rule's check leaves it, null where that drops it. `block`: number of the block it is in, -1 for the subject; `at`: its place there. Ask `takes` first. */
  judge(number: number, quote: string, rule: number, check: RuleCheck, memory: CheckMemory, block: number, at: number): Finding | null {
    this.number = number
    this.quote = quote
    this.memory = memory
    this.place = block
    this.at = at
    if (check.kind === 'two-prices') this.prices = this.pricesFor(rule)
    return (CHECKS[check.kind] as Check<RuleCheck['kind']>)(this, check)
  }

  get finding(): Finding {
    return this.make(this.number)
  }

  get block(): string {
    const { body, place } = this
    return place < 0 ? this.draft.subject : body.text.slice(body.start[place], body.end[place])
  }

  says(phrase: string): boolean {
    return this.said.has(phrase, this.draft.subject, this.body)
  }

  private count(rule: number): number {
    if (rule >= this.counts.length) {
      const larger = new Int32Array(rule * 2)
      larger.set(this.counts)
      this.counts = larger
    }
    return (this.counts[rule] = (this.counts[rule] as number) + 1)
  }

  private pricesFor(rule: number): Prices {
    let prices = this.pricesOf.get(rule)
    if (!prices) {
      this.pricesOf.set(rule, (prices = new Prices()))
      this.allPrices.push(prices)
    }
    return prices
  }
}
