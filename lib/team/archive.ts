import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { mayLead } from '../review/team/index.ts'
import { kindFolder, parseKey, type ObjectKind } from './layout.ts'
import { deviceMemory } from './memory.ts'
import { refuse } from './outcome.ts'
import type { TeamStore } from './store/index.ts'
import { createTeamReader } from './sync/now.ts'
import { fetchText, LIMITS, textOf } from './sync/read.ts'
import { inFolder, ownSelf, usableCredentials, type TeamPortsIn } from './team-parts.ts'

/** What of a team's store is taken along. Mail is not: it is sealed for single devices, stands for days, and is sent anew by who waits for it. */
export const ARCHIVED = ['manifest', 'packs', 'releases', 'notes', 'ledger', 'corrections'] as const satisfies readonly ObjectKind[]

const AT_ONCE = 8
/** Characters of a line: the largest object, each of its characters written as an escape of six, and its name. */
const MOST_LINE = 6 * Math.max(...ARCHIVED.map((kind) => LIMITS[kind])) + 2_000

/** A team's store as its lead's device opens it. */
export interface ArchiveSource { readonly store: TeamStore; readonly team: string; readonly name: string }

/** How many objects went into the file, and how many the store listed and did not give as their names say. */
export interface Archived { readonly objects: number; readonly unread: number }

/** What became of a file's objects: put there, there already, and not what their names say. */
export interface Restored { readonly put: number; readonly there: number; readonly refused: number }

/**
 * This device's way to its team's store, for who leads. Runs in a page as well as in the worker: a whole store is too much for messages between the two.
 * @throws {TeamError} `no-member`, `not-lead`; without a login the store answers `no-credentials`
 */
export async function archiveSource(ports: Pick<TeamPortsIn, 'allowed' | 'drivers'>): Promise<ArchiveSource> {
  const state = await deviceMemory.state()
  const own = state && (await createTeamReader(deviceMemory)(state, (await ownSelf()).signKey)).own
  if (!state || !own) throw refuse('no-member')
  if (!mayLead(own.teamRole)) throw refuse('not-lead')
  return { store: inFolder(state, await usableCredentials(state), ports), team: state.team, name: state.name }
}

/**
 * Everything that a team owns as one file, a line of JSON for each object as it lies in the store, signed as it was; a head before them, and behind them their number, so that a
 * file that was cut off is known. No login is in it.
 * @throws {TeamError} where the store cannot be read
 */
export async function* exportTeam({ store, team, name }: ArchiveSource, at: number, onObjects: (done: number) => void = () => undefined): AsyncGenerator<string, Archived, undefined> {
  let [objects, unread] = [0, 0]
  yield line({ countersign: 'team', version: 1, team, name, at })
  for (const kind of ARCHIVED) {
    for await (const page of store.list(kindFolder(kind))) {
      const keys = page.map(({ key }) => key).filter((key) => parseKey(key)?.kind === kind)
      for (let from = 0; from < keys.length; from += AT_ONCE) {
        const texts = await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => fetchText(store, key, kind)))
        for (const [index, text] of texts.entries()) {
          if (text === null) unread += 1
          else {
            objects += 1
            yield line({ key: keys[from + index], text })
          }
        }
        onObjects(objects)
      }
    }
  }
  yield line({ objects, unread })
  return { objects, unread }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}

const headSchema = z.object({ countersign: z.literal('team'), version: z.literal(1), team: z.string(), name: z.string(), at: z.number() })
const objectSchema = z.strictObject({ key: z.string().max(1_000), text: z.string() })
const endSchema = z.strictObject({ objects: z.number().int().min(0), unread: z.number().int().min(0) })

/**
 * Puts a file's objects into the team's store, those that are not there. Nothing of the file is believed: an object goes there only where its bytes are what its name says, and
 * what counts of it every device judges by its signatures, as of all that lies in a store.
 * @param lines the file's lines; asked for twice, because the whole file is looked at before anything is written
 * @throws {TeamError} `bad-archive` where it is no whole export of this team, and nothing was written; else whatever is wrong with the store
 */
export async function restoreTeam({ store, team }: Omit<ArchiveSource, 'name'>, lines: () => AsyncIterable<string>, onObjects: (done: number) => void = () => undefined): Promise<Restored> {
  await checkArchive(team, lines())
  const there = new Set<string>()
  for (const kind of ARCHIVED) for await (const page of store.list(kindFolder(kind))) for (const { key } of page) there.add(key)
  const counts = { put: 0, there: 0, refused: 0 }
  for await (const text of lines()) {
    const read = objectSchema.safeParse(JSON.parse(text))
    if (!read.success) continue // The head and the end.
    const { key, text: body } = read.data
    const bytes = utf8ToBytes(body).slice()
    const kind = parseKey(key)?.kind
    if (!ARCHIVED.some((each) => each === kind) || !textOf(key, bytes).ok) counts.refused += 1
    else if (there.has(key) || (await store.put(key, bytes)) === 'exists') counts.there += 1
    else counts.put += 1
    onObjects(counts.put + counts.there + counts.refused)
  }
  return counts
}

async function checkArchive(team: string, lines: AsyncIterable<string>): Promise<void> {
  let [at, objects, whole] = [0, 0, false]
  for await (const text of lines) {
    const value = parsed(text)
    const end = endSchema.safeParse(value)
    if (at === 0 ? headSchema.safeParse(value).data?.team !== team : whole || !(end.success || objectSchema.safeParse(value).success)) throw refuse('bad-archive')
    at += 1
    if (end.success) whole = end.data.objects === objects
    else if (at > 1) objects += 1
  }
  if (!whole) throw refuse('bad-archive')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // Which no schema takes.
  }
}

/**
 * Lines of a file, without what ends them; an empty last one is none.
 * @throws {TeamError} `bad-archive` at a line that is longer than any of an export, before it fills the memory
 */
export async function* linesOf(file: Pick<Blob, 'stream'>): AsyncGenerator<string, void, undefined> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    // Only what is new is looked through: a long line comes in thousands of pieces.
    const parts = read.value.split('\n')
    parts[0] = rest + (parts[0] ?? '')
    rest = parts.pop() ?? ''
    if (rest.length > MOST_LINE) throw refuse('bad-archive')
    yield* parts
  }
  if (rest !== '') yield rest
}
