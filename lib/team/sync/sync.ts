import { utf8ToBytes } from '@noble/hashes/utils.js'
import { mayLead, memberOf, type Rejection, type SyncReport, type TeamTrouble } from '../../review/team/index.ts'
import { bytesDigest, dayBefore, deviceTag, kindFolder, mailboxHint, parseKey, TEAM_HINT } from '../layout.ts'
import { TeamError } from '../outcome.ts'
import { changeTeam } from './make.ts'
import { createTeamReader, type TeamNow } from './now.ts'
import { followPacks } from './packs.ts'
import type { KeptKind, KeptObject, OutboxItem, SyncPorts, TeamState } from './ports.ts'
import { LIMITS, readNote, readRelease, readStep, textOf } from './read.ts'
import { isObjectSigned } from './verify.ts'

const DAY = 86_400_000
/** Every so many looks all that is new is listed, whatever the hints say: a writer may have ended before it touched one. */
const LOOKS = 10
/** Days of a mailbox that are listed: a request stands for seven. */
const MAIL_DAYS = 9
const NOTE_DAYS = 30
/** Objects fetched at once. */
const AT_ONCE = 8
/** Objects that are kept, and noted as seen, together: each writing reads all that was seen before. */
const TOGETHER = 64
/** And no more than so many bytes of them, by the listing. */
const TOGETHER_BYTES = 8 * 1024 * 1024
const BATCH = 50
/** More rejections of one look are counted in one line of the ledger. */
const MOST_NOTED = 50

export type How = 'hint' | 'now' | 'all'

/** `take` says why an object is not taken, or gives what is to be kept of it, or null. */
interface Folder { readonly prefix: string; readonly startAfter: string | undefined; readonly take: (key: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Rejection | KeptObject | null> }

/** An object to fetch, and the bytes that its listing says it has: more are not read. */
interface Wanted { readonly key: string; readonly most: number }

/** What one look gathers. */
interface Look { readonly everything: boolean; /** Who is in the team changed with this look. */ newTeam: boolean; /** What was read and found whole. */ readonly whole: Set<string>; changed: number; requests: number; answers: number; rejected: Rejection[] }

/** A device's way to its team's store. One look at a time. */
export function createTeamSync(ports: SyncPorts): { check(how: How): Promise<SyncReport>; now(): Promise<{ readonly state: TeamState; readonly team: TeamNow } | null> } {
  return new Sync(ports)
}

class Sync {
  private readonly reader: (state: TeamState, signKey: string) => Promise<TeamNow>
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly ports: SyncPorts) {
    this.reader = createTeamReader(ports.memory)
  }

  check(how: How): Promise<SyncReport> {
    const done = this.queue.then(() => this.look(how))
    this.queue = done.catch(() => undefined)
    return done
  }

  /** The team as this device knows it; null where it is in none. */
  async now(): Promise<{ readonly state: TeamState; readonly team: TeamNow } | null> {
    const state = await this.ports.memory.state()
    return state && { state, team: await this.reader(state, this.ports.self.signKey) }
  }

  private async look(how: How): Promise<SyncReport> {
    const state = await this.ports.memory.state()
    if (!state) return report('no-team', null)
    const at = this.ports.now()
    const everything = how === 'all' || state.fullAt === null || at - state.fullAt >= DAY || at < state.fullAt
    const look: Look = { everything, newTeam: false, whole: new Set(), changed: 0, requests: 0, answers: 0, rejected: [] }
    try {
      const sending = await this.send().catch((error: unknown) => troubleOf(error))
      const hints = await this.hints(state, how)
      if (hints === null) {
        await this.ports.memory.changeState({ looks: state.looks + 1, checkedAt: at, goodAt: at, problem: sending })
        return report(sending ? 'partly' : 'unchanged', sending)
      }
      await this.take(state, look)
      const packs = await this.follow(look)
      const again = await this.send().catch((error: unknown) => troubleOf(error))
      const problem = again ?? null
      await this.ports.memory.changeState({ hints, looks: 0, fullAt: everything ? at : state.fullAt, checkedAt: at, goodAt: at, problem })
      return { ...report(problem ? 'partly' : look.changed + packs.length > 0 ? 'changed' : 'unchanged', problem), packs, requests: look.requests, answers: look.answers, rejected: look.rejected }
    } catch (error) {
      const problem = troubleOf(error)
      await this.ports.memory.changeState({ checkedAt: at, problem })
      return { ...report('failed', problem), rejected: look.rejected }
    }
  }

