import { beforeInput, execNudged, paste, replaceRich } from './replace.ts'
import { readRich } from './text-map.ts'
import type { EditorAdapter } from './types.ts'

/**
 * Plain contenteditable and every editor with a model that follows either `beforeinput` or the document: ProseMirror/Tiptap, Lexical, Koenig, Quill,
 * CKEditor 5, TinyMCE, RoosterJS, Trix, CodeMirror 6, Editor.js, Gutenberg. `beforeinput` comes first: an editor that listens to it must not find its
 * document changed behind its back.
 */
export const rich: EditorAdapter = {
  id: 'rich',
  matches: (element) => element.isContentEditable,
  read: readRich,
  replace: (element, excluded, span, expected, replacement) =>
    replaceRich(element, excluded, span, expected, replacement, () => [beforeInput, execNudged, paste]),
}
