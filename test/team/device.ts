import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Rule, RulePack } from '../../lib/engine/index.ts'
import { installPack, type ActivePack } from '../../lib/packs/index.ts'
import { bytesToSign, isSignedBy, type Card, type Signed } from '../../lib/review/approval/index.ts'
import type { Rejection, TeamTrouble } from '../../lib/review/team/index.ts'
import { TeamError } from '../../lib/team/outcome.ts'
import type { Got, Listed, TeamStore } from '../../lib/team/store/types.ts'
import { makeMail } from '../../lib/team/sync/make.ts'
import type { KeptKind, KeptObject, OutboxItem, TeamHost, TeamMemory, TeamSelf, TeamState } from '../../lib/team/sync/ports.ts'
import { createTeamSync } from '../../lib/team/sync/sync.ts'

/** Devices of a team without a browser: the real sync over a bucket with faults, and over what a device keeps when it ends in the middle. */

/** A device ends between two requests. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

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
export interface Mail { readonly id: string; readonly from: string; readonly to: string }

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

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
