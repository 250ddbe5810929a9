import type { RulePack } from '../../../lib/engine/index.ts'
import { checkPackValue, composePack, highestVersion, packChanges, selfTest, suggestedVersion, type PackChange } from '../../../lib/packs/index.ts'
import type { TeamPackView, TeamStatus } from '../../../lib/review/team/index.ts'

/** Share of the members who get a version first. */
export const FIRST_SHARE = 10

export function leads({ own }: Pick<TeamStatus, 'own'>): boolean {
  return own?.teamRole === 'lead' || own?.teamRole === 'administrator'
}

/** The pack in the text that the store holds: signed, or as it was written. Null where it is none, which the worker refused long before. */
export function packIn(text: string): RulePack | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const inner = typeof value === 'object' && value !== null && 'pack' in value ? value.pack : value
  const read = checkPackValue(inner, 'pack')
  return read.ok ? read.value : null
}

/** What a lead is about to publish. */
export interface PublishDraft {
  readonly id: string
  readonly title: string
  readonly description: string
  /** Names of rules of the version before that go. */
  readonly without: readonly string[]
  /** Names of one's own rules that come in. */
  readonly take: readonly string[]
  /** Null: the suggested one. */
  readonly version: string | null
  readonly text: string
  readonly share: number
}

/** The pack that would be published, what changes by it, and what is wrong with it. */
export interface Prepared {
  readonly pack: RulePack
  readonly changes: readonly PackChange[]
  readonly suggested: string
  /** Sentences of what keeps it from being published; each example that fails, too. */
  readonly problems: readonly string[]
}

/** Works out what would be published; a pack that nobody described is described by its title. Pure; milliseconds for a pack of some thousand rules. */
export function prepare(draft: PublishDraft, base: RulePack | null, own: RulePack | null, published: readonly string[]): Prepared {
  const made = { id: draft.id, title: draft.title.trim(), description: draft.description.trim() || draft.title.trim(), owner: base?.owner ?? draft.id, base, without: draft.without, from: own, take: draft.take }
  const sketch = composePack({ ...made, version: base?.version ?? '1.0.0' })
  const changes = packChanges(base, sketch)
  const suggested = suggestedVersion(highestVersion(published), changes)
  const pack = { ...sketch, version: draft.version ?? suggested }
  const checked = checkPackValue(pack, draft.id)
  const problems = checked.ok ? selfTest(checked.value, () => ({ file: draft.id, line: 1, column: 1 })) : checked.problems
  return { pack, changes, suggested, problems: problems.map(({ reason, fix }) => `${reason} ${fix}`) }
}

/** An id from a title: `Sales rules` gives `sales-rules`. Of a title without Latin letters, `team-rules`. */
export function idOfPack(title: string): string {
  const latin = title.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
  return latin || 'team-rules'
}

/** Versions that one can go back to: published ones below the one that is the target now, the newest first. */
export function olderVersions({ versions, target }: TeamPackView): readonly string[] {
  const at = versions.findIndex(({ version }) => version === target)
  return versions.slice(at + 1).map(({ version }) => version)
}
