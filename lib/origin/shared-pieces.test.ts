import { describe, expect, it } from 'vitest'
import { sharedPieces } from './shared-pieces.ts'

const LAMPS = 'the lamps come with hooks'
const MONDAY = 'we can start on Monday'
const THANKS = 'Thank you for the rooms'
const piece = (start: number, words: string, text: number, at: number) => ({ start, length: words.length, text, at })

describe('pieces that two texts share', () => {
  it('have their places in both, and end where the texts differ', () => {
    expect(sharedPieces(`Now ${LAMPS} twice`, [`Before: ${LAMPS}, once`])).toEqual([piece('Now '.length, LAMPS, 0, 'Before: '.length)])
  })

  it('end where either of the texts ends', () => {
    expect(sharedPieces(`Now ${LAMPS}`, [`Before: ${LAMPS}, once`])).toEqual([piece('Now '.length, LAMPS, 0, 'Before: '.length)])
    expect(sharedPieces(`Now ${LAMPS}, twice`, [`Before: ${LAMPS}`])).toEqual([piece('Now '.length, LAMPS, 0, 'Before: '.length)])
  })

  it('are as long as they can be, and each character is in one of them', () => {
    const all = `${LAMPS}, and ${MONDAY} at nine in the morning`
    expect(sharedPieces(all, [all])).toEqual([piece(0, all, 0, 0)])
  })

  it('come from left to right, from any of the texts', () => {
    const words = `${MONDAY}; moreover ${LAMPS}.`
    expect(sharedPieces(words, ['nothing that is shared here', `so ${LAMPS}`, `then ${MONDAY}`])).toEqual([
      piece(0, MONDAY, 2, 'then '.length), piece(`${MONDAY}; moreover `.length, LAMPS, 1, 'so '.length),
    ])
  })

  it('begin after any blank', () => {
    for (const blank of [' ', '\n', '\t']) expect(sharedPieces(`x${blank}${LAMPS}`, [`y${blank}${blank}${LAMPS}`])).toEqual([piece(2, LAMPS, 0, 3)])
  })

  it('are twenty characters at least', () => {
    expect(sharedPieces(LAMPS.slice(0, 20), [LAMPS])).toEqual([piece(0, LAMPS.slice(0, 20), 0, 0)])
    expect(sharedPieces(LAMPS, [LAMPS.slice(0, 20)])).toEqual([piece(0, LAMPS.slice(0, 20), 0, 0)])
    expect(sharedPieces(LAMPS.slice(0, 19), [LAMPS])).toEqual([])
    expect(sharedPieces(LAMPS, [LAMPS.slice(0, 19)])).toEqual([])
  })

  it('are looked for in twenty thousand new characters and no more', () => {
    const filler = (chars: number) => 'x'.repeat(chars - LAMPS.length - 1)
    expect(sharedPieces(`${filler(20_000)} ${LAMPS}`, [LAMPS])).toHaveLength(1)
    expect(sharedPieces(`${filler(20_001)} ${LAMPS}`, [LAMPS])).toEqual([])
  })

  it('are none where there is nothing to share with', () => {
    expect(sharedPieces(LAMPS, [])).toEqual([])
    expect(sharedPieces('', [LAMPS])).toEqual([])
  })
})

describe('words glued together by an edit', () => {
  it.each(['.', ',', ';', ':', '!', '?'])('are two after %s', (sign) => {
    const first = `${MONDAY}${sign}`
    expect(sharedPieces(`${first}${LAMPS}`, [first, LAMPS])).toEqual([piece(0, first, 0, 0), piece(first.length, LAMPS, 1, 0)])
  })

  it('are two where a capital follows a small letter', () => {
    expect(sharedPieces(`Dana${THANKS}`, [THANKS])).toEqual([piece('Dana'.length, THANKS, 0, 0)])
  })

  it('are one word otherwise', () => {
    expect(sharedPieces(`DANA${THANKS}`, [THANKS])).toEqual([])
    expect(sharedPieces(`Dana${THANKS.toLowerCase()}`, [THANKS.toLowerCase()])).toEqual([])
    expect(sharedPieces(`7${THANKS}`, [THANKS])).toEqual([])
    expect(sharedPieces(`-${THANKS}`, [THANKS])).toEqual([])
  })
})
