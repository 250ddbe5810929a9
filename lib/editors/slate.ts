import { beforeDelete, beforeInput, paste, replaceRich } from './replace.ts'
import { readRich } from './text-map.ts'
import type { EditorAdapter } from './types.ts'

/**
 * Slate keeps its old model when the document is changed by `execCommand`, and no read-back can see that: only events it handles itself are used.
 * Old Lexical called itself Slate in order to be treated so; it is asked for first.
 */
export const slate: EditorAdapter = {
  id: 'slate',
  matches: (element) => element.matches('[data-slate-editor=true]:not([data-lexical-editor])'),
  read: readRich,
  replace: (element, excluded, span, expected, replacement) =>
    replaceRich(element, excluded, span, expected, replacement, () => (replacement ? [beforeInput, paste] : [beforeDelete])),
}
