import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { checkLedger, partsOf, provePart, type Part, type PartProof } from '../lib/store/index.ts'

/** More stretches at once than this and they wait for the one database. */
const MOST = 4

/** What this worker is told to do: check all of the ledger, or, by another such worker, one stretch of it. */
type Told = { readonly check: 'whole' } | { readonly check: 'part'; readonly part: Part; readonly firstKey: string }

/**
 * Checks the whole ledger off the dashboard's thread; started by `components/shell/useLedger.ts`. Says `{progress}` now and then, and `{report}` or `{failed}` at the end. A long ledger is checked
 * by several such workers at once, one for each processor; they end with the one that started them.
 */
export default defineUnlistedScript(() => {
  const answer = <T>(work: Promise<T>): void => {
    work.then((report) => postMessage({ report }), (error: unknown) => postMessage({ failed: error instanceof Error ? error.message : String(error) }))
  }
  onmessage = ({ data }: MessageEvent<Told>): void => {
    if (data.check === 'part') answer(provePart(data.part, data.firstKey, (checked) => postMessage({ progress: { checked } })))
    else answer(checkLedger({ whole: true, now: Date.now(), beside: { cut, prove }, onProgress: (checked, total) => postMessage({ progress: { checked, total } }) }))
  }
})

function cut(total: number, lastKey: number): Part[] {
  return partsOf(total, lastKey, Math.min(navigator.hardwareConcurrency, MOST))
}

/** The first stretch here, where a worker runs already; each other one in a worker of its own. */
function prove(part: Part, firstKey: string, onProgress: (checked: number) => void): Promise<PartProof> {
  if (part.after === 0) return provePart(part, firstKey, onProgress)
  return new Promise((resolve, reject) => {
    const worker = new Worker(location.href)
    const end = (): void => worker.terminate()
    worker.onmessage = ({ data }: MessageEvent<{ readonly progress: { readonly checked: number } } | { readonly report: PartProof } | { readonly failed: string }>) => {
      if ('progress' in data) return onProgress(data.progress.checked)
      end()
      if ('report' in data) resolve(data.report)
      else reject(new Error(data.failed))
    }
    worker.onerror = (event) => {
      end()
      reject(new Error(event.message))
    }
    worker.postMessage({ check: 'part', part, firstKey } satisfies Told)
  })
}
