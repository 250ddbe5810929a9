import { expect, test } from 'vitest'
import { crashRuns } from '../bench/learning/crash.mjs'

/** How many kills; nothing is killed where `CRASH_RUNS` says no number. `npm run bench:learning -- --only crash` does 200. */
const runs = Number(process.env['CRASH_RUNS'] ?? 0)
if (runs === 0) console.info('Skipped: set CRASH_RUNS, such as CRASH_RUNS=5, to kill worker and browser.')

test.runIf(runs > 0)('loses no acknowledged review and breaks no database when worker and browser are killed while reviews are written and an older database is brought up to date', async () => {
  const said: string[] = []
  const result = await crashRuns({ runs, rows: 1_500, say: (text) => said.push(text) })
  expect(said.filter((text) => text.startsWith('run '))).toEqual([])
  expect(result).toMatchObject({ kills: runs, lost: 0, broken: 0 })
  expect(result.browsers).toBeGreaterThan(0)
  expect(result.acknowledged).toBeGreaterThan(0)
}, 60_000 + runs * 60_000)
