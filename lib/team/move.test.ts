import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { changeSettings, changeTeamStore, getPack, latestEntries } from '../store/index.ts'
import type { StoreCredentials, TeamResult } from '../review/team/index.ts'
import { deviceMemory } from './memory.ts'
import { memoryStore } from './store/memory.ts'
import { createTeam } from './team.ts'

const credentials: StoreCredentials = { kind: 'memory' }
const [from, to] = [memoryStore('moved-from').objects, memoryStore('moved-to').objects]
let clock = Date.UTC(2026, 10, 27)
const service = () => createTeam({ builtins: [], now: () => (clock += 1_000), allowed: () => Promise.resolve(true) })
const kinds = (objects: ReadonlyMap<string, unknown>, kind: string): string[] => [...objects.keys()].filter((key) => key.startsWith(`kind=${kind}/`)).sort()
const good = <T>(result: TeamResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const pack = (version: string): string => JSON.stringify({
  format: 1, id: 'sales', version, title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {},
  rules: [{
    id: 'sales/one', title: 'One', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: ['golden handshake'], unless: [], near: [],
    negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: ['We say golden handshake here.'], clean: ['Nothing of the kind.'] },
  }],
})

beforeEach(async () => {
  installFakeChrome()
  for (const objects of [from, to]) objects.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, reviewer: { name: 'Dana Osei', role: 'Head of sales' } }))
})

async function founded(): Promise<ReturnType<typeof service>> {
  const team = service()
  good(await team.create('Sales', { kind: 'memory', name: 'moved-from' }, credentials))
  for (const version of ['1.0.0', '1.1.0']) good(await team.publish(pack(version), 'New.', 100))
  return team
}

it('takes the team along: its versions, packs and statements, and this device\'s records from the first on; the old store is left as it is', async () => {
  const team = await founded()
  const before = new Map(from)
  const moved = good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect(moved).toMatchObject({ store: { kind: 'memory', name: 'moved-to' }, membership: 'member', sync: { problem: null, waiting: 0, missing: [] } })
  for (const kind of ['manifest', 'releases', 'packs']) expect([kind, kinds(to, kind)]).toEqual([kind, kinds(before, kind)])
  expect(kinds(to, 'packs')).toHaveLength(2)
  const written = kinds(to, 'ledger').flatMap((key) => new TextDecoder().decode(to.get(key)).trim().split('\n').map((line) => JSON.parse(line) as { seq: number; kind: string; body: { what?: string } }))
  expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: (await latestEntries(1)).total }, (_, at) => at + 1))
  expect(written.at(-1)).toMatchObject({ kind: 'team', body: { what: 'moved', from: 'moved-from', to: 'moved-to' } })
  expect(from).toEqual(before)
  expect(good(await team.readInvitation(good(await team.invite(false)).code)).store).toEqual({ kind: 'memory', name: 'moved-to' })
  // What is published from now on goes to the new store alone.
  good(await team.publish(pack('1.2.0'), 'Newer.', 100))
  expect([kinds(to, 'packs').length, kinds(from, 'packs').length, (await getPack('sales'))?.version]).toEqual([3, 2, '1.2.0'])
})

it('moves out of a store that is gone, with what is kept here', async () => {
  const team = await founded()
  const [manifests, packs] = [kinds(from, 'manifest'), kinds(from, 'packs')]
  from.clear()
  good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect([kinds(to, 'manifest'), kinds(to, 'packs')]).toEqual([manifests, packs])
})

it('fetches a version that was never in use here before it leaves, because it lies in the old store alone', async () => {
  const team = await founded()
  const [old] = kinds(from, 'packs')
  await db.teamObjects.delete(old ?? '')
  good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect(kinds(to, 'packs')).toContain(old)
})

it('mails again what is open, and stays where it is when the other store does not let it in', async () => {
  const team = await founded()
  await deviceMemory.addSeen('mailed/', ['mailed/one'])
  expect(await team.move({ kind: 's3', endpoint: 'https://127.0.0.1:1', region: 'us-east-1', bucket: 'team', pathStyle: true, folder: '' }, credentials)).toMatchObject({ ok: false })
  expect([(await deviceMemory.state())?.store, [...(await deviceMemory.seen('mailed/'))]]).toEqual([{ kind: 'memory', name: 'moved-from' }, ['mailed/one']])
  good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect([...(await deviceMemory.seen('mailed/'))]).toEqual([])
})

it('changes address and login together or neither, so that no store is shown the login of the other', async () => {
  const team = await founded()
  const before = await db.meta.get('team-credentials')
  const fail = (_change: object, key: unknown): void => {
    if (key === 'team') throw new Error('the disk is gone')
  }
  await deviceMemory.addSeen('mailed/', ['mailed/one'])
  db.meta.hook('updating', fail)
  try {
    await expect(changeTeamStore({ store: { kind: 'memory', name: 'moved-to' } }, { kind: 'memory', of: 'the other' })).rejects.toThrow()
  } finally {
    db.meta.hook('updating').unsubscribe(fail)
  }
  expect(before).toBeDefined()
  expect([await db.meta.get('team-credentials'), (await team.status())?.store, [...(await deviceMemory.seen('mailed/'))]]).toEqual([before, { kind: 'memory', name: 'moved-from' }, ['mailed/one']])
})
