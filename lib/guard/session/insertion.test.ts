import { describe, expect, it } from 'vitest'
import type { InputLog } from '../core.ts'
import { noteGrowth } from './insertion.ts'

const log = (explained = 0, free = false): InputLog => ({ events: [], explained, free })

describe('noteGrowth', () => {
  it('calls text that no key, paste or drop accounts for inserted', () => {
    const seen = log()
    noteGrowth(seen, 0, 640, 1)
    expect(seen.events).toEqual([{ kind: 'inserted', chars: 640, trusted: false, at: 1 }])
  })

  it('calls typing typing, in one event a run', () => {
    const seen = log(5)
    noteGrowth(seen, 0, 5, 1)
    seen.explained += 3
    noteGrowth(seen, 5, 8, 2)
    expect(seen.events).toEqual([{ kind: 'typed', chars: 8, at: 2 }])
  })

  it('leaves small unexplained growth alone: smart quotes, spell-check, auto-lists', () => {
    const seen = log()
    noteGrowth(seen, 100, 120, 1)
    expect(seen.events).toEqual([{ kind: 'typed', chars: 20, at: 1 }])
  })

  it('lets undo and redo bring back any amount', () => {
    const seen = log(0, true)
    noteGrowth(seen, 0, 900, 1)
    expect(seen.events).toEqual([])
    noteGrowth(seen, 900, 1800, 2)
    expect(seen.events).toHaveLength(1)
  })

  it('does not let one paste cover a later insertion', () => {
    const seen = log(400)
    noteGrowth(seen, 0, 200, 1)
    noteGrowth(seen, 200, 1200, 2)
    expect(seen.events.at(-1)).toMatchObject({ kind: 'inserted' })
  })
})
