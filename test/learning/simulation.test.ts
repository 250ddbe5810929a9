import { describe, expect, it } from 'vitest'
import builtins from 'virtual:builtin-packs'
import { figuresOf, simulate } from './simulate.ts'

/** Two people for four weeks; `npm run bench:learning` runs the whole team for 90 days. */
const options = { packs: builtins, seed: 7, reps: 2, days: 28, draftsPerDay: 20 } as const

describe('a team whose assistant makes known mistakes', () => {
  const learning = simulate({ ...options, learning: true })
  const without = simulate({ ...options, learning: false })
  const figures = figuresOf(learning, without)

  it('is offered nearly all of them within five corrections each, and hardly anything else', () => {
    expect(figures.planted).toBeGreaterThan(12)
    expect(figures.proposedWithin5).toBeGreaterThanOrEqual(0.9)
    expect(figures.proposals).toBeGreaterThan(20)
    expect(figures.wrongShare).toBeLessThanOrEqual(0.1)
  })

  it('never lowers a rule that finds what is truly risky, and misses no more of it than without learning', () => {
    expect(figures.wronglyLowered).toEqual([])
    expect(figures.bad).toBeGreaterThan(10)
    expect(figures.missed).toBeLessThanOrEqual(figures.missedWithout)
  })

  it('spends less time on drafts without risk, week by week, than the same team without learning', () => {
    expect(figures.minutes.at(-1)).toBeLessThan(figuresOf(without, without).minutes.at(-1) ?? 0)
  })

  it('is the same each time', () => {
    const small = { ...options, reps: 1, days: 3 }
    expect(simulate({ ...small, learning: true })).toEqual(simulate({ ...small, learning: true }))
  })
})
