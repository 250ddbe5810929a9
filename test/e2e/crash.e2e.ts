import { expect, test } from 'vitest'
import { crashRuns } from '../bench/learning/crash.mjs'

/** A few kills; `npm run bench:learning -- --only crash` does 200. `CRASH_RUNS` sets how many. */
const runs = Number(process.env['CRASH_RUNS'] ?? 5)

test('loses no acknowledged review and breaks no database when worker and browser are killed while reviews are written and an older database is brought up to date', async () => {
  const said: string[] = []
  const result = await crashRuns({ runs, rows: 1_500, say: (text) => said.push(text) })
  expect(said.filter((text) => text.startsWith('run '))).toEqual([])
  expect(result).toMatchObject({ kills: runs, lost: 0, broken: 0 })
  expect(result.browsers).toBeGreaterThan(0)
  expect(result.acknowledged).toBeGreaterThan(0)
}, 60_000 + runs * 60_000)
