import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Rule, RulePack } from '../../lib/engine/index.ts'
import { canonicalJson, installPack, signPack, type ActivePack } from '../../lib/packs/index.ts'
import { bytesToSign, isSignedBy, type Card, type Signed } from '../../lib/review/approval/index.ts'
import { foundTeam, memberOf, type ManifestStep, type Rejection, type ReleaseAction, type TeamTrouble } from '../../lib/review/team/index.ts'
import { keyOf } from '../../lib/team/layout.ts'
import { TeamError } from '../../lib/team/outcome.ts'
import type { Got, Listed, TeamStore } from '../../lib/team/store/types.ts'
import { changeTeam, makeMail, makeManifest, makePack, makeRelease } from '../../lib/team/sync/make.ts'
import type { KeptKind, KeptObject, OutboxItem, TeamHost, TeamMemory, TeamSelf, TeamState } from '../../lib/team/sync/ports.ts'
import { createTeamSync } from '../../lib/team/sync/sync.ts'

/** A generator that gives the same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A device ends between two requests. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 1)

/** The bucket that all share, with what goes wrong on the way to it. */
export interface Bucket { readonly objects: Map<string, Uint8Array<ArrayBuffer>>; faults: boolean; readonly random: () => number }

/** One device's way to the bucket: crashes, failures, listings that lag behind or leave something out, conditions that are ignored. */
function storeOf(bucket: Bucket, isOffline: () => boolean): TeamStore {
  const { objects, random } = bucket
  const reach = async (): Promise<void> => {
    await Promise.resolve()
    if (isOffline()) throw new TeamError({ code: 'unreachable', params: ['store'] })
    if (!bucket.faults) return
    const dice = random()
    if (dice < 0.01) throw new Crash()
    if (dice < 0.02) throw new TeamError({ code: 'timeout', params: ['store', '30'] })
  }
  const hash = (bytes: Uint8Array): string => bytesToHex(sha256(bytes)).slice(0, 16)
  return {
    kind: 'memory',
    async *list(prefix: string, { startAfter = '', limit = Infinity } = {}): AsyncGenerator<readonly Listed[], void, undefined> {
      await reach()
      const hidden = bucket.faults && random() < 0.2
      const found = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > startAfter && !(hidden && random() < 0.4)).sort().slice(0, limit)
      for (let at = 0; at < found.length; at += 5) yield found.slice(at, at + 5).map((key) => ({ key, size: objects.get(key)?.length ?? null }))
    },
    get: async (key, { etag }): Promise<Got> => {
      await reach()
      const bytes = objects.get(key)
      if (!bytes) return { kind: 'missing' }
      return etag === hash(bytes) ? { kind: 'unchanged' } : { kind: 'object', bytes: bytes.slice(), etag: hash(bytes) }
    },
    put: async (key, bytes) => {
      await reach()
      objects.set(key, bytes.slice()) // Conditions are ignored here.
      if (bucket.faults && random() < 0.01) throw new Crash() // Written, and nobody was told.
      return 'written'
    },
    probe: () => Promise.reject(new Error('not asked for here')),
    clockAhead: () => null,
  }
}

/** What a device keeps over its crashes. Every method is atomic, as transactions are. */
function memoryOf(): TeamMemory & { readonly keptObjects: Map<string, KeptObject> } {
  let state: TeamState | null = null
  const keptObjects = new Map<string, KeptObject>()
  const waiting = new Map<string, OutboxItem>()
  const seen = new Map<string, Set<string>>()
  return {
    keptObjects,
    state: () => Promise.resolve(state),
    saveState: (next) => { state = structuredClone(next); return Promise.resolve() },
    changeState: (change) => { state &&= structuredClone({ ...state, ...change }); return Promise.resolve() },
    kept: (kind: KeptKind, known) => Promise.resolve([...keptObjects.values()].filter((one) => one.kind === kind && !known?.has(one.key))),
    keptOne: (key) => Promise.resolve(keptObjects.get(key) ?? null),
    keep: (objects, outbox = [], change = {}, more) => {
      state &&= structuredClone({ ...state, ...change })
      for (const one of objects) keptObjects.set(one.key, one)
      for (const item of outbox) waiting.set(item.key, item)
      if (more) seen.set(more.folder, new Set([...(seen.get(more.folder) ?? []), ...more.keys]))
      return Promise.resolve()
    },
    outbox: (limit) => Promise.resolve([...waiting.values()].slice(0, limit)),
    outboxSize: () => Promise.resolve(waiting.size),
    sent: (keys) => { for (const key of keys) waiting.delete(key); return Promise.resolve() },
    seen: (folder) => Promise.resolve(new Set(seen.get(folder))),
    addSeen: async (folder, keys, below = '') => void seen.set(folder, new Set([...[...(seen.get(folder) ?? [])].filter((key) => key > below), ...keys])),
  }
}

