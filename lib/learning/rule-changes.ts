import { PatternError, type Category, type Rule, type Tier } from '../engine/index.ts'
import { canonicalDigest } from '../policy/index.ts'
import type { Correction } from '../review/index.ts'
import { widened } from './context.ts'
import { distinct, grouped } from './groups.ts'
import { day, flags, PERSONAL_PACK, scannerFor, shorten, slug } from './rule.ts'
import { wilsonInterval } from './scores.ts'
import { foldPhrase, piecesOf, templateOf } from './template.ts'
import type { ChangeProposal, Decided, RuleInUse } from './types.ts'

/** Of a rule that hardly ever finds anything, so small a share at most may be changes: the upper end of the interval. */
export const LOWER_BELOW = 0.05
/** And its decisions must come from so many days: a week of one campaign is no proof. */
const LOWER_DAYS = 14
/** Of drafts with only lowered findings, one in ten is still reviewed. */
export const SAMPLE = 0.1
/** A note whose finds are changed at least this often (lower end of the interval) should hold the draft. */
export const RAISE_ABOVE = 0.3
/** Words that were left as they are so often, and never changed, become an exception. */
export const EXCEPTION_CASES = 8
/** Wordings that answered one rule, and the share of them that must be one. */
const SUBSTITUTION_CASES = 5
const SUBSTITUTION_SHARE = 0.6

/**
 * What is never lowered and gets no exception by counting, whatever people do: a mistake here is rare, and hurts. The founding list's areas in which
 * nothing can be taken back, or somebody is harmed.
 */
const NEVER_LOWER: ReadonlySet<Category> = new Set<Category>(['medical', 'legal', 'financial', 'safety', 'privacy', 'irreversible'])

/** Tiers that rules should have, judged by what people decided. Hasty decisions say nothing. Pure. */
export function proposeTiers(rules: readonly RuleInUse[], decided: readonly Decided[]): ChangeProposal[] {
  const byRule = grouped(decided.filter(({ hasty }) => !hasty), ({ rule }) => rule)
  return rules.flatMap((known) => {
    const all = byRule.get(known.rule.id) ?? []
    return all.length === 0 ? [] : [lowered(known, all), raised(known, all)].flatMap((one) => one ?? [])
  })
}

function lowered(known: RuleInUse, all: readonly Decided[]): ChangeProposal | null {
  const { rule } = known
  if (rule.tier !== 'review' || NEVER_LOWER.has(rule.category)) return null
  const changed = all.filter(({ outcome }) => outcome === 'fixed').length
  const { high } = wilsonInterval(changed, all.length)
  if (high > LOWER_BELOW || new Set(all.map(({ at }) => day(at))).size < LOWER_DAYS) return null
  return tierProposal('lower', known, 'note', all, all.length - changed, SAMPLE)
}

function raised(known: RuleInUse, all: readonly Decided[]): ChangeProposal | null {
  // What is only a matter of style, or of tidiness, does not hold a draft.
  if (known.rule.tier !== 'note' || known.rule.category === 'brand' || known.rule.category === 'leftover') return null
  const changed = all.filter(({ outcome }) => outcome === 'fixed').length
  return changed >= 3 && wilsonInterval(changed, all.length).low >= RAISE_ABOVE ? tierProposal('raise', known, 'review', all, changed, null) : null
}

function tierProposal(kind: 'lower' | 'raise', { rule, lists }: RuleInUse, tier: Tier, all: readonly Decided[], count: number, sample: number | null): ChangeProposal {
  return {
    id: `${kind}-${canonicalDigest([rule.id, tier]).slice(0, 16)}`, kind, rule, lists, sample, evidence: evidenceOf(all, count),
    changed: own(rule, { tier }, `${kind === 'lower' ? 'Left as it was' : 'Changed'} in ${count} of ${all.length} decisions`, all),
  }
}

/** Words that a rule finds and that people always leave as they are, as exceptions of it. Tried on the rule's own examples: what contradicts one is not offered. Pure. */
export function proposeExceptions(rules: readonly RuleInUse[], decided: readonly Decided[]): ChangeProposal[] {
  const byRule = grouped(decided.filter(({ hasty }) => !hasty), ({ rule }) => rule)
  return rules.flatMap((known) => {
    if (NEVER_LOWER.has(known.rule.category) || known.rule.tier === 'approve' || known.rule.tier === 'block' || known.rule.tier === 'note') return []
    const all = byRule.get(known.rule.id) ?? []
    return [...grouped(all, ({ quote }) => templateOf(piecesOf(quote)))].flatMap(([template, same]) => exception(known, template, same) ?? [])
  })
}

