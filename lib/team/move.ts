import { mayLead, type StoreAddress, type StoreCredentials } from '../review/team/index.ts'
import { changeTeamStore, noteTeam } from '../store/index.ts'
import { hostOf } from './invitation.ts'
import { keyOf } from './layout.ts'
import { deviceMemory } from './memory.ts'
import { TeamError } from './outcome.ts'
import type { TeamStore } from './store/index.ts'
import { changeTeam } from './sync/make.ts'
import type { TeamNow } from './sync/now.ts'
import { packText } from './sync/packs.ts'
import type { TeamSelf, TeamState } from './sync/ports.ts'

/**
 * A lead says in the team's own chain where it goes, and puts that into the old store: who still looks there is told, and not left with what is stale. Where the old store does not
 * answer, it is said in the new one alone. Nobody else may say it.
 */
export async function tellMove({ team }: Pick<Leaving, 'team'>, self: TeamSelf, store: StoreAddress, at: number, send: () => Promise<unknown>): Promise<void> {
  if (!team.head || !team.own || !mayLead(team.own.teamRole)) return
  if (await changeTeam(deviceMemory, self, team.head, [{ kind: 'store', store }], at)) await send()
}

interface Leaving { readonly state: TeamState; readonly team: TeamNow; readonly store: TeamStore }

/**
 * Takes this device's team to another store, which was tried out. What counts is kept here, so that the next look puts back what the new store does not show: members, statements, packs.
 * What is this device's alone goes there again: its records from the first on, and requests and answers that are still open. The old store is left as it is, and need not be there any more.
 */
export async function moveTeam({ state, team, store: old }: Leaving, store: StoreAddress, credentials: StoreCredentials, at: number): Promise<void> {
  await fetchPacks(team, old)
  // Names in mailboxes and what was mailed were of the old store; what is open is mailed again.
  const change: Partial<TeamState> = { store, hints: {}, looks: 0, fullAt: null, sent: { ledger: 0, corrections: 0 }, missing: [], problem: null }
  await changeTeamStore(change, credentials)
  await noteTeam('moved', { team: state.team, from: hostOf(state.store), to: hostOf(store), at }, at)
}

/** Versions that were never in use here lie in the old store alone. Where it does not answer, those that are here must do. */
async function fetchPacks({ packs }: TeamNow, store: TeamStore): Promise<void> {
  try {
    for (const [pack, { statements }] of packs) {
      for (const { signed: { content: { version, digest } } } of statements) {
        if (version !== null && digest !== null) await packText({ memory: deviceMemory, store }, keyOf.pack(pack, version, digest))
      }
    }
  } catch (error) {
    if (!(error instanceof TeamError)) throw error
  }
}
