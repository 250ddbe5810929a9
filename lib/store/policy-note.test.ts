import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { db } from './db.ts'
import { checkLedger } from './ledger-check.ts'
import { notePolicy } from './policy-note.ts'

const reviewer = { name: 'Dana', role: 'Sales' }
const [first, second] = ['1'.repeat(64), '2'.repeat(64)]

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
})

it('notes each change of the policy once, with what it was before and who was there', async () => {
  await notePolicy(first, reviewer, 1)
  await notePolicy(first, reviewer, 2)
  expect(await db.ledger.count()).toBe(0)
  await notePolicy(second, reviewer, 3)
  await notePolicy(second, reviewer, 4)
  await notePolicy(first, reviewer, 5)
  expect((await db.ledger.orderBy('seq').toArray()).map(({ kind, at, body }) => ({ kind, at, body }))).toEqual([
    { kind: 'policy', at: 3, body: { from: first, policyDigest: second, reviewer } },
    { kind: 'policy', at: 5, body: { from: second, policyDigest: first, reviewer } },
  ])
  expect(await checkLedger({ whole: true, now: 6 })).toMatchObject({ ok: true, entries: 2 })
})
