import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { appendEntry, type LedgerKind, type SignedEntry } from '../../review/index.ts'
import { linkTo } from '../../review/ledger.ts'
import { handOverDigest } from '../../review/ledger-keys.ts'
import { foundTeam, nextManifest, type StoredManifest, type TeamChange, type TeamManifest, type TeamMember } from '../../review/team/index.ts'
import { bytesDigest, deviceTag, keyOf } from '../layout.ts'
import { refuse } from '../outcome.ts'
import { memoryStore } from '../store/memory.ts'
import { readLedgers, type TeamLedgers } from './ledgers.ts'

const NOW = Date.UTC(2026, 10, 27, 12)
const store = memoryStore('lead-ledgers')
beforeEach(() => store.objects.clear())

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** A member's device with a ledger of its own, and what it puts into the store of it. */
class Device {
  secret = ed25519.utils.randomSecretKey()
  readonly chain: SignedEntry[] = []
  sent = 0
  constructor(readonly name: string) {}
  get key(): string { return base64(ed25519.getPublicKey(this.secret)) }
  get member(): TeamMember { return { card: { name: this.name, role: '', areas: [], deputy: [], signKey: this.key, sealKey: 'x'.repeat(87) }, teamRole: 'lead', since: 1 } }

  add(kind: LedgerKind, body: Record<string, unknown> = {}, secret = this.secret): this {
    const entry = appendEntry(this.chain.at(-1) ?? null, NOW, kind, body)
    this.chain.push({ ...entry, signature: base64(ed25519.sign(utf8ToBytes(entry.digest), secret)) })
    return this
  }

  rotate(): { readonly from: string; readonly to: string } {
    const [old, next] = [this.secret, ed25519.utils.randomSecretKey()]
    const [from, to] = [this.key, base64(ed25519.getPublicKey(next))]
    const proof = base64(ed25519.sign(utf8ToBytes(handOverDigest({ from, to, seq: this.chain.length + 1, prev: linkTo(this.chain.at(-1) ?? null) })), next))
    this.add('key', { what: 'new', from, to, proof }, old)
    this.secret = next
    return { from, to }
  }

  /** Uploads what is new. @returns the name of the segment */
  upload(entries: readonly SignedEntry[] = this.chain.slice(this.sent), tag = deviceTag(this.key), day = NOW): string {
    const bytes = utf8ToBytes(`${entries.map((entry) => JSON.stringify({ device: tag, ...entry })).join('\n')}\n`).slice()
    const key = keyOf.ledger(day, tag, entries[0]?.seq ?? 1, bytesDigest(bytes))
    store.objects.set(key, bytes)
    this.sent = this.chain.length
    return key
  }
}

function teamOf(first: Device, ...changes: readonly TeamChange[]): TeamManifest {
  const founded = foundTeam('leadledgers00000', 'Team', first.member, 1)
  return changes.length === 0 ? founded : (nextManifest({ digest: 'd', content: founded } as unknown as StoredManifest, changes, first.key, 2) as TeamManifest)
}

const only = (ledgers: TeamLedgers, name: string) => ledgers.devices.find((device) => device.name === name)

