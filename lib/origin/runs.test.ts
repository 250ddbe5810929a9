import { describe, expect, it } from 'vitest'
import { changedPart, joinRuns, sliceRuns, type Run } from './runs.ts'
import type { Arrival } from './types.ts'

const A: Arrival = { kind: 'typed', chars: 0, at: 0 }
const B: Arrival = { kind: 'paste', marks: [], chars: 4, at: 1 }
const C: Arrival = { kind: 'stood', chars: 2, at: 2 }
const run = (length: number, arrival: Arrival): Run => ({ length, arrival })
const THREE = [run(3, A), run(4, B), run(2, C)]

describe('runs', () => {
  it('of a stretch are the parts that lie in it', () => {
    expect(sliceRuns(THREE, 0, 9)).toEqual(THREE)
    expect(sliceRuns(THREE, 2, 8)).toEqual([run(1, A), run(4, B), run(1, C)])
    expect(sliceRuns(THREE, 3, 7)).toEqual([run(4, B)])
    expect(sliceRuns(THREE, 4, 6)).toEqual([run(2, B)])
    expect(sliceRuns(THREE, 7, 99)).toEqual([run(2, C)])
    expect(sliceRuns(THREE, 5, 5)).toEqual([])
  })

  it('one after another are one where the arrival is the same object', () => {
    expect(joinRuns([run(3, A)], [run(4, A), run(2, B)], [], [run(1, B)])).toEqual([run(7, A), run(3, B)])
    expect(joinRuns([run(3, A)], [run(0, B)], [run(2, A)])).toEqual([run(5, A)])
    expect(joinRuns([run(3, A)], [run(2, { ...A })])).toHaveLength(2)
  })
})

describe('changedPart', () => {
  it.each([
    ['a change in the middle', 'one X two', 'one YY two', { start: 4, oldEnd: 5, newEnd: 6 }],
    ['what was put in', 'one two', 'one and two', { start: 4, oldEnd: 4, newEnd: 8 }],
    ['what was taken out', 'one and two', 'one two', { start: 4, oldEnd: 8, newEnd: 4 }],
    ['a letter that was doubled', 'aaa', 'aaaa', { start: 3, oldEnd: 3, newEnd: 4 }],
    ['a half that was taken out', 'abab', 'ab', { start: 2, oldEnd: 4, newEnd: 2 }],
    ['no change', 'same', 'same', { start: 4, oldEnd: 4, newEnd: 4 }],
    ['another text altogether', 'abc', 'xyz', { start: 0, oldEnd: 3, newEnd: 3 }],
    ['a text from nothing', '', 'ab', { start: 0, oldEnd: 0, newEnd: 2 }],
  ])('finds %s', (_, before, after, change) => { expect(changedPart(before, after)).toEqual(change) })
})
