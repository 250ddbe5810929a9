import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { ed25519 } from '@noble/curves/ed25519.js'
import { appendEntry, verifyLedger, type SignedEntry } from '../review/index.ts'
import { asHandOver, handOverDigest, keyChain } from '../review/ledger-keys.ts'
import { asHeader } from '../review/ledger-signature.ts'
import { openSealed, sealFor } from '../team/approvals/envelope.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { db } from './db.ts'
import { deviceKey, toBase64Url, type DeviceKey } from './device.ts'
import { dropPreparedKey, ownKeysBefore, preparedKey, prepareKey, switchKey } from './device-keys.ts'
import { ownCard, sealKeys } from './identity.ts'
import { appendWith, signedEntryOf } from './ledger.ts'
import { checkLedger } from './ledger-check.ts'
import { ledgerLines } from './ledger-export.ts'

const NOW = Date.UTC(2026, 10, 27)
beforeEach(async () => {
  installFakeChrome()
  await Promise.all(db.tables.map((table) => table.clear()))
})

const note = (name: string): Promise<unknown> => appendWith({ kind: 'team', at: NOW, body: { what: name }, once: name }, [], () => Promise.resolve())
const kinds = async (): Promise<string[]> => (await db.ledger.toArray()).map(({ kind }) => kind)
const entries = async (): Promise<SignedEntry[]> => (await db.ledger.orderBy('seq').toArray()).map(signedEntryOf)
const keyNow = async (): Promise<string> => toBase64Url((await deviceKey()).publicKey)

async function changed(): Promise<{ readonly from: string; readonly to: string }> {
  await prepareKey(NOW)
  const keys = await switchKey({}, NOW)
  if (!keys) throw new Error('no key was changed')
  return keys
}

/** An entry that follows, signed by a key of one's choice. */
async function signedWith(key: DeviceKey, prev: SignedEntry | null, body: Readonly<Record<string, unknown>>, kind: SignedEntry['kind'] = 'team'): Promise<SignedEntry> {
  const entry = appendEntry(prev, NOW, kind, body)
  return { ...entry, signature: toBase64Url(await key.sign(new TextEncoder().encode(entry.digest))) }
}