  /** What waits here goes to the store, in the order it was made; then the hints are touched; only then it waits no more. */
  private async send(): Promise<null> {
    const { memory, store } = this.ports
    for (let items = await memory.outbox(BATCH); items.length > 0; items = await memory.outbox(BATCH)) {
      for (const { key, bytes } of items) await store.put(key, bytes)
      const hints = new Set(items.flatMap(({ hint }: OutboxItem) => hint ?? []))
      for (const hint of hints) await store.put(hint, utf8ToBytes(JSON.stringify({ at: this.ports.now(), mark: crypto.randomUUID() })).slice(), { overwrite: true })
      await memory.sent(items.map(({ key }) => key))
    }
    return null
  }

  /** ETags of the hints as they are now; null where none of them changed and nothing else asks for a listing. */
  private async hints(state: TeamState, how: How): Promise<TeamState['hints'] | null> {
    const names = [TEAM_HINT, ...((await this.hasMailbox(state)) ? [mailboxHint(deviceTag(this.ports.self.signKey))] : [])]
    const hints: Record<string, string | null> = {}
    let same = how === 'hint' && state.looks + 1 < LOOKS && state.fullAt !== null && state.missing.length === 0
    for (const name of names) {
      const known = state.hints[name] ?? null
      const got = await this.ports.store.get(name, { etag: known, maxBytes: 4_096 })
      hints[name] = got.kind === 'unchanged' ? known : got.kind === 'object' ? got.etag : null
      if (got.kind !== 'unchanged' && !(got.kind === 'missing' && known === null)) same = false
    }
    return same ? null : hints
  }

  /** Who leads, answers for areas, or waits for an answer, has mail to look for. */
  private async hasMailbox(state: TeamState): Promise<boolean> {
    const { own } = await this.reader(state, this.ports.self.signKey)
    return (own !== null && (mayLead(own.teamRole) || own.card.areas.length > 0 || own.card.deputy.length > 0)) || (await this.ports.host.waitsForAnswers(this.ports.now()))
  }

  private async take(state: TeamState, look: Look): Promise<void> {
    const { self, host } = this.ports
    const now = this.storeNow()
    const team = await this.reader(state, self.signKey)
    // Some versions back: another lead's may have been written late.
    const from = Math.max(0, (team.manifest?.version ?? 0) - 10)
    await this.folder({ prefix: kindFolder('manifest'), startAfter: look.everything ? undefined : `kind=manifest/${String(from).padStart(8, '0')}`, take: (key, bytes) => this.keep('manifest', key, bytes, state) }, look)
    await this.folder({ prefix: kindFolder('releases'), startAfter: undefined, take: (key, bytes) => this.keep('releases', key, bytes, state) }, look)
    let known = await this.reader(state, self.signKey)
    if (known.own === null && known.head && (await host.followKey(known.head, this.ports.now()))) known = await this.reader(state, self.signKey)
    const { own, manifest, head } = known
    if (own === null || manifest === null) return
    look.newTeam = head?.digest !== state.applied
    if (mayLead(own.teamRole)) {
      await this.folder({ prefix: kindFolder('notes'), startAfter: `kind=notes/day=${dayBefore(now, NOTE_DAYS)}`, take: (key, bytes) => this.keep('notes', key, bytes, state) }, look)
    }
    const mailbox = (kind: 'request' | 'answer'): Folder => {
      const prefix = `kind=${kind}s/to=${deviceTag(self.signKey)}/`
      return {
        prefix, startAfter: `${prefix}day=${dayBefore(now, MAIL_DAYS)}`,
        take: async (key, bytes) => {
          const read = textOf(key, bytes)
          if (!read.ok) return read.rejection
          const refusal = await host.takeCode(read.value.text, kind, (signKey) => memberOf(manifest, signKey) !== null, this.ports.now())
          if (refusal === null) look[kind === 'request' ? 'requests' : 'answers'] += 1
          return refusal === null ? null : { key, refusal: 'bad-code', detail: refusal }
        },
      }
    }
    if (own.card.areas.length > 0 || own.card.deputy.length > 0) await this.folder(mailbox('request'), look)
    if (await host.waitsForAnswers(this.ports.now())) await this.folder(mailbox('answer'), look)
  }

