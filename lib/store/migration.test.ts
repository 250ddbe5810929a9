import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { ed25519 } from '@noble/curves/ed25519.js'
import { expect, it, vi } from 'vitest'
import { sumTallies } from '../learning/index.ts'
import { appendEntry, type LedgerEntry } from '../review/index.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { CountersignDb, db } from './db.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { makeDecision, makeRecord } from './draft.fixture.ts'
import { checkLedger } from './ledger-check.ts'
import { getRecord, recordHeld } from './records.ts'
import { buildTallies, listTallies, tallyProgress } from './tallies.ts'

/** The database as version 1 left it: its tables, and a ledger whose entries name the digest alone of the one before. */
async function leaveVersion1(): Promise<void> {
  const old = new Dexie('countersign')
  old.version(1).stores({
    records: '++number, session, at, updated, outcome, site, host, *categories, *rules, *words', ledger: 'seq, &once, kind, at', decisions: '[session+fingerprint], [site+fingerprint], session, at',
    corrections: '++id, &[at+rule+before], rule, category, site, at', packs: 'id, url', subscriptions: 'url, packId', proposals: 'id, state, at', meta: 'key',
  })
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  await old.table('meta').put({ key: 'device-key', value: pair })
  let last: LedgerEntry | null = null
  for (const at of [1, 2, 3]) {
    const entry = appendEntry(last, at, 'held', { session: `old${at}` })
    last = entry
    const signature = toBase64Url(new Uint8Array(await crypto.subtle.sign('Ed25519', (pair).privateKey, new TextEncoder().encode(entry.digest))))
    await old.table('ledger').put({ ...entry, once: `old${at}:held`, signature })
    await old.table('meta').put({ key: 'ledger-head', value: { seq: entry.seq, digest: entry.digest } })
  }
  await old.table('records').put({ number: 7, session: 'old1', subject: 'An old offer', words: ['offer'], categories: [], rules: [] })
  await old.table('decisions').put({ session: 'old1', fingerprint: 'f1', site: 'gmail', document: null, at: 1, concluded: 0, decision: makeDecision() })
  await old.table('proposals').put({ id: 'p', state: 'refused', at: 1, rule: null })
  old.close()
}

it('opens a database of version 1 with all that is in it, and its ledger goes on', async () => {
  installFakeChrome()
  await leaveVersion1()
  expect(db.verno).toBe(5)
  expect(await getRecord(7)).toMatchObject({ subject: 'An old offer' })
  expect([await db.decisions.count(), await db.proposals.count(), await db.contacts.count(), await db.requests.count(), await db.inbox.count(), await db.origins.count(), await db.teamObjects.count()]).toEqual([1, 1, 0, 0, 0, 0, 0])
  expect(await checkLedger({ whole: true, now: 4 })).toMatchObject({ ok: true, entries: 3 })
  await recordHeld(makeRecord({ session: 'new' }), 'send', { at: 5, keepTexts: false })
  await recordHeld(makeRecord({ session: 'newer' }), 'send', { at: 6, keepTexts: false })
  expect(await checkLedger({ whole: true, now: 7 })).toMatchObject({ ok: true, entries: 5 })
  // A signature in the old part is not bound by the next entry; it is looked at by itself.
  const rows = await db.ledger.orderBy('seq').toArray()
  await db.ledger.update(1, { signature: rows[1]?.signature ?? '' })
  expect(await checkLedger({ whole: true, now: 8 })).toMatchObject({ ok: false, bad: { seq: 1 } })
  expect(new CountersignDb('other').tables.map((table) => table.name).sort()).toEqual(db.tables.map((table) => table.name).sort())
})

it('counts what an older version left, once, also where two pages do it at the same time and one of them is closed in the middle', async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  db.close()
  const old = new Dexie('countersign')
  await old.open()
  await old.delete()
  const first = new Dexie('countersign')
  first.version(1).stores({
    records: '++number, session, at, updated, outcome, site, host, *categories, *rules, *words', ledger: 'seq, &once, kind, at', decisions: '[session+fingerprint], [site+fingerprint], session, at',
    corrections: '++id, &[at+rule+before], rule, category, site, at', packs: 'id, url', subscriptions: 'url, packId', proposals: 'id, state, at', meta: 'key',
  })
  await first.table('records').bulkAdd(Array.from({ length: 2_500 }, (_, index) => ({
    session: `old${index}`, at: index * 3_600_000, updated: index, site: 'gmail', kind: 'email', origin: { verdict: 'ai', evidence: [] }, requirement: { tier: 'review', owners: [], reasons: [] },
    findings: [], decisions: [], outcome: 'sent', heldAt: null, signOff: null, words: [], categories: [], rules: [],
  })))
  await first.table('corrections').bulkAdd(Array.from({ length: 700 }, (_, index) => ({ rule: '', category: 'brand', before: 'a', after: 'b', sentence: 'a c', site: 'gmail', at: index * 3_600_000 })))
  first.close()

  await db.open()
  const stop = new AbortController()
  const progress: number[] = []
  const told = ({ done }: { done: number }): void => {
    progress.push(done)
    if (done >= 1_000) stop.abort()
  }
  await Promise.all([buildTallies({ onProgress: told, signal: stop.signal }), recordHeld(makeRecord({ session: 'meanwhile' }), 'send', { at: 5, keepTexts: false })])
  expect(stop.signal.aborted).toBe(true)
  expect(await tallyProgress()).not.toBeNull()
  await Promise.all([buildTallies(), buildTallies()])
  const [sum] = sumTallies(await listTallies(), { of: 'drafts', by: [] })
  expect(sum?.counts).toMatchObject({ seen: 2_501, corrected: 700 })
  expect([await db.records.count(), await db.corrections.count()]).toEqual([2_501, 700])
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
})

it('signs by the library where the browser has no Ed25519, with a private key that rests encrypted', async () => {
  await db.meta.delete('device-key')
  const real = crypto.subtle.generateKey.bind(crypto.subtle) as (...all: unknown[]) => Promise<unknown>
  const spy = vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(((algorithm: unknown, ...rest: unknown[]) =>
    algorithm === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(algorithm, ...rest)) as never)
  const key = await deviceKey()
  spy.mockRestore()
  const bytes = new TextEncoder().encode('a'.repeat(64))
  expect(ed25519.verify(await key.sign(bytes), bytes, key.publicKey)).toBe(true)
  expect((await deviceKey()).publicKey).toEqual(key.publicKey)
  const kept = (await db.meta.get('device-key'))?.value as { wrapped: ArrayBuffer; by: CryptoKey }
  expect(kept.by.extractable).toBe(false)
  expect(kept.wrapped.byteLength).toBe(48)
})
