import { expect, it } from 'vitest'
import { createReadingClock } from './reading-clock.ts'

it('counts from when the words came, not from when somebody typed a few more', () => {
  let now = 1_000
  const clock = createReadingClock(() => now)
  now = 5_000
  const pasted = 'word '.repeat(200)
  clock.see(pasted)
  now = 6_000
  expect(clock.read(pasted, 2)).toEqual({ ms: 1_000, least: 19_000 })
  clock.see(`${pasted}and some more`)
  now = 25_000
  expect(clock.read(pasted, 2).ms).toBe(20_000)
  clock.see(pasted.repeat(2))
  expect(clock.read(pasted, 0).ms).toBe(0)
  expect(clock.read('x'.repeat(1_000_000), 0).least).toBe(300_000)
})

it('is not thrown off by a clock that was set back', () => {
  let now = 10_000
  const clock = createReadingClock(() => now)
  now = 4_000
  expect(clock.read('text', 0).ms).toBe(0)
})