  /** Looks at what is new in a folder, in the order of names. A name counts as seen once its object was taken or refused, and not before. */
  private async folder({ prefix, startAfter, take }: Folder, look: Look): Promise<void> {
    const { memory, store } = this.ports
    // What was not what its name says may be mended, and who was a stranger may be a member by now.
    const seen = new Set([...(await memory.seen(prefix)), ...(look.everything || look.newTeam ? [] : await memory.seen(`later/${prefix}`))])
    let keys: Wanted[] = []
    let bytes = 0
    const work = async (): Promise<void> => {
      const bodies = await this.fetchAll(keys)
      const done: string[] = []
      const kept: KeptObject[] = []
      const [rejected, later, soon]: [Rejection[], Rejection[], Rejection[]] = [[], [], []]
      for (const [at, { key }] of keys.entries()) {
        const body = bodies[at]
        if (body === null || body === undefined) continue // Listed and not there: looked at again the next time.
        const taken = body instanceof TeamError ? { key, refusal: 'damaged' as const, detail: body.problem.code } : await take(key, body)
        const rejection = taken && 'refusal' in taken ? taken : null
        if (taken && 'text' in taken) kept.push(taken)
        if (rejection && mayPass(rejection)) {
          (rejection.detail === 'unknown-key' || rejection.refusal === 'damaged' ? later : soon).push(rejection)
          continue
        }
        if (rejection) rejected.push(rejection)
        done.push(key)
      }
      await this.note(rejected, look)
      await this.note([...later, ...soon], look, 'judged')
      if (kept.length > 0) await memory.keep(kept)
      for (const { key } of kept) look.whole.add(key)
      await memory.addSeen(prefix, done, startAfter)
      await memory.addSeen(`later/${prefix}`, later.map(({ key }) => key), startAfter)
      look.changed += done.length
      keys = []
      bytes = 0
    }
    for await (const page of store.list(prefix, { startAfter })) {
      for (const { key, size } of page) {
        if (seen.has(key)) continue
        const kind = parseKey(key)?.kind
        if (kind === undefined || (size !== null && size > LIMITS[kind])) {
          await this.note([{ key, refusal: kind === undefined ? 'wrong-place' : 'too-large', detail: '' }], look)
          await memory.addSeen(prefix, [key])
          continue
        }
        keys.push({ key, most: size ?? LIMITS[kind] })
        bytes += size ?? LIMITS[kind]
        if (keys.length >= TOGETHER || bytes >= TOGETHER_BYTES) await work()
      }
    }
    if (keys.length > 0) await work()
  }

