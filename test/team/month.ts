import { createHash, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { bytesToSign, type Card } from '../../lib/review/approval/index.ts'
import { appendEntry, type Correction, type LedgerKind, type SignedEntry } from '../../lib/review/index.ts'
import { foundTeam, nextManifest, type StoredManifest } from '../../lib/review/team/index.ts'
import { deviceTag, keyOf } from '../../lib/team/layout.ts'
import { makeManifest } from '../../lib/team/sync/make.ts'
import { randomFrom } from '../bench/random.mjs'
import { seeded } from '../seed/records.ts'

/** An object as a device would have put it into the store, below the team's folder. */
export interface MadeObject { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer> }

export interface MonthOptions {
  readonly team: string
  readonly members: number
  readonly days: number
  /** Drafts that a member sends on a working day. */
  readonly drafts: number
  /** Times a day that a device puts what is new of its records into the store. */
  readonly uploads: number
  /** The day after the last one, milliseconds since the epoch. */
  readonly until: number
  /** Who founded the team, where it exists already: its records alone are made then. */
  readonly founder?: TeamDevice | undefined
}

const DAY = 86_400_000
const HOUR = 3_600_000

/** A member's device with a real key; Node's own library signs twenty times as fast as the portable one. */
export class TeamDevice {
  readonly signKey: string
  readonly card: Card
  private readonly key: KeyObject

  constructor(name: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    this.signKey = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64url')
    this.card = { name, role: '', areas: [], deputy: [], signKey: this.signKey, sealKey: `${this.signKey}${this.signKey}x` }
  }

  signed(bytes: Uint8Array): string {
    return sign(null, bytes, this.key).toString('base64url')
  }

  get self(): { readonly signKey: string; readonly sign: (bytes: Uint8Array) => Promise<string> } {
    return { signKey: this.signKey, sign: (bytes) => Promise.resolve(this.signed(bytes)) }
  }
}

/**
 * What a team leaves in its store: manifests with all members, and each member's ledger and masked corrections, with real chains, signatures and names. How often what is
 * found and decided is set as in `test/seed/records.ts` and says nothing about real teams. Weekends are free. The same options give the same records, under other keys.
 */
export async function* monthOf({ team, members, days, drafts, uploads, until, founder: given }: MonthOptions): AsyncGenerator<MadeObject, void, undefined> {
  const founder = given ?? new TeamDevice('Member 0')
  const devices = [founder, ...Array.from({ length: members - 1 }, (_, at) => new TeamDevice(`Member ${at + 1}`))]
  if (!given) yield* manifestsOf(team, devices, until - days * DAY)
  for (const [at, device] of devices.entries()) yield* recordsOf({ team, days, drafts, uploads, until }, device, at)
}

async function* manifestsOf(team: string, [founder, ...others]: readonly TeamDevice[], at: number): AsyncGenerator<MadeObject, void, undefined> {
  if (!founder) return
  const first = await makeManifest(founder.self, foundTeam(team, 'Larkfield Sales', { card: founder.card, teamRole: 'lead', since: at }, at))
  yield first.item
  let head: StoredManifest = { digest: first.digest, signed: JSON.parse(first.kept.text) as StoredManifest['signed'], content: foundTeam(team, 'Larkfield Sales', { card: founder.card, teamRole: 'lead', since: at }, at) }
  for (let from = 0; from < others.length; from += 50) {
    const content = nextManifest(head, others.slice(from, from + 50).map(({ card }) => ({ kind: 'add', member: { card, teamRole: 'rep', since: at }, note: null })), founder.signKey, at)
    if (!content) return
    const { item, digest, kept } = await makeManifest(founder.self, content)
    yield item
    head = { digest, signed: JSON.parse(kept.text) as StoredManifest['signed'], content }
  }
}

function* recordsOf({ team, days, drafts, uploads, until }: Omit<MonthOptions, 'members' | 'founder'>, device: TeamDevice, seed: number): Generator<MadeObject, void, undefined> {
  const random = randomFrom(seed + 1)
  const tag = deviceTag(device.signKey)
  const history = historyOf(drafts)
  let last: SignedEntry | null = null
  let [number, corrected] = [0, 0]
  for (let day = days; day > 0; day--) {
    const start = until - day * DAY
    if ([0, 6].includes(new Date(start).getUTCDay())) continue
    for (let upload = 0; upload < uploads; upload++) {
      const at = start + 8 * HOUR + Math.round(((upload + 1) / uploads) * 9 * HOUR)
      const share = Math.round(((upload + 1) * drafts) / uploads) - Math.round((upload * drafts) / uploads)
      const entries: SignedEntry[] = []
      const corrections: (Correction & { number: number })[] = []
      for (let draft = 0; draft < share; draft++) {
        const past = history[Math.floor(random() * history.length)]
        if (!past) continue
        const when = at - Math.round(((share - draft) / share) * 60 * 60_000)
        const session = `m${seed}-${++number}`
        const settled = when + Math.round(4_000 + random() * random() * 120_000)
        for (const { kind, body } of past.notes) {
          const entry: SignedEntry = appendEntry(last, kind === 'held' ? when : settled, kind, { session, ...body })
          last = { ...entry, signature: device.signed(new TextEncoder().encode(entry.digest)) }
          entries.push(last)
        }
        corrections.push(...past.corrections.map((one) => ({ ...one, session, at: when, number: ++corrected })))
      }
      const first = entries[0]
      if (first) yield named((digest) => keyOf.ledger(at, tag, first.seq, digest), entries.map((entry) => JSON.stringify({ device: tag, ...entry })).join('\n') + '\n')
      if (corrections[0]) yield correctionsObject({ team, device, at, first: corrections[0].number }, corrections.map(({ number: own, ...row }) => `${JSON.stringify({ device: tag, number: own, ...row })}\n`).join(''), corrections.length)
    }
  }
}

function correctionsObject({ team, device, at, first }: { readonly team: string; readonly device: TeamDevice; readonly at: number; readonly first: number }, body: string, count: number): MadeObject {
  const head = { countersign: 'corrections', version: 1, team, device: device.signKey, count, digest: createHash('sha256').update(body).digest('hex'), at }
  return named((digest) => keyOf.corrections(at, deviceTag(device.signKey), first, digest), `${JSON.stringify({ ...head, signature: device.signed(bytesToSign('corrections', head)) })}\n${body}`)
}

function named(keyFor: (digest: string) => string, text: string): MadeObject {
  return { key: keyFor(createHash('sha256').update(text).digest('hex')), bytes: new Uint8Array(Buffer.from(text)) }
}

interface Past { readonly notes: readonly { readonly kind: LedgerKind; readonly body: Record<string, unknown> }[]; readonly corrections: readonly Correction[] }

/** What the ledger says of past drafts: held, settled, signed, sent, as `lib/store/records.ts` words it. */
function historyOf(drafts: number): readonly Past[] {
  const { records, corrections } = seeded(Math.max(200, drafts * 10), Date.UTC(2026, 10, 1))
  return records.map(({ session, site, host, kind, digest, requirement, findings, decisions, outcome, signOff, sent, heldAt }): Past => {
    const bare = findings.map(({ rule, packVersion, tier, fingerprint }) => ({ rule, packVersion, tier, fingerprint }))
    const body = { site, host, draft: kind, digest, tier: requirement.tier, owners: requirement.owners, findings: bare }
    const way = sent?.kind ?? 'send'
    return {
      corrections: corrections.filter((one) => one.session === session),
      notes: [
        ...(heldAt === null ? [] : [{ kind: 'held' as const, body: { ...body, way } }]),
        ...decisions.map(({ fingerprint, rule, tier, outcome: chosen, reason, at }) => ({ kind: 'decided' as const, body: { site, fingerprint, rule, tier, outcome: chosen, reason, at } })),
        ...(signOff ? [{ kind: outcome === 'overridden' ? ('overridden' as const) : ('signed' as const), body: { ...body, reviewer: signOff.reviewer, rulesetDigest: signOff.rulesetDigest, policyDigest: signOff.policyDigest, decisions: signOff.decisions.map(({ fingerprint, rule, tier, outcome: chosen, reason, at }) => ({ fingerprint, rule, tier, outcome: chosen, reason, at })), ...(signOff.override ? { reason: signOff.override.reason } : {}) } }] : []),
        ...(sent ? [{ kind: outcome === 'unreviewed' ? ('unreviewed' as const) : ('sent' as const), body: { ...body, way, signedAs: null } }] : []),
      ],
    }
  })
}

/** Puts objects into `put`, so many at once. @returns their number and bytes */
export async function putAll(objects: AsyncIterable<MadeObject>, put: (one: MadeObject) => Promise<unknown>, atOnce = 16): Promise<{ readonly objects: number; readonly bytes: number }> {
  const running = new Set<Promise<unknown>>()
  let [count, bytes] = [0, 0]
  for await (const one of objects) {
    count += 1
    bytes += one.bytes.length
    const work: Promise<unknown> = put(one).finally(() => running.delete(work))
    running.add(work)
    if (running.size >= atOnce) await Promise.race(running)
  }
  await Promise.all(running)
  return { objects: count, bytes }
}

