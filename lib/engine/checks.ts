import { findEntities } from './entities.ts'
import { foldText } from './chars.ts'
import { PRICE_BOOK } from './doubles.ts'
import { greetingCheck } from './greeting.ts'
import { sentenceAt } from './spans.ts'
import { pricedIn, twoPricesCheck } from './two-prices.ts'
import type { Draft, Finding, Rule, RuleCheck } from './types.ts'
import { moneyOf, numberOf, weekdayOf } from './values.ts'

/**
 * Rules that are not phrases. Their patterns say where to look; the check looks at the draft around each hit and keeps it, changes it, or drops it (null).
 * Pure, and bounded by `NEAR` characters around the hit and `MOST` hits a draft, but for `required`, which reads the draft once.
 */
type Check<K extends RuleCheck['kind']> = (finding: Finding, check: Extract<RuleCheck, { kind: K }>, seen: Seen) => Finding | null

/** What a check may know besides its finding. */
interface Seen {
  readonly draft: Draft
  /** ISO date, or '' where the day is not known. */
  readonly today: string
  readonly memory: CheckMemory
  /** The draft's words, folded for `required`, made when first asked for. */
  words(): string
  /** Holds a price against those gone through so far; each rule by itself. */
  twoPrices(finding: Finding): Finding | null
}

/** Texts round hits that are remembered before the memory begins anew: about a megabyte. */
const REMEMBERED = 1_000

/** What checks said of the words round their hits, from scan to scan: after a key all but a few hits stand in the same words. */
export class CheckMemory {
  private readonly said = new Map<string, Map<string, string | null>>()

  /** What `judge` said, or says now, of the hit at `where` in `words`. It must depend on nothing else. */
  recall(words: string, where: string, judge: () => string | null): string | null {
    let here = this.said.get(words)
    if (!here) {
      if (this.said.size >= REMEMBERED) this.said.clear()
      // A copy, so that no old draft stays in memory.
      this.said.set(` ${words}`.slice(1), (here = new Map<string, string | null>()))
    }
    let verdict = here.get(where)
    if (verdict === undefined) here.set(where, (verdict = judge()))
    return verdict
  }
}

/** Characters that are read on each side of a hit. */
const NEAR = 600
/** Hits of one rule that are compared with what is around them; a draft of figures alone must not take seconds. Further ones count as fitting. */
const MOST = 300

const CHECKS: { readonly [K in RuleCheck['kind']]: Check<K> } = { price, required, weekday, 'percent-of-prices': percentOfPrices, sum, greeting, 'two-prices': (finding, _, seen) => seen.twoPrices(finding) }

const said = (finding: Finding, evidence: string): Finding => ({ ...finding, evidence: [...finding.evidence, evidence] })

/** The amount beside a product: equal to the price book it is a quiet note, else the right one is suggested. */
function price(finding: Finding, { amount, currency, text, from, until }: Extract<RuleCheck, { kind: 'price' }>, { today }: Seen): Finding | null {
  const found = findEntities(finding.quote).find(({ kind }) => kind === 'money')
  if (!found) return null
  const { start, end } = found.span
  const value = moneyOf(finding.quote.slice(start, end))
  if (!value) return said(finding, 'the amount could not be read')
  // What is right today cannot be told from a price that holds on other days.
  if (today !== '' && from !== undefined && today < from) return said(finding, `price book: ${text} from ${from} on`)
  if (today !== '' && until !== undefined && today > until) return said(finding, `price book: ${text} until ${until}, which is past`)
  if (value.currency === currency && Math.abs(value.amount - amount) < 0.005) return { ...finding, tier: 'note', suggest: null, evidence: [PRICE_BOOK] }
  return { ...said(finding, `price book: ${text}`), suggest: finding.quote.slice(0, start) + text + finding.quote.slice(end) }
}

/** What has to stand somewhere in a draft that says this. */
function required(finding: Finding, { anyOf }: Extract<RuleCheck, { kind: 'required' }>, seen: Seen): Finding | null {
  return anyOf.some((phrase) => seen.words().includes(wordsOf(phrase))) ? null : finding
}