function exception(known: RuleInUse, template: string, same: readonly Decided[]): ChangeProposal | null {
  const { rule, lists } = known
  const left = same.filter(({ outcome }) => outcome === 'dismissed')
  const fixed = same.filter(({ outcome }) => outcome === 'fixed')
  if (left.length < EXCEPTION_CASES) return null
  for (const { pattern, cases } of widened(left, ({ sentence, quote }) => ({ sentence: sentence || quote, before: quote }), EXCEPTION_CASES)) {
    const sentences = distinct(cases.map(({ sentence }) => sentence).filter((sentence) => sentence !== '' && sentence.length <= 300)).slice(-3)
    const changed = own(rule, { unless: [...rule.unless, pattern], examples: { flagged: rule.examples.flagged, clean: distinct([...rule.examples.clean, ...sentences]) } }, `Dismissed in ${cases.length} of ${same.length} decisions`, same)
    if (!holds(changed, lists)) continue
    // Words that stand so and were changed even once are no exception.
    const scanner = scannerFor(changed, lists)
    if (fixed.some(({ sentence, quote }) => !flags(scanner, sentence || quote))) continue
    return { id: `exception-${canonicalDigest([rule.id, template]).slice(0, 16)}`, kind: 'exception', rule, changed, lists, sample: null, evidence: evidenceOf(cases, cases.length, same.length) }
  }
  return null
}

/** The wording that people choose in place of whatever a rule finds, as its suggestion. Pure. */
export function proposeSubstitutions(rules: readonly RuleInUse[], corrections: readonly Correction[]): ChangeProposal[] {
  const byRule = grouped(corrections.filter(({ rule, sentence }) => rule !== '' && sentence !== ''), ({ rule }) => rule)
  return rules.flatMap(({ rule, lists }) => {
    const all = byRule.get(rule.id) ?? []
    const [after, same] = [...grouped(all, (one) => foldPhrase(one.after))].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []]
    const wordings = new Set(same.map(({ before }) => templateOf(piecesOf(before))))
    // One wording that is always changed is a rule of its own: this is for rules whose every find gets the same answer.
    if (after === '' || same.length < SUBSTITUTION_CASES || same.length < all.length * SUBSTITUTION_SHARE || wordings.size < 3 || foldPhrase(rule.suggest ?? '') === after) return []
    const suggest = shorten(same.at(-1)?.after.trim() ?? after, 300)
    const changed = own(rule, { suggest }, `Chosen in ${same.length} of ${all.length} corrections`, same)
    if (!holds(changed, lists)) return []
    const quotes = same.map(({ before, at }) => ({ quote: before, at }))
    return [{ id: `substitution-${canonicalDigest([rule.id, after]).slice(0, 16)}`, kind: 'substitution' as const, rule, changed, lists, sample: null, evidence: evidenceOf(quotes, same.length, all.length) }]
  })
}

/** A rule as the person's own: under their pack, with a word on why. Of a rule that is theirs already it stays the same rule. */
function own(rule: Rule, change: Partial<Rule>, why: string, cases: readonly { readonly at: number }[]): Rule {
  const [pack = '', name = ''] = rule.id.split('/')
  const id = pack === PERSONAL_PACK ? rule.id : `${PERSONAL_PACK}/${slug(`${pack}-${name}`)}`
  const last = Math.max(...cases.map(({ at }) => at))
  return { ...rule, ...change, id, sources: [...rule.sources, { title: 'House rule', note: why, checked: day(last) }] }
}

/** Whether a changed rule still does what its examples say. */
function holds(rule: Rule, lists: RuleInUse['lists']): boolean {
  try {
    const scanner = scannerFor(rule, lists)
    return rule.examples.flagged.every((sentence) => flags(scanner, sentence)) && rule.examples.clean.every((sentence) => !flags(scanner, sentence))
  } catch (error) {
    if (error instanceof PatternError) return false
    throw error
  }
}

function evidenceOf(cases: readonly { readonly quote: string; readonly at: number }[], count: number, total = cases.length): ChangeProposal['evidence'] {
  const times = cases.map(({ at }) => at)
  return {
    count, total, interval: wilsonInterval(count, total), quotes: distinct(cases.map(({ quote }) => quote.trim()).filter(Boolean)).slice(-5),
    first: times.reduce((low, at) => Math.min(low, at), Infinity), last: times.reduce((high, at) => Math.max(high, at), 0),
  }
}
