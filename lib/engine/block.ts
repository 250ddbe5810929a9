import { ALL_MATCH, ALL_REST, ANY_LEAD, FILED, lookUp, REST, type Rows } from './automaton.ts'
import { type Moved, weigh } from './context.ts'
import { recognize } from './entities.ts'
import { tokenize } from './lexer.ts'
import { addMention, Events, MANY_AWAKE, mentionAt, type Mentions, newMentions, NumberSet, Runner } from './match.ts'
import { ByRole, Ranges } from './ranges.ts'
import { RegexRunner } from './regex/run.ts'
import type { Ruleset } from './ruleset.ts'
import { NEW_SENTENCE, Tokens } from './tokens.ts'
import type { BlockKind } from './types.ts'

/** A rule hit in one block; offsets into the block's text. */
export interface BlockHit extends Moved {
  readonly rule: number
  readonly start: number
  readonly end: number
}

/** `because`: `where`, `unless`, `near`, or the context that cleared it. Tokens, half-open. */
export type OnDrop = (rule: number, from: number, to: number, because: string) => void

/** Scans blocks, one at a time, over arrays that are reused. */
export class BlockScanner {
  readonly tokens = new Tokens()
  readonly runner: Runner
  /** Entities of the block that was scanned last, by tokens. */
  readonly entities: Mentions = newMentions()
  /** Told of each match that becomes no hit, for explanations. */
  onDrop: OnDrop | null = null
  private readonly lists: Mentions = newMentions()
  /** What stands in the sentence that is being read, and the buckets that wakes. */
  private readonly seen: NumberSet
  private readonly called: NumberSet
  /** First and last token at which each of those was called. */
  private readonly calledFrom: Int32Array
  private readonly calledTo: Int32Array
  private readonly awake: NumberSet
  private readonly across: NumberSet
  private readonly matched = new Events()
  private readonly others = new Events()
  private readonly byRule: ByRole
  private readonly byRest: ByRole
  /** Of the rule that is being settled: what stands, and where its `unless` or `near` patterns are. */
  private readonly ranges = new Ranges()
  private readonly rest = new Ranges()
  /** What stood when something was dropped last, where somebody is told. */
  private before: Int32Array | null = null
  private readonly told = (entity: number, from: number, to: number): void => addMention(this.entities, this.firstEntity + entity, from, to)
  private readonly firstEntity: number
  private readonly regexes: RegexRunner | null

  constructor(private readonly ruleset: Ruleset) {
    const { automaton } = ruleset
    this.runner = new Runner(automaton)
    this.regexes = ruleset.regexes.length > 0 ? new RegexRunner(ruleset.regexes) : null
    this.firstEntity = automaton.firstEntity
    const buckets = automaton.roots.length
    this.seen = new NumberSet(automaton.filed.from.length)
    this.called = new NumberSet(buckets)
    this.calledFrom = new Int32Array(buckets)
    this.calledTo = new Int32Array(buckets)
    this.awake = new NumberSet(buckets)
    this.across = new NumberSet(buckets)
    this.byRule = new ByRole(ruleset.count)
    this.byRest = new ByRole(ruleset.count * 2)
  }

  /** Hits of all rules in a block, sorted by rule and start. */
  scan(text: string, kind: BlockKind | 'subject'): readonly BlockHit[] {
    const { tokens, entities, lists, runner, ruleset, matched } = this
    tokenize(text, ruleset.vocabulary, tokens)
    if (tokens.count === 0) return NONE
    entities.count = lists.count = matched.count = 0
    if (ruleset.automaton.entities) recognize(tokens, this.told)
    if (ruleset.automaton.hasLists) runner.lists(tokens, lists)
    this.runMatches()
    this.regexes?.run(text, this.matchedText)
    if (matched.count === 0) return NONE
    const rules = this.byRule.sort(matched)
    this.runRest(rules)
    const hits: BlockHit[] = []
    for (const rule of rules) this.settle(rule, kind, hits)
    return hits
  }

  /** What a regular expression found, as the tokens that it touches; what touches none, such as a quotation mark, is nothing. */
  private readonly matchedText = (rule: number, start: number, end: number): void => {
    const { tokens } = this
    const from = tokens.endingAfter(start)
    let to = from
    while (to < tokens.count && (tokens.start[to] as number) < end) to++
    if (to > from) this.matched.push(rule, from, to)
  }