/** A stand-in for an approval: the real requests and answers have tests of their own; here it matters that each arrives, and only from members. */
interface Mail { readonly id: string; readonly from: string; readonly to: string }

export class Device {
  readonly memory = memoryOf()
  readonly self: TeamSelf
  readonly secret = ed25519.utils.randomSecretKey()
  readonly signKey: string
  readonly card: Card
  readonly ledger: Rejection[] = []
  readonly inbox = new Map<string, Mail>()
  readonly answered = new Map<string, Mail>()
  readonly asked = new Set<string>()
  /** Pack in use, by id. */
  readonly packs = new Map<string, ActivePack>()
  /** Everything that was ever in use or in force here. */
  readonly everActive = new Set<string>()
  offline = false
  skew = 0
  sync: ReturnType<typeof createTeamSync>

  /** @param bucket the simulated one, or the store itself */
  constructor(readonly name: string, private readonly bucket: Bucket | TeamStore, private readonly clock: () => number) {
    this.signKey = base64Url(ed25519.getPublicKey(this.secret))
    this.self = { signKey: this.signKey, sign: (bytes) => Promise.resolve(base64Url(ed25519.sign(bytes, this.secret))) }
    this.card = { name, role: '', areas: name === 'reviewer' ? ['pricing'] : [], deputy: [], signKey: this.signKey, sealKey: `${this.signKey}${this.signKey}x` }
    this.sync = this.restart()
  }

  now = (): number => this.clock() + this.skew

  /** A new life after a crash, with what was kept. */
  restart(): ReturnType<typeof createTeamSync> {
    this.sync = createTeamSync({ memory: this.memory, store: 'objects' in this.bucket ? storeOf(this.bucket, () => this.offline) : this.bucket, self: this.self, host: this.host(), now: this.now })
    return this.sync
  }

  async join(team: string, founder: string): Promise<void> {
    await this.memory.saveState({
      team, name: '', founder, lead: { name: 'lead', signKey: founder }, store: { kind: 'memory', name: 'sim' }, sharing: { ledger: true, corrections: false }, hints: {}, looks: 0, fullAt: null, active: {}, packProblems: {},
      checkedAt: null, goodAt: null, problem: null, rejections: [], missing: [], applied: null, sent: { ledger: 0, corrections: 0 },
    })
  }

  private host(): TeamHost {
    return {
      usePack: (text, publicKey, back): Promise<TeamTrouble | null> => {
        const id = (JSON.parse(text) as { pack: RulePack }).pack.id
        const decision = installPack({ json: text, file: 'store', active: this.packs.get(id) ?? null, trust: { kind: 'pinned', publicKey }, allowOlder: back })
        if (decision.kind === 'keep') return Promise.resolve({ code: 'invalid', params: [decision.problems[0]?.reason ?? ''] })
        if (decision.kind === 'activate') this.packs.set(id, { pack: decision.pack, publicKey })
        this.everActive.add(text)
        return Promise.resolve(null)
      },
      dropPack: (id) => { this.packs.delete(id); return Promise.resolve() },
      takeCode: (code, kind, mayAsk) => Promise.resolve(this.take(code, kind, mayAsk)),
      waitsForAnswers: () => Promise.resolve(this.asked.size > this.answered.size),
      followKey: () => Promise.resolve(false),
      teamChanged: ({ digest }) => { this.everActive.add(digest); return Promise.resolve() },
      note: (rejections) => { this.ledger.push(...rejections); return Promise.resolve() },
    }
  }

