import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactNode } from 'react'
import type { LedgerEntry } from '../../lib/review/index.ts'
import { entryOf, ledgerRows } from '../../lib/store/index.ts'
import { LedgerView, type LedgerStanding } from './LedgerView.tsx'

const SHOWN = 100

interface LedgerPageProps {
  readonly standing: LedgerStanding
  readonly onVerify: () => void
  readonly onExport: () => void
}

/** The ledger of this device. */
export function LedgerPage({ standing, onVerify, onExport }: LedgerPageProps): ReactNode {
  const read = useLiveQuery(readLatest)
  return <LedgerView standing={standing} latest={read?.latest ?? null} total={read?.total ?? 0} onVerify={onVerify} onExport={onExport} />
}

/** The newest entries, newest first, and how many there are. */
async function readLatest(): Promise<{ readonly latest: readonly LedgerEntry[]; readonly total: number }> {
  const latest: LedgerEntry[] = []
  let total = 0
  for await (const row of ledgerRows()) {
    total += 1
    latest.push(entryOf(row))
    if (latest.length > 2 * SHOWN) latest.splice(0, SHOWN)
  }
  return { latest: latest.slice(-SHOWN).reverse(), total }
}
