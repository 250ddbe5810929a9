import { useCallback, useEffect, useState } from 'react'
import { send } from '../../lib/messages/index.ts'
import type { LedgerStanding } from '../history/LedgerView.tsx'
import { messageOf } from './files.ts'

/** The standing of the ledger, verified by the worker when a page opens and again on demand. */
export function useLedger(): { readonly standing: LedgerStanding; readonly verify: () => void } {
  const [standing, setStanding] = useState<LedgerStanding>({ kind: 'checking' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let open = true
    const show = (next: LedgerStanding): void => { if (open) setStanding(next) }
    send('ledger/verify', null).then(
      (report) => show(report.bad ? { kind: 'broken', ...report.bad, at: Date.now() } : { kind: 'intact', entries: report.entries, at: Date.now() }),
      (error: unknown) => show({ kind: 'failed', message: messageOf(error) }),
    )
    return () => { open = false }
  }, [round])
  const verify = useCallback(() => {
    setStanding({ kind: 'checking' })
    setRound((last) => last + 1)
  }, [])
  return { standing, verify }
}
