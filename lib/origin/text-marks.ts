import { chatContext } from './chat-context.ts'
import type { Evidence } from './types.ts'

/** What the text itself shows: tokens that assistants leave (T1), links that came through one and the words around a chat answer (T3), with their places. */
export function marksInText(text: string): Evidence[] {
  return chatContext(text)
}
