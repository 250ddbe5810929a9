import 'fake-indexeddb/auto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { beforeEach, expect, it } from 'vitest'
import { createLedgerVerifier } from '../review/ledger.ts'
import { isSignedBy } from '../review/approval/index.ts'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { noteTeam, recordCorrection, toBase64Url } from '../store/index.ts'
import { bytesDigest, deviceTag, parseKey } from './layout.ts'
import { deviceMemory } from './memory.ts'
import { shareRecords } from './records.ts'
import { mailWaiting } from './team-parts.ts'
import type { ApprovalRequest } from '../review/approval/index.ts'
import type { Sharing } from '../review/team/index.ts'
import type { TeamMemory, TeamSelf, TeamState } from './sync/ports.ts'

const NOW = Date.UTC(2026, 10, 27, 12)
const secret = ed25519.utils.randomSecretKey()
const self: TeamSelf = { signKey: toBase64Url(ed25519.getPublicKey(secret)), sign: (bytes) => Promise.resolve(toBase64Url(ed25519.sign(bytes, secret))) }

const state = (sharing: Sharing): TeamState => ({
  team: 'abcdefghij123456', name: 'Sales', founder: self.signKey, lead: { name: 'Dana Osei', signKey: self.signKey }, store: { kind: 'memory', name: 'records' }, sharing, hints: {}, looks: 0, fullAt: null, active: {}, packProblems: {},
  checkedAt: null, goodAt: null, problem: null, rejections: [], missing: [], applied: null, sent: { ledger: 0, corrections: 0 },
})

beforeEach(async () => {
  installFakeChrome()
  await Promise.all(db.tables.map((table) => table.clear()))
})

async function notes(from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at++) await noteTeam('tried', { number: at }, NOW + at)
}

async function share(memory: TeamMemory = deviceMemory, now = NOW, atOnce = true): Promise<void> {
  const there = await deviceMemory.state()
  if (there) await shareRecords(memory, there, self, now, atOnce)
}

/** What waits for the store, by key: the lines of each segment. */
async function waiting(): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const items = await deviceMemory.outbox(1_000)
  return new Map(items.map(({ key, bytes }) => [key, new TextDecoder().decode(bytes).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)]))
}

it('shares each ledger entry once, in segments that say whose they are, from where on, and what is in them', async () => {
  await deviceMemory.saveState(state({ ledger: true, corrections: false }))
  await notes(0, 3)
  await share()
  await notes(3, 2)
  await share()
  await share()
  const segments = [...(await waiting())]
  expect(segments.map(([key]) => parseKey(key))).toMatchObject([{ kind: 'ledger', day: '2026-11-27', device: deviceTag(self.signKey), first: 1 }, { kind: 'ledger', first: 4 }])
  for (const { key, bytes } of await deviceMemory.outbox(10)) expect(parseKey(key)?.digest).toBe(bytesDigest(bytes))
  const lines = segments.flatMap(([, rows]) => rows)
  expect(lines.map(({ device, seq }) => [device, seq])).toEqual([1, 2, 3, 4, 5].map((seq) => [deviceTag(self.signKey), seq]))
  // The chain holds over the segments once the device is taken off.
  const verifier = createLedgerVerifier()
  for (const { device: _device, ...entry } of lines) expect(verifier.next(entry)).toBeNull()
})

