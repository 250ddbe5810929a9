import { defineContentScript } from 'wxt/utils/define-content-script'
import { mountReview } from '../../components/review/index.ts'
import type { MountedReview } from '../../components/review/index.ts'
import { coreOf } from '../../lib/guard/index.ts'

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
      const mounted = mountReview(core, window)
      here.__countersignReview = mounted
      // With its guard it goes: site turned off, or a newer guard in this page that will bring its own.
      core.ended.addEventListener('abort', () => {
        mounted.unmount()
        delete here.__countersignReview
      })
    }
  },
})
