import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pack, type Table, unpack } from './packing.ts'
import { Texts } from './texts.ts'

const numbers = fc.oneof(
  fc.array(fc.nat(3)), fc.array(fc.nat(300)), fc.array(fc.nat(70_000)), fc.array(fc.integer()), fc.array(fc.nat(0x7fffffff)),
  fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(0x7fffffff) }), { maxLength: 200 }), fc.array(fc.nat(400)).map((steps) => steps.reduce<number[]>((out, step) => [...out, (out.at(-1) ?? 0) + step], [])),
)

describe('packing', () => {
  it('gives every table back as it was, in no more room', () => {
    fc.assert(fc.property(numbers, fc.constantFrom(Int32Array, Uint16Array, Uint8Array), (values, kind) => {
      const table: Table = kind.from(values)
      const { form, size, length, payload } = pack(table)
      const buffer = new ArrayBuffer(8 + payload.length)
      new Uint8Array(buffer, 8).set(payload)
      expect(unpack(buffer, form, size, 8, length)).toEqual(table)
      expect(payload.length).toBeLessThanOrEqual(table.byteLength)
    }), { numRuns: 3_000 })
  })

  it('gives every text back, in any order', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('', 'pricing/p1', 'pricing/p12', 'x'.repeat(300)), fc.string({ unit: 'binary', maxLength: 5 })).map((parts) => parts.join('')), { maxLength: 50 }), fc.boolean(), (list, shared) => {
      const texts = new Texts(...Texts.tablesOf(list, shared))
      for (let i = list.length - 1; i >= 0; i--) expect(shared ? texts.sharedAt(i) : texts.at(i)).toBe(list[i])
    }), { numRuns: 1_000 })
  })
})
