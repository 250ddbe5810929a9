import type { Span } from '../../../lib/engine/index.ts'
import { editorFor, type EditorPlace, type EditorText, type ReplaceResult } from '../../../lib/editors/index.ts'
import type { MountedEditor } from './index.ts'

/** An editor read through its adapter. Several editables are one text, joined by a newline, as the guard reads a draft. */
export interface WholeText extends EditorText {
  replace(span: Span, expected: string, replacement: string): Promise<ReplaceResult>
}

export function readWhole(editor: MountedEditor): WholeText {
  let text = ''
  const parts: { readonly element: HTMLElement; readonly read: EditorText; readonly offset: number }[] = []
  for (const element of editor.elements()) {
    if (parts.length) text += '\n'
    const read = editorFor(element).read(element, '')
    parts.push({ element, read, offset: text.length })
    text += read.text
  }
  const partAt = (offset: number) => parts.findLast((part) => part.offset <= offset)
  const within = ({ start, end }: Span, offset: number): Span => ({ start: start - offset, end: end - offset })
  return {
    text,
    blocks: parts.flatMap(({ read, offset }) => read.blocks.map(({ kind, span }) => ({ kind, span: { start: span.start + offset, end: span.end + offset } }))),
    complete: parts.every(({ read }) => read.complete),
    unread: parts.reduce((sum, { read }) => sum + read.unread, 0),
    locate(span) {
      const part = partAt(span.start)
      return part ? part.read.locate(within(span, part.offset)) : null
    },
    replace(span, expected, replacement) {
      const part = partAt(span.start)
      if (!part) return Promise.resolve('unchanged')
      return editorFor(part.element).replace(part.element, '', within(span, part.offset), expected, replacement)
    },
  }
}

/** The place of a span as the page has it now, no-break spaces as spaces. */
export function wordsAt(place: EditorPlace | null): string | null {
  if (!place) return null
  return (place.kind === 'range' ? place.range.toString() : place.field.value.slice(place.start, place.end)).replaceAll('\u00a0', ' ')
}

/** @throws Error when the words are not in the text. */
export function spanOf(text: string, words: string): Span {
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`"${words}" is not in "${text}"`)
  return { start, end: start + words.length }
}
