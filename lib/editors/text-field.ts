import type { Block } from '../engine/index.ts'
import { isTextField, viewOf, type TextField } from './dom.ts'
import { findAgain, frame, refuseNewline } from './replace.ts'
import type { EditorAdapter, EditorText } from './types.ts'

/** A field's text is its value, offset for offset; blocks are its lines, empty ones too. */
function read(field: TextField): EditorText {
  const text = field.value
  const blocks: Block[] = []
  for (let start = 0; text && start <= text.length;) {
    const next = text.indexOf('\n', start)
    const end = next < 0 ? text.length : next
    blocks.push({ span: { start, end }, kind: 'text' })
    start = end + 1
  }
  return {
    text,
    blocks,
    // Monaco types through a textarea that holds only what surrounds the caret.
    complete: !field.closest('.monaco-editor'),
    unread: 0,
    locate: ({ start, end }) =>
      start >= 0 && start < end && end <= text.length && field.value.slice(start, end) === text.slice(start, end) ? { kind: 'value', field, start, end } : null,
  }
}

/** `<textarea>` and one-line text inputs. `execCommand` is the one way that keeps the browser's own undo, also under React. */
export const textField: EditorAdapter = {
  id: 'text-field',
  matches: isTextField,
  read: (element) => read(element as TextField),
  async replace(element, _excluded, span, expected, replacement) {
    refuseNewline(replacement)
    const field = element as TextField
    const before = field.value
    const start = expected ? findAgain(before, expected, span.start, '', '') : -1
    if (start < 0 || field.readOnly || field.disabled) return 'unchanged'
    if (replacement === expected) return 'done'
    const view = viewOf(field)
    if (view.frameElement && !field.ownerDocument.hasFocus()) view.focus()
    field.focus({ preventScroll: true })
    // Email and number inputs have no selection to set.
    if (field.selectionStart === null || (field.getRootNode() as Document | ShadowRoot).activeElement !== field) return 'unchanged'
    field.setSelectionRange(start, start + expected.length)
    const wanted = before.slice(0, start) + replacement + before.slice(start + expected.length)
    if (replacement) field.ownerDocument.execCommand('insertText', false, replacement)
    else field.ownerDocument.execCommand('delete')
    // A controlled field may put its old value back on the next render.
    await frame(view)
    await frame(view)
    if (field.value === wanted) return 'done'
    return field.value === before ? 'unchanged' : 'dirty'
  },
}