  /** Looks in each sentence for what patterns are filed under, and runs what that wakes over the sentence. */
  private runMatches(): void {
    const { tokens, entities, lists, called, across } = this
    const { places, filed } = this.ruleset.automaton
    const { word, flags, count } = tokens
    let begun = 0
    let entity = 0
    let list = 0
    // A range such as "3. - 20 %" may reach into the next sentence and takes what follows it along.
    let reach = 0
    called.clear()
    across.clear()
    for (let p = 0; p < count; p++) {
      if ((flags[p] as number) & NEW_SENTENCE && p > 0 && p >= reach) {
        if (called.count > 0) this.runSentence(begun, p)
        begun = p
      }
      const symbol = word[p] as number
      const place = places[symbol] as number
      if (place !== 0) {
        if (place & FILED.alone) this.call(filed, symbol, p)
        if (place & FILED.second && p > 0) this.callPair(word[p - 1] as number, symbol, p - 1)
      }
      for (; entity < entities.count && entities.from[entity] === p; entity++) {
        this.callMention(entities.symbol[entity] as number, p, entities.to[entity] as number)
        if ((entities.to[entity] as number) > reach) reach = entities.to[entity] as number
      }
      for (; list < lists.count && lists.from[list] === p; list++) this.callMention(lists.symbol[list] as number, p, lists.to[list] as number)
    }
    if (called.count > 0) this.runSentence(begun, count)
    if (across.count > 0) this.runBuckets(0, count, across, ALL_MATCH, this.matched)
  }

  private call(rows: Rows, row: number, at: number): void {
    const { called, calledFrom, calledTo } = this
    const stop = rows.from[row + 1] as number
    this.runner.steps += stop - (rows.from[row] as number)
    for (let i = rows.from[row] as number; i < stop; i++) {
      const bucket = rows.to[i] as number
      if (called.has(bucket)) {
        if (at < (calledFrom[bucket] as number)) calledFrom[bucket] = at
        if (at > (calledTo[bucket] as number)) calledTo[bucket] = at
      } else {
        called.add(bucket)
        calledFrom[bucket] = calledTo[bucket] = at
      }
    }
  }

  /** Calls what is filed under two things side by side, given that there is something under the second. `at`: first token of both. */
  private callPair(first: number, second: number, at: number): void {
    const { places, pairs, besides } = this.ruleset.automaton
    if (((places[first] as number) & FILED.first) === 0) return
    const row = lookUp(pairs, first, second)
    if (row !== 0) this.call(besides, row - 1, at)
  }

  /** An entity or list hit at tokens `from`..`to`, with the words on either side of it. */
  private callMention(symbol: number, from: number, to: number): void {
    const { word, count } = this.tokens
    const { places, filed } = this.ruleset.automaton
    const place = places[symbol] as number
    if (place & FILED.alone) this.call(filed, symbol, from)
    if (place & FILED.second && from > 0) this.callPair(word[from - 1] as number, symbol, from - 1)
    if (place & FILED.first && to < count && (places[word[to] as number] as number) & FILED.second) this.callPair(symbol, word[to] as number, from)
  }

  /** Of the buckets that were called, runs those that have everything they need. */
  private runSentence(first: number, last: number): void {
    const { called, calledFrom, calledTo, awake, across } = this
    const { crossing, leads } = this.ruleset.automaton
    awake.clear()
    this.look(first, last)
    let begin = last
    let end = first
    for (let i = 0; i < called.count; i++) {
      const bucket = called.list[i] as number
      if (crossing[bucket] === 1) across.add(bucket)
      else if (this.hasNeeds(bucket)) {
        awake.add(bucket)
        const lead = leads[bucket] as number
        begin = Math.min(begin, lead === ANY_LEAD ? first : (calledFrom[bucket] as number) - lead)
        end = Math.max(end, (calledTo[bucket] as number) + 1)
      }
    }
    called.clear()
    // Nothing that these buckets hold can begin anywhere else.
    if (awake.count > 0) this.runBuckets(Math.max(first, begin), Math.min(last, end), awake, ALL_MATCH, this.matched)
  }

  /** Notes everything that stands in the sentence. */
  private look(first: number, last: number): void {
    const { seen, entities, lists } = this
    const { word } = this.tokens
    seen.clear()
    for (let p = first; p < last; p++) seen.add(word[p] as number)
    for (let i = mentionAt(entities, first); i < entities.count && (entities.from[i] as number) < last; i++) seen.add(entities.symbol[i] as number)
    for (let i = mentionAt(lists, first); i < lists.count && (lists.from[i] as number) < last; i++) seen.add(lists.symbol[i] as number)
  }