describe('a lead reads the ledgers', () => {
  it('of each member in the store: proven, counted, and afterwards only what is new of them', async () => {
    const ines = new Device('Ines')
    const team = teamOf(ines)
    ines.add('held').add('overridden').add('sent').upload()
    ines.add('held').add('unreviewed').upload()
    const first = await readLedgers(store, team, null, NOW, () => null)
    expect(only(first, 'Ines')).toMatchObject({ entries: 5, counts: { held: 2, signed: 0, overridden: 1, sent: 1, unreviewed: 1 }, faults: [], gone: false })
    const got: string[] = []
    const watched = { ...store, get: (key: string, options: Parameters<typeof store.get>[1]) => { got.push(key); return store.get(key, options) } }
    const name = ines.add('sent').upload()
    expect(only(await readLedgers(watched, team, first, NOW, () => null), 'Ines')).toMatchObject({ entries: 6, counts: { sent: 2 }, faults: [] })
    expect(got).toEqual([name])
  })

  it('through a change of key, whichever key the segments are named by', async () => {
    const ines = new Device('Ines')
    const before = teamOf(ines)
    ines.add('held').upload()
    ines.add('sent')
    const { from, to } = ines.rotate()
    ines.upload(undefined, deviceTag(from))
    ines.add('held').upload()
    const team = nextManifest({ digest: 'd', content: before } as unknown as StoredManifest, [{ kind: 'rotate', from, card: ines.member.card, note: null, keep: [] }], from, 3) as TeamManifest
    expect((await readLedgers(store, team, null, NOW, () => null)).devices).toMatchObject([{ name: 'Ines', device: from, signKey: to, entries: 4, faults: [], counts: { held: 2, sent: 1 } }])
  })

  it.each<[string, (ines: Device) => void, object, number]>([
    ['an altered entry', (ines) => { const chain = ines.add('held').add('sent').add('held').chain; ines.upload(chain.map((entry) => (entry.seq === 2 ? { ...entry, at: 5 } : entry))) }, { code: 'altered', seq: 2 }, 1],
    ['entries in another order', (ines) => { const [a, b, c] = ines.add('held').add('sent').add('held').chain; ines.upload([a!, c!, b!]) }, { code: 'altered', seq: 2 }, 1],
    ['a segment that is missing', (ines) => { ines.add('held').upload(); ines.add('sent').add('sent'); ines.sent = 3; ines.add('held').upload() }, { code: 'missing', seq: 2, to: 3 }, 2],
    ['an entry that the device did not sign', (ines) => { ines.add('held').add('sent', {}, ed25519.utils.randomSecretKey()).upload() }, { code: 'altered', seq: 2 }, 1],
    ['lines of another device', (ines) => { ines.add('held').upload(undefined, 'f'.repeat(16)); const key = [...store.objects.keys()][0]!; const bytes = store.objects.get(key)!; store.objects.clear(); store.objects.set(keyOf.ledger(NOW, deviceTag(ines.key), 1, bytesDigest(bytes)), bytes) }, { code: 'altered', seq: 1 }, 0],
    ['bytes that are not what the name says', (ines) => { const key = ines.add('held').upload(); store.objects.set(key, utf8ToBytes('{}').slice()) }, { code: 'damaged' }, 0],
  ])('names %s, and reads the rest', async (_, make, fault, proven) => {
    const ines = new Device('Ines')
    make(ines)
    const read = only(await readLedgers(store, teamOf(ines), null, NOW, () => null), 'Ines')
    expect(read?.faults[0]).toMatchObject(fault)
    expect(read?.entries).toBe(proven)
  })

  it('names two different histories of one device, and a segment that is hidden afterwards', async () => {
    const ines = new Device('Ines')
    const team = teamOf(ines)
    ines.add('held').add('sent').upload()
    const first = await readLedgers(store, team, null, NOW, () => null)
    // The same device says, signed, that something else happened.
    const other = new Device('Ines')
    other.secret = ines.secret
    const key = other.add('held').add('held').upload(undefined, undefined, NOW + 1)
    expect(only(await readLedgers(store, team, null, NOW, () => null), 'Ines')?.faults).toMatchObject([{ code: 'forked' }])
    store.objects.delete(key)
    const [hidden] = [...store.objects.keys()]
    store.objects.clear()
    const read = only(await readLedgers(store, team, first, NOW, () => null), 'Ines')
    expect(read).toMatchObject({ faults: [{ code: 'hidden', key: hidden }] })
  })

  it('takes a ledger that is sent again for the same, where a device joined anew', async () => {
    const ines = new Device('Ines')
    ines.add('held').upload()
    ines.add('sent').upload()
    ines.upload(ines.chain, undefined, NOW + 86_400_000)
    ines.add('held').upload()
    expect(only(await readLedgers(store, teamOf(ines), null, NOW, () => null), 'Ines')).toMatchObject({ entries: 3, faults: [] })
  })

  it('counts for the team neither what a key signed after it was given up, nor what a stranger put there', async () => {
    const ines = new Device('Ines')
    const before = teamOf(ines)
    const old = ines.secret
    ines.add('held')
    const { from } = ines.rotate()
    ines.upload(undefined, deviceTag(from))
    const late = new Device('Ines')
    late.chain.push(...ines.chain)
    late.secret = old
    late.sent = late.chain.length
    late.add('unreviewed').upload()
    new Device('Eve').add('held').upload()
    const team = nextManifest({ digest: 'd', content: before } as unknown as StoredManifest, [{ kind: 'rotate', from, card: ines.member.card, note: null, keep: [] }], from, 3) as TeamManifest
    const read = await readLedgers(store, team, null, NOW, () => null)
    expect(only(read, 'Ines')).toMatchObject({ entries: 2, counts: { unreviewed: 0 }, faults: [{ code: 'altered', seq: 3 }] })
    expect(read.strangers).toBe(1)
  })

  it('knows a lost device beside the one that took its place', async () => {
    const [dana, lost, fresh] = [new Device('Dana'), new Device('Ines'), new Device('Ines')]
    const team = teamOf(dana, { kind: 'add', member: lost.member, note: null }, { kind: 'remove', signKey: lost.key, why: 'lost', note: null, keep: [] }, { kind: 'add', member: fresh.member, note: null, instead: lost.key })
    lost.add('held').upload()
    fresh.add('sent').add('sent').upload()
    expect((await readLedgers(store, team, null, NOW, () => null)).devices.map(({ name, gone, entries }) => [name, gone, entries])).toEqual([['Dana', false, 0], ['Ines', false, 2], ['Ines', true, 1]])
  })

  it('keeps what it read where the store cannot be read', async () => {
    const ines = new Device('Ines')
    ines.add('held').upload()
    await expect(readLedgers({ ...store, get: () => Promise.reject(refuse('unreachable', 'store')) }, teamOf(ines), null, NOW, () => null)).rejects.toMatchObject({ problem: { code: 'unreachable' } })
  })
})
