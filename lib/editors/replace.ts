import type { Span } from '../engine/index.ts'
import { viewOf } from './dom.ts'
import { plain, readRich } from './text-map.ts'
import type { Exclusion, EditorText, ReplaceResult } from './types.ts'

/** One way to change the selected text through the editor's own input path. True when the editor took the event for its own: worth waiting longer. */
export type Technique = (host: HTMLElement, range: Range, replacement: string) => boolean

/** Characters around the words by which they are found again after the editor re-rendered. */
const CONTEXT = 40
/** How long an editor may take to act on an event it has accepted, and on one it seems to have ignored, in ms. */
const PATIENCE = { taken: 500, ignored: 120 }
/** An editor that draws in the next frame (Trix) has ignored nothing before some frames came, which on a busy page is later than its time. */
const FRAMES = 3
/** Frames that an editor gets to stand still before the first try. */
const SETTLING = 10
/** The End key as `keyCode`. */
const END_KEY = 35

/** @throws RangeError when the replacement holds a line break: editors disagree on what that means, and some corrupt their model (see README). */
export function refuseNewline(replacement: string): void {
  if (/[\n\r\u2028\u2029]/.test(replacement)) throw new RangeError('a replacement must be one line')
}

function transfer(view: Window & typeof globalThis, text: string): DataTransfer {
  const data = new view.DataTransfer()
  data.setData('text/plain', text)
  return data
}

/** Lexical, Slate, CKEditor 5, Quill, Trix act on this. `targetRanges` and `dataTransfer` are both given: each is what some editor reads. */
export const beforeInput: Technique = (host, range, replacement) => {
  const view = viewOf(host)
  return !host.dispatchEvent(new view.InputEvent('beforeinput', {
    inputType: 'insertReplacementText', data: replacement, dataTransfer: transfer(view, replacement), targetRanges: [new view.StaticRange(range)],
    bubbles: true, cancelable: true, composed: true,
  }))
}

/** Slate takes a replacement by nothing for nothing to do; a deletion it carries out. */
export const beforeDelete: Technique = (host, range) => {
  const view = viewOf(host)
  return !host.dispatchEvent(new view.InputEvent('beforeinput', {
    inputType: 'deleteContentBackward', targetRanges: [new view.StaticRange(range)], bubbles: true, cancelable: true, composed: true,
  }))
}

/** ProseMirror, plain contenteditable, CodeMirror, Gutenberg act on this. */
export const exec: Technique = (host, _range, replacement) => {
  return replacement ? host.ownerDocument.execCommand('insertText', false, replacement) : host.ownerDocument.execCommand('delete')
}

/**
 * As `exec`, between key events that say nothing: TinyMCE, RoosterJS and CKEditor 4 take their undo snapshots on keys, and without one
 * Undo would not bring the words back.
 */
export const execNudged: Technique = (host, range, replacement) => {
  const view = viewOf(host)
  const key = (type: string, ctrlKey = false, keyCode = 0): void => {
    host.dispatchEvent(new view.KeyboardEvent(type, { key: 'Unidentified', ctrlKey, keyCode, bubbles: true, composed: true }))
  }
  // CKEditor 4 closes a step of its history only when the caret is moved by a key, which it tells by the key's old number.
  if (host.matches('.cke_editable')) for (const type of ['keydown', 'keyup']) key(type, false, END_KEY)
  key('keyup', true)
  key('keydown')
  key('keypress')
  const taken = exec(host, range, replacement)
  key('keypress')
  key('keyup', true)
  return taken
}

export const paste: Technique = (host, _range, replacement) => {
  if (!replacement) return false
  const view = viewOf(host)
  return !host.dispatchEvent(new view.ClipboardEvent('paste', { clipboardData: transfer(view, replacement), bubbles: true, cancelable: true, composed: true }))
}

/** Resolves at the next frame with true, or after 60 ms with false where frames do not come (hidden tab, busy page). */
export function frame(view: Window): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), 60)
    view.requestAnimationFrame(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

/** Where `expected` is in `text`: at `start`, else at the place that best fits the words around it. -1 when gone or not to be told apart. */
export function findAgain(text: string, expected: string, start: number, before: string, after: string): number {
  const fits = (at: number): number => {
    let score = 0
    while (score < before.length && text[at - 1 - score] === before[before.length - 1 - score]) score += 1
    let tail = 0
    while (tail < after.length && text[at + expected.length + tail] === after[tail]) tail += 1
    return score + tail
  }
  if (text.startsWith(expected, start) && fits(start) === before.length + after.length) return start
  let best = -1
  let bestFit = -1
  let tie = false
  for (let at = text.indexOf(expected); at >= 0; at = text.indexOf(expected, at + 1)) {
    const fit = fits(at)
    if (fit === bestFit) tie = true
    if (fit <= bestFit) continue
    tie = false
    best = at
    bestFit = fit
  }
  return tie ? -1 : best
}

function selectionOf(host: HTMLElement): Selection | null {
  const root = host.getRootNode() as (Document | ShadowRoot) & { getSelection?: () => Selection | null }
  return root.getSelection?.() ?? host.ownerDocument.getSelection()
}

/** Points may differ by node and still be the same place between two characters. */
function samePlace(a: Range, b: Range): boolean {
  const between = (aNode: Node, aOffset: number, bNode: Node, bOffset: number): boolean => {
    if (aNode === bNode && aOffset === bOffset) return true
    const gap = a.cloneRange()
    gap.setStart(aNode, aOffset)
    gap.setEnd(bNode, bOffset)
    if (gap.startContainer !== aNode || gap.startOffset !== aOffset) {
      gap.setStart(bNode, bOffset)
      gap.setEnd(aNode, aOffset)
    }
    return !/[^\u200b\u200c\u2060\ufeff\u00ad]/.test(gap.toString())
  }
  return between(a.startContainer, a.startOffset, b.startContainer, b.startOffset) && between(a.endContainer, a.endOffset, b.endContainer, b.endOffset)
}

async function focusHost(host: HTMLElement): Promise<void> {
  const view = viewOf(host)
  const active = (host.getRootNode() as Document | ShadowRoot).activeElement
  const within = active && (active === host || host.contains(active))
  if (within && host.ownerDocument.hasFocus()) return
  // In a frame that is not focused `activeElement` already names the body, so the window is asked first.
  if (view.frameElement) view.focus()
  host.focus({ preventScroll: true })
  await frame(view)
}

function selectionSettles(host: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      host.ownerDocument.removeEventListener('selectionchange', done)
      resolve()
    }
    const timer = setTimeout(done, 80)
    host.ownerDocument.addEventListener('selectionchange', done)
  })
}

