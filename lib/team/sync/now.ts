import {
  foldChain, foldReleases, memberOf, type FoldedChain, type FoldedReleases, type Rejection, type StoredManifest, type StoredNote, type StoredRelease, type TeamManifest, type TeamMember,
} from '../../review/team/index.ts'
import { keyOf } from '../layout.ts'
import { readManifest, readNote, readRelease, type Read } from './read.ts'
import type { KeptKind, TeamMemory, TeamState } from './ports.ts'

/** The team as all that is kept here says. */
export interface TeamNow {
  readonly chain: FoldedChain
  /** The manifest in force; null until the first one was read. */
  readonly head: StoredManifest | null
  readonly manifest: TeamManifest | null
  /** This device's member, null where it is none (any more). */
  readonly own: TeamMember | null
  readonly packs: ReadonlyMap<string, FoldedReleases>
  readonly notes: readonly StoredNote[]
  /** What is kept but does not count, and why. */
  readonly rejections: readonly Rejection[]
  /** Names of statements and versions that must be there and are not. */
  readonly missing: readonly string[]
}

/** Reads kept objects, each once in the life of this reader: signatures are dear. */
export function createTeamReader(memory: TeamMemory): (state: TeamState, signKey: string) => Promise<TeamNow> {
  const read = new Map<string, StoredManifest | StoredRelease | StoredNote>()
  const all = async <T extends StoredManifest | StoredRelease | StoredNote>(kind: KeptKind, one: (key: string, text: string) => Read<T>): Promise<T[]> => {
    const found: T[] = []
    for (const { key, text } of await memory.kept(kind)) {
      const known = read.get(key) as T | undefined
      const value = known ?? one(key, text)
      if (!('ok' in value)) found.push(value)
      else if (value.ok) {
        read.set(key, value.value)
        found.push(value.value)
      }
    }
    return found
  }
  return async ({ team, founder }, signKey) => {
    const chain = foldChain(team, founder, await all('manifest', (key, text) => readManifest(key, text, team)))
    const head = chain.chain.at(-1) ?? null
    const manifest = head?.signed.content ?? null
    const byPack = new Map<string, StoredRelease[]>()
    for (const release of await all('releases', (key, text) => readRelease(key, text, team))) {
      const { pack } = release.signed.content
      byPack.set(pack, [...(byPack.get(pack) ?? []), release])
    }
    const packs = new Map([...byPack].map(([pack, releases]) => [pack, manifest ? foldReleases(manifest, releases) : { statements: [], others: [], missing: [] }]))
    return {
      chain, head, manifest, own: manifest && memberOf(manifest, signKey), packs, notes: await all('notes', (key, text) => readNote(key, text, team)),
      rejections: [
        ...chain.others.map(({ manifest: { digest, signed }, refusal }) => ({ key: keyOf.manifest(signed.content.version, digest), refusal, detail: nameOf(manifest, signed.content.by) })),
        ...[...packs].flatMap(([pack, { others }]) => others.map(({ release: { digest, signed }, refusal }) => ({ key: keyOf.release(pack, signed.content.number, digest), refusal, detail: nameOf(manifest, signed.content.by) }))),
      ],
      missing: [...packs].flatMap(([pack, { missing }]) => missing.map((number) => `${pack} ${number}`)),
    }
  }
}

function nameOf(manifest: TeamManifest | null, signKey: string): string {
  return (manifest && memberOf(manifest, signKey)?.card.name) ?? manifest?.former.find((one) => one.signKey === signKey)?.name ?? ''
}
