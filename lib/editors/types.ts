import type { Block, Span } from '../engine/index.ts'

/** What an editor shows, read at one moment. */
export interface EditorText {
  readonly text: string
  readonly blocks: readonly Block[]
  /** False when the editor shows only part of its text (virtualised lines): never called "checked". */
  readonly complete: boolean
  /** Blocks that could not be read, for "could not read 2 of 38 blocks". */
  readonly unread: number
  /**
   * Where a span of `text` is now. Live `Range`s (one for each text node run), or value ranges for text fields.
   * Null when the place is gone or no longer holds the same characters.
   */
  locate(span: Span): EditorPlace | null
}

export type EditorPlace =
  | { readonly kind: 'range'; readonly range: Range }
  /** Offsets into the field's value. */
  | { readonly kind: 'value'; readonly field: HTMLInputElement | HTMLTextAreaElement; readonly start: number; readonly end: number }

/**
 * `done`: the text now reads as asked. `unchanged`: nothing happened, nothing is lost. `dirty`: something else changed; the person is told and offered undo.
 */
export type ReplaceResult = 'done' | 'unchanged' | 'dirty'

/** Subtrees that are not the author's text (quoted history, signature): a selector, or the elements themselves. */
export type Exclusion = string | ReadonlySet<Element>

/** The editable element of one family and how to read, locate and replace text in it. Marking never touches the document. */
export interface EditorAdapter {
  readonly id: string
  matches(element: HTMLElement): boolean
  read(element: HTMLElement, excluded: Exclusion): EditorText
  /** Through the editor's own input path, so that one undo takes it back. `replacement` must not contain a newline (throws RangeError). */
  replace(element: HTMLElement, excluded: Exclusion, span: Span, expected: string, replacement: string): Promise<ReplaceResult>
}
