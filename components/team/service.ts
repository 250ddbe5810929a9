import { matchPattern, send } from '../../lib/messages/index.ts'
import type { TeamPagePort } from './port.ts'

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
  copy: (text) => navigator.clipboard.writeText(text),
}
