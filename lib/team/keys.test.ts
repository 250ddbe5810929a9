import 'fake-indexeddb/auto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { bytesToSign, pairPhrase, type Card } from '../review/approval/index.ts'
import { digestDraft } from '../review/index.ts'
import type { StoreAddress, StoreCredentials, TeamChange, TeamResult, TeamRole } from '../review/team/index.ts'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { makeFinding, makeRecord, makeRulebook } from '../store/draft.fixture.ts'
import { approvalsOf, changeSettings, checkLedger, countInbox, deviceKey, getPack, latestEntries, listInbox, listRequests, saveInbox, toBase64Url } from '../store/index.ts'
import { answerRequest, askApproval, closedBecause } from './approvals/index.ts'
import { deviceTag, parseKey } from './layout.ts'
import { deviceMemory } from './memory.ts'
import { memoryStore } from './store/memory.ts'
import { changeTeam, makeNote } from './sync/make.ts'
import { createTeamReader } from './sync/now.ts'
import type { TeamSelf } from './sync/ports.ts'
import { createTeam } from './team.ts'

const address: StoreAddress = { kind: 'memory', name: 'keys' }
const credentials: StoreCredentials = { kind: 'memory' }
const { objects } = memoryStore('keys')
let clock = Date.UTC(2026, 10, 27)
const service = () => createTeam({ builtins: [], now: () => (clock += 1_000), allowed: () => Promise.resolve(true) })

beforeEach(async () => {
  installFakeChrome()
  objects.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, reviewer: { name: 'Dana Osei', role: 'Head of sales' } }))
})

const good = <T>(result: TeamResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const keyNow = async (): Promise<string> => toBase64Url((await deviceKey()).publicKey)
const as = (teamRole: TeamRole, areas: readonly string[] = []) => ({ teamRole, areas, deputy: [] })
const pack = JSON.stringify({
  format: 1, id: 'sales', version: '1.0.0', title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {}, rules: [{
    id: 'sales/one', title: 'One', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: ['golden handshake'], unless: [], near: [],
    negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: ['We say golden handshake here.'], clean: ['Nothing of the kind.'] },
  }],
})

/** Another person's device, which is not this one: only what it writes matters here. */
async function other(name: string): Promise<TeamSelf & { readonly card: Card }> {
  const secret = ed25519.utils.randomSecretKey()
  const signKey = base64(ed25519.getPublicKey(secret))
  const seal = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const sealKey = base64(new Uint8Array(await crypto.subtle.exportKey('raw', seal.publicKey)))
  return { signKey, sign: (bytes) => Promise.resolve(base64(ed25519.sign(bytes, secret))), card: { name, role: '', areas: [], deputy: [], signKey, sealKey } }
}

/** Lets somebody ask to join, and takes them in. */
async function takeIn(team: ReturnType<typeof service>, who: Awaited<ReturnType<typeof other>>, confirmation: Parameters<typeof team.confirm>[1]): Promise<void> {
  const status = await team.status()
  const { item } = await makeNote(who, { format: 1, team: status?.team ?? '', kind: 'join', card: who.card, at: clock }, status?.own?.card.signKey ?? '')
  objects.set(item.key, item.bytes)
  await team.check('now')
  const note = (await team.notes()).find(({ signKey }) => signKey === who.signKey)
  good(await team.confirm(note?.id ?? '', confirmation))
}

/** What another lead's device puts into the store: the next version of the team. */
async function changedBy(who: TeamSelf, change: TeamChange): Promise<void> {
  const state = await deviceMemory.state()
  const head = state && (await createTeamReader(deviceMemory)(state, who.signKey)).head
  if (!head) throw new Error('no team')
  const made: { key: string; bytes: Uint8Array<ArrayBuffer> }[] = []
  await changeTeam({ ...deviceMemory, keep: (_, items = []) => { made.push(...items); return Promise.resolve() } }, who, head, [change], clock)
  for (const { key, bytes } of made) objects.set(key, bytes)
}

