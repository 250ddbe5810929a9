import { describe, expect, it } from 'vitest'
import { editedShare, placesIn, standingArrivals, type Arrival, type Evidence, type TrackedBlock } from './index.ts'

const mark = (product: string | null): Evidence => ({ class: 'T2', mark: 'any', product, count: 1 })
const TYPED: Arrival = { kind: 'typed', chars: 0, at: 0 }
const PASTE: Arrival = { kind: 'paste', marks: [mark(null), mark('Gemini'), mark('Claude')], chars: 640, at: 1 }
const PLAIN: Arrival = { kind: 'paste', marks: [], chars: 640, at: 2 }
const DROP: Arrival = { kind: 'drop', marks: [], chars: 640, at: 3 }
const inserted = (chars: number): Arrival => ({ kind: 'inserted', chars, trusted: true, at: 4 })
const HELPED: Arrival = { kind: 'assistant', product: 'Copilot', chars: 640, at: 5 }

/** A block of those lengths, one run after another. */
function block(...runs: readonly (readonly [number, Arrival])[]): TrackedBlock {
  return { text: 'x'.repeat(runs.reduce((sum, [length]) => sum + length, 0)), counted: true, runs: runs.map(([length, arrival]) => ({ length, arrival })), lost: 0 }
}
const EMPTY = block()

describe('arrivals that still stand', () => {
  it('are given in the order of the text with what is left of them', () => {
    expect(standingArrivals([block([30, PASTE], [5, TYPED]), block([20, PASTE]), block([12, DROP])])).toEqual([{ ...PASTE, chars: 50 }, { ...TYPED, chars: 5 }, { ...DROP, chars: 12 }])
  })

  it('stand in ten characters at one place at least', () => {
    const kinds = (...blocks: TrackedBlock[]) => standingArrivals(blocks).map(({ kind }) => kind)
    expect(kinds(block([10, PASTE]))).toEqual(['paste'])
    expect(kinds(block([9, PASTE]))).toEqual([])
    expect(kinds(block([6, PASTE], [1, TYPED], [6, PASTE]))).toEqual(['typed'])
    expect(kinds(block([3, PASTE], [1, TYPED], [10, PASTE], [1, TYPED], [3, PASTE]))).toEqual(['paste', 'typed'])
  })

  it('stand in half of what came, where that was little', () => {
    const small: Arrival = { ...PLAIN, chars: 7 }
    expect(standingArrivals([block([4, small])])).toEqual([{ ...small, chars: 4 }])
    expect(standingArrivals([block([3, small])])).toEqual([])
  })

  it('do not stand in somebody else’s words', () => {
    expect(standingArrivals([{ ...block([300, PASTE]), counted: false }])).toEqual([])
  })
})

describe('places', () => {
  const said = (...blocks: TrackedBlock[]) => placesIn(blocks).map(({ first, last, kind, product, edited }) => `${first}-${last} ${kind} ${product} ${edited}`)

  it('name what came from elsewhere and its product, the first that a mark says', () => {
    expect(said(block([40, TYPED]), block([40, PASTE]))).toEqual(['2-2 paste Gemini 0'])
    expect(said(block([40, HELPED]))).toEqual(['1-1 assistant Copilot 0'])
    expect(said(block([40, DROP]))).toEqual(['1-1 drop null 0'])
    expect(said(block([40, { kind: 'stood', chars: 40, at: 0 }]), block([40, { kind: 'template', chars: 40, at: 0 }]))).toEqual([])
  })

  it('count paragraphs that have words', () => {
    const blank: TrackedBlock = { ...block([3, TYPED]), text: ' \n ' }
    expect(said(EMPTY, block([40, TYPED]), EMPTY, blank, block([40, PASTE]))).toEqual(['2-2 paste Gemini 0'])
  })

  it('are one where paragraphs follow one another and came the same way', () => {
    expect(said(block([40, PASTE]), EMPTY, block([40, PASTE]), block([40, PASTE]))).toEqual(['1-3 paste Gemini 0'])
    expect(said(block([40, PASTE]), block([40, PLAIN]), block([40, DROP]))).toEqual(['1-1 paste Gemini 0', '2-2 paste null 0', '3-3 drop null 0'])
    expect(said(block([40, PASTE]), block([40, TYPED]), block([40, PASTE]))).toEqual(['1-1 paste Gemini 0', '3-3 paste Gemini 0'])
    expect(said(block([40, PASTE]), { ...block([40, PASTE]), counted: false }, block([40, PASTE]))).toEqual(['1-1 paste Gemini 0', '3-3 paste Gemini 0'])
  })

  it('leave small insertions out, two hundred characters being enough', () => {
    expect(said(block([200, inserted(200)]))).toEqual(['1-1 inserted null 0'])
    expect(said(block([199, inserted(200)]))).toEqual([])
    const two = inserted(200)
    expect(said(block([120, two]), block([80, two]))).toEqual(['1-2 inserted null 0'])
  })

  it('go by what most of a paragraph came with', () => {
    expect(said(block([20, PLAIN], [21, PASTE]))[0]).toMatch(/^1-1 paste Gemini/)
    expect(said(block([15, PASTE], [25, HELPED], [15, PASTE]))[0]).toMatch(/^1-1 paste Gemini/)
  })

  it('need ten characters of a paragraph, or half of a short one', () => {
    expect(said(block([10, PASTE], [30, TYPED]))).toEqual(['1-1 paste Gemini 0.75'])
    expect(said(block([9, PASTE], [30, TYPED]))).toEqual([])
    expect(said(block([4, PASTE], [4, TYPED]))).toEqual(['1-1 paste Gemini 0.5'])
    expect(said(block([3, PASTE], [5, TYPED]))).toEqual([])
  })

  it('say how much was edited: what was put in or taken out, whichever is more, of all paragraphs together', () => {
    expect(said(block([60, PASTE], [20, TYPED]), block([20, PASTE]))).toEqual(['1-2 paste Gemini 0.2'])
    expect(said({ ...block([60, PASTE], [20, TYPED]), lost: 40 })).toEqual(['1-1 paste Gemini 0.4'])
    expect(said({ ...block([60, PASTE], [20, TYPED]), lost: 10 })).toEqual(['1-1 paste Gemini 0.25'])
  })
})

describe('the share of a block that was edited', () => {
  it('is what is no longer as it arrived', () => {
    expect(editedShare(block([40, PASTE]), PASTE)).toBe(0)
    expect(editedShare(EMPTY, PASTE)).toBe(0)
    expect(editedShare(block([20, PASTE], [10, TYPED], [10, PASTE]), PASTE)).toBe(0.25)
    expect(editedShare({ ...block([30, PASTE], [10, TYPED]), lost: 20 }, PASTE)).toBe(0.4)
    expect(editedShare(block([30, TYPED]), PASTE)).toBe(1)
  })
})
