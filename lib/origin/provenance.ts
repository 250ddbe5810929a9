import { KnownText } from './known-text.ts'
import { changedPart, joinRuns, sliceRuns, type Run } from './runs.ts'
import { sharedPieces } from './shared-pieces.ts'
import type { Arrival } from './types.ts'

/** A block as it stands, and how each of its characters arrived. */
export interface TrackedBlock {
  readonly text: string
  /** False for what is somebody else's words: quoted, signed. */
  readonly counted: boolean
  readonly runs: readonly Run[]
  /** Characters from elsewhere that were taken out of it since. */
  readonly lost: number
}

export interface BlockText { readonly text: string; readonly counted: boolean }

/** New characters in one block, not known from before. `block` is its number in the reading. */
export interface Stretch { readonly block: number; readonly chars: number; readonly wholeBlock: boolean }

interface Fresh { readonly block: number; readonly start: number; readonly end: number }
interface Draftwork { text: string; counted: boolean; runs: Run[]; lost: number }

/** Fewer characters than this taken out in one go are corrections, not worth remembering for an undo. */
const REMOVAL = 20

/**
 * Follows where the characters of one draft came from, block by block, through edits, moves, undo and deletion. Feed it each reading; it compares texts and
 * asks `attribute` how what is new arrived. Pure; holds texts in memory only.
 */
export class Provenance {
  private tracked: TrackedBlock[]
  private readonly before = new KnownText()
  /** Blocks whose characters are being taken out one after another: only the first state of such a run is worth keeping. */
  private shrinking = ''

  /** @param stood how what stands there now arrived, block by block. */
  constructor(blocks: readonly BlockText[], private readonly typed: Arrival, stood: (block: number) => Arrival) {
    this.tracked = blocks.map(({ text, counted }, at) => ({ text, counted, runs: text ? [{ length: text.length, arrival: stood(at) }] : [], lost: 0 }))
  }

  get blocks(): readonly TrackedBlock[] { return this.tracked }

  /**
   * Takes the next reading. `attribute` is given the new stretches in the order of the text and says for each how it arrived; it is not called when
   * nothing new came. Costs one comparison for blocks that did not change.
   * @param isCopy whether so many new characters may be a copy of words that stood here before, which then keep where they came from; not so when they were typed,
   * or came back by way of a chat page.
   */
  see(blocks: readonly BlockText[], attribute: (fresh: readonly Stretch[]) => readonly Arrival[], isCopy: (chars: number) => boolean = () => true): void {
    const old = this.tracked
    const { head, tail } = sameEnds(old, blocks)
    const gone = old.slice(head, old.length - tail)
    const come = blocks.slice(head, blocks.length - tail)
    if (gone.length === 0 && come.length === 0) {
      this.tracked = old.map((block, at) => (block.counted === blocks[at]?.counted ? block : { ...block, counted: blocks[at]?.counted ?? true }))
      return
    }
    const fresh: Fresh[] = []
    const work = this.place(gone, come, fresh)
    const total = fresh.reduce((sum, { start, end }) => sum + end - start, 0)
    const unknown = isCopy(total) ? fresh.flatMap((stretch) => this.takeOwn(work, stretch, old)) : fresh
    this.keep(gone, come)
    if (unknown.length > 0) {
      const arrivals = attribute(unknown.map(({ block, start, end }) => ({ block: head + block, chars: end - start, wholeBlock: end - start === work[block]?.text.length })))
      unknown.forEach((stretch, at) => { put(work, stretch, [{ length: stretch.end - stretch.start, arrival: arrivals[at] ?? this.typed }]) })
    }
    this.tracked = [...old.slice(0, head), ...work, ...old.slice(old.length - tail)]
  }

  /** Replaces what is known of blocks, e.g. because another window saw how they arrived. `known` gives null for a block of which it knows nothing. */
  revise(known: (block: TrackedBlock) => { readonly arrival: Arrival; readonly edited: number } | null): void {
    this.tracked = this.tracked.map((block) => {
      const better = known(block)
      if (!better) return block
      const share = Math.min(0.99, Math.max(0, better.edited))
      return { ...block, runs: [{ length: block.text.length, arrival: better.arrival }], lost: Math.round((block.text.length * share) / (1 - share)) }
    })
  }

  /** Runs for the blocks that came: the same text anywhere among those that went, or known from before, else what an edit left of them. */
  private place(gone: readonly TrackedBlock[], come: readonly BlockText[], fresh: Fresh[]): Draftwork[] {
    const left = new Map<string, TrackedBlock[]>()
    for (const block of gone) left.set(block.text, [...(left.get(block.text) ?? []), block])
    const work: Draftwork[] = come.map(({ text, counted }) => ({ text, counted, runs: [], lost: 0 }))
    const open: number[] = []
    const used = new Set<TrackedBlock>()
    work.forEach((block, at) => {
      const moved = block.text.length > 1 ? left.get(block.text)?.shift() : undefined
      if (moved) used.add(moved)
      const same = moved ?? (block.text.length > 1 ? this.before.block(block.text) : null)
      if (same) Object.assign(block, { runs: [...same.runs], lost: same.lost })
      else open.push(at)
    })
    const rest = gone.filter((block) => !used.has(block))
    if (rest.length === open.length) open.forEach((at, index) => { this.edit([rest[index]!], [at], work, fresh) })
    else this.edit(rest, open, work, fresh)
    return work
  }

