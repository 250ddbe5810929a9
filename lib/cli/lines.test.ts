import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { linesOf } from './lines.ts'

async function read(...chunks: (string | Buffer)[]): Promise<(string | null)[]> {
  const lines: (string | null)[] = []
  for await (const line of linesOf(Readable.from(chunks, { objectMode: true }))) lines.push(line.text)
  return lines
}

describe('linesOf', () => {
  it('cuts at line ends only, wherever the chunks end', async () => {
    expect(await read('{"a":', '1}\n{"b"', ':2}')).toEqual(['{"a":1}', '{"b":2}'])
    expect(await read('a\r\nb\n\nc\n')).toEqual(['a', 'b', '', 'c'])
    expect(await read('"x\u2028y"\n')).toEqual(['"x\u2028y"'])
    expect(await read('')).toEqual([])
  })

  it('puts characters together that a chunk cut in two, and drops a byte order mark', async () => {
    const bytes = Buffer.from('\ufeffé🙂\nz')
    expect(await read(...Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(['é🙂', 'z'])
  })

  it('numbers lines from one', async () => {
    const numbers: number[] = []
    for await (const { number } of linesOf(Readable.from(['a\nb']))) numbers.push(number)
    expect(numbers).toEqual([1, 2])
  })

  it('passes over a line that is too long and goes on', async () => {
    const long = Array.from({ length: 70 }, () => 'x'.repeat(1024 * 1024))
    expect(await read(...long, '\nnext')).toEqual([null, 'next'])
  })
})
