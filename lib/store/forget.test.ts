import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { installFakeChrome } from './chrome.fixture.ts'
import { db, type InboxRow, type SentRequestRow } from './db.ts'
import { forgetAll, keepTeamObjects, noteTeam, recordCorrection, saveTeamState, teamOutbox, teamState } from './index.ts'

beforeEach(async () => {
  installFakeChrome()
  await Promise.all(db.tables.map((table) => table.clear()))
})

it('forgets every word of drafts, also in what is asked of others and in what waits for the team\'s store; the team and the ledger stay', async () => {
  const words = 'velvet anchor 20% off'
  await recordCorrection({ rule: 'pricing/percent-off', category: 'pricing', before: words, after: 'see your quote', sentence: `We give ${words}.`, site: 'gmail', at: 1, session: 's', kind: 'email' })
  await db.requests.add({ id: 'r', session: 's', digest: 'd', at: 1, request: { text: words }, code: 'c', revokedAt: null, answers: [], answered: [] } as unknown as SentRequestRow)
  await db.inbox.add({ id: 'i', session: 's', at: 1, request: { content: { text: words } }, state: 'open', answer: null, code: null, openedAt: null } as unknown as InboxRow)
  await saveTeamState({ team: 'abcdefghij123456' })
  const bytes = new TextEncoder().encode(words)
  await keepTeamObjects([{ key: 'kind=manifest/1', kind: 'manifest', text: '{}' }], ['kind=corrections/day=1/a', 'kind=requests/to=1/day=1/a', 'kind=answers/to=1/day=1/a', 'kind=manifest/1', 'kind=ledger/day=1/a'].map((key) => ({ key, bytes: key.includes('manifest') || key.includes('ledger') ? new Uint8Array() : bytes, hint: null })), {})
  await noteTeam('created', { team: 'abcdefghij123456' }, 1)

  const told = (await chrome.storage.local.get('approvals'))['approvals']
  await forgetAll()
  // Open drafts ask again: approvals that they had are gone.
  expect((await chrome.storage.local.get('approvals'))['approvals']).not.toBe(told)
  const kept = await Promise.all(db.tables.map(async (table) => [table.name, (await table.toArray() as { bytes?: Uint8Array }[]).map((row) => (row.bytes ? { ...row, bytes: new TextDecoder().decode(row.bytes) } : row))]))
  expect(JSON.stringify(kept)).not.toContain('velvet anchor')
  expect((await teamOutbox(10)).map(({ key }) => key)).toEqual(['kind=manifest/1', 'kind=ledger/day=1/a'])
  expect(await teamState()).toEqual({ team: 'abcdefghij123456' })
  expect([await db.teamObjects.count(), await db.ledger.count()]).toEqual([1, 1])
})
