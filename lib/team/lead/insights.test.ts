import 'fake-indexeddb/auto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RulePack } from '../../engine/index.ts'
import { sumTallies, type DayTally } from '../../learning/index.ts'
import { bytesToSign } from '../../review/approval/index.ts'
import { foundTeam, nextManifest, type StoredManifest, type TeamManifest, type TeamMember, type TeamResult } from '../../review/team/index.ts'
import { installFakeChrome } from '../../store/chrome.fixture.ts'
import { db } from '../../store/db.ts'
import { makeDecision, makeDraft, makeFinding, makeRecord, makeRulebook, makeSignOff } from '../../store/draft.fixture.ts'
import { changeSettings, recordCorrection, toBase64Url } from '../../store/index.ts'
import { recordDecided, recordHeld, recordSent, recordSigned, recordUnchecked, takeBackDismissal } from '../../store/records.ts'
import { buildTallies, listTallies } from '../../store/tallies.ts'
import { bytesDigest, deviceTag, keyOf } from '../layout.ts'
import { memoryStore } from '../store/memory.ts'
import { createTeam } from '../team.ts'
import { readCorrections } from './corrections.ts'
import { createDraftCounter, NO_DRAFTS } from './drafts.ts'

const START = Date.UTC(2026, 10, 2, 9)
const DAY = 86_400_000
const store = memoryStore('lead-insights')
const good = <T>(result: TeamResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

/** As much of packs as tells categories. */
const BUILTINS = [{ id: 'pricing', rules: [{ id: 'pricing/percent-off', category: 'pricing' }, { id: 'promise/always', category: 'promise' }] }] as unknown as RulePack[]

beforeEach(async () => {
  installFakeChrome()
  store.objects.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, reviewer: { name: 'Dana Osei', role: 'Head of sales' } }))
})

/** Drafts of some days in every state, as the worker records them, with corrections. */
async function live(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index++) {
    const time = START + index * DAY
    const at = (later: number) => ({ at: time + later, keepTexts: false })
    const record = makeRecord({
      session: `s${index}`, site: index % 2 ? 'gmail' : 'outlook', draft: makeDraft(`Offer ${index}: get 20% off.`), origin: { verdict: 'ai', evidence: [] },
      findings: [makeFinding({ fingerprint: `a${index}` }), makeFinding({ fingerprint: `b${index}`, rule: index % 5 ? 'promise/always' : 'pricing/percent-off', category: index % 5 ? 'promise' : 'pricing', tier: 'note' })],
      decisions: [makeDecision({ fingerprint: `a${index}`, outcome: index % 3 ? 'kept' : 'dismissed', reason: 'r' })],
    })
    for (const decision of record.decisions) await recordDecided({ session: record.session, site: record.site, document: null }, decision)
    await recordHeld(record, 'send', at(0))
    if (index % 7 === 6) await recordUnchecked(record, 'I read it.', { name: 'Dana', role: '' }, at(1))
    const how = index % 4
    if (how < 3) {
      const signOff = makeSignOff(record, { at: time + 7_000, ...(how === 1 ? { reading: { ms: 4_200, least: 1_000 } } : {}), ...(how === 2 ? { override: { reason: 'They wait.' } } : {}) })
      await recordSigned(record, signOff, makeRulebook(), at(7_000))
    }
    if (index % 6 === 5) await recordHeld({ ...record,  draft: makeDraft(`Another offer ${index}.`), digest: 'e'.repeat(64) }, 'send', at(7_500))
    await recordCorrection({ rule: 'promise/always', category: 'promise', before: 'always', after: 'often', sentence: `It is always ${index}.`, site: record.site, at: time + 7_000, session: `s${index}`, kind: 'email' })
    if (index % 9 !== 8) await recordSent(record, 'send', 1, at(8_000))
  }
}

/** What this device's own Insights count. */
async function ownDays(): Promise<DayTally[]> {
  await buildTallies()
  return listTallies()
}