it('sends nothing twice where the worker ends before it was written down, and loses nothing', async () => {
  await deviceMemory.saveState(state({ ledger: true, corrections: false }))
  await notes(0, 3)
  await expect(share({ ...deviceMemory, keep: () => Promise.reject(new Error('ended')) })).rejects.toThrow('ended')
  expect(await waiting()).toEqual(new Map())
  await notes(3, 2)
  await share()
  await share(deviceMemory, NOW + 86_400_000)
  expect([...(await waiting()).values()].flat().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
})

it('shares corrections only where the person turned that on, masked as they are kept, with a signature over them, each once', async () => {
  const correction = (before: string, at: number) => ({ rule: 'pricing/percent-off', category: 'pricing' as const, before, after: 'see your quote', sentence: `We give ${before}.`, site: 'gmail', at, session: 's', kind: 'email' as const })
  await deviceMemory.saveState(state({ ledger: false, corrections: false }))
  await recordCorrection(correction('20% off', NOW))
  await share()
  expect(await waiting()).toEqual(new Map())

  await deviceMemory.changeState({ sharing: { ledger: false, corrections: true } })
  await share()
  // Written later, and dated back by a clock that was set.
  await recordCorrection(correction('30% off', NOW - 86_400_000))
  await share()
  await share()
  const segments = [...(await waiting())]
  expect(segments.map(([key]) => parseKey(key)?.kind)).toEqual(['corrections', 'corrections'])
  expect(segments.flatMap(([, [, ...rows]]) => rows.map(({ before }) => before))).toEqual(['20% off', '30% off'])
  for (const { bytes } of await deviceMemory.outbox(10)) {
    const text = new TextDecoder().decode(bytes)
    const { signature, ...head } = JSON.parse(text.slice(0, text.indexOf('\n'))) as { signature: string; digest: string }
    expect(isSignedBy('corrections', { content: head, signature }, self.signKey)).toBe(true)
    expect(head.digest).toBe(bytesDigest(utf8ToBytes(text.slice(text.indexOf('\n') + 1))))
  }
})

it('gathers the records of four hours in one object, unless somebody asks for a look, many wait, or the clock went back', async () => {
  const HOUR = 3_600_000
  const segments = async (): Promise<number> => (await waiting()).size
  await deviceMemory.saveState(state({ ledger: true, corrections: false }))
  await notes(0, 1)
  await share(deviceMemory, NOW, false)
  expect(await segments(), 'the first goes at once').toBe(1)
  await notes(1, 3)
  await share(deviceMemory, NOW + 3.9 * HOUR, false)
  expect(await segments()).toBe(1)
  await share(deviceMemory, NOW + 4 * HOUR, false)
  expect([...(await waiting()).values()].map((rows) => rows.length)).toEqual([1, 3])
  await notes(4, 1)
  await share(deviceMemory, NOW + 4.1 * HOUR, true)
  expect(await segments(), 'asked for').toBe(3)
  await notes(5, 1)
  await share(deviceMemory, NOW, false)
  expect(await segments(), 'the clock was set back').toBe(4)
  const last = await db.ledger.orderBy('seq').last()
  if (!last) throw new Error('no entry')
  await db.ledger.bulkPut(Array.from({ length: 500 }, (_, at) => ({ ...last, seq: last.seq + at + 1, once: `more:${at}` })))
  await share(deviceMemory, NOW + 1, false)
  expect(await segments(), 'many wait').toBe(5)
})

it('cuts a long ledger into segments, some with each look, so that it does not hold up what people wait for', async () => {
  await deviceMemory.saveState(state({ ledger: true, corrections: false }))
  await notes(0, 1)
  const first = await db.ledger.toCollection().first()
  if (!first) throw new Error('no entry')
  // Copies under further numbers: their chain is not what is looked at here.
  await db.ledger.bulkPut(Array.from({ length: 10_500 }, (_, at) => ({ ...first, seq: at + 2, once: `copy:${at}` })))
  await share()
  expect([...(await waiting()).values()].map((rows) => rows.length)).toEqual([2_000, 2_000, 2_000, 2_000, 2_000])
  await share()
  expect([...(await waiting()).values()].flat().map(({ seq }) => seq)).toEqual(Array.from({ length: 10_501 }, (_, at) => at + 1))
})

it('mails a request once, also where the worker ends in between and the clock has gone on', async () => {
  await deviceMemory.saveState(state({ ledger: false, corrections: false }))
  await db.requests.put({ id: 'r1', session: 's', digest: 'd', at: NOW, code: 'CS1.Q.sealed', revokedAt: null, answers: [], answered: [], request: { asked: ['olga', 'tom'], until: NOW + 86_400_000 } as unknown as ApprovalRequest })
  await mailWaiting(NOW, { ...deviceMemory, keep: async (...all) => { await deviceMemory.keep(...all); throw new Error('ended') } }).catch(() => undefined)
  await mailWaiting(NOW + 60_000)
  await mailWaiting(NOW + 120_000, { ...deviceMemory, addSeen: () => Promise.reject(new Error('not used')) } as typeof deviceMemory)
  const mails = (await deviceMemory.outbox(10)).map(({ key }) => parseKey(key))
  expect(mails.map((mail) => mail?.kind === 'requests' && mail.to).sort()).toEqual([deviceTag('olga'), deviceTag('tom')].sort())
})

it('leaves nothing for the next team of what was still on its way when this one was left', async () => {
  await deviceMemory.saveState(state({ ledger: true, corrections: false }))
  await notes(0, 1)
  const there = await deviceMemory.state()
  await db.meta.delete('team')
  if (there) await shareRecords(deviceMemory, there, self, NOW, true)
  await deviceMemory.changeState({ looks: 5 })
  expect([await deviceMemory.outboxSize(), await deviceMemory.state()]).toEqual([0, null])
})
