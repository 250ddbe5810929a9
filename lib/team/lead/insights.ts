import type { RulePack } from '../../engine/index.ts'
import { addAllToDay, type DayTally } from '../../learning/index.ts'
import type { RepeatedCorrection, TeamInsights, TeamManifest } from '../../review/team/index.ts'
import { listPacks, saveTeamCorrections, saveTeamLedgers, teamCorrections, teamLedgers } from '../../store/index.ts'
import type { TeamStore } from '../store/types.ts'
import { readCorrections, type CorrectionGroup, type TeamCorrections } from './corrections.ts'
import { readLedgers, type CategoryOf, type TeamLedgers } from './ledgers.ts'

/** Groups that a page gets to see. */
const MOST_REPEATED = 200

/** How much is read: what was read last, also what came since, or everything from the first entry on. */
export type ReadHow = 'known' | 'new' | 'all'

/** What a lead's device reads the team's records from. */
export interface LeadReads { readonly store: TeamStore; readonly manifest: TeamManifest; readonly builtins: readonly RulePack[]; readonly now: () => number }

/** The team's ledgers, and keeps what was read; null where nothing was read yet and only that is asked for. @throws {TeamError} where the store cannot be read */
export async function leadLedgers(how: ReadHow, { store, manifest, builtins, now }: LeadReads): Promise<TeamLedgers | null> {
  const before = (await teamLedgers()) as TeamLedgers | null
  if (how === 'known') return before
  const read = await readLedgers(store, manifest, how === 'all' ? null : before, now(), await categories(builtins))
  await saveTeamLedgers(read)
  return read
}

/** The members' ledgers and shared corrections in one, as `leadLedgers`. @throws {TeamError} */
export async function leadInsights(how: ReadHow, reads: LeadReads): Promise<TeamInsights | null> {
  const ledgers = await leadLedgers(how, reads)
  const known = (await teamCorrections()) as TeamCorrections | null
  if (ledgers === null) return null
  if (how === 'known') return insightsOf(ledgers, known)
  const corrections = await readCorrections(reads.store, reads.manifest, how === 'all' ? null : known)
  await saveTeamCorrections(corrections)
  return insightsOf(ledgers, corrections)
}

async function categories(builtins: readonly RulePack[]): Promise<CategoryOf> {
  const packs = [...builtins, ...(await listPacks()).map(({ pack }) => pack)]
  const known = new Map(packs.flatMap(({ rules }) => rules.map(({ id, category }) => [id, category] as const)))
  return (rule) => known.get(rule) ?? null
}

function insightsOf({ at, devices }: TeamLedgers, corrections: TeamCorrections | null): TeamInsights {
  const days = new Map<string, DayTally[]>()
  for (const day of [...devices.flatMap(({ drafts }) => drafts?.days ?? []), ...(corrections?.days ?? [])]) days.set(day.day, [...(days.get(day.day) ?? []), day])
  return {
    at, days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, all]) => addAllToDay(null, day, all.map((one) => [one, 1]))),
    devices: devices.filter(({ entries }) => entries > 0).length, sharing: Object.keys(corrections?.upTo ?? {}).length,
    partly: devices.filter(({ faults }) => faults.length > 0).map(({ name }) => name), unread: corrections?.unread ?? 0, repeated: repeatedOf(corrections?.groups ?? []),
  }
}

/** What was corrected more than once, those first that most people made. */
function repeatedOf(groups: readonly CorrectionGroup[]): RepeatedCorrection[] {
  return groups.map(({ times, ...group }): RepeatedCorrection => ({ ...group, times: Object.values(times).reduce((sum, one) => sum + one, 0), members: Object.keys(times).length }))
    .filter(({ times }) => times > 1).sort((a, b) => b.members - a.members || b.times - a.times || b.last - a.last).slice(0, MOST_REPEATED)
}