describe('a lead’s Insights', () => {
  it('count of a member’s ledger and corrections what the member’s own Insights count of the same drafts, at once and bit by bit', async () => {
    const team = createTeam({ builtins: BUILTINS, now: () => START + 200 * DAY, allowed: () => Promise.resolve(true) })
    good(await team.create('Sales', { kind: 'memory', name: 'lead-insights' }, { kind: 'memory' }))
    good(await team.setSharing({ ledger: true, corrections: true }))
    expect(good(await team.insights('known'))).toBeNull()
    await live(0, 9)
    await team.check('now')
    expect(good(await team.insights('new'))?.days).toEqual(await ownDays())
    await live(9, 20)
    await team.check('now')
    const seen = good(await team.insights('new'))
    const own = await ownDays()
    expect(own.length).toBe(20)
    expect(seen?.days).toEqual(own)
    expect(seen).toMatchObject({ devices: 1, sharing: 1, partly: [], unread: 0, repeated: [{ rule: 'promise/always', before: 'always', after: 'often', times: 20, members: 1, first: START + 7_000, last: START + 19 * DAY + 7_000 }] })
    expect(good(await team.insights('known'))).toEqual(seen)
    expect(good(await team.insights('all'))?.days).toEqual(own)
  })

  it('follow a dismissal that was taken back, before the draft left and after, in one reading and in the next', async () => {
    const team = createTeam({ builtins: BUILTINS, now: () => START + 200 * DAY, allowed: () => Promise.resolve(true) })
    good(await team.create('Sales', { kind: 'memory', name: 'lead-insights' }, { kind: 'memory' }))
    good(await team.setSharing({ ledger: true, corrections: false }))
    const at = (time: number) => ({ at: time, keepTexts: false })
    const [rulebook, by] = [makeRulebook(), { name: 'Dana', role: '' }]
    const drafts = ['sent', 'held', 'between'].map((session, index) => makeRecord({ session, origin: { verdict: 'ai', evidence: [] }, findings: [makeFinding({ fingerprint: session }), makeFinding({ fingerprint: `${session}-too` })], decisions: [session, `${session}-too`].map((fingerprint) => makeDecision({ fingerprint, outcome: 'dismissed', reason: 'r', at: START + index })) }))
    for (const record of drafts) {
      for (const decision of record.decisions) await recordDecided({ session: record.session, site: record.site, document: null }, decision)
      await recordHeld(record, 'send', at(START))
    }
    const [sent, , between] = drafts as [typeof drafts[0], typeof drafts[0], typeof drafts[0]]
    await recordSigned(sent, makeSignOff(sent, { at: START + 100 }), rulebook, at(START + 100))
    await recordSent(sent, 'send', 1, at(START + 200))
    await team.check('now')
    const dismissed = (days: readonly DayTally[] | undefined) => sumTallies(days ?? [], { of: 'drafts', by: [] })[0]?.counts.dismissed
    expect(dismissed(good(await team.insights('new'))?.days)).toBe(6)
    for (const { number, session } of await db.records.toArray()) expect(await takeBackDismissal(number, session, by, START + 2 * DAY)).toBe(true)
    await team.check('now')
    const seen = good(await team.insights('new'))?.days
    expect([dismissed(seen), seen]).toEqual([3, await ownDays()])
    // The page of that draft still has the dismissal, and sends with it.
    await recordSigned(between, makeSignOff(between, { at: START + 2 * DAY + 1 }), rulebook, at(START + 2 * DAY + 1))
    await recordSent(between, 'send', 2, at(START + 2 * DAY + 2))
    await team.check('now')
    const later = good(await team.insights('new'))?.days
    expect([dismissed(later), later]).toEqual([4, await ownDays()])
    expect(good(await team.insights('all'))?.days).toEqual(await ownDays())
  })

  it('keep what they had where the store cannot be read, and are nobody’s but a lead’s', async () => {
    const port = { builtins: BUILTINS, now: () => START, allowed: () => Promise.resolve(true) }
    const team = createTeam(port)
    expect(await team.insights('known')).toMatchObject({ ok: false, problem: { code: 'no-member' } })
    good(await team.create('Sales', { kind: 'memory', name: 'lead-insights' }, { kind: 'memory' }))
    await live(0, 3)
    await team.check('now')
    const before = good(await team.insights('new'))
    await db.meta.delete('team-credentials')
    const locked = createTeam(port)
    expect(await locked.insights('new')).toMatchObject({ ok: false, problem: { code: 'no-credentials' } })
    expect(good(await locked.insights('known'))).toEqual(before)
    await team.leave()
    good(await team.create('Sales again', { kind: 'memory', name: 'lead-insights' }, { kind: 'memory' }))
    expect(good(await team.insights('known'))).toBeNull()
  })
})

describe('drafts of a ledger', () => {
  const entry = (kind: string, body: object, at = START) => ({ seq: 1, at, kind, body, prev: '', digest: '' }) as never
  const body = { session: 's', site: 'gmail', draft: 'email', digest: 'd'.repeat(64), tier: 'review', findings: [{ rule: 'personal/mine', tier: 'review', fingerprint: 'f' }] }

  it('with a rule that is not known here count for the draft and the rule, and for no category', () => {
    const counter = createDraftCounter(NO_DRAFTS, () => null)
    counter.add(entry('sent', body))
    expect(Object.entries(counter.counts().days[0]?.cells ?? {}).map(([key, [seen]]) => [key.split('\u001f').slice(3), seen])).toEqual([[['', ''], 1], [['', 'personal/mine'], 1]])
  })

  it.each<[string, object, number]>([
    ['no session', { ...body, session: undefined }, START], ['a site that would be read as several places', { ...body, site: 'gmail\u001fx' }, START], ['a time that no clock shows', body, 9e15], ['a kind that there is not', { ...body, draft: 'fax' }, START],
  ])('with %s count for nothing', (_, bad, at) => {
    const counter = createDraftCounter(NO_DRAFTS, () => null)
    counter.add(entry('sent', bad, at))
    expect(counter.counts()).toEqual(NO_DRAFTS)
  })

  it('lose no dismissal that was never counted: what is taken back of a draft that nobody knows counts for nothing', () => {
    const counter = createDraftCounter(NO_DRAFTS, () => 'pricing')
    counter.add(entry('decided', { ...body, ...body.findings[0], outcome: 'reopened', recorded: START }))
    expect(counter.counts()).toEqual(NO_DRAFTS)
  })

  it('that were given up do not gather without end', () => {
    const counter = createDraftCounter(NO_DRAFTS, () => null)
    for (let at = 0; at < 300; at++) counter.add(entry('held', { ...body, session: `s${at}` }))
    expect(counter.counts().open.map(({ session }) => session)).toEqual(Array.from({ length: 200 }, (_, at) => `s${at + 100}`))
    expect(counter.counts().days[0]?.cells['gmail\u001femail\u001f\u001f\u001f']?.[0]).toBe(300)
  })
})

