import type { TeamResult } from '../../lib/review/team/index.ts'
import type { Archived, Restored } from '../../lib/team/archive.ts'
import type { TeamService } from '../../lib/team/service.ts'
import { troubleWords } from '../shell/problems.ts'

/** What the Team pages ask of the worker, and what only a page can do. */
export interface TeamPagePort extends TeamService {
  /** Asks the browser for the store's host. Must be called inside the person's own click, before anything is awaited. False when denied. */
  readonly requestStore: (origins: readonly string[]) => Promise<boolean>
  readonly copy: (text: string) => Promise<void>
  /** Gives the person everything that the team owns as a file. Rejects with the sentence for the person. */
  readonly exportTeam: (onObjects: (done: number) => void) => Promise<Archived>
  /** Puts what such a file holds into the team's store. Rejects as above. */
  readonly restoreTeam: (file: File, onObjects: (done: number) => void) => Promise<Restored>
}

/** The value, or the problem as an error whose message is the sentence for the person. */
export function orThrow<T>(result: TeamResult<T>): T {
  if (result.ok) return result.value
  throw new Error(troubleWords(result.problem))
}