describe('a new key', () => {
  it('is in force at once for who alone may lead: the team goes on, what was published stays, and the ledger holds', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    good(await team.publish(pack, '', 100))
    const old = await keyNow()
    const status = good(await team.newKey())
    const now = await keyNow()
    expect(now).not.toBe(old)
    expect(status).toMatchObject({ membership: 'member', own: { teamRole: 'lead', card: { signKey: now } }, newKey: null, former: [{ signKey: old, why: 'rotated', next: now }] })
    expect([(await getPack('sales'))?.version, (await team.packs())[0]?.standing]).toEqual(['1.0.0', 'use'])
    expect(good(await team.publish(pack.replace('1.0.0', '1.1.0'), '', 100))).toMatchObject({ installed: '1.1.0' })
    expect(await checkLedger({ now: clock, whole: true })).toMatchObject({ ok: true })
    expect((await latestEntries(100)).latest.find(({ kind }) => kind === 'key')?.body).toMatchObject({ what: 'new', from: old, to: now, team: status.team })
    // A worker that begins anew finds the same.
    expect(await service().status()).toMatchObject({ membership: 'member', own: { card: { signKey: now } } })
  })

  it('is in force at once also while the store cannot be reached, and where the worker ended before it was used', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    await db.meta.delete('team-credentials')
    good(await service().newKey())
    const now = await keyNow()
    expect(await service().status()).toMatchObject({ own: { card: { signKey: now } }, sync: { problem: { code: 'no-credentials' } } })

    // As it is between the version of the team that was kept, and the change of key.
    const kept = await db.meta.toArray()
    good(await service().newKey())
    const [later, next] = [await db.meta.toArray(), await keyNow()]
    const keyRows = ['device-key', 'seal-key', 'device-keys-before', 'seal-keys-before']
    const [pair, seal] = ['device-key', 'seal-key'].map((key) => later.find((row) => row.key === key)?.value)
    await db.ledger.where('seq').above((await db.ledger.where('kind').equals('key').first())?.seq ?? 0).delete()
    await db.meta.bulkPut(kept.filter(({ key }) => keyRows.includes(key) || key === 'ledger-head'))
    await db.meta.put({ key: 'device-key-next', value: { sign: pair, seal, signKey: next, at: clock } })
    const again = service()
    expect((await again.status())?.membership).toBe('former')
    await again.check('now')
    expect(await again.status()).toMatchObject({ membership: 'member', own: { card: { signKey: next } } })
  })

  it('of anybody else waits for a lead, who compares words; until then the old one is in use, and afterwards packs and mail go on', async () => {
    const team = service()
    const { team: id } = good(await team.create('Sales', address, credentials))
    good(await team.publish(pack, '', 100))
    const ines = await other('Ines Roy')
    await takeIn(team, ines, as('lead'))
    const old = await keyNow()
    const waiting = good(await team.newKey())
    expect(waiting).toMatchObject({ membership: 'member', own: { card: { signKey: old } }, newKey: [{ name: 'Ines Roy' }] })
    expect(await keyNow()).toBe(old)
    const notes = [...objects.keys()].filter((key) => parseKey(key)?.kind === 'notes')
    good(await team.newKey())
    expect([...objects.keys()].filter((key) => parseKey(key)?.kind === 'notes'), 'pressed twice, asked once').toEqual(notes)

    const note = JSON.parse(new TextDecoder().decode(objects.get(notes.at(-1) ?? ''))) as { content: { card: Card } }
    expect(waiting.newKey?.[0]?.phrase).toBe(pairPhrase(id, ines.signKey, note.content.card.signKey))
    await changedBy(ines, { kind: 'rotate', from: old, card: note.content.card, note: parseKey(notes.at(-1) ?? '')?.digest ?? '', keep: await releasesBy(old) })
    await team.check('now')
    const now = await keyNow()
    expect(now).toBe(note.content.card.signKey)
    expect(await team.status()).toMatchObject({ membership: 'member', own: { card: { signKey: now } }, newKey: null })
    expect((await getPack('sales'))?.version).toBe('1.0.0')
    expect(await checkLedger({ now: clock, whole: true })).toMatchObject({ ok: true })
  })

  it('stays the old one where a lead declines', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const ines = await other('Ines Roy')
    await takeIn(team, ines, as('lead'))
    good(await team.newKey())
    const note = [...objects.keys()].map(parseKey).findLast((key) => key?.kind === 'notes')?.digest ?? ''
    await changedBy(ines, { kind: 'decline', note })
    await team.check('now')
    expect(await team.status()).toMatchObject({ membership: 'member', newKey: null })
    expect((await latestEntries(100)).latest.map(({ kind }) => kind)).not.toContain('key')
  })
})

async function releasesBy(signKey: string): Promise<string[]> {
  const state = await deviceMemory.state()
  const now = state && (await createTeamReader(deviceMemory)(state, signKey))
  return [...(now?.packs.values() ?? [])].flatMap(({ statements }) => statements.map(({ digest }) => digest))
}