describe('a new key of this device', () => {
  it('is named in the ledger by both keys, and the ledger holds before and after, also from a checkpoint', async () => {
    await note('one')
    const old = await keyNow()
    const { from, to } = await changed()
    expect([from, to]).toEqual([old, await keyNow()])
    await note('two')
    expect(await kinds()).toEqual(['team', 'key', 'team'])
    expect(await checkLedger({ now: NOW, whole: true })).toMatchObject({ ok: true, entries: 3, checked: 3 })
    await changed()
    await note('three')
    expect(await checkLedger({ now: NOW })).toMatchObject({ ok: true, entries: 5 })
    await note('four')
    expect(await checkLedger({ now: NOW })).toMatchObject({ ok: true, checked: 1 })
    expect(await ownKeysBefore()).toEqual([from, to])
    expect(await kinds(), 'nothing was taken for interference').not.toContain('tamper')
  })

  it('is not there before it is asked for, once however often it is asked for, and gone when it was thrown away', async () => {
    const own = await keyNow()
    const [one, two] = await Promise.all([prepareKey(NOW), prepareKey(NOW)])
    expect(one.signKey).toBe(two.signKey)
    expect(await keyNow()).toBe(own)
    await dropPreparedKey()
    expect([await preparedKey(), await switchKey({}, NOW)]).toEqual([null, null])
    const made = await prepareKey(NOW)
    const done = await Promise.all([switchKey({}, NOW), switchKey({}, NOW)])
    expect(done[0]).toEqual({ from: own, to: made.signKey })
    expect(await kinds()).toEqual(['key'])
    expect(await keyNow()).toBe(made.signKey)
  })

  it('changes together with its entry, or not at all', async () => {
    await note('one')
    const own = await keyNow()
    await prepareKey(NOW)
    const broken = db.meta.hook('creating')
    const fail = (): never => { throw new Error('no room') }
    broken.subscribe(fail)
    await expect(switchKey({}, NOW)).rejects.toThrow()
    broken.unsubscribe(fail)
    expect([await kinds(), await keyNow()]).toEqual([['team'], own])
    expect(await switchKey({}, NOW)).toMatchObject({ from: own })
    await note('two')
    expect(await checkLedger({ now: NOW, whole: true })).toMatchObject({ ok: true, entries: 3 })
  })

  it('keeps entries in order that are written while it changes', async () => {
    await note('one')
    await prepareKey(NOW)
    await Promise.all([note('two'), switchKey({}, NOW), note('three'), note('four')])
    expect(await checkLedger({ now: NOW, whole: true })).toMatchObject({ ok: true, entries: 5 })
    expect(await kinds()).not.toContain('tamper')
  })

  it('leaves nothing to the key before: what that signs afterwards is refused, as it is where the keys do not vouch for each other', async () => {
    const old = await deviceKey()
    await note('one')
    const { from, to } = await changed()
    const chain = await entries()
    expect(verifyLedger(chain, keyChain(from))).toMatchObject({ ok: true, count: 2 })
    const late = await signedWith(old, chain.at(-1) ?? null, { what: 'late' })
    expect(verifyLedger([...chain, late], keyChain(from))).toMatchObject({ ok: false, seq: 3 })
    // The old key's owner names a key that does not know of it, and one that is theirs but was taken from another place in the chain.
    const place = { seq: 2, prev: chain[1]?.prev ?? '' }
    const said = asHandOver(chain[1]!)
    for (const proof of ['x', toBase64Url(await old.sign(new TextEncoder().encode(handOverDigest({ from, to, ...place })))), said?.proof]) {
      const elsewhere = await signedWith(old, proof === said?.proof ? await signedWith(old, chain[0]!, { what: 'between' }) : chain[0]!, { what: 'new', from, to, proof }, 'key')
      const forged = elsewhere.seq === 3 ? [chain[0]!, await signedWith(old, chain[0]!, { what: 'between' }), elsewhere] : [chain[0]!, elsewhere]
      expect(verifyLedger(forged, keyChain(from))).toMatchObject({ ok: false, seq: elsewhere.seq, reason: expect.stringContaining('vouch') as string })
    }
    // Who wrote a ledger of their own cannot hand it over to this device.
    const secret = ed25519.utils.randomSecretKey()
    const thief: DeviceKey = { publicKey: ed25519.getPublicKey(secret), sign: (bytes) => Promise.resolve(ed25519.sign(bytes, secret)) }
    const theirs = toBase64Url(thief.publicKey)
    const first = await signedWith(thief, null, { what: 'mine' })
    expect(verifyLedger([first, await signedWith(thief, first, { what: 'new', from: theirs, to, proof: toBase64Url(await thief.sign(new TextEncoder().encode(handOverDigest({ from: theirs, to, seq: 2, prev: first.digest })))) }, 'key')], keyChain(theirs))).toMatchObject({ ok: false, seq: 2 })
  })

  it('is seen where the entry that names it was taken away, and where another entry was put there', async () => {
    await note('one')
    await changed()
    await db.ledger.where('kind').equals('key').delete()
    await note('two')
    expect(await kinds()).toContain('tamper')
    expect(await checkLedger({ now: NOW, whole: true })).toMatchObject({ ok: false })
  })

  it('opens what was sealed to the key before, and is on this person\'s card', async () => {
    const before = await ownCard()
    const sealed = new Uint8Array(await sealFor([before.sealKey], 'The price is 40.'))
    await changed()
    const after = await ownCard()
    expect([after.signKey === before.signKey, after.sealKey === before.sealKey]).toEqual([false, false])
    const [own, old] = await sealKeys()
    await expect(openSealed(sealed, own!)).rejects.toMatchObject({ refusal: 'not-for-us' })
    expect(await openSealed(sealed, old!)).toBe('The price is 40.')
  })

  it('is in an export, which says with which key the ledger began', async () => {
    await note('one')
    const { from, to } = await changed()
    let text = ''
    for await (const piece of ledgerLines(NOW)) text += piece
    expect(asHeader(JSON.parse(text.split('\n')[0] ?? ''))).toEqual({ countersign: 'ledger', version: 2, key: to, first: from })
  })
})
