import { enlarged } from './tokens.ts'
import type { BlockKind, Draft } from './types.ts'

const KINDS: readonly BlockKind[] = ['text', 'heading', 'list', 'quote', 'signature', 'code']

/** How many blocks at the beginning and at the end are as they were. */
export interface Same { readonly prefix: number; readonly suffix: number }

/** The blocks of a draft's body as numbers, and those of the draft before it: what an edit has left alone is found without reading it block by block. */
export class Blocks {
  text = ''
  count = 0
  start = new Int32Array(64)
  end = new Int32Array(64)
  private kind = new Uint8Array(64)
  private oldText = ''
  private oldCount = 0
  private oldStart = new Int32Array(64)
  private oldEnd = new Int32Array(64)
  private oldKind = new Uint8Array(64)

  /** Takes the next draft; a body without blocks is taken line by line as plain text. */
  take(draft: Draft): Same {
    this.turnOver()
    this.text = draft.text
    this.count = 0
    if (draft.blocks.length > 0) for (const { span, kind } of draft.blocks) this.push(span.start, span.end, kind === 'text' ? 0 : KINDS.indexOf(kind))
    else this.lines(draft.text)
    return this.same()
  }

  kindOf(block: number): BlockKind {
    return KINDS[this.kind[block] as number] as BlockKind
  }

  beforeKind(block: number): BlockKind {
    return KINDS[this.oldKind[block] as number] as BlockKind
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
      this.push(start, end, 0)
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