/** Folded words with one space around each. */
function wordsOf(text: string): string {
  return ` ${foldText(text).replace(/[^\p{L}\p{N}%]+/gu, ' ').trim()} `
}

/** A weekday that its date does not have. */
function weekday(finding: Finding, _: RuleCheck, { memory }: Seen): Finding | null {
  const { quote } = finding
  const right = memory.recall(quote, 'weekday', () => {
    const day = weekdayOf(quote)
    return day && day.said.toLowerCase() !== day.is.toLowerCase() ? JSON.stringify(day) : null
  })
  if (right === null) return null
  const { said: wrong, is } = JSON.parse(right) as { said: string; is: string }
  return { ...said(finding, `that day is a ${is}`), suggest: is + quote.slice(wrong.length) }
}

const fieldText = (finding: Finding, draft: Draft): string => (finding.field === 'subject' ? draft.subject : draft.text)

/** A percentage that does not fit the two prices in its sentence. */
function percentOfPrices(finding: Finding, _: RuleCheck, { draft, memory }: Seen): Finding | null {
  const from = Math.max(0, finding.span.start - NEAR)
  const text = fieldText(finding, draft).slice(from, finding.span.end + NEAR)
  const at = finding.span.start - from
  const evidence = memory.recall(text, `%${at} ${finding.quote}`, () => misfit(text, at, finding.quote))
  return evidence === null ? null : said(finding, evidence)
}

function misfit(text: string, at: number, quote: string): string | null {
  const { start, end } = sentenceAt(text, at)
  const sentence = text.slice(start, end)
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

/** The thing and its price in the words round a finding, as `pricedIn` writes them. */
function pricedNear(finding: Finding, { draft, memory }: Seen): string | null {
  const from = Math.max(0, finding.span.start - NEAR)
  const text = fieldText(finding, draft).slice(from, finding.span.end + NEAR)
  const at = finding.span.start - from
  return memory.recall(text, `price ${at}`, () => pricedIn(text, at))
}

function greeting(finding: Finding, _: RuleCheck, { draft }: Seen): Finding | null {
  return greetingCheck(finding, draft)
}

/** A total that the amounts before it in the paragraph do not add up to. */
function sum(finding: Finding, _: RuleCheck, { draft, memory }: Seen): Finding | null {
  const text = fieldText(finding, draft)
  const near = text.slice(Math.max(0, finding.span.start - NEAR), finding.span.end)
  const gap = near.lastIndexOf('\n\n')
  // A paragraph that begins further up has amounts that are not seen.
  if (gap < 0 && finding.span.start > NEAR) return null
  const before = near.slice(gap + 1)
  const evidence = memory.recall(before, 'sum', () => wrongTotal(before))
  return evidence === null ? null : said(finding, evidence)
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

/** Findings after the checks of their rules. `ruleOf` gives a rule by its id; rules without a check pass untouched. `memory` is the scanner's own; `today`: ISO date, or '' where it is not known. */
export function checked(findings: readonly Finding[], draft: Draft, ruleOf: (id: string) => Rule | undefined, memory: CheckMemory, today: string): Finding[] {
  let folded: string | undefined
  const twoPrices = new Map<string, (finding: Finding) => Finding | null>()
  const seen: Seen = {
    draft, today, memory,
    words: () => (folded ??= wordsOf(`${draft.subject}\n${draft.text}`)),
    twoPrices(finding) {
      let check = twoPrices.get(finding.rule)
      if (!check) twoPrices.set(finding.rule, (check = twoPricesCheck((at) => pricedNear(at, seen))))
      return check(finding)
    },
  }
  const counts = new Map<string, number>()
  const out: Finding[] = []
  // A loop and a push: this runs at every key over every finding, of which few have a check.
  for (const finding of findings) {
    const check = ruleOf(finding.rule)?.check
    if (!check) {
      out.push(finding)
      continue
    }
    const count = (counts.get(finding.rule) ?? 0) + 1
    counts.set(finding.rule, count)
    if (count > MOST && check.kind !== 'price' && check.kind !== 'required') continue
    const run = CHECKS[check.kind] as Check<RuleCheck['kind']>
    const kept = run(finding, check, seen)
    if (kept) out.push(kept)
  }
  return out
}
