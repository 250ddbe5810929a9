import type { Handlers } from '../../lib/messages/router.ts'
import type { TeamService } from '../../lib/team/index.ts'

/** Name of the alarm that looks at the team's store. */
export const TEAM_ALARM = 'team'
/** What a browser allows at most: twice a minute. */
const EVERY = 0.5

/** Looks at the store while this device is in a team, and wakes the worker for nothing else. */
export async function keepTeamAlarm(team: TeamService): Promise<void> {
  const [there, status] = [await chrome.alarms.get(TEAM_ALARM), await team.status()]
  // A random first moment: a team must not ask all at once.
  if (status && !there) await chrome.alarms.create(TEAM_ALARM, { delayInMinutes: EVERY * (1 + Math.random()), periodInMinutes: EVERY })
  if (!status && there) await chrome.alarms.clear(TEAM_ALARM)
}

type TeamHandlers = { readonly [K in keyof Handlers as K extends `team/${string}` ? K : never]: Handlers[K] }

/** What the worker does on messages about the team. */
export function createTeamHandlers(team: TeamService): TeamHandlers {
  /** Where one may have entered or left a team. */
  const alarmed = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    await keepTeamAlarm(team)
    return done
  }
  return {
    'team/status': () => team.status(),
    'team/probe': ({ store, credentials }) => team.probe(store, credentials),
    'team/create': ({ name, store, credentials }) => alarmed(team.create(name, store, credentials)),
    'team/invite': ({ withCredentials }) => team.invite(withCredentials),
    'team/read-invitation': ({ code }) => team.readInvitation(code),
    'team/join': ({ code, credentials }) => alarmed(team.join(code, credentials)),
    'team/credentials': ({ credentials }) => team.setCredentials(credentials),
    'team/move': ({ store, credentials }) => team.move(store, credentials),
    'team/notes': () => team.notes(),
    'team/confirm': ({ note, as }) => team.confirm(note, as),
    'team/decline': ({ note }) => team.decline(note),
    'team/change-member': ({ signKey, as }) => team.changeMember(signKey, as),
    'team/remove-member': ({ signKey, why }) => team.removeMember(signKey, why),
    'team/settings': ({ settings }) => team.changeSettings(settings),
    'team/sharing': ({ sharing }) => team.setSharing(sharing),
    'team/new-key': () => team.newKey(),
    'team/leave': () => alarmed(team.leave()),
    'team/publish': ({ pack, text, share }) => team.publish(pack, text, share),
    'team/say': ({ pack, action, version, share, text }) => team.say(pack, action, version, share, text),
    'team/packs': () => team.packs(),
    'team/pack-text': ({ pack, digest }) => team.packText(pack, digest),
    'team/ledgers': ({ how }) => team.ledgers(how),
    'team/insights': ({ how }) => team.insights(how),
    'team/check': ({ how }) => team.check(how),
  }
}
