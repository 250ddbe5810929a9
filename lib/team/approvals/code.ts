import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64Url, type Refusal } from '../../review/approval/index.ts'

/** What a code carries. */
export type CodeKind = 'card' | 'request' | 'answer' | 'invitation'

/** Why a text is no code, or not one to take. */
export class CodeError extends Error {
  override readonly name = 'CodeError'
  constructor(readonly refusal: Refusal) {
    super(refusal)
  }
}

/** Longer texts are not looked at: no chat carries them, and a request of the longest article is far below. UTF-16 code units. */
export const CODE_LIMIT = 2 * 1024 * 1024
/** What a code may unfold to; bytes. */
const UNFOLDED_LIMIT = 8 * 1024 * 1024
const LETTERS: Readonly<Record<CodeKind, string>> = { card: 'C', request: 'Q', answer: 'A', invitation: 'I' }
const VERSION = '1'

/**
 * A code to paste into a chat: `CS1.Q.<length>.<body>.<checksum>`; the length is that of the body, in base 36, the body base64url, the checksum the first
 * 40 bits of the SHA-256 of all before it. @throws {CodeError} `too-large`
 */
export function toCode(kind: CodeKind, bytes: Uint8Array): string {
  const body = base64Url(bytes)
  const head = `CS${VERSION}.${LETTERS[kind]}.${body.length.toString(36)}.${body}`
  if (head.length > CODE_LIMIT) throw new CodeError('too-large')
  return `${head}.${checksum(head)}`
}

/**
 * Finds the one code in a text as people paste it: with words around it, broken into lines, quoted with `>`.
 * @throws {CodeError} `not-a-code`, `doubled`, `too-large`, `newer`, `cut`, `altered`
 */
export function fromCode(text: string): { readonly kind: CodeKind; readonly bytes: Uint8Array<ArrayBuffer> } {
  if (text.length > CODE_LIMIT + 10_000) throw new CodeError('too-large')
  const joined = text.replace(/[\s>\u200b\u00ad\ufeff]+/g, '')
  const starts = [...joined.matchAll(/CS(\d+)\.([A-Z])\./g)]
  const [start] = starts
  if (!start) throw new CodeError('not-a-code')
  if (starts.length > 1) throw new CodeError('doubled')
  if (start[1] !== VERSION) throw new CodeError('newer')
  const kind = (Object.keys(LETTERS) as CodeKind[]).find((each) => LETTERS[each] === start[2])
  if (!kind) throw new CodeError('newer')
  const rest = joined.slice(start.index)
  const shape = /^(CS1\.[A-Z]\.([0-9a-z]+)\.)/.exec(rest)
  if (!shape?.[1] || !shape[2]) throw new CodeError('cut')
  const length = Number.parseInt(shape[2], 36)
  const end = shape[1].length + length
  if (rest.length < end + 11) throw new CodeError('cut')
  const head = rest.slice(0, end)
  if (rest.slice(end, end + 11) !== `.${checksum(head)}`) throw new CodeError('altered')
  try {
    return { kind, bytes: fromBase64Url(head.slice(shape[1].length)) }
  } catch (error) {
    throw error instanceof RangeError ? new CodeError('altered') : error
  }
}

/** Bytes of a text, compressed (raw deflate). */
export async function fold(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return collect(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')), CODE_LIMIT)
}

/** The text again. @throws {CodeError} `too-large` before more than a fixed share of memory is used, `altered` where it is no compressed text */
export async function unfold(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await collect(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')), UNFOLDED_LIMIT))
  } catch (error) {
    throw error instanceof CodeError ? error : new CodeError('altered')
  }
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader()
  const pieces: Uint8Array[] = []
  for (let size = 0; ;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw new CodeError('too-large')
    }
    pieces.push(value)
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function checksum(head: string): string {
  return bytesToHex(sha256(utf8ToBytes(head))).slice(0, 10)
}

function base64Url(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