  private hasNeeds(bucket: number): boolean {
    const { from, to } = this.ruleset.automaton.needs
    const stop = from[bucket + 1] as number
    this.runner.steps += stop - (from[bucket] as number)
    let found = false
    for (let i = from[bucket] as number; i < stop; i++) {
      const symbol = to[i] as number
      if (symbol !== 0) found = found || this.seen.has(symbol)
      else if (found) found = false
      else return false
    }
    return true
  }

  private runBuckets(first: number, last: number, buckets: NumberSet, all: number, events: Events): void {
    if (buckets.count > MANY_AWAKE) buckets.only(all)
    this.runner.run(this.tokens, first, last, buckets, this.entities, this.lists, events)
  }

  /** Runs the `unless` and `near` patterns of the rules that matched, over the sentences in which they did. */
  private runRest(rules: readonly number[]): void {
    const { tokens, byRule, awake: rest, others } = this
    const { automaton } = this.ruleset
    others.count = 0
    rest.clear()
    this.byRest.clear()
    let first = tokens.count
    let last = 0
    for (const rule of rules) {
      const bucket = automaton.rest[rule] as number
      if (bucket === 0) continue
      rest.add(bucket)
      first = Math.min(first, automaton.crossing[bucket] === 1 ? 0 : byRule.first[rule] as number)
      last = Math.max(last, automaton.crossing[bucket] === 1 ? tokens.count : byRule.last[rule] as number)
    }
    if (rest.count === 0) return
    while (first > 0 && !((tokens.flags[first] as number) & NEW_SENTENCE)) first--
    while (last < tokens.count && !((tokens.flags[last] as number) & NEW_SENTENCE)) last++
    this.runBuckets(first, last, rest, ALL_REST, others)
    this.byRest.sort(others)
  }

  private settle(number: number, kind: BlockKind | 'subject', hits: BlockHit[]): void {
    const compiled = this.ruleset.ruleAt(number)
    const { rule } = compiled
    const { tokens, ranges, rest, byRest } = this
    this.byRule.into(number, ranges)
    ranges.onlyMaximal()
    this.before = this.standing()
    if (!compiled.where.has(kind)) {
      ranges.length = 0
      return this.dropped(number, 'where')
    }
    if (rule.unless.length > 0) {
      byRest.into(number * 2 + REST.unless, rest)
      rest.onlyMaximal()
      ranges.withoutTouched(rest)
      this.dropped(number, 'unless')
    }
    if (rule.near.length > 0) {
      byRest.into(number * 2 + REST.near, rest)
      this.onlyNear()
      this.dropped(number, 'near')
    }
    ranges.onlyLongest()
    for (let i = 0; i < ranges.length; i += 2) {
      const from = ranges.at[i] as number
      const to = ranges.at[i + 1] as number
      const moved = weigh(tokens, from, to, rule, kind, compiled.languages)
      if (typeof moved === 'string') this.onDrop?.(number, from, to, moved)
      else hits.push({ rule: number, start: tokens.start[from] as number, end: tokens.end[to - 1] as number, tier: moved.tier, evidence: moved.evidence })
    }
  }

  /** What stands, for `dropped`; nothing where nobody is told. */
  private standing(): Int32Array | null {
    return this.onDrop && this.ranges.copy()
  }

  /** Tells of what stood before and does no more. */
  private dropped(rule: number, because: string): void {
    const { ranges, before } = this
    if (!before) return
    for (let i = 0, j = 0; i < before.length; i += 2) {
      if (j < ranges.length && before[i] === ranges.at[j] && before[i + 1] === ranges.at[j + 1]) j += 2
      else this.onDrop?.(rule, before[i] as number, before[i + 1] as number, because)
    }
    this.before = this.standing()
  }

  /** Leaves the ranges in whose sentences `rest` is. */
  private onlyNear(): void {
    const { ranges, rest } = this
    const { sentence } = this.tokens
    const sentences = new Set<number>()
    for (let i = 0; i < rest.length; i += 2) sentences.add(sentence[rest.at[i] as number] as number).add(sentence[(rest.at[i + 1] as number) - 1] as number)
    ranges.sift((from, to) => sentences.has(sentence[from] as number) || sentences.has(sentence[to - 1] as number))
  }
}

const NONE: readonly BlockHit[] = []
