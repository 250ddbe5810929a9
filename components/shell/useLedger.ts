import { useCallback, useEffect, useState } from 'react'
import { send } from '../../lib/messages/index.ts'
import type { LedgerStanding } from '../history/LedgerView.tsx'
import { messageOf } from './files.ts'

/** The standing of the ledger, verified by the worker when a page opens and again on demand. */
export function useLedger(): { readonly standing: LedgerStanding; readonly verify: () => void } {
  const [standing, setStanding] = useState<LedgerStanding>({ kind: 'checking' })
  const check = useCallback(async () => {
    try {
      const report = await send('ledger/verify', null)
      setStanding(report.bad ? { kind: 'broken', ...report.bad, at: Date.now() } : { kind: 'intact', entries: report.entries, at: Date.now() })
    } catch (error) {
      setStanding({ kind: 'failed', message: messageOf(error) })
    }
  }, [])
  useEffect(() => { void check() }, [check])
  const verify = useCallback(() => {
    setStanding({ kind: 'checking' })
    void check()
  }, [check])
  return { standing, verify }
}
