import { defineContentScript } from 'wxt/utils/define-content-script'
import { mountReview } from '../../components/review/index.ts'
import type { MountedReview } from '../../components/review/index.ts'
import { coreOf } from '../../lib/guard/index.ts'
import { send } from '../../lib/messages/index.ts'

/** Where this script finds itself when it is injected a second time; the page cannot see it. */
interface ReviewGlobal { __countersignReview?: MountedReview }

/** The review interface. Injected on demand, by the worker, into a frame whose guard asked for it. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  allFrames: true,
  noScriptStartedPostMessage: true,
  main() {
    const here = globalThis as ReviewGlobal
    const core = coreOf(window)
    if (here.__countersignReview) here.__countersignReview.restore()
    else if (core && !core.ended.aborted) {
      // Firefox has no side panel that a press could open: there the manifest names none.
      const beside = 'side_panel' in chrome.runtime.getManifest() ? async () => void (await send('side/open', null)) : undefined
      const mounted = mountReview(core, window, { beside })
      here.__countersignReview = mounted
      // With its guard it goes: site turned off, or a newer guard in this page that will bring its own.
      core.ended.addEventListener('abort', () => {
        mounted.unmount()
        delete here.__countersignReview
      })
    }
  },
})
