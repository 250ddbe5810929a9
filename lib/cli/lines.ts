import { once } from 'node:events'
import { StringDecoder } from 'node:string_decoder'
import type { Readable, Writable } from 'node:stream'

/** Longest line that is read, in UTF-16 code units. A longer one is reported and passed over, so that no input can fill the memory. */
export const MAX_LINE = 64 * 1024 * 1024

export interface Line {
  /** From 1. */
  readonly number: number
  /** Without its line end; null where it was longer than `MAX_LINE`. */
  readonly text: string | null
}

/**
 * The lines of a UTF-8 stream, one at a time, asking for more only when the last one was taken. Lines end with `\n` or `\r\n` and nothing else:
 * JSON strings may hold U+2028, which Node's own line reader would cut at.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8')
  let number = 0
  let parts: string[] = []
  let length = 0
  const keep = (part: string): void => {
    length += part.length
    if (length <= MAX_LINE) parts.push(part)
  }
  const take = (): Line => {
    number += 1
    const joined = length > MAX_LINE ? null : parts.join('').replace(/\r$/, '')
    parts = []
    length = 0
    return { number, text: number === 1 && joined?.startsWith('\ufeff') ? joined.slice(1) : joined }
  }
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk)
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      keep(text.slice(from, end))
      from = end + 1
      yield take()
    }
    keep(text.slice(from))
  }
  keep(decoder.end())
  if (length > 0) yield take()
}

/** Writes one line and waits while the reader is behind. */
export async function writeLine(stream: Writable, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await once(stream, 'drain')
}

/** Ends the process quietly when whoever reads our output has had enough (`| head`), as other command-line tools do. */
export function quitOnClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}
