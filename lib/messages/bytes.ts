import type { Rulebook } from '../guard/types.ts'
import type { SentRulebook } from './protocol.ts'

/** Characters that `String.fromCharCode` takes at once without running out of stack. */
const AT_ONCE = 8_192
const texts = new WeakMap<ArrayBuffer, string>()

/** A rulebook for the way to whoever sent `probe`; see `RulebookRequest`. */
export function sendable(book: Rulebook, probe: unknown): SentRulebook {
  return probe instanceof ArrayBuffer ? book : { ...book, ruleset: base64Of(book.ruleset) }
}

/** Kept by buffer: every frame asks for the same one. */
function base64Of(buffer: ArrayBuffer): string {
  let text = texts.get(buffer)
  if (text === undefined) {
    const bytes = new Uint8Array(buffer)
    let binary = ''
    for (let at = 0; at < bytes.length; at += AT_ONCE) binary += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE))
    texts.set(buffer, (text = btoa(binary)))
  }
  return text
}

/** The bytes that `sendable` sent. Whatever is neither bytes nor base64 gives none, which no ruleset is. */
export function bytesOf(sent: unknown): ArrayBuffer {
  if (sent instanceof ArrayBuffer) return sent
  const binary = typeof sent === 'string' ? textOf(sent) : ''
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes.buffer
}

function textOf(base64: string): string {
  try {
    return atob(base64)
  } catch {
    return '' // Damaged on its way: the receiver asks again.
  }
}
