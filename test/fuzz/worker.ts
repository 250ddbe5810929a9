import { createHandlers } from '../../entrypoints/background/handlers.ts'
import { createSiteKeeper } from '../../entrypoints/background/sites.ts'
import { createRouter, type Listener } from '../../lib/messages/router.ts'
import type { Reply } from '../../lib/messages/protocol.ts'
import { createRulebookSource } from '../../lib/store/index.ts'
import { createSharedPacks, createTeam } from '../../lib/team/index.ts'
import { packOf, ruleOf } from '../reference/make.ts'

export const ID = 'countersignid'
export const ROOT = `chrome-extension://${ID}/`

/**
 * The worker's real handlers over the real store. The browser around them is a stand-in: it grants nothing, injects nothing and writes down what it was asked to change.
 */
export function startWorker(): { listener: Listener; writes(): number } {
  let writes = 0
  const asked = async (): Promise<undefined> => void writes++
  Object.assign(chrome, {
    runtime: { id: ID, getURL: (path: string) => ROOT + path.replace(/^\//, '') },
    scripting: { getRegisteredContentScripts: async () => [], registerContentScripts: asked, unregisterContentScripts: asked, executeScript: asked },
    permissions: { contains: async () => false, remove: asked },
    tabs: { query: async () => [], create: asked },
    alarms: { get: async () => undefined, create: asked, clear: asked },
    action: { setBadgeText: asked, setBadgeBackgroundColor: asked },
  })
  const set = chrome.storage.local.set.bind(chrome.storage.local)
  Object.assign(chrome.storage.local, { set: (values: Record<string, unknown>) => (writes++, set(values)) })
  const begin = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction')?.value as IDBDatabase['transaction']
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args) {
    if (args[1] === 'readwrite') writes++
    return begin.apply(this, args)
  }
  const builtins = [packOf([ruleOf({ id: 'test/free', match: ['free'] })])]
  const shared = createSharedPacks({ builtins, now: Date.now, allowed: async () => false })
  const team = createTeam({ builtins, now: Date.now, allowed: async () => false })
  const handlers = createHandlers({ builtins, sites: createSiteKeeper(), shared, team, rulebook: createRulebookSource(builtins) })
  return { listener: createRouter(handlers, { id: ID, root: ROOT }), writes: () => writes }
}

/** Sends as a browser that clones messages does. Null where nobody answered. @throws where there is a second answer */
export function ask(listener: Listener, message: unknown, sender: chrome.runtime.MessageSender): Promise<Reply | null> {
  return new Promise((resolve, reject) => {
    let answers = 0
    const later = listener(message, sender, (reply) => {
      answers++
      if (answers > 1) reject(new Error('answered twice'))
      resolve(reply)
    })
    if (!later && answers === 0) resolve(null)
  })
}