  /** What `fetch` gives for each, in their order; so many are under way at any time. */
  private async fetchAll(keys: readonly Wanted[]): Promise<readonly (Uint8Array<ArrayBuffer> | TeamError | null)[]> {
    const bodies: (Uint8Array<ArrayBuffer> | TeamError | null)[] = []
    let next = 0
    const one = async (): Promise<void> => {
      for (let at = next++, wanted = keys[at]; wanted; at = next++, wanted = keys[at]) bodies[at] = await this.fetch(wanted.key, wanted.most)
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, keys.length) }, one))
    return bodies
  }

  /** Bytes of an object; null where it is not there (yet); the error where it is too large ever to be read. */
  private async fetch(key: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | TeamError | null> {
    try {
      const got = await this.ports.store.get(key, { maxBytes })
      return got.kind === 'object' ? got.bytes : null
    } catch (error) {
      if (error instanceof TeamError && error.problem.code === 'too-large') return error
      throw error
    }
  }

  private async keep(kind: Exclude<KeptKind, 'packs'>, key: string, bytes: Uint8Array<ArrayBuffer>, { team }: TeamState): Promise<Rejection | KeptObject> {
    const body = textOf(key, bytes)
    if (!body.ok) return body.rejection
    const { text } = body.value
    const read = kind === 'manifest' ? readStep(key, text, team) : kind === 'releases' ? readRelease(key, text, team) : readNote(key, text, team)
    if (!read.ok) return read.rejection
    return (await isObjectSigned(kind, read.value.signed)) ? { key, kind, text } : { key, refusal: 'bad-signature', detail: '' }
  }

  /** What all that is kept now amounts to: own changes that lost are made again, members and packs follow, what does not count is noted. */
  private async follow(look: Look): Promise<readonly { id: string; version: string }[]> {
    const { memory, self, host } = this.ports
    const state = await memory.state()
    if (!state) return []
    let team = await this.reader(state, self.signKey)
    if (await this.makeAgain(team)) team = await this.reader(state, self.signKey)
    await this.note(team.rejections, look, 'judged')
    const { head } = team
    if (head && state.applied !== head.digest) {
      await host.teamChanged(head, this.ports.now())
      await memory.changeState({ applied: head.digest, name: head.content.name })
    }
    const behind = look.everything ? await this.whatIsHidden(team, look) : []
    await memory.changeState({ missing: [...team.missing, ...behind].slice(0, 100) })
    return followPacks(this.ports, state, team, (rejections) => this.note(rejections, look, 'judged'))
  }

  /** This lead's changes that lost to another's of the same version, made once more on top of it. */
  private async makeAgain({ chain, head, own }: TeamNow): Promise<boolean> {
    const { memory, self, now } = this.ports
    if (!head || !own || !mayLead(own.teamRole)) return false
    const done = await memory.seen('again/')
    const lost = chain.others.filter(({ manifest, refusal }) => refusal === 'conflict' && manifest.signed.content.by === self.signKey && !done.has(`again/${manifest.digest}`))
    if (lost.length === 0) return false
    const changes = lost.sort((a, b) => a.manifest.signed.content.version - b.manifest.signed.content.version).flatMap(({ manifest }) => manifest.signed.content.changes)
    try {
      await changeTeam(memory, self, head, changes, now())
    } catch (error) {
      // Together the two leads would have left nobody: what was taken stays.
      if (!(error instanceof RangeError)) throw error
    }
    await memory.addSeen('again/', lost.map(({ manifest }) => `again/${manifest.digest}`))
    return true
  }

  /**
   * What this device knows to be good and the store does not show: it is put back. Leads also look whether what is listed is what was written, because who has the store's
   * credentials could write over it. @returns what could not be put back
   */
  private async whatIsHidden({ own }: TeamNow, { whole }: Look): Promise<readonly string[]> {
    const { memory, store } = this.ports
    const hidden: string[] = []
    for (const kind of ['manifest', 'releases', 'packs'] as const) {
      const there = new Set<string>()
      for await (const page of store.list(kindFolder(kind))) for (const { key } of page) there.add(key)
      for (const { key, text } of await memory.kept(kind)) {
        const bytes = utf8ToBytes(text).slice()
        if (there.has(key)) {
          if (!own || !mayLead(own.teamRole) || whole.has(key) || (await this.isWhole(key, bytes))) continue
          await store.put(key, bytes, { overwrite: true })
        } else if ((await store.put(key, bytes)) === 'exists') hidden.push(key)
      }
    }
    return hidden
  }

  private async isWhole(key: string, bytes: Uint8Array): Promise<boolean> {
    const got = await this.fetch(key, LIMITS[parseKey(key)?.kind ?? 'notes'])
    return got instanceof Uint8Array && bytesDigest(got) === bytesDigest(bytes)
  }

  private async note(rejections: readonly Rejection[], look: Look, once?: string): Promise<void> {
    const known = once === undefined ? null : await this.ports.memory.seen(`${once}/`)
    const mark = ({ key, refusal }: Rejection): string => `${once ?? ''}/${refusal} ${key}`
    const fresh = known ? rejections.filter((rejection) => !known.has(mark(rejection))) : rejections
    if (fresh.length === 0) return
    const now = this.ports.now()
    const told = fresh.slice(0, MOST_NOTED)
    const rest = fresh.length - told.length
    await this.ports.host.note(rest > 0 ? [...told, { key: fresh.at(-1)?.key ?? '', refusal: 'malformed', detail: `and ${rest} more` }] : told, now)
    if (once !== undefined) await this.ports.memory.addSeen(`${once}/`, fresh.map(mark))
    look.rejected.push(...fresh)
    const state = await this.ports.memory.state()
    if (state) await this.ports.memory.changeState({ rejections: [...fresh.map((one) => ({ ...one, at: now })).reverse(), ...state.rejections].slice(0, 50) })
  }

  /** The store's time where it tells one. */
  private storeNow(): number {
    return this.ports.now() - (this.ports.store.clockAhead() ?? 0)
  }
}

/** What may be right another time: mended bytes, a sender who became a member meanwhile, a deputy who was early, a clock that was set. */
function mayPass({ refusal, detail }: Rejection): boolean {
  return refusal === 'damaged' || (refusal === 'bad-code' && ['unknown-key', 'too-early', 'clock'].includes(detail))
}

/** What went wrong, for the interface. @throws whatever is a fault of ours */
export function troubleOf(error: unknown): TeamTrouble {
  if (error instanceof TeamError) return error.problem
  throw error
}

function report(outcome: SyncReport['outcome'], problem: TeamTrouble | null): SyncReport {
  return { outcome, problem, packs: [], requests: 0, answers: 0, rejected: [] }
}
