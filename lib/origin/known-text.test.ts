import { describe, expect, it } from 'vitest'
import { KnownText } from './known-text.ts'
import type { Run } from './runs.ts'
import type { Arrival } from './types.ts'

const TYPED: Arrival = { kind: 'typed', chars: 0, at: 0 }
const runs = (text: string): Run[] => [{ length: text.length, arrival: TYPED }]
const remembering = (...texts: string[]) => {
  const known = new KnownText()
  for (const text of texts) known.remember(text, runs(text), 0)
  return known
}
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `text ${at}`)
/** A text of so many characters, its own by its letter. */
const long = (letter: string, chars: number) => letter.repeat(chars)

describe('texts as they stood', () => {
  it('are known again with their runs and what they had lost', () => {
    const known = new KnownText()
    known.remember('As it stood.', runs('As it stood.'), 7)
    expect(known.block('As it stood.')).toEqual({ text: 'As it stood.', runs: runs('As it stood.'), lost: 7 })
    expect(known.block('As it stood')).toBeNull()
  })

  it('are kept as they were last', () => {
    const known = new KnownText()
    known.remember('As it stood.', runs('As it stood.'), 7)
    known.remember('As it stood.', runs('As it stood.'), 9)
    expect(known.block('As it stood.')?.lost).toBe(9)
    expect(known.recent()).toHaveLength(1)
  })

  it('are at least two characters long', () => {
    const known = remembering('', 'a', 'ab')
    expect(known.recent().map(({ text }) => text)).toEqual(['ab'])
  })

  it('are four hundred at most, the oldest forgotten first', () => {
    const known = remembering(...numbered(400))
    expect(known.block('text 0')).not.toBeNull()
    known.remember('one more', runs('one more'), 0)
    expect(known.block('text 0')).toBeNull()
    expect(known.block('text 1')).not.toBeNull()
    expect(known.block('one more')).not.toBeNull()
  })

  it('are new again when they stood once more', () => {
    const known = remembering(...numbered(400), 'text 0', 'one more')
    expect(known.block('text 0')).not.toBeNull()
    expect(known.block('text 1')).toBeNull()
  })

  it('are half a million characters at most', () => {
    const [first, ...others] = ['a', 'b', 'c', 'd', 'e'].map((letter) => long(letter, 100_000))
    const known = remembering(first!, ...others)
    expect(known.block(first!)).not.toBeNull()
    known.remember('ab', runs('ab'), 0)
    expect(known.block(first!)).toBeNull()
    for (const other of others) expect(known.block(other)).not.toBeNull()
  })

  it('count their characters once, and no longer when they are forgotten', () => {
    const [a, b, c] = [long('a', 250_000), long('b', 250_000), long('c', 250_000)]
    const twice = remembering(a, a, b)
    expect([twice.block(a), twice.block(b)]).not.toContain(null)
    const moving = remembering(a, b, c)
    expect([moving.block(a) === null, moving.block(b) === null, moving.block(c) === null]).toEqual([true, false, false])
  })
})

describe('words inside a text that stood', () => {
  const text = 'We can start on Monday, at nine in the morning.'

  it('are found with their place', () => {
    const words = 'start on Monday, at nine'
    expect(remembering('Something else altogether.', text).within(words)).toEqual({ runs: runs(text), start: 'We can '.length })
    expect(remembering(text).within('We can start on Monday')?.start).toBe(0)
    expect(remembering(text).within('start on Tuesday, at nine')).toBeNull()
  })

  it('are twenty characters at least', () => {
    expect(remembering(text).within(text.slice(3, 23))).not.toBeNull()
    expect(remembering(text).within(text.slice(3, 22))).toBeNull()
  })
})

describe('the latest texts', () => {
  it('are twenty at most, in the order in which they stood', () => {
    expect(remembering(...numbered(30)).recent().map(({ text }) => text)).toEqual(numbered(30).slice(10))
    expect(remembering(...numbered(3)).recent().map(({ text }) => text)).toEqual(['text 0', 'text 1', 'text 2'])
  })
})
