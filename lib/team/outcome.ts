import { formatProblem, type PackProblem } from '../packs/index.ts'
import type { RulePack } from '../engine/index.ts'
import type { PackOutcome } from '../review/team/index.ts'

/** Why a pack or an address was refused. The interface has a sentence for each; `params` are what it names. */
export type TeamCode =
  /** Not an https:// address; params: the address. */
  | 'bad-address'
  /** The host's permission is not granted; params: host. */
  | 'no-permission'
  /** No connection, an unknown host, or a certificate that is not valid; params: host. */
  | 'unreachable'
  /** No complete answer in time; params: host, seconds. */
  | 'timeout'
  /** Sent on to another address, which is not asked; params: host. */
  | 'redirected'
  /** An answer that is no success; params: host, HTTP status. */
  | 'http-status'
  /** A web page, as a login wall gives, instead of a pack; params: host. */
  | 'html-page'
  /** params: limit in MB. */
  | 'too-large'
  | 'empty'
  /** The name `personal` is kept for the person's own rules; params: id. */
  | 'reserved-id'
  /** The store wants a login, or does not know this one; params: host. */
  | 'login'
  /** The login is known but may not read here; params: host. */
  | 'forbidden'
  /** The login may read but not write; params: host. */
  | 'read-only'
  /** There is no such bucket or folder; params: host, its name. */
  | 'no-place'
  /** The answer is not what a store of this kind says; params: host. */
  | 'not-a-store'
  /** This device's clock is so far from the store's that the store refuses; params: host, minutes. */
  | 'clock'
  /** The store is busy or broken for now, after some tries; params: host, HTTP status. */
  | 'busy'
  /** The store has no room left; params: host. */
  | 'full'
  /** The answer broke off; params: host. */
  | 'cut'
  /** An address of a store that cannot be one; params: the address. */
  | 'bad-store'
  /** What lets this device into the store is missing. */
  | 'no-credentials'
  /** Not an invitation, or a damaged one. */
  | 'bad-invitation'
  /** Not an export of this team, or not whole. */
  | 'bad-archive'
  /** This device is in a team already; params: its name. */
  | 'in-a-team'
  /** This device is in no team, or not confirmed. */
  | 'no-member'
  /** Only leads and administrators may do this. */
  | 'not-lead'
  /** Nobody would be left who may lead the team. */
  | 'last-lead'
  /** The note, member, pack or version is not there (any more); params: which. */
  | 'gone'
  /** This version of the pack was published already, or a higher one; params: id, the highest version. */
  | 'old-version'
  /** The person gave no name in Settings yet. */
  | 'no-name'
  /** The administrator lets nobody create or join a team here. */
  | 'teams-off'
  /** The administrator chose the team for this device, and it is another one. */
  | 'team-forced'
  /** The administrator allows no packs of one's own, or keeps this one; params: none, or the address. */
  | 'locked'
  /** Not the content that was agreed on; params: host, digest found, digest expected. */
  | 'other-content'
  /** Refused by the install rules; params: reason, fix. `detail` has the place in front. */
  | 'invalid'

export interface TeamProblem {
  readonly code: TeamCode
  readonly params: readonly string[]
  readonly detail?: string | undefined
}

/** What is wrong with an address or its answer; carries what the interface says. */
export class TeamError extends Error {
  override readonly name = 'TeamError'
  constructor(readonly problem: TeamProblem, options?: ErrorOptions) {
    super(`${problem.code}${problem.params.length > 0 ? `: ${problem.params.join(', ')}` : ''}`, options)
  }
}

export function refuse(code: TeamCode, ...params: string[]): TeamError {
  return new TeamError({ code, params })
}

export function problemOf(problem: PackProblem): TeamProblem {
  return { code: 'invalid', params: [problem.reason, problem.fix], detail: formatProblem(problem) }
}

export function briefOf(pack: RulePack | null): PackOutcome['pack'] {
  return pack && { id: pack.id, title: pack.title, version: pack.version }
}