  private take(code: string, kind: 'request' | 'answer', mayAsk: (signKey: string) => boolean): string | null {
    let mail: Signed<Mail>
    try {
      mail = JSON.parse(code) as Signed<Mail>
    } catch {
      return 'not-a-code'
    }
    if (!isSignedBy(kind, mail, mail.content?.from ?? '')) return 'altered'
    if (mail.content.to !== this.signKey) return 'not-for-us'
    if (!mayAsk(mail.content.from)) return 'unknown-key'
    if (kind === 'answer' && !this.asked.has(mail.content.id)) return 'unknown-request'
    ;(kind === 'request' ? this.inbox : this.answered).set(mail.content.id, mail.content)
    return null
  }

  async mail(kind: 'request' | 'answer', id: string, to: string): Promise<void> {
    const content: Mail = { id, from: this.signKey, to }
    const code = JSON.stringify({ content, signature: await this.self.sign(bytesToSign(kind, content)) })
    if (kind === 'request') this.asked.add(id)
    await this.memory.keep([], [makeMail(kind, to, code, this.now())])
  }
}

const rule = (words: string): Rule => ({
  id: 'sales/one', title: words, category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: [words], unless: [], near: [],
  negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: [`We say ${words} here.`], clean: ['Nothing of the kind.'] },
})
export const packOf = (version: string, words: string): RulePack => ({ format: 1, id: 'sales', version, title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {}, rules: [rule(words)] })

export interface Outcome {
  readonly devices: readonly Device[]
  /** Texts of packs, and digests of manifests and statements, that honest devices made. */
  readonly honest: ReadonlySet<string>
  readonly honestKeys: ReadonlySet<string>
  /** Keys that the malicious writer made, by who must have noted them. */
  readonly forged: readonly { readonly key: string; readonly mailbox: string | null }[]
  readonly mails: readonly { readonly kind: 'request' | 'answer'; readonly id: string; readonly to: string }[]
  readonly crashes: number
}

const TEAM = 'simulatedteam000'

