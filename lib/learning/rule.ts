import { compileRuleset, createScanner, type Draft, type Rule, type RulePack, type Scanner, type Tier } from '../engine/index.ts'
import { CONTEXT_DEFAULTS } from '../packs/index.ts'
import type { RuleProposal } from './types.ts'

/** The pack that accepted proposals go to. */
export const PERSONAL_PACK = 'personal'

/**
 * The rule that a proposal stands for, ready for the personal pack. Wording of brand is only shown; everything else asks the author.
 * Pure: the same proposal gives the same rule.
 */
export function ruleFromProposal(proposal: RuleProposal): Rule {
  const { category, match, unless, suggest, flagged, clean, evidence } = proposal
  const before = evidence.before[0] ?? ''
  const tier: Tier = category === 'brand' ? 'note' : 'review'
  const cases = `${evidence.count} corrections from ${day(evidence.first)} to ${day(evidence.last)}`
  return {
    id: `${PERSONAL_PACK}/${slug(before)}-${proposal.id.slice(-6)}`,
    title: shorten(suggest === null ? `Without "${before}"` : `"${suggest}", not "${before}"`, 100),
    category, tier, owner: category, languages: ['en'],
    message: shorten(suggest === null ? `These words were taken out each time: "${before}".` : `"${before}" was changed to "${suggest}" each time.`, 600),
    sources: [{ title: 'House rule', note: cases, checked: day(evidence.last) }],
    match, unless, near: [], ...CONTEXT_DEFAULTS[category],
    where: ['subject', 'text', 'heading', 'list'], once: false, ...(suggest === null ? {} : { suggest }), reasons: [],
    examples: { flagged, clean },
  }
}

/** A scanner that knows this rule alone, to try it on sentences. Throws a PatternError where its patterns cannot be compiled. */
export function scannerFor(rule: Rule, lists: RulePack['lists'] = {}): Scanner {
  return createScanner(compileRuleset([{
    format: 1, id: PERSONAL_PACK, version: '1.0.0', title: PERSONAL_PACK, description: PERSONAL_PACK, owner: rule.owner, lists, rules: [rule],
  }]))
}

/** Whether the rule that the scanner knows flags this sentence. */
export function flags(scanner: Scanner, sentence: string): boolean {
  const draft: Draft = {
    kind: 'email', site: '', subject: '', recipients: [], text: sentence, blocks: [{ span: { start: 0, end: sentence.length }, kind: 'text' }], locale: '',
  }
  return scanner.scan(draft).findings.length > 0
}

/** The day of a moment as ISO date, in UTC. `at` in milliseconds since the epoch. */
export function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The second half of a rule's id, made of words: lower-case letters, digits and hyphens, at most 40. */
export function slug(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40).replace(/-+$/, '')
  return plain || 'wording'
}

/** The text, cut to at most `most` UTF-16 code units. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}