describe('shared corrections', () => {
  class Device {
    readonly secret = ed25519.utils.randomSecretKey()
    readonly key = toBase64Url(ed25519.getPublicKey(this.secret))
    constructor(readonly name: string) {}
    get member(): TeamMember { return { card: { name: this.name, role: '', areas: [], deputy: [], signKey: this.key, sealKey: 'x'.repeat(87) }, teamRole: 'rep', since: 1 } }

    upload(numbers: readonly number[], change: { readonly team?: string; readonly after?: string; readonly secret?: Uint8Array; readonly more?: string; readonly day?: number; readonly line?: object } = {}): void {
      const tag = deviceTag(this.key)
      const body = numbers.map((number) => `${JSON.stringify({ device: tag, number, rule: 'pricing/percent-off', category: 'pricing', before: '30% off', after: change.after ?? '15% off', sentence: 'Get 30% off.', site: 'gmail', at: START + number, ...change.line })}\n`).join('')
      const head = { countersign: 'corrections', version: 1, team: change.team ?? TEAM, device: this.key, count: numbers.length, digest: bytesDigest(utf8ToBytes(body)), at: START }
      const signature = toBase64Url(ed25519.sign(bytesToSign('corrections', head), change.secret ?? this.secret))
      const bytes = utf8ToBytes(`${JSON.stringify({ ...head, signature })}\n${body}${change.more ?? ''}`).slice()
      store.objects.set(keyOf.corrections(change.day ?? START, tag, numbers[0] ?? 1, bytesDigest(bytes)), bytes)
    }
  }
  const TEAM = 'leadinsights0000'
  const teamOf = (...[first, ...others]: readonly Device[]): TeamManifest => {
    const founded = foundTeam(TEAM, 'Team', { ...(first as Device).member, teamRole: 'lead' }, 1)
    return others.length === 0 ? founded : (nextManifest({ digest: 'd', content: founded } as unknown as StoredManifest, others.map(({ member }) => ({ kind: 'add', member, note: null })), (first as Device).key, 2) as TeamManifest)
  }

  it('of several members come together, each counted once, also where a device that joined anew sends all again', async () => {
    const [ines, tom] = [new Device('Ines'), new Device('Tom')]
    const manifest = teamOf(ines, tom)
    ines.upload([1, 2])
    tom.upload([1])
    const first = await readCorrections(store, manifest, null)
    ines.upload([3], { after: '10% off' })
    tom.upload([1, 2], { day: START + DAY })
    const read = await readCorrections(store, manifest, first)
    expect(read.groups.map(({ after, times }) => [after, times])).toEqual([['15% off', { [ines.key]: 2, [tom.key]: 2 }], ['10% off', { [ines.key]: 1 }]])
    expect(read).toMatchObject({ unread: 0, upTo: { [ines.key]: 3, [tom.key]: 2 } })
    expect(read.days[0]?.cells['gmail\u001f\u001f\u001fpricing\u001fpricing/percent-off']?.[14]).toBe(5)
  })

  it.each<[string, (ines: Device) => void]>([
    ['signed by another key', (ines) => ines.upload([1], { secret: ed25519.utils.randomSecretKey() })], ['made for another team', (ines) => ines.upload([1], { team: 'anotherteam00000' })],
    ['with lines that the head does not know', (ines) => ines.upload([1], { more: '{}\n' })],
    ['whose bytes are not what the name says', (ines) => { ines.upload([1]); const [key = ''] = store.objects.keys(); store.objects.set(key, utf8ToBytes('{}').slice()) }],
  ])('%s are not taken, and that is known', async (_, make) => {
    const ines = new Device('Ines')
    make(ines)
    expect(await readCorrections(store, teamOf(ines), null)).toMatchObject({ unread: 1, groups: [], days: [] })
  })

  it('of a stranger are not looked at, and a line that is none is left out', async () => {
    const ines = new Device('Ines')
    new Device('Eve').upload([1])
    ines.upload([1], { line: { category: 'gossip' } })
    ines.upload([2], { line: { rule: 'a\u001fb' } })
    expect(await readCorrections(store, teamOf(ines), null)).toMatchObject({ unread: 0, groups: [], upTo: {} })
  })
})
