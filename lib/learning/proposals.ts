import { PatternError } from '../engine/index.ts'
import { canonicalDigest } from '../policy/index.ts'
import type { Correction } from '../review/index.ts'
import { flags, ruleFromProposal, scannerFor } from './rule.ts'
import { foldPhrase, patternOf, piecesOf, templateOf, type Piece } from './template.ts'
import type { KnownRule, Proposal } from './types.ts'

/** How often a correction must have been made before a rule is offered. */
export const ENOUGH_CORRECTIONS = 3
/** At least this share of the sentences that a rule would flag must have been corrected the same way; the others are counter-examples. */
const LEAST_SHARE = 0.75
const MAX_PHRASE = 160
const MAX_SENTENCE = 1_000
const MAX_EXAMPLES = 10
/** Other sentences that a proposal is tried on, the newest. */
const MAX_OTHERS = 500

/** A correction, made ready to be compared. */
interface Case {
  readonly correction: Correction
  readonly pieces: readonly Piece[]
  readonly template: string
  readonly after: string
}

/**
 * Rules that repeated corrections suggest, those with most cases first. A rule is offered when three or more corrections, from different sentences or at
 * different times, replaced the same words by the same words; numbers may differ ("20% off", "30% off"). Where the words differ but answered the same rule
 * and got the same replacement, they become one rule with several patterns.
 *
 * Every proposal was tried: it flags its sentences, leaves them alone once corrected, and what it flags of all other corrected sentences stays below a quarter.
 * `known` are the rules there are: what they already suggest is not offered. `refused` are ids of proposals that were answered: they stay answered.
 */
export function proposeRules(corrections: readonly Correction[], known: readonly KnownRule[], refused: Iterable<string>): Proposal[] {
  const cases = usable(corrections, known)
  const answered = new Set(refused)
  const proposals: Proposal[] = []
  const used = new Set<Case>()
  const take = (key: string, group: readonly Case[]): void => {
    if (group.length < ENOUGH_CORRECTIONS) return
    const proposal = propose(`rule-${canonicalDigest(key).slice(0, 16)}`, group, cases)
    if (!proposal || isKnown(proposal, known)) return
    for (const one of group) used.add(one)
    if (!answered.has(proposal.id)) proposals.push(proposal)
  }
  for (const [key, group] of grouped(cases, (one) => JSON.stringify([one.correction.category, one.template, one.after]))) take(key, group)
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

function propose(id: string, group: readonly Case[], all: readonly Case[]): Proposal | null {
  const byTime = [...group].sort((a, b) => a.correction.at - b.correction.at)
  const newest = byTime.at(-1)?.correction
  const match = [...grouped(byTime, (one) => one.template).values()].map((same) => patternOf(same.map((one) => one.pieces)))
  if (!newest || !match.every((pattern) => pattern !== null)) return null
  const suggest = newest.after.trim() === '' ? null : newest.after.trim().slice(0, 300)
  const guard = suggest === null ? null : patternOf([piecesOf(suggest)])
  const examples = examplesOf(byTime)
  for (const unless of guard === null ? [[]] : [[], [guard]]) {
    const proposal: Proposal = {
      id, kind: 'rule', category: newest.category, match: [...new Set(match)], unless, suggest,
      flagged: examples.map((one) => one.before), clean: examples.map((one) => one.after),
      evidence: {
        count: group.length, before: distinct(byTime.map((one) => one.correction.before.trim())).slice(0, 5), rule: mostOften(byTime.map((one) => one.correction.rule)),
        first: byTime[0]?.correction.at ?? newest.at, last: newest.at,
      },
    }
    const tried = tryOut(proposal, group, all)
    if (tried) return tried
  }
  return null
}

/** The proposal with those of its examples that prove it, or null: it cannot be compiled, proves nothing, or flags too much else. */
function tryOut(proposal: Proposal, group: readonly Case[], all: readonly Case[]): Proposal | null {
  let scanner
  try {
    scanner = scannerFor(ruleFromProposal(proposal))
  } catch (error) {
    if (error instanceof PatternError) return null
    throw error
  }
  const pairs = proposal.flagged.map((before, index) => ({ before, after: proposal.clean[index] ?? '' }))
  const proven = pairs.filter(({ before, after }) => after !== '' && flags(scanner, before) && !flags(scanner, after))
  if (proven.length === 0 || proven.length * 2 < pairs.length) return null
  const own = new Set(group.map((one) => foldPhrase(one.correction.sentence)))
  const others = distinct(all.slice(-MAX_OTHERS).map((one) => one.correction.sentence)).filter((sentence) => !own.has(foldPhrase(sentence)))
  const counter = others.filter((sentence) => flags(scanner, sentence)).length
  if (group.length / (group.length + counter) < LEAST_SHARE) return null
  return { ...proposal, flagged: proven.map((one) => one.before), clean: proven.map((one) => one.after) }
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
function isKnown(proposal: Proposal, known: readonly KnownRule[]): boolean {
  const wanted = [...proposal.match].sort().join('\n')
  return known.some((rule) => foldPhrase(rule.suggest ?? '') === foldPhrase(proposal.suggest ?? '') && [...rule.match].sort().join('\n') === wanted)
}

function grouped(cases: readonly Case[], keyOf: (one: Case) => string): Map<string, Case[]> {
  const groups = new Map<string, Case[]>()
  for (const one of cases) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)]
}

function mostOften(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as [string, number])[0]
}
