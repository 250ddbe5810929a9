import { PatternError, type Scanner } from '../engine/index.ts'
import { canonicalDigest } from '../policy/index.ts'
import type { Correction } from '../review/index.ts'
import { widened } from './context.ts'
import { distinct, grouped } from './groups.ts'
import { flags, ruleFromProposal, scannerFor } from './rule.ts'
import { foldPhrase, patternOf, piecesOf, templateOf, type Piece } from './template.ts'
import type { KnownRule, RuleProposal } from './types.ts'

/** How often a correction must have been made before a rule is offered. */
export const ENOUGH_CORRECTIONS = 3
/**
 * At least this share of the sentences that a rule would flag must have been corrected the same way; the others are counter-examples. Not more: of wrong words that nothing
 * marks, readers overlook a third (66 % found, weighted mean of proofreading experiments, panko.com/HumanErr/Proofreading.html), so a mistake that was left is no proof that it is none.
 */
const LEAST_SHARE = 0.6
const MAX_PHRASE = 160
const MAX_SENTENCE = 1_000
const MAX_EXAMPLES = 10
/** Other sentences that a proposal is tried on, the newest. */
const MAX_OTHERS = 500
/** Look-alikes among a proposal's clean examples. */
const LOOK_ALIKES = 3

/** A correction, made ready to be compared. */
interface Case {
  readonly correction: Correction
  readonly pieces: readonly Piece[]
  readonly template: string
  readonly after: string
}

/**
 * Rules that repeated corrections suggest, those with most cases first. A rule is offered when three or more corrections, from different sentences or at
 * different times, changed the same words, and most of them to the same words; numbers may differ ("20% off", "30% off"). Where the words differ but answered the same rule
 * and got the same replacement, they become one rule with several patterns. Words that alone say too little are taken with those beside them that the cases share.
 *
 * Every proposal was tried: it flags its sentences, leaves them alone once corrected, and what it flags of all other sentences, corrected otherwise or left alone, is not more than that.
 * `known` are the rules there are: what they already suggest is not offered. `refused` are ids of proposals that were answered: they stay answered.
 * `history` are sentences that people left as they were, where texts are kept: counter-examples, and the look-alikes among them examples that must stay clean.
 */
export function proposeRules(corrections: readonly Correction[], known: readonly KnownRule[], refused: Iterable<string>, history: readonly string[] = []): RuleProposal[] {
  const cases = usable(corrections, known)
  const answered = new Set(refused)
  const proposals: RuleProposal[] = []
  const used = new Set<Case>()
  const others = counterSentences(cases, history)
  const take = (key: string, group: readonly Case[]): void => {
    if (group.length < ENOUGH_CORRECTIONS) return
    const id = `rule-${canonicalDigest(key).slice(0, 16)}`
    const proposal = answered.has(id) ? null : propose(id, group, others)
    if (!answered.has(id) && (!proposal || isKnown(proposal, known))) return
    for (const one of group) used.add(one)
    if (proposal) proposals.push(proposal)
  }
  for (const [template, group] of grouped(cases, (one) => JSON.stringify([one.correction.category, one.template]))) {
    const [after, agreeing] = [...grouped(group, (one) => one.after)].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []]
    // Most agree on what to write; of few cases one may differ.
    if (agreeing.length < 2 || agreeing.length * 2 <= group.length) continue
    take(JSON.stringify([...(JSON.parse(template) as string[]), after]), [...group.filter((one) => one.after !== after), ...agreeing])
  }
  const rest = cases.filter((one) => !used.has(one) && one.correction.rule !== '' && one.after !== '')
  for (const [key, group] of grouped(rest, (one) => JSON.stringify([one.correction.rule, one.after]))) take(key, group)
  return proposals.sort((a, b) => b.evidence.count - a.evidence.count || b.evidence.last - a.evidence.last || (a.id < b.id ? -1 : 1))
}

/** Corrections that can teach a wording, each once. What only follows an existing rule's suggestion has nothing to teach. */
function usable(corrections: readonly Correction[], known: readonly KnownRule[]): Case[] {
  const suggested = new Map(known.map((rule) => [rule.id, foldPhrase(rule.suggest ?? '')]))
  const seen = new Set<string>()
  const cases: Case[] = []
  for (const correction of corrections) {
    const { before, sentence, rule, at } = correction
    const after = foldPhrase(correction.after)
    const key = JSON.stringify([foldPhrase(sentence), foldPhrase(before), after, at])
    if (before.trim() === '' || before.length > MAX_PHRASE || sentence.length > MAX_SENTENCE || !sentence.includes(before)) continue
    if (foldPhrase(before) === after || seen.has(key) || (after !== '' && suggested.get(rule) === after)) continue
    seen.add(key)
    const pieces = piecesOf(before)
    cases.push({ correction, pieces, template: templateOf(pieces), after })
  }
  return cases
}

/** Sentences to try proposals on: the newest corrected ones, and those that were left as they were. */
function counterSentences(cases: readonly Case[], history: readonly string[]): ReadonlyMap<string, string> {
  const sentences = [...cases.slice(-MAX_OTHERS).map((one) => one.correction.sentence), ...history.slice(-MAX_OTHERS)]
  return new Map(sentences.map((sentence) => [foldPhrase(sentence), sentence]))
}