describe('a lost device', () => {
  it('gives its place to the new one: its key counts no more, and what was asked of it is asked of the new one, once', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const [lost, fresh] = [await other('Ines Roy'), await other('Ines Roy')]
    await takeIn(team, lost, as('reviewer', ['legal']))
    const rules = makeRulebook()
    const findings = [makeFinding({ tier: 'approve', owner: 'legal' })]
    const record = makeRecord({ findings, requirement: { tier: 'approve', owners: ['legal'], reasons: [] } })
    const asked = await askApproval(record, ['legal'], rules, clock)
    await team.check('now')
    expect(asked.request.asked).toEqual([lost.signKey])

    await takeIn(team, fresh, { ...as('reviewer', ['legal']), instead: lost.signKey })
    const status = await team.status()
    expect(status?.members.map(({ card }) => card.signKey)).toContain(fresh.signKey)
    expect(status?.former).toMatchObject([{ signKey: lost.signKey, why: 'lost', next: fresh.signKey }])
    const [again, ...older] = (await listRequests()).sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null))
    expect(again?.request).toMatchObject({ asked: [fresh.signKey], session: record.session, digest: record.digest, areas: ['legal'] })
    expect(older).toMatchObject([{ id: asked.id, revokedAt: expect.any(Number) as number }])
    expect(await approvalsOf(record.digest, rules, clock)).toMatchObject({ waiting: ['Ines Roy'], code: again?.code })
    expect((await latestEntries(100)).latest.filter(({ body }) => body['what'] === 'asked-anew').map(({ body }) => body)).toMatchObject([{ request: asked.id, by: again?.id, digest: record.digest }])
    await team.check('now')
    await team.check('all')
    expect(await listRequests()).toHaveLength(2)
    expect([...objects.keys()].map(parseKey).filter((key) => key?.kind === 'requests').map((key) => key?.kind === 'requests' && key.to)).toEqual(expect.arrayContaining([deviceTag(lost.signKey), deviceTag(fresh.signKey)]))
  })

  it('that nobody stands in for leaves the draft without its signature, and says so', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const lost = await other('Ines Roy')
    await takeIn(team, lost, as('reviewer', ['legal']))
    const record = makeRecord({ findings: [makeFinding({ tier: 'approve', owner: 'legal' })], requirement: { tier: 'approve', owners: ['legal'], reasons: [] } })
    const asked = await askApproval(record, ['legal'], makeRulebook(), clock)
    good(await team.removeMember(lost.signKey, 'lost'))
    expect(await listRequests()).toMatchObject([{ id: asked.id, revokedAt: expect.any(Number) as number }])
    expect(await approvalsOf(record.digest, makeRulebook(), clock)).toMatchObject({ areas: [], waiting: [], code: null })
    expect((await latestEntries(100)).latest.find(({ body }) => body['what'] === 'asked-anew')?.body).toMatchObject({ request: asked.id, by: null })
  })

  it('asks for nothing any more: what it asked for is not counted, and not answered', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const rep = await other('Rhea Vance')
    await takeIn(team, rep, as('rep'))
    const draft = makeRecord({}).draft
    const { kind, subject, recipients, text } = draft
    const content = {
      id: 'r1', from: rep.card, at: clock, until: clock + 86_400_000, deputyAfter: clock + 86_400_000, mode: 'any' as const, asked: [await keyNow()], areas: ['legal'], session: 's', site: 'gmail', draft: { kind, subject, recipients, text },
      digest: digestDraft(draft), rulesetDigest: 'r', policyDigest: 'p', requirement: { tier: 'approve' as const, owners: ['legal'], reasons: [] }, findings: [], decisions: [],
    }
    await saveInbox({ content, signature: await rep.sign(bytesToSign('request', content)) }, clock)
    expect([await countInbox(clock), await closedBecause(content)]).toEqual([1, null])
    good(await team.removeMember(rep.signKey, 'lost'))
    expect([await countInbox(clock), await closedBecause(content)]).toEqual([0, 'former-sender'])
    const [row] = await listInbox()
    await expect(answerRequest(row!, { verdict: 'refuse', reason: 'no', edit: null }, clock)).rejects.toMatchObject({ code: 'not-signable', message: 'former-sender' })
    expect(await closedBecause({ ...content, from: { ...rep.card, signKey: 'x'.repeat(43) }, asked: ['y'.repeat(43)] })).toBe('old-key')
  })

  it('cannot have its place taken twice, nor can anybody take the place of a member or a stranger', async () => {
    const team = service()
    good(await team.create('Sales', address, credentials))
    const [lost, fresh, evil] = [await other('Ines Roy'), await other('Ines Roy'), await other('Eve')]
    await takeIn(team, lost, as('rep'))
    await takeIn(team, fresh, { ...as('rep'), instead: lost.signKey })
    for (const instead of [lost.signKey, evil.signKey]) await takeIn(team, evil, { ...as('rep'), instead }).catch(() => undefined)
    expect((await team.status())?.members.map(({ card }) => card.name)).toEqual(['Dana Osei', 'Ines Roy'])
    expect((await team.status())?.former).toMatchObject([{ signKey: lost.signKey, next: fresh.signKey }])
  })
})
