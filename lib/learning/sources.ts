import { findEntities, type EntityKind } from '../engine/index.ts'
import { canonicalDigest } from '../policy/index.ts'
import type { Correction } from '../review/index.ts'
import { sharedFrame } from './context.ts'
import { ENOUGH_CORRECTIONS } from './proposals.ts'
import { distinct, grouped } from './groups.ts'
import { foldPhrase, piecesOf, templateOf } from './template.ts'
import type { FactProposal, PromptProposal, RuleInUse, SilentProposal } from './types.ts'

const FACTS: ReadonlySet<EntityKind> = new Set<EntityKind>(['money', 'percent', 'date', 'duration', 'number', 'dose'])
const MAX_PHRASE = 160
/** Sentences to look for the same words in, the newest. */
const MAX_HISTORY = 500
/** A rule of one's own that found nothing in so many drafts, and for so long, is asked about. */
const SILENT_DRAFTS = 200
const SILENT_MS = 30 * 86_400_000

/** Lines for the prompt of each assistant and kind of draft: what it keeps writing, and what people make of it. `history`: sentences that people left as they were. Pure; ids are stable. */
export function proposePrompts(corrections: readonly Correction[], history: readonly string[] = []): PromptProposal[] {
  const cases = usable(corrections)
  const left = distinct([...history.slice(-MAX_HISTORY), ...cases.slice(-MAX_HISTORY).map(({ sentence }) => sentence)]).map((sentence) => ({ sentence, folded: ` ${foldPhrase(sentence)} ` }))
  return [...grouped(cases, ({ assistant = '', kind = '', before }) => JSON.stringify([assistant, kind, templateOf(piecesOf(before))]))].flatMap(([key, group]) => {
    const agreed = agreeing(group)
    if (!agreed) return []
    const { newest, same } = agreed
    // Words that are more often left as they are were changed by chance, or for what stood beside them.
    const own = new Set(same.map(({ sentence }) => sentence))
    const alone = left.filter(({ sentence, folded }) => !own.has(sentence) && folded.includes(foldPhrase(newest.before))).length
    if (same.length < 1.5 * alone) return []
    const [assistant = '', workflow = ''] = JSON.parse(key) as [string, PromptProposal['workflow']]
    return [{
      id: `prompt-${canonicalDigest([key, foldPhrase(newest.after)]).slice(0, 16)}`, kind: 'prompt' as const, assistant, workflow: workflow,
      instead: newest.before.trim(), write: newest.after.trim(), category: newest.category, evidence: evidenceOf(same),
    }]
  }).sort((a, b) => b.evidence.count - a.evidence.count)
}

/** Facts that people correct to: an amount, a date, a term that is put right to the same value, whatever stood there. Pure; ids are stable. */
export function proposeFacts(corrections: readonly Correction[]): FactProposal[] {
  const cases = usable(corrections).flatMap((one) => {
    const kind = onlyEntity(one.after)
    return kind !== null && onlyEntity(one.before) === kind ? [{ one, kind }] : []
  })
  return [...grouped(cases, ({ one, kind }) => JSON.stringify([kind, foldPhrase(one.after)]))].flatMap(([key, group]) => {
    const all = group.map(({ one }) => one)
    const newest = all.at(-1)
    if (!newest || all.length < ENOUGH_CORRECTIONS) return []
    const about = sharedFrame(all)
    // Values that stand in sentences without a word in common are hardly one fact.
    if (about === '') return []
    return [{
      id: `fact-${canonicalDigest([key]).slice(0, 16)}`, kind: 'fact' as const, about, right: newest.after.trim(),
      wrong: distinct(all.map(({ before }) => before.trim())).slice(-5), category: newest.category, evidence: evidenceOf(all),
    }]
  })
}

/** Rules of one's own that never found anything. `seen` are the rules that did; `drafts` how many were checked since `since`, given a rule's start. */
export function proposeSilent(rules: readonly RuleInUse[], seen: ReadonlySet<string>, draftsSince: (at: number) => number, now: number): SilentProposal[] {
  return rules.flatMap(({ rule, own, since }) => {
    if (!own || seen.has(rule.id) || now - since < SILENT_MS) return []
    const drafts = draftsSince(since)
    return drafts < SILENT_DRAFTS ? [] : [{ id: `silent-${canonicalDigest([rule.id, since]).slice(0, 16)}`, kind: 'silent' as const, rule, evidence: { drafts, since } }]
  })
}

function usable(corrections: readonly Correction[]): Correction[] {
  return corrections.filter(({ before, after, sentence }) => before.trim() !== '' && before.length <= MAX_PHRASE && after.length <= MAX_PHRASE && sentence.includes(before) && foldPhrase(before) !== foldPhrase(after))
}

/** The cases that agree on what to write, if they are enough and most; the words must say something by themselves. */
function agreeing(group: readonly Correction[]): { readonly newest: Correction; readonly same: readonly Correction[] } | null {
  const [, same = []] = [...grouped(group, ({ after }) => foldPhrase(after))].sort(([, a], [, b]) => b.length - a.length)[0] ?? []
  const newest = [...same].sort((a, b) => a.at - b.at).at(-1)
  const letters = newest?.before.replace(/[^\p{L}]/gu, '').length ?? 0
  return newest && same.length >= ENOUGH_CORRECTIONS && same.length * 2 > group.length && letters >= 4 ? { newest, same } : null
}

/** The kind of entity that the whole text is, null where it is anything else. */
function onlyEntity(text: string): EntityKind | null {
  const whole = text.trim()
  return findEntities(whole).find(({ kind, span }) => FACTS.has(kind) && span.start === 0 && span.end === whole.length)?.kind ?? null
}

function evidenceOf(cases: readonly Correction[]): PromptProposal['evidence'] {
  const times = cases.map(({ at }) => at)
  return {
    count: cases.length, before: distinct(cases.map(({ before }) => before.trim())).slice(0, 5),
    first: times.reduce((low, at) => Math.min(low, at), Infinity), last: times.reduce((high, at) => Math.max(high, at), 0),
  }
}
