import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { checkLedger } from '../lib/store/index.ts'

/** Checks the whole ledger off the dashboard's thread; started by `components/shell/useLedger.ts`. Says `{progress}` now and then, and `{report}` or `{failed}` at the end. */
export default defineUnlistedScript(() => {
  checkLedger({ whole: true, now: Date.now(), onProgress: (checked, total) => postMessage({ progress: { checked, total } }) }).then(
    (report) => postMessage({ report }),
    (error: unknown) => postMessage({ failed: error instanceof Error ? error.message : String(error) }),
  )
})
