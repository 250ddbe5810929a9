import { matchPattern, send } from '../../lib/messages/index.ts'
import type * as Archive from '../../lib/team/archive.ts'
import { TeamError } from '../../lib/team/outcome.ts'
import { downloadStream, fileName } from '../shell/files.ts'
import { troubleWords } from '../shell/problems.ts'
import type { TeamPagePort } from './port.ts'

const ports = { allowed: (url: URL) => chrome.permissions.contains({ origins: [matchPattern(url.href)] }) }

/** Work on a whole store, whose parts are loaded when they are first needed; what a person can mend is said in their words. */
async function inWords<T>(work: (archive: typeof Archive) => Promise<T>): Promise<T> {
  try {
    return await work(await import('../../lib/team/archive.ts'))
  } catch (error) {
    throw error instanceof TeamError ? new Error(troubleWords(error.problem), { cause: error }) : error
  }
}

/** The team over messages to the worker; each method is one message. */
export const teamPagePort: TeamPagePort = {
  status: () => send('team/status', null),
  probe: (store, credentials) => send('team/probe', { store, credentials }),
  create: (name, store, credentials) => send('team/create', { name, store, credentials }),
  invite: (withCredentials) => send('team/invite', { withCredentials }),
  readInvitation: (code) => send('team/read-invitation', { code }),
  join: (code, credentials) => send('team/join', { code, credentials }),
  setCredentials: (credentials) => send('team/credentials', { credentials }),
  move: (store, credentials) => send('team/move', { store, credentials }),
  notes: () => send('team/notes', null),
  confirm: (note, as) => send('team/confirm', { note, as }),
  decline: (note) => send('team/decline', { note }),
  changeMember: (signKey, as) => send('team/change-member', { signKey, as }),
  removeMember: (signKey, why) => send('team/remove-member', { signKey, why }),
  changeSettings: (settings) => send('team/settings', { settings }),
  setSharing: (sharing) => send('team/sharing', { sharing }),
  newKey: () => send('team/new-key', null),
  leave: () => send('team/leave', null),
  publish: (pack, text, share) => send('team/publish', { pack, text, share }),
  say: (pack, action, version, share, text) => send('team/say', { pack, action, version, share, text }),
  packs: () => send('team/packs', null),
  packText: (pack, digest) => send('team/pack-text', { pack, digest }),
  ledgers: (how) => send('team/ledgers', { how }),
  insights: (how) => send('team/insights', { how }),
  check: (how) => send('team/check', { how }),
  requestStore: (origins) => (origins.length === 0 ? Promise.resolve(true) : chrome.permissions.request({ origins: origins.map(matchPattern) })),
  exportTeam: (onObjects) => inWords(async ({ archiveSource, exportTeam }) => {
    const made = exportTeam(await archiveSource(ports), Date.now(), onObjects)
    let told: Archive.Archived = { objects: 0, unread: 0 }
    const pieces = async function* (): AsyncGenerator<string, void, undefined> { told = yield* made }
    await downloadStream(fileName('team', 'jsonl', Date.now()), pieces(), 'application/x-ndjson')
    return told
  }),
  restoreTeam: (file, onObjects) => inWords(async ({ archiveSource, linesOf, restoreTeam }) => restoreTeam(await archiveSource(ports), () => linesOf(file), onObjects)),
  copy: (text) => navigator.clipboard.writeText(text),
}