  /** One edit turned the old blocks into the new ones: what they share at both ends stays, the rest is fresh. */
  private edit(gone: readonly TrackedBlock[], come: readonly number[], work: Draftwork[], fresh: Fresh[]): void {
    const breakRun: Run[] = [{ length: 1, arrival: this.typed }]
    const was = gone.map(({ text }) => text).join('\n')
    const is = come.map((at) => work[at]!.text).join('\n')
    const change = changedPart(was, is)
    const oldRuns = joinRuns(...gone.flatMap(({ runs }, at) => (at === 0 ? [runs] : [breakRun, runs])))
    const added: Run[] = change.newEnd > change.start ? [{ length: change.newEnd - change.start, arrival: this.typed }] : []
    const runs = joinRuns(sliceRuns(oldRuns, 0, change.start), added, sliceRuns(oldRuns, change.oldEnd, was.length))
    const one = gone.length === 1 && come.length === 1
    let at = 0
    for (const index of come) {
      const block = work[index]!
      const end = at + block.text.length
      block.runs = sliceRuns(runs, at, end)
      const [from, to] = [Math.max(at, change.start), Math.min(end, change.newEnd)]
      if (to > from) fresh.push({ block: index, start: from - at, end: to - at })
      if (one && block.text !== '') block.lost = gone[0]!.lost + foreignIn(sliceRuns(oldRuns, change.start, change.oldEnd))
      at = end + 1
    }
  }

  /**
   * Copies of the person's own words, from this draft as it stands or stood, keep where those came from: cut and paste, a stretch dragged elsewhere.
   * Returns what of the stretch is new.
   */
  private takeOwn(work: Draftwork[], stretch: Fresh, old: readonly TrackedBlock[]): Fresh[] {
    const { block, start, end } = stretch
    const words = work[block]!.text.slice(start, end)
    if (words.length < REMOVAL) return [stretch]
    const here = old.find(({ text }) => text.includes(words))
    const found = here ? { runs: here.runs, start: here.text.indexOf(words) } : this.before.within(words)
    if (found) {
      put(work, stretch, sliceRuns(found.runs, found.start, found.start + words.length))
      return []
    }
    const left: Fresh[] = []
    let at = start
    const sources = [...old, ...this.before.recent()]
    for (const piece of sharedPieces(words, sources.map(({ text }) => text))) {
      const from = start + piece.start
      if (from > at) left.push({ block, start: at, end: from })
      at = from + piece.length
      put(work, { block, start: from, end: at }, sliceRuns(sources[piece.text]?.runs ?? [], piece.at, piece.at + piece.length))
    }
    if (end > at) left.push({ block, start: at, end })
    // Between pieces of one's own words stand joints (a space, a name at the edge), which nobody pasted.
    return at === start ? left : left.filter((rest) => rest.end - rest.start >= REMOVAL)
  }

  /** Remembers what an edit took away. */
  private keep(gone: readonly TrackedBlock[], come: readonly BlockText[]): void {
    if (gone.length === 1 && come.length === 1) {
      const [was, is] = [gone[0]!, come[0]!]
      const { start, oldEnd } = changedPart(was.text, is.text)
      const removed = oldEnd - start
      if (removed >= REMOVAL || (removed > 0 && this.shrinking !== was.text)) this.before.remember(was.text, was.runs, was.lost)
      this.shrinking = removed > 0 ? is.text : ''
      return
    }
    for (const { text, runs, lost } of gone) this.before.remember(text, runs, lost)
    this.shrinking = ''
  }
}

function put(work: readonly Draftwork[], { block, start, end }: Fresh, runs: readonly Run[]): void {
  const target = work[block]
  if (target) target.runs = joinRuns(sliceRuns(target.runs, 0, start), runs, sliceRuns(target.runs, end, target.text.length))
}

function foreignIn(runs: readonly Run[]): number {
  return runs.reduce((sum, { length, arrival }) => (arrival.kind === 'typed' || arrival.kind === 'stood' ? sum : sum + length), 0)
}

function sameEnds(old: readonly TrackedBlock[], now: readonly BlockText[]): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(old.length, now.length)
  let head = 0
  while (head < shorter && old[head]?.text === now[head]?.text) head++
  let tail = 0
  while (tail < shorter - head && old[old.length - 1 - tail]?.text === now[now.length - 1 - tail]?.text) tail++
  return { head, tail }
}
