import {
  addTeamSeen, changeTeamState, keepTeamObjects, saveTeamState, sentToTeam, teamObject, teamObjects, teamOutbox, teamOutboxSize, teamSeen, teamState,
} from '../store/index.ts'
import type { KeptKind, KeptObject, TeamMemory, TeamState } from './sync/ports.ts'

/** What this device keeps of its team, in its database. The state was written by us, and by nobody else. */
export const deviceMemory: TeamMemory = {
  state: async () => (await teamState()) as TeamState | null,
  saveState: (state) => saveTeamState(state),
  changeState: (change) => changeTeamState(change),
  kept: async (kind: KeptKind, known) => (await teamObjects(kind, known)) as readonly KeptObject[],
  keptOne: async (key) => (await teamObject(key)) as KeptObject | null,
  keep: (objects, outbox = [], change = {}, seen) => keepTeamObjects(objects, outbox, change, seen),
  outbox: (limit) => teamOutbox(limit),
  outboxSize: () => teamOutboxSize(),
  sent: (keys) => sentToTeam(keys),
  seen: async (folder) => new Set(await teamSeen(folder)),
  addSeen: (folder, keys, below = '') => addTeamSeen(folder, keys, below),
}