/** Puts the selection on the words and waits until the editor has taken note. Null when the words are gone or the editor keeps its own selection. */
async function selectWords(host: HTMLElement, find: () => Range | null): Promise<Range | null> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await focusHost(host)
    const range = find()
    const selection = selectionOf(host)
    if (!range || !selection) return null
    const settles = selectionSettles(host)
    selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset)
    await settles
    await frame(viewOf(host))
    const now = selectionOf(host)
    // Focusing may have re-rendered the words: look again rather than trust the old nodes.
    const fresh = find()
    if (fresh && now?.rangeCount && samePlace(now.getRangeAt(0), fresh)) return fresh
  }
  return null
}

const squash = (text: string): string => plain(text).replace(/[ \t]+/g, ' ').replace(/ ?\n+ ?/g, '\n').trim()

/** Reads until two readings a frame apart agree: an editor that draws itself anew shows half a text in between. */
async function standing(view: Window, read: () => string): Promise<string> {
  let text = read()
  for (let turn = 0; turn < SETTLING; turn += 1) {
    await frame(view)
    const now = read()
    if (now === text) break
    text = now
  }
  return text
}

/** Reads until the text is as wanted and stays so, or patience ends. */
async function outcome(view: Window, read: () => string, before: string, wanted: string, patience: number): Promise<ReplaceResult> {
  // Editors differ in how they keep doubled and edge spaces; only where nothing else changes do spaces count.
  const same = squash(before) === squash(wanted) ? (a: string, b: string) => a === b : (a: string, b: string) => squash(a) === squash(b)
  const start = performance.now()
  let drawn = 0
  for (;;) {
    const now = read()
    if (same(now, wanted)) {
      await frame(view)
      await frame(view)
      if (same(read(), wanted)) return 'done'
    }
    const spent = performance.now() - start
    if (spent > (now === before && drawn >= FRAMES ? patience : PATIENCE.taken)) return now === before ? 'unchanged' : 'dirty'
    if (await frame(view)) drawn += 1
  }
}

/** Trix leaves as many characters selected as there were before: the next key would overwrite them. */
function leaveCaretAfter(host: HTMLElement, now: EditorText, start: number, length: number): void {
  const selection = selectionOf(host)
  if (!selection || selection.isCollapsed) return
  const place = now.locate({ start, end: start + length })
  if (place?.kind === 'range') selection.collapse(place.range.endContainer, place.range.endOffset)
  else selection.collapseToStart()
}

/**
 * Replaces `expected` at `span` in a rich editor: selects the words, tries the techniques in order, reads the text back after each, and stops at the first
 * change. A second technique is never put on top of a wrong result.
 * @param techniques chosen when the words are selected, since for some editors it matters how many text nodes they lie in.
 */
export async function replaceRich(
  host: HTMLElement, excluded: Exclusion, span: Span, expected: string, replacement: string, techniques: (range: Range) => readonly Technique[],
): Promise<ReplaceResult> {
  refuseNewline(replacement)
  const view = viewOf(host)
  const read = (): string => readRich(host, excluded).text
  const before = await standing(view, read)
  const start = expected ? findAgain(before, expected, span.start, '', '') : -1
  if (start < 0) return 'unchanged'
  if (replacement === expected) return 'done'
  const head = before.slice(Math.max(0, start - CONTEXT), start)
  const tail = before.slice(start + expected.length, start + expected.length + CONTEXT)
  const wanted = before.slice(0, start) + replacement + before.slice(start + expected.length)
  const find = (): Range | null => {
    const now = readRich(host, excluded)
    const at = findAgain(now.text, expected, start, head, tail)
    const place = at < 0 ? null : now.locate({ start: at, end: at + expected.length })
    return place?.kind === 'range' ? place.range : null
  }
  let order: readonly Technique[] | null = null
  for (let turn = 0; turn < (order?.length ?? 1); turn += 1) {
    const range = await selectWords(host, find)
    if (!range) return read() === before ? 'unchanged' : 'dirty'
    order ??= techniques(range)
    const taken = order[turn]!(host, range, replacement)
    const result = await outcome(view, read, before, wanted, taken ? PATIENCE.taken : PATIENCE.ignored)
    if (result === 'done') leaveCaretAfter(host, readRich(host, excluded), start, replacement.length)
    if (result !== 'unchanged') return result
  }
  return 'unchanged'
}
