import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWholeDrafts, TALLY_COUNTS, tallyKey } from '../learning/index.ts'
import { packDay, unpackDay } from './tally-rows.ts'

const key = fc.record({ site: fc.constantFrom('gmail', 'own.example'), kind: fc.constantFrom('email' as const, '' as const), assistant: fc.constantFrom('', 'ChatGPT', 'Ä B'), category: fc.constantFrom('pricing' as const, '' as const), rule: fc.string({ maxLength: 6 }) })
  .map((place) => tallyKey(place).replaceAll('\u001e', ' '))
const cell = fc.array(fc.oneof(fc.nat(5), fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0))), { minLength: TALLY_COUNTS.length, maxLength: TALLY_COUNTS.length })

describe('a stored day', () => {
  it('gives back exactly what was counted, whatever the numbers', () => {
    fc.assert(fc.property(fc.dictionary(key, cell, { maxKeys: 8, noNullPrototype: true }), (cells) => {
      const day = { day: '2026-11-20', cells }
      expect(unpackDay(packDay(day))).toEqual(day)
    }))
  })

  it('gives the places that are wanted alone, however it was stored', () => {
    const place = { site: 'gmail', kind: 'email', assistant: '', category: '', rule: '' } as const
    const [whole, ofRule] = [tallyKey(place), tallyKey({ ...place, category: 'pricing', rule: 'pricing/free' })]
    const cells = { [ofRule]: TALLY_COUNTS.map(() => 2), [whole]: TALLY_COUNTS.map(() => 3), [tallyKey({ ...place, category: 'pricing' })]: TALLY_COUNTS.map(() => 4) }
    for (const row of [packDay({ day: '2026-11-20', cells }), { day: '2026-11-20', cells }]) expect(unpackDay(row, isWholeDrafts)).toEqual({ day: '2026-11-20', cells: { [whole]: cells[whole] } })
  })

  it('keeps counts that fit in four bytes in four bytes, and is read as an earlier version left it', () => {
    const day = { day: '2026-11-20', cells: { [tallyKey({ site: 'gmail', kind: 'email', assistant: '', category: '', rule: '' })]: TALLY_COUNTS.map((_, index) => index) } }
    expect(packDay(day).counts).toBeInstanceOf(Uint32Array)
    expect(unpackDay(day)).toBe(day)
    expect(unpackDay(packDay({ day: '2026-11-20', cells: {} }))).toEqual({ day: '2026-11-20', cells: {} })
  })
})
