import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactNode } from 'react'
import { latestEntries } from '../../lib/store/index.ts'
import { LedgerView, type LedgerStanding } from './LedgerView.tsx'

const SHOWN = 100

interface LedgerPageProps {
  readonly standing: LedgerStanding
  readonly onVerify: () => void
  readonly onExport: (form: 'jsonl' | 'csv') => void
}

/** The ledger of this device. */
export function LedgerPage({ standing, onVerify, onExport }: LedgerPageProps): ReactNode {
  const read = useLiveQuery(() => latestEntries(SHOWN))
  return <LedgerView standing={standing} latest={read?.latest ?? null} total={read?.total ?? 0} onVerify={onVerify} onExport={onExport} />
}
