import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { changeSettings, changeTeamStore, getPack, latestEntries } from '../store/index.ts'
import { foundTeam, type StoreCredentials, type StoredStep, type TeamChange, type TeamResult } from '../review/team/index.ts'
import { deviceMemory } from './memory.ts'
import { memoryStore } from './store/memory.ts'
import { changeTeam } from './sync/make.ts'
import { ownSelf } from './team-parts.ts'
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

it('takes the team along: its versions, packs and statements, and this device\'s records from the first on; the old store keeps what it had, and says where the team is', async () => {
  const team = await founded()
  const before = new Map(from)
  const moved = good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect(moved).toMatchObject({ store: { kind: 'memory', name: 'moved-to' }, membership: 'member', sync: { problem: null, waiting: 0, missing: [] } })
  for (const kind of ['manifest', 'releases', 'packs']) expect([kind, kinds(to, kind)]).toEqual([kind, kinds(from, kind)])
  expect([kinds(from, 'manifest').length, kinds(before, 'manifest').length]).toEqual([2, 1])
  expect(kinds(to, 'packs')).toHaveLength(2)
  const written = kinds(to, 'ledger').flatMap((key) => new TextDecoder().decode(to.get(key)).trim().split('\n').map((line) => JSON.parse(line) as { seq: number; kind: string; body: { what?: string } }))
  expect(written.map(({ seq }) => seq)).toEqual(Array.from({ length: (await latestEntries(1)).total }, (_, at) => at + 1))
  expect(written.at(-1)).toMatchObject({ kind: 'team', body: { what: 'moved', from: 'moved-from', to: 'moved-to' } })
  for (const [key, bytes] of before) if (!key.startsWith('hints/')) expect([key, from.get(key)]).toEqual([key, bytes])
  expect(good(await team.readInvitation(good(await team.invite(false)).code)).store).toEqual({ kind: 'memory', name: 'moved-to' })
  // What is published from now on goes to the new store alone.
  good(await team.publish(pack('1.2.0'), 'Newer.', 100))
  expect([kinds(to, 'packs').length, kinds(from, 'packs').length, (await getPack('sales'))?.version]).toEqual([3, 2, '1.2.0'])
})

it('tells a device that still looks at the old store where the team is, with whom and when, and nothing any more once it went along', async () => {
  const team = await founded()
  expect(good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials)).moved).toBeNull()
  const own = (await team.status())?.own?.card.signKey
  // As a member's device is: it has what the old store says, and still looks there.
  await changeTeamStore({ store: { kind: 'memory', name: 'moved-from' } }, credentials)
  const other = service()
  await other.check('all')
  expect(await other.status()).toMatchObject({ membership: 'member', moved: { store: { kind: 'memory', name: 'moved-to' }, by: own }, sync: { problem: null }, history: [{ version: 2, changes: [{ kind: 'store' }] }, {}] })
  expect((await getPack('sales'))?.version).toBe('1.1.0')
  const followed = good(await other.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect([followed.moved, followed.version, kinds(to, 'manifest').length]).toEqual([null, 2, 2])
})

it('says nothing of a place that can be none, whoever signed it', async () => {
  const team = await founded()
  const head = (await deviceMemory.kept('manifest'))[0]
  const { content, signature } = JSON.parse(head?.text ?? '') as StoredStep['signed']
  const stored = { digest: head?.key.slice(-69, -5) ?? '', signed: { content, signature }, content: foundTeam(content.team, 'Sales', (content.changes[0] as Extract<TeamChange, { kind: 'create' }>).founder, content.at) }
  await changeTeam(deviceMemory, await ownSelf(), stored, [{ kind: 'store', store: { kind: 'webdav', url: 'javascript:alert(1)', folder: '' } }], clock)
  expect(await team.status()).toMatchObject({ version: 2, moved: null })
})

it('is refused where the administrator says where the team is, and so are a team of one\'s own and another team', async () => {
  const team = await founded()
  const { code } = good(await team.invite(false))
  const browser = installFakeChrome()
  browser.manage({ team: code })
  expect(await team.move({ kind: 'memory', name: 'moved-to' }, credentials)).toMatchObject({ ok: false, problem: { code: 'team-forced' } })
  expect([(await deviceMemory.state())?.store, to.size]).toEqual([{ kind: 'memory', name: 'moved-from' }, 0])
  good(await team.leave())
  expect(await team.create('Mine', { kind: 'memory', name: 'moved-to' }, credentials)).toMatchObject({ ok: false, problem: { code: 'team-forced' } })
  browser.manage({ features: { off: ['teams'] } })
  for (const entered of [team.create('Mine', { kind: 'memory', name: 'moved-to' }, credentials), team.join(code, credentials)]) expect(await entered).toMatchObject({ ok: false, problem: { code: 'teams-off' } })
  expect(await team.status()).toBeNull()
})

it('moves out of a store that is gone, with what is kept here', async () => {
  const team = await founded()
  const [manifests, packs] = [kinds(from, 'manifest'), kinds(from, 'packs')]
  from.clear()
  good(await team.move({ kind: 'memory', name: 'moved-to' }, credentials))
  expect([kinds(to, 'manifest').slice(0, 1), kinds(to, 'packs')]).toEqual([manifests, packs])
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