function propose(id: string, group: readonly Case[], others: ReadonlyMap<string, string>): RuleProposal | null {
  const byTime = [...group].sort((a, b) => a.correction.at - b.correction.at)
  const newest = byTime.at(-1)?.correction
  if (!newest) return null
  const suggest = newest.after.trim() === '' ? null : newest.after.trim().slice(0, 300)
  const guard = suggest === null ? null : patternOf([piecesOf(suggest)])
  for (const match of patternsOf(byTime)) {
    const examples = examplesOf(byTime)
    for (const unless of guard === null ? [[]] : [[], [guard]]) {
      const proposal: RuleProposal = {
        id, kind: 'rule', category: newest.category, match: [...new Set(match)], unless, suggest,
        flagged: examples.map((one) => one.before), clean: examples.map((one) => one.after),
        evidence: {
          count: group.length, before: distinct(byTime.map((one) => one.correction.before.trim())).slice(0, 5), rule: mostOften(byTime.map((one) => one.correction.rule)),
          first: byTime[0]?.correction.at ?? newest.at, last: newest.at,
        },
      }
      const tried = tryOut(proposal, group, others)
      if (tried) return tried
    }
  }
  return null
}

/** Lists of patterns to try, the plainest first: each wording its own; of one wording also with the words beside it. */
function patternsOf(cases: readonly Case[]): string[][] {
  const wordings = [...grouped(cases, (one) => one.template).values()]
  const plain = wordings.map((same) => patternOf(same.map((one) => one.pieces)))
  const first = plain.every((pattern) => pattern !== null) ? [plain] : []
  return wordings.length > 1 ? first : [...first, ...widened(cases, (one) => one.correction, ENOUGH_CORRECTIONS).map(({ pattern }) => [pattern])]
}

/** The proposal with those of its examples that prove it, or null: it cannot be compiled, proves nothing, or flags too much else. */
function tryOut(proposal: RuleProposal, group: readonly Case[], others: ReadonlyMap<string, string>): RuleProposal | null {
  let scanner: Scanner
  try {
    scanner = scannerFor(ruleFromProposal(proposal))
  } catch (error) {
    if (error instanceof PatternError) return null
    throw error
  }
  const pairs = proposal.flagged.map((before, index) => ({ before, after: proposal.clean[index] ?? '' }))
  const found = pairs.filter(({ before }) => flags(scanner, before))
  const proven = found.filter(({ after }) => after !== '' && !flags(scanner, after))
  // A sentence that goes as a whole leaves nothing behind that could be tried.
  const gone = proposal.suggest === null && pairs.every(({ after }) => after === '')
  if (gone ? found.length === 0 : proven.length === 0 || proven.length * 2 < pairs.length) return null
  const own = new Set(group.map((one) => foldPhrase(one.correction.sentence)))
  const mayHold = anyOf(proposal.match)
  const [rest, hit]: [string[], string[]] = [[], []]
  for (const [folded, sentence] of others) {
    if (own.has(folded)) continue
    if (mayHold(folded) && flags(scanner, sentence)) hit.push(sentence)
    else rest.push(sentence)
  }
  if (group.length / (group.length + hit.length) < LEAST_SHARE) return null
  const alike = lookAlikes(proposal, rest)
  return gone
    ? { ...proposal, flagged: found.map((one) => one.before), clean: alike }
    : { ...proposal, flagged: proven.map((one) => one.before), clean: distinct([...proven.map((one) => one.after), ...alike]) }
}

/** Whether a folded sentence has all words of one of the patterns. A sentence without them need not be scanned: most have none. */
function anyOf(match: readonly string[]): (folded: string) => boolean {
  const all = match.map((pattern) => pattern.replace(/\{\w+\}/g, ' ').split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)))
  return (folded) => all.some((words) => words.every((word) => folded.includes(word)))
}

/** Sentences that share words with what is flagged and are none: they keep the rule from growing. */
function lookAlikes({ match }: RuleProposal, sentences: readonly string[]): string[] {
  const words = new Set(match.flatMap((pattern) => pattern.split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 3))
  const alike = (sentence: string): boolean => foldPhrase(sentence).split(/[^\p{L}\p{N}]+/u).some((word) => words.has(word))
  return words.size === 0 ? [] : sentences.filter((sentence) => sentence.length <= 300 && alike(sentence)).slice(-LOOK_ALIKES)
}

/** Each sentence once, as it was and as the person left it, the newest first. */
function examplesOf(byTime: readonly Case[]): { readonly before: string; readonly after: string }[] {
  const examples = new Map<string, { before: string; after: string }>()
  for (const { correction } of [...byTime].reverse()) {
    const { sentence, before, after } = correction
    const key = foldPhrase(sentence)
    if (!examples.has(key)) examples.set(key, { before: sentence.trim(), after: sentence.replace(before, () => after).replace(/ {2,}/g, ' ').trim() })
  }
  return [...examples.values()].slice(0, MAX_EXAMPLES)
}

/** An accepted proposal lives on as a rule with the same patterns and the same suggestion. */
function isKnown(proposal: RuleProposal, known: readonly KnownRule[]): boolean {
  const wanted = [...proposal.match].sort().join('\n')
  return known.some((rule) => foldPhrase(rule.suggest ?? '') === foldPhrase(proposal.suggest ?? '') && [...rule.match].sort().join('\n') === wanted)
}

function mostOften(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as [string, number])[0]
}
