import { draftJs } from './draft-js.ts'
import { rich } from './rich.ts'
import { slate } from './slate.ts'
import { textField } from './text-field.ts'
import type { EditorAdapter } from './types.ts'

export { editableRoot, isEditable } from './dom.ts'
export * from './types.ts'

export const EDITOR_IDS = ['text-field', 'slate', 'draft-js', 'rich'] as const
export type EditorId = (typeof EDITOR_IDS)[number]

/** Every family we can read and write, the special before the general. */
export const EDITORS: Readonly<Record<EditorId, EditorAdapter>> = { 'text-field': textField, slate, 'draft-js': draftJs, rich }

/** The adapter for an editable element, best the result of `editableRoot`. Unknown editors are treated as `rich`. */
export function editorFor(element: HTMLElement): EditorAdapter {
  return EDITORS[EDITOR_IDS.find((id) => EDITORS[id].matches(element)) ?? 'rich']
}