/** One team over some hundred steps: 5 devices, offline at times, with clocks hours apart, crashing between requests, and a stranger who may write into the store. */
export async function simulate(seed: number, steps = 120): Promise<Outcome> {
  const random = seeded(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  let clock = START
  const bucket: Bucket = { objects: new Map(), faults: true, random }
  const devices = ['lead', 'second', 'reviewer', 'rep', 'other'].map((name) => new Device(name, bucket, () => clock))
  const [lead, second, reviewer, rep, other] = devices as [Device, Device, Device, Device, Device]
  for (const device of devices) device.skew = Math.round((random() - 0.5) * 12) * HOUR
  const honest = new Set<string>()
  const honestKeys = new Set<string>()
  const forged: { key: string; mailbox: string | null }[] = []
  const mails: { kind: 'request' | 'answer'; id: string; to: string }[] = []
  let crashes = 0
  let minor = 0

  const first = await makeManifest(lead.self, foundTeam(TEAM, 'Team', { card: lead.card, teamRole: 'lead', since: START }, START))
  honest.add(first.digest)
  honestKeys.add(first.kept.key)
  for (const device of devices) await device.join(TEAM, lead.signKey)
  await lead.memory.keep([first.kept], [first.item])
  const roles = { second: 'lead', reviewer: 'reviewer', rep: 'rep', other: 'rep' } as const
  for (const device of [second, reviewer, rep]) await change(lead, [{ kind: 'add', member: { card: device.card, teamRole: roles[device.name as keyof typeof roles], since: START }, note: null }])

  async function change(by: Device, changes: Parameters<typeof changeTeam>[3]): Promise<void> {
    const now = await by.sync.now()
    if (!now?.team.head || !now.team.own || now.team.own.teamRole !== 'lead') return
    await changeTeam(by.memory, by.self, now.team.head, changes, by.now())
    gather(by)
  }
  /** What an honest device has made and keeps is honest. Devices make manifests by themselves too, when a change is made again. */
  function gather(by: Device): void {
    for (const { key, text } of by.memory.keptObjects.values()) {
      const { content } = JSON.parse(text) as { content?: { by?: string } }
      if (content?.by === by.signKey) {
        honestKeys.add(key)
        honest.add(/-([0-9a-f]{64})\./.exec(key)?.[1] ?? '')
      }
    }
  }
  async function publish(by: Device, action: ReleaseAction): Promise<void> {
    const now = await by.sync.now()
    if (!now?.team.manifest || now.team.own?.teamRole !== 'lead') return
    const statements = now.team.packs.get('sales')?.statements ?? []
    const number = (statements.at(-1)?.signed.content.number ?? 0) + 1
    const at = by.now()
    if (action === 'release') {
      const pack = packOf(`1.${++minor}.0`, `golden word${minor}`)
      const text = canonicalJson(await signPack(pack, { name: by.name, publicKey: ed25519.getPublicKey(by.secret), at }, (bytes) => Promise.resolve(ed25519.sign(bytes, by.secret))))
      const packed = makePack(pack, text)
      const statement = await makeRelease(by.self, { format: 1, team: TEAM, pack: 'sales', number, action, version: pack.version, digest: packed.digest, share: pick([10, 50, 100, 100]), text: 'New words.', at, by: by.signKey })
      honest.add(text)
      honestKeys.add(packed.kept.key)
      await by.memory.keep([packed.kept, statement.kept], [packed.item, statement.item])
    } else {
      const older = pick(statements.filter(({ signed }) => signed.content.digest !== null))
      const named = action === 'pin' || action === 'roll-back'
      if (!older && named) return
      const { version, digest } = older?.signed.content ?? { version: null, digest: null }
      const statement = await makeRelease(by.self, { format: 1, team: TEAM, pack: 'sales', number, action, version: named ? version : null, digest: named ? digest : null, share: 100, text: 'Because.', at, by: by.signKey })
      await by.memory.keep([statement.kept], [statement.item])
    }
    gather(by)
  }

  const evil = new Device('evil', bucket, () => clock)
  async function attack(): Promise<void> {
    const put = (key: string, text: string, mailbox: string | null = null): void => {
      bucket.objects.set(key, utf8ToBytes(text).slice())
      forged.push({ key, mailbox })
    }
    const keys = [...bucket.objects.keys()]
    const some = (prefix: string): string | undefined => pick(keys.filter((key) => key.startsWith(prefix) && honestKeys.has(key)))
    switch (Math.floor(random() * 9)) {
      case 0: { // A manifest of their own that follows a real one, with themselves as lead.
        const real = some('kind=manifest/')
        if (real === undefined) return
        const digest = /-([0-9a-f]{64})\./.exec(real)?.[1] ?? ''
        const there = new TextDecoder().decode(bucket.objects.get(real))
        if (there === 'overwritten') return
        const { content } = JSON.parse(there) as { content: ManifestStep }
        const made = await makeManifest(evil.self, { ...content, version: content.version + 1, previous: digest, by: evil.signKey, changes: [{ kind: 'add', member: { card: evil.card, teamRole: 'lead', since: clock }, note: null }] })
        return put(made.kept.key, made.kept.text)
      }
      case 1: { // A first version of the same team.
        const made = await makeManifest(evil.self, foundTeam(TEAM, 'Ours now', { card: evil.card, teamRole: 'lead', since: clock }, clock + Math.floor(random() * 1e6)))
        return put(made.kept.key, made.kept.text)
      }
      case 2: { // A statement and a pack that they signed.
        const pack = packOf(`9.${Math.floor(random() * 1e5)}.0`, 'evil word')
        const text = canonicalJson(await signPack(pack, { name: 'lead', publicKey: ed25519.getPublicKey(evil.secret), at: clock }, (bytes) => Promise.resolve(ed25519.sign(bytes, evil.secret))))
        const packed = makePack(pack, text)
        bucket.objects.set(packed.kept.key, packed.item.bytes)
        const made = await makeRelease(evil.self, { format: 1, team: TEAM, pack: 'sales', number: 1 + Math.floor(random() * 40), action: 'release', version: pack.version, digest: packed.digest, share: 100, text: '', at: clock, by: evil.signKey })
        return put(made.kept.key, made.kept.text)
      }
      case 3: { // Signed in the lead's name by their own key.
        const content = { format: 1 as const, team: TEAM, pack: 'sales', number: 1 + Math.floor(random() * 40), action: 'withdraw' as const, version: null, digest: null, share: 100, text: String(random()), at: clock, by: lead.signKey }
        const made = await makeRelease(evil.self, content)
        return put(made.kept.key, made.kept.text)
      }
      case 4: { // A real statement again, under a higher number.
        const real = some('kind=releases/')
        if (real === undefined) return
        const bytes = bucket.objects.get(real)
        if (!bytes) return
        return put(keyOf.release('sales', 50 + Math.floor(random() * 1e6), bytesToHex(sha256(bytes))), new TextDecoder().decode(bytes))
      }
      case 5: { // A real object written over.
        const real = pick([some('kind=manifest/'), some('kind=releases/'), some('kind=packs/')])
        if (real !== undefined) bucket.objects.set(real, utf8ToBytes('overwritten').slice())
        return
      }
      case 6: { // A real object taken away.
        const real = pick([some('kind=manifest/'), some('kind=releases/')])
        if (real !== undefined) bucket.objects.delete(real)
        return
      }
      case 7: return put(`kind=${pick(['manifest', 'releases'])}/${pick(['x', 'latest.json', `0000-${'0'.repeat(64)}.json`])}${Math.floor(random() * 1e6)}`, '{}')
      default: { // Something signed by a stranger in the reviewer's mailbox.
        const content: Mail = { id: `evil${random()}`, from: evil.signKey, to: reviewer.signKey }
        const code = JSON.stringify({ content, signature: await evil.self.sign(bytesToSign('request', content)) })
        const item = makeMail('request', reviewer.signKey, code, reviewer.now())
        return put(item.key, code, reviewer.signKey)
      }
    }
  }

  async function act(device: Device): Promise<void> {
    const dice = random()
    if (dice < 0.55) await device.sync.check(pick(['hint', 'hint', 'now', 'all'] as const))
    else if (dice < 0.65 && (device === lead || device === second)) await publish(device, pick(['release', 'release', 'release', 'roll-back', 'pin', 'unpin', 'deprecate', 'withdraw']))
    else if (dice < 0.72 && (device === lead || device === second)) {
      await change(device, pick([
        [{ kind: 'add' as const, member: { card: other.card, teamRole: 'rep' as const, since: START }, note: null }],
        [{ kind: 'settings' as const, settings: { askCorrections: random() < 0.5 } }],
        [{ kind: 'change' as const, signKey: reviewer.signKey, teamRole: 'reviewer' as const, areas: pick([['pricing'], ['pricing', 'legal']]), deputy: [], keep: [] }],
      ]))
    } else if (dice < 0.85 && (device === rep || device === other)) {
      const now = await device.sync.now()
      if (now?.team.own && now.team.manifest && memberOf(now.team.manifest, reviewer.signKey)) {
        const id = `${device.name}${device.asked.size}`
        await device.mail('request', id, reviewer.signKey)
        mails.push({ kind: 'request', id, to: reviewer.signKey })
      }
    } else if (device === reviewer) {
      for (const { id, from } of device.inbox.values()) {
        if (mails.some((mail) => mail.kind === 'answer' && mail.id === id)) continue
        await device.mail('answer', id, from)
        mails.push({ kind: 'answer', id, to: from })
      }
    }
  }

  for (let step = 0; step < steps; step++) {
    clock += Math.floor(random() * 40 * 60_000)
    const device = pick(devices)
    device.offline = random() < 0.3
    if (random() < 0.12) await attack()
    try {
      await act(device)
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      crashes += 1
      device.restart()
    }
    gather(device)
  }

  bucket.faults = false
  for (const device of devices) device.offline = false
  for (let round = 0; round < 6; round++) {
    for (const device of devices) {
      await device.sync.check('all')
      gather(device)
    }
  }
  return { devices, honest, honestKeys, forged, mails, crashes }
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
