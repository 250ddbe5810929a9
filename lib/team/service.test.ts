import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { ed25519 } from '@noble/curves/ed25519.js'
import type { RulePack } from '../engine/index.ts'
import { pairPhrase } from '../review/approval/index.ts'
import type { StoreAddress, StoreCredentials, TeamResult, TeamStatus } from '../review/team/index.ts'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { changeSettings, exportAll, getPack, latestEntries, listContacts, toBase64Url } from '../store/index.ts'
import { createTeam } from './team.ts'
import { memoryStore } from './store/memory.ts'
import { makeNote, makeRelease } from './sync/make.ts'
import type { TeamSelf } from './sync/ports.ts'

const address: StoreAddress = { kind: 'memory', name: 'service' }
const credentials: StoreCredentials = { kind: 'memory' }
const { objects } = memoryStore('service')
let clock = Date.UTC(2026, 10, 27)
const service = () => createTeam({ builtins: [], now: () => (clock += 1_000), allowed: () => Promise.resolve(true) })

let browser = installFakeChrome()

beforeEach(async () => {
  browser = installFakeChrome()
  objects.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, reviewer: { name: 'Dana Osei', role: 'Head of sales' } }))
})

const good = <T>(result: TeamResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

const rule = (words: string): RulePack['rules'][number] => ({
  id: 'sales/one', title: words, category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: [words],
  unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [],
  examples: { flagged: [`We say ${words} here.`], clean: ['Nothing of the kind.'] },
})
const pack = (version: string, words = 'golden handshake'): string =>
  JSON.stringify({ format: 1, id: 'sales', version, title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {}, rules: [rule(words)] } satisfies RulePack)

/** Another person's device, which is not this one: only what it writes matters here. */
function stranger(): TeamSelf & { readonly card: TeamStatus['members'][number]['card'] } {
  const secret = ed25519.utils.randomSecretKey()
  const signKey = toBase64Url(ed25519.getPublicKey(secret))
  return { signKey, sign: (bytes) => Promise.resolve(toBase64Url(ed25519.sign(bytes, secret))), card: { name: 'Ines Roy', role: '', areas: [], deputy: [], signKey, sealKey: `${signKey}${signKey}x` } }
}

describe('a team', () => {
  it('is founded, invites, and takes in who asks, with the areas it gives them', async () => {
    const team = service()
    expect(await team.status()).toBeNull()
    const founded = good(await team.create('Sales Europe', address, credentials))
    expect(founded).toMatchObject({ name: 'Sales Europe', membership: 'member', version: 1, own: { teamRole: 'lead' }, sync: { problem: null, waiting: 0 } })
    expect([...objects.keys()].some((key) => key.startsWith('kind=manifest/'))).toBe(true)
    expect(await team.create('Again', address, credentials)).toMatchObject({ ok: false, problem: { code: 'in-a-team' } })

    const { code, invitation } = good(await team.invite(false))
    expect(good(await team.readInvitation(`Join us: ${code}`))).toEqual(invitation)
    expect(await team.readInvitation(code.slice(0, -3))).toMatchObject({ ok: false, problem: { code: 'bad-invitation' } })

    const ines = stranger()
    const { item } = await makeNote(ines, { format: 1, team: founded.team, kind: 'join', card: ines.card, at: clock }, invitation.lead.signKey)
    objects.set(item.key, item.bytes)
    await team.check('now')
    const [note] = await team.notes()
    expect(note).toMatchObject({ kind: 'join', card: { name: 'Ines Roy' }, phrase: pairPhrase(founded.team, invitation.lead.signKey, ines.signKey) })
    const after = good(await team.confirm(note?.id ?? '', { teamRole: 'reviewer', areas: ['pricing'], deputy: [] }))
    expect(after.members.map(({ card, teamRole }) => [card.name, teamRole, card.areas])).toEqual([['Dana Osei', 'lead', expect.anything()], ['Ines Roy', 'reviewer', ['pricing']]])
    expect(await team.notes()).toEqual([])
    expect(await listContacts()).toMatchObject([{ name: 'Ines Roy', areas: ['pricing'] }])

    good(await team.removeMember(ines.signKey, 'removed'))
    expect(await listContacts()).toEqual([])
    expect(await team.removeMember(after.own?.card.signKey ?? '', 'left')).toMatchObject({ ok: false, problem: { code: 'last-lead' } })
  })

  it('publishes, goes back and withdraws', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    expect(good(await team.publish(pack('1.0.0'), 'First words.', 100))).toMatchObject({ id: 'sales', target: '1.0.0', installed: '1.0.0', standing: 'use', problem: null })
    expect(await team.publish(pack('1.0.0', 'other words'), '', 100)).toMatchObject({ ok: false, problem: { code: 'old-version', params: ['sales', '1.0.0'] } })
    expect(await team.publish(pack('1.1.0').replace('We say golden handshake here.', 'Nothing to see.'), '', 100)).toMatchObject({ ok: false, problem: { code: 'invalid' } })
    good(await team.publish(pack('1.1.0', 'silver handshake'), 'Silver too.', 100))
    expect((await getPack('sales'))?.version).toBe('1.1.0')
    const back = good(await team.say('sales', 'roll-back', '1.0.0', 100, 'Too many marks.'))
    expect(back).toMatchObject({ target: '1.0.0', installed: '1.0.0', versions: [{ version: '1.1.0', text: 'Silver too.' }, { version: '1.0.0', text: 'First words.' }].sort((a) => (a.version === back.versions[0]?.version ? -1 : 1)) })
    good(await team.say('sales', 'withdraw', null, 100, 'Not ours any more.'))
    expect(await getPack('sales')).toBeNull()
  })

  it('writes down what a stranger put into the store, once, and takes none of it', async () => {
    const team = service()
    const { team: id } = good(await team.create('Sales', address, credentials))
    good(await team.publish(pack('1.0.0'), '', 100))
    const evil = stranger()
    const content = { format: 1, team: id, pack: 'sales', number: 2, action: 'withdraw', version: null, digest: null, share: 100, text: '', at: clock, by: evil.signKey } as const

    const { item } = await makeRelease(evil, content)
    objects.set(item.key, item.bytes)
    expect((await team.check('now')).rejected).toMatchObject([{ key: item.key, refusal: 'unknown-key' }])
    expect((await team.check('all')).rejected).toEqual([])
    expect((await getPack('sales'))?.version).toBe('1.0.0')
    const noted = (await latestEntries(50)).latest.filter(({ kind, body }) => kind === 'team' && body['what'] === 'rejected')
    expect(noted).toMatchObject([{ body: { key: item.key, refusal: 'unknown-key' } }])
  })

  it('keeps what lets one in out of exports and of what pages see', async () => {
    const dav: StoreAddress = { kind: 'webdav', url: 'https://files.example/dav', folder: 'team' }
    const drivers = { fetch: (() => Promise.resolve(new Response('', { status: 401 }))) as typeof fetch, now: () => clock, random: () => 0, sleep: () => Promise.resolve(), timeout: 1_000, tries: 1 }
    const refused = await createTeam({ builtins: [], now: () => clock, allowed: () => Promise.resolve(true), drivers }).create('Sales', dav, { kind: 'webdav', user: 'dana', password: 'open-sesame' })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'login', params: ['files.example'] } })
    const team = service()
    good(await team.create('Sales', address, credentials))
    await db.meta.put({ key: 'team-credentials', value: { kind: 'webdav', user: 'dana', password: 'open-sesame' } })
    let exported = ''
    for await (const piece of exportAll(clock)) exported += piece
    expect(exported + JSON.stringify([await team.status(), good(await team.invite(false)), (await latestEntries(50)).latest])).not.toContain('open-sesame')
  })

  it.each([['missing', null], ['damaged', { kind: 'webdav', user: 7 }], ['for another kind of store', { kind: 'webdav', user: 'dana', password: 'open-sesame' }]])('keeps its last good state where the login is %s, says so, and takes a new one', async (_, value) => {
    const before = service()
    good(await before.create('Sales', address, credentials))
    good(await before.publish(pack('1.0.0'), '', 100))
    await (value === null ? db.meta.delete('team-credentials') : db.meta.put({ key: 'team-credentials', value }))
    const team = service()
    expect(await team.status()).toMatchObject({ membership: 'member', name: 'Sales' })
    expect(await team.packs()).toMatchObject([{ id: 'sales', installed: '1.0.0' }])
    expect(await team.check('now')).toMatchObject({ outcome: 'failed', problem: { code: 'no-credentials' } })
    good(await team.publish(pack('1.1.0', 'silver handshake'), '', 100))
    expect(await team.status()).toMatchObject({ sync: { problem: { code: 'no-credentials' }, waiting: 3 } }) // The pack, what is said of it, and a segment of the ledger.
    expect(await team.invite(true)).toMatchObject({ ok: false, problem: { code: 'no-credentials' } })
    good(await team.setCredentials(credentials))
    expect(await team.check('now')).toMatchObject({ problem: null })
    expect(await team.status()).toMatchObject({ sync: { problem: null, waiting: 0 } })
  })

  it('keeps a choice that a person makes while a look is under way', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const looking = team.check('all')
    good(await team.setSharing({ ledger: false, corrections: true }))
    await looking
    expect((await team.status())?.sharing).toEqual({ ledger: false, corrections: true })
  })

  it('is not back after it was left while looks were asked for', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const [, left] = await Promise.all([team.check('all'), team.leave(), team.check('all')])
    good(left)
    expect(await team.status()).toBeNull()
    expect([await db.teamObjects.count(), await db.teamOutbox.count()]).toEqual([0, 0])
  })

  it('is left: its packs, contacts and credentials go', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    good(await team.publish(pack('1.0.0'), '', 100))
    good(await team.leave())
    expect(await team.status()).toBeNull()
    expect(await getPack('sales')).toBeNull()
    expect(await db.meta.get('team-credentials')).toBeUndefined()
  })

  it('is neither founded nor joined where the administrator lets nobody, whatever a page asks for, and no other one where they chose it', async () => {
    const invited = async (): Promise<string> => {
      const team = service()
      good(await team.create('Sales', address, credentials))
      const { code } = good(await team.invite(true))
      good(await team.leave())
      return code
    }
    const [ours, theirs] = [await invited(), await invited()]
    const asked = async (code: string): Promise<unknown[]> => [await service().create('Sales', address, credentials), await service().join(code, null)].map((result) => (result.ok ? 'entered' : result.problem.code))
    browser.manage({ features: { off: ['teams'] } })
    expect(await asked(ours)).toEqual(['teams-off', 'teams-off'])
    browser.manage({ features: { off: ['teams'] }, team: ours })
    expect(await asked(theirs)).toEqual(['team-forced', 'team-forced'])
    expect(await service().status()).toBeNull()
    expect(await asked(ours)).toEqual(['team-forced', 'entered'])
  })

  it('reads to a lead the ledgers that lie in the store, keeps what it read, and to nobody else', async () => {
    const team = service()
    expect(await team.ledgers('new')).toMatchObject({ ok: false, problem: { code: 'no-member' } })
    good(await team.create('Sales', address, credentials))
    await team.check('now')
    expect(good(await team.ledgers('known'))).toBeNull()
    const read = good(await team.ledgers('new'))
    expect(read?.devices).toMatchObject([{ name: 'Dana Osei', faults: [], gone: false }])
    expect(read?.devices[0]?.entries).toBeGreaterThan(0)
    expect(good(await service().ledgers('known'))).toEqual(read)
    expect(good(await team.ledgers('all'))?.devices).toEqual(read?.devices)
    const segment = [...objects.keys()].find((key) => key.startsWith('kind=ledger/')) ?? ''
    objects.set(segment, new TextEncoder().encode('{}\n'))
    expect(good(await team.ledgers('all'))?.devices[0]?.faults).toMatchObject([{ code: 'damaged', key: segment }, { code: 'missing', seq: 1 }])
    good(await team.leave())
    expect(await db.meta.get('team-ledgers')).toBeUndefined()
  })

  it('asks for no store that the browser does not let it reach', async () => {
    const team = createTeam({ builtins: [], now: () => clock, allowed: () => Promise.resolve(false) })
    expect(await team.probe({ kind: 'webdav', url: 'https://files.example/dav', folder: '' }, { kind: 'webdav', user: 'a', password: 'b' })).toMatchObject({ ok: false, problem: { code: 'no-permission' } })
    expect(await team.probe({ kind: 'webdav', url: 'http://files.example/dav', folder: '' }, { kind: 'webdav', user: 'a', password: 'b' })).toMatchObject({ ok: false, problem: { code: 'bad-store' } })
  })
})
