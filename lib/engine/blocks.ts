import { LONG_BLOCK, LOOKED_AHEAD, pieceEnd } from './cuts.ts'
import { enlarged } from './tokens.ts'
import type { Block, BlockKind, Draft } from './types.ts'

const KINDS: readonly BlockKind[] = ['text', 'heading', 'list', 'quote', 'signature', 'code']

const UNKNOWN = -1
/** Set in a block's kind where it is a piece of a longer block that goes on. */
const GOES_ON = 8
const KIND = 7

/** How many blocks at the beginning and at the end are as they were. */
export interface Same { readonly prefix: number; readonly suffix: number }

/** The blocks of a draft's body as numbers, long ones in pieces, and those of the draft before it: what an edit has left alone is found without reading it block by block. */
export class Blocks {
  text = ''
  count = 0
  start = new Int32Array(64)
  end = new Int32Array(64)
  private kind = new Uint8Array(64)
  private oldText = ''
  /** Units that are as they were at both ends, `UNKNOWN` until a long block asks. */
  private prefix = UNKNOWN
  private suffix = UNKNOWN
  /** Where in the old blocks the last piece was looked for. */
  private near = 0
  private oldCount = 0
  private oldStart = new Int32Array(64)
  private oldEnd = new Int32Array(64)
  private oldKind = new Uint8Array(64)

  /** Takes the next draft; a body without blocks is taken line by line as plain text. */
  take(draft: Draft): Same {
    this.turnOver()
    this.text = draft.text
    this.count = 0
    this.prefix = this.suffix = UNKNOWN
    this.near = 0
    const { blocks } = draft
    if (blocks.length === 0) this.lines(draft.text)
    // By number: an iterator would be garbage for each of them at each key.
    for (let i = 0; i < blocks.length; i++) {
      const { span, kind } = blocks[i] as Block
      this.add(span.start, span.end, kind === 'text' ? 0 : KINDS.indexOf(kind))
    }
    return this.same()
  }

  kindOf(block: number): BlockKind {
    return KINDS[(this.kind[block] as number) & KIND] as BlockKind
  }

  beforeKind(block: number): BlockKind {
    return KINDS[(this.oldKind[block] as number) & KIND] as BlockKind
  }

  beforeText(block: number): string {
    return this.oldText.slice(this.oldStart[block], this.oldEnd[block])
  }

  private turnOver(): void {
    const { start, end, kind } = this
    this.oldText = this.text
    this.oldCount = this.count
    this.start = this.oldStart
    this.end = this.oldEnd
    this.kind = this.oldKind
    this.oldStart = start
    this.oldEnd = end
    this.oldKind = kind
  }

  private add(start: number, end: number, kind: number): void {
    if (end - start <= LONG_BLOCK) return this.push(start, end, kind)
    for (let at = start; at < end;) {
      const to = this.knownEnd(at, end) || pieceEnd(this.text, at, end)
      this.push(at, to, to < end ? kind | GOES_ON : kind)
      at = to
    }
  }

  /** Where the piece that begins at `at` ends, if a piece of the draft before began there and all that its end was told by is as it was; else 0. */
  private knownEnd(at: number, end: number): number {
    if (this.oldCount === 0) return 0
    if (this.prefix === UNKNOWN) this.compare()
    const shift = this.text.length - this.oldText.length
    const behind = at >= this.text.length - this.suffix
    const old = behind ? at - shift : at
    while (this.near > 0 && (this.oldStart[this.near] as number) > old) this.near--
    while (this.near < this.oldCount && (this.oldStart[this.near] as number) < old) this.near++
    const { near } = this
    if (near >= this.oldCount || this.oldStart[near] !== old || ((this.oldKind[near] as number) & GOES_ON) === 0) return 0
    const to = (this.oldEnd[near] as number) + (behind ? shift : 0)
    return to + LOOKED_AHEAD <= end && (behind || to + LOOKED_AHEAD <= this.prefix) ? to : 0
  }

  /** Units at both ends that are the same in this draft and the one before. */
  private compare(): void {
    const { text, oldText } = this
    const most = Math.min(text.length, oldText.length)
    this.prefix = alike(most, (from, to) => text.slice(from, to) === oldText.slice(from, to))
    this.suffix = alike(most - this.prefix, (from, to) => text.slice(text.length - to, text.length - from) === oldText.slice(oldText.length - to, oldText.length - from))
  }

  private push(start: number, end: number, kind: number): void {
    if (this.count === this.start.length) {
      this.start = enlarged(this.start, Int32Array)
      this.end = enlarged(this.end, Int32Array)
      this.kind = enlarged(this.kind, Uint8Array)
    }
    const at = this.count++
    this.start[at] = start
    this.end[at] = end
    this.kind[at] = kind
  }

  private lines(text: string): void {
    for (let start = 0; start <= text.length;) {
      const at = text.indexOf('\n', start)
      const end = at < 0 ? text.length : at
      this.add(start, end, 0)
      start = end + 1
    }
  }

  /** Bounds and kinds are compared as numbers; where the text within them is not the same, its longest equal stretch is sought by halving: a few comparisons of whole stretches. */
  private same(): Same {
    const { text, oldText, count, oldCount } = this
    const most = Math.min(count, oldCount)
    let prefix = 0
    while (prefix < most && this.start[prefix] === this.oldStart[prefix] && this.end[prefix] === this.oldEnd[prefix] && this.kind[prefix] === this.oldKind[prefix]) prefix++
    prefix = largest(prefix, (blocks) => {
      const end = this.end[blocks - 1] as number
      return text.slice(0, end) === oldText.slice(0, end)
    })
    const shift = text.length - oldText.length
    let suffix = 0
    while (suffix < most - prefix) {
      const i = count - 1 - suffix
      const j = oldCount - 1 - suffix
      if (this.start[i] !== (this.oldStart[j] as number) + shift || this.end[i] !== (this.oldEnd[j] as number) + shift || this.kind[i] !== this.oldKind[j]) break
      suffix++
    }
    suffix = largest(suffix, (blocks) => text.slice(this.start[count - blocks]) === oldText.slice(this.oldStart[oldCount - blocks]))
    return { prefix, suffix }
  }
}

/** How many units of `most` are alike from the first on, by halving: each is compared about twice. */
function alike(most: number, areAlike: (from: number, to: number) => boolean): number {
  let low = 0
  let high = most
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (areAlike(low, middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** The largest number up to `most` for which `holds`, given that it holds for all smaller ones; 0 where for none. */
function largest(most: number, holds: (number: number) => boolean): number {
  // After a key the bounds alone say where the edit is.
  if (most === 0 || holds(most)) return most
  let low = 0
  let high = most - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}
