import {
  foldChain, foldReleases, memberOf, type FoldedChain, type FoldedReleases, type Rejection, type StoredManifest, type StoredNote, type StoredRelease, type StoredStep, type TeamManifest, type TeamMember,
} from '../../review/team/index.ts'
import { keyOf } from '../layout.ts'
import { readNote, readRelease, readStep, type Read } from './read.ts'
import type { TeamMemory, TeamState } from './ports.ts'

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
  const read = { manifest: new Map<string, StoredStep>(), releases: new Map<string, StoredRelease>(), notes: new Map<string, StoredNote>() }
  const all = async <T>(kind: keyof typeof read, known: Map<string, T>, one: (key: string, text: string) => Read<T>): Promise<T[]> => {
    for (const { key, text } of await memory.kept(kind, known)) {
      const value = one(key, text)
      if (value.ok) known.set(key, value.value)
    }
    return [...known.values()]
  }
  return async ({ team, founder }, signKey) => {
    const chain = foldChain(team, founder, await all('manifest', read.manifest, (key, text) => readStep(key, text, team)))
    const head = chain.chain.at(-1) ?? null
    const manifest = head?.content ?? null
    const byPack = new Map<string, StoredRelease[]>()
    for (const release of await all('releases', read.releases, (key, text) => readRelease(key, text, team))) {
      const { pack } = release.signed.content
      byPack.set(pack, [...(byPack.get(pack) ?? []), release])
    }
    const packs = new Map([...byPack].map(([pack, releases]) => [pack, manifest ? foldReleases(manifest, releases) : { statements: [], others: [], missing: [] }]))
    return {
      chain, head, manifest, own: manifest && memberOf(manifest, signKey), packs, notes: await all('notes', read.notes, (key, text) => readNote(key, text, team)),
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
