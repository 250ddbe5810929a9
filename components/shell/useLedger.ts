import { useCallback, useEffect, useRef, useState } from 'react'
import { send, type LedgerReport } from '../../lib/messages/index.ts'
import type { LedgerStanding } from '../history/LedgerView.tsx'
import { messageOf } from './files.ts'

/** The standing of the ledger: what was added since the last check is checked when a page opens, the whole of it on demand in a worker of its own. */
export function useLedger(): { readonly standing: LedgerStanding; readonly verify: () => void } {
  const [standing, setStanding] = useState<LedgerStanding>({ kind: 'checking', share: null })
  const worker = useRef<Worker | null>(null)
  useEffect(() => {
    let open = true
    send('ledger/verify', null).then(
      (report) => { if (open) setStanding(standingOf(report)) },
      (error: unknown) => { if (open) setStanding({ kind: 'failed', message: messageOf(error) }) },
    )
    return () => {
      open = false
      worker.current?.terminate()
    }
  }, [])
  const verify = useCallback(() => {
    worker.current?.terminate()
    setStanding({ kind: 'checking', share: 0 })
    const started = new Worker(chrome.runtime.getURL('/ledger-worker.js'))
    worker.current = started
    const end = (next: LedgerStanding): void => {
      if (worker.current !== started) return
      worker.current = null
      started.terminate()
      setStanding(next)
    }
    started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if ('progress' in data) setStanding({ kind: 'checking', share: data.progress.checked / Math.max(1, data.progress.total) })
      else end('report' in data ? standingOf(data.report) : { kind: 'failed', message: data.failed })
    }
    started.onerror = (event) => end({ kind: 'failed', message: event.message })
    started.postMessage({ check: 'whole' })
  }, [])
  return { standing, verify }
}

type FromWorker = { readonly progress: { readonly checked: number; readonly total: number } } | { readonly report: LedgerReport } | { readonly failed: string }

function standingOf(report: LedgerReport): LedgerStanding {
  return report.bad ? { kind: 'broken', ...report.bad, at: Date.now() } : { kind: 'intact', entries: report.entries, at: Date.now() }
}
