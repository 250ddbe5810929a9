import { defineContentScript } from 'wxt/utils/define-content-script'
import { coreOf, randomId, type GateSession } from '../lib/guard/index.ts'
import { loadRules, openSession, type DraftSession, type Rules } from '../lib/guard/session/index.ts'
import { createGuardPort, serveSide, watchApprovals, watchRulebook } from '../lib/messages/index.ts'

/** The checking itself. Injected into a frame when a draft there first gets focus, so that pages without drafts pay nothing. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  main() {
    const core = coreOf(window)
    if (!core) return
    const port = createGuardPort()
    let failed = false
    const load = (): Promise<Rules> => loadRules(port)
    const loadFirst = (): Promise<Rules> => {
      const loading = load()
      failed = false
      loading.catch(() => (failed = true)) // Each session says so itself; without a session nobody needs to know.
      return loading
    }
    let rules = loadFirst()

    core.attach((root): GateSession => {
      if (failed) rules = loadFirst()
      return openSession({ root, core, port, rules, now: Date.now, id: randomId() })
    })

    serveSide({ sessions: () => core.sessions() as DraftSession[], subscribe: (listener) => core.subscribe(listener) })

    watchApprovals(() => {
      for (const session of core.sessions()) (session as DraftSession).askStanding()
    })

    watchRulebook(() => {
      const next = load()
      next.then(
        (fresh) => {
          rules = next
          failed = false
          for (const session of core.sessions()) (session as DraftSession).useRules(fresh)
        },
        () => undefined, // The last good rules go on checking; the dashboard says what is wrong with the new ones.
      )
    })
  },
})
