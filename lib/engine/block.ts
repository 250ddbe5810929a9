import { type CompiledRule, PARTS, type Ruleset } from './compile.ts'
import { type Moved, weigh } from './context.ts'
import { recognize } from './entities.ts'
import { tokenize } from './lexer.ts'
import { addMention, type Mentions, newMentions, Runner } from './match.ts'
import { Tokens } from './tokens.ts'
import type { BlockKind } from './types.ts'

/** A rule hit in one block; offsets into the block's text. */
export interface BlockHit extends Moved {
  readonly rule: number
  readonly start: number
  readonly end: number
}

/** Accepted token ranges of one rule in one block. */
interface RuleEvents { match: number[]; unless: number[]; near: number[] }
const PART_NAMES = ['match', 'unless', 'near'] as const

/** Scans blocks, one at a time, over arrays that are reused. */
export class BlockScanner {
  readonly tokens = new Tokens()
  readonly runner: Runner
  private readonly entities: Mentions = newMentions()
  private readonly lists: Mentions = newMentions()

  constructor(private readonly ruleset: Ruleset) {
    this.runner = new Runner(ruleset.automaton)
  }

  /** Hits of all rules in a block, sorted by rule and start. */
  scan(text: string, kind: BlockKind | 'subject'): BlockHit[] {
    const { tokens, entities, lists, runner, ruleset } = this
    tokenize(text, ruleset.vocabulary, tokens)
    if (tokens.count === 0) return []
    entities.count = lists.count = 0
    const first = ruleset.automaton.firstEntity
    recognize(tokens, (entity, from, to) => addMention(entities, first + entity, from, to))
    runner.lists(tokens, lists)
    const events = new Map<number, RuleEvents>()
    runner.run(tokens, entities, lists, (role, from, to) => {
      const rule = Math.floor(role / PARTS)
      let of = events.get(rule)
      if (!of) events.set(rule, (of = { match: [], unless: [], near: [] }))
      of[PART_NAMES[role % PARTS] as (typeof PART_NAMES)[number]].push(from, to)
    })
    const hits: BlockHit[] = []
    for (const [rule, of] of events) this.settle(rule, of, kind, hits)
    return hits.sort((a, b) => a.rule - b.rule || a.start - b.start)
  }

  private settle(number: number, events: RuleEvents, kind: BlockKind | 'subject', hits: BlockHit[]): void {
    const compiled = this.ruleset.rules[number] as CompiledRule
    const { rule } = compiled
    if (events.match.length === 0 || !compiled.where.has(kind)) return
    const { tokens } = this
    let ranges = maximal(events.match)
    if (events.unless.length > 0) ranges = withoutTouched(ranges, maximal(events.unless))
    if (rule.near.length > 0) ranges = this.withNear(ranges, events.near)
    for (let i = 0, kept = longest(ranges); i < kept.length; i += 2) {
      const from = kept[i] as number
      const to = kept[i + 1] as number
      const moved = weigh(tokens, from, to, rule, kind, compiled.languages)
      if (moved) hits.push({ rule: number, start: tokens.start[from] as number, end: tokens.end[to - 1] as number, ...moved })
    }
  }

  private withNear(ranges: readonly number[], near: readonly number[]): number[] {
    const { sentence } = this.tokens
    const sentences = new Set<number>()
    for (let i = 0; i < near.length; i += 2) sentences.add(sentence[near[i] as number] as number).add(sentence[(near[i + 1] as number) - 1] as number)
    return pairs(ranges, (from, to) => sentences.has(sentence[from] as number) || sentences.has(sentence[to - 1] as number))
  }
}


function pairs(ranges: readonly number[], keep: (from: number, to: number) => boolean): number[] {
  const out: number[] = []
  for (let i = 0; i < ranges.length; i += 2) if (keep(ranges[i] as number, ranges[i + 1] as number)) out.push(ranges[i] as number, ranges[i + 1] as number)
  return out
}

/** The ranges that are in no other range, ascending. Events come by ascending end; several may share one. */
export function maximal(events: readonly number[]): number[] {
  const out: number[] = []
  let least = Infinity
  let lastEnd = -1
  for (let i = events.length - 2; i >= 0; i -= 2) {
    const from = events[i] as number
    const to = events[i + 1] as number
    if (from >= least) continue
    // Same end, earlier start: it holds the one before.
    if (to === lastEnd) out.length -= 2
    out.push(to, from)
    least = from
    lastEnd = to
  }
  return out.reverse()
}

/** Of ranges that overlap, the longest stays; of equally long ones the first. Ascending. */
function longest(ranges: readonly number[]): number[] {
  if (ranges.length <= 2) return [...ranges]
  const order = Array.from({ length: ranges.length / 2 }, (_, i) => i * 2)
  const size = (i: number): number => (ranges[i + 1] as number) - (ranges[i] as number)
  order.sort((a, b) => size(b) - size(a) || a - b)
  // Ranges ascend by start and end alike, so the taken neighbours of a range are next to it in this order.
  const taken = new Uint8Array(ranges.length / 2)
  const free = new Uint8Array(ranges.length / 2).fill(1)
  for (const i of order) {
    if (free[i / 2] === 0) continue
    taken[i / 2] = 1
    for (let j = i + 2; j < ranges.length && (ranges[j] as number) < (ranges[i + 1] as number) && free[j / 2] === 1; j += 2) free[j / 2] = 0
    for (let j = i - 2; j >= 0 && (ranges[j + 1] as number) > (ranges[i] as number) && free[j / 2] === 1; j -= 2) free[j / 2] = 0
  }
  const out: number[] = []
  for (let i = 0; i < ranges.length; i += 2) if (taken[i / 2] === 1) out.push(ranges[i] as number, ranges[i + 1] as number)
  return out
}

/** Without the ranges that share a token with one of `others`. Both ascend by start and by end. */
function withoutTouched(ranges: readonly number[], others: readonly number[]): number[] {
  let at = 0
  return pairs(ranges, (from, to) => {
    while (at < others.length && (others[at + 1] as number) <= from) at += 2
    return at >= others.length || (others[at] as number) >= to
  })
}
