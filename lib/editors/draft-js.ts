import { exec, paste, replaceRich } from './replace.ts'
import { readRich } from './text-map.ts'
import type { EditorAdapter } from './types.ts'

/** Draft.js doubles text when `execCommand` crosses formatting runs, and ignores `beforeinput`; its own paste handling is right across runs but cannot delete. */
export const draftJs: EditorAdapter = {
  id: 'draft-js',
  matches: (element) => element.matches('.public-DraftEditor-content'),
  read: readRich,
  replace: (element, excluded, span, expected, replacement) => replaceRich(element, excluded, span, expected, replacement, (range) => {
    if (!replacement) return [exec]
    return range.startContainer === range.endContainer ? [exec, paste] : [paste]
  }),
}
