import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactNode } from 'react'
import { forgetRecord, listPacks, loadSettings, provenanceOf, takeBackDismissal } from '../../lib/store/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { go, routeHref } from '../shell/router.ts'
import { useRuleTitles } from '../shell/useRuleTitles.ts'
import { t } from '../ui/index.ts'
import { loadRecord } from './record.ts'
import { RecordMissing, RecordView } from './RecordView.tsx'

interface RecordPageProps {
  /** From the address, so it may be anything. */
  readonly id: string
}

/** One record of this device's database. */
export function RecordPage({ id }: RecordPageProps): ReactNode {
  const titleOf = useRuleTitles()
  const number = /^\d{1,15}$/.test(id) ? Number(id) : null
  const found = useLiveQuery(async () => titleOf && ({ record: number === null ? null : await loadRecord(number, titleOf), packs: (await listPacks()).flatMap((row) => [row, ...(row.previous ? [row.previous] : [])]).map(provenanceOf) }), [number, titleOf])
  if (!found) return <><h1 className="vh">{t('historyTitle')}</h1><Loading rows={8} /></>
  if (!found.record) return <RecordMissing id={id} />
  const { record, packs } = found
  return <RecordView record={record} packs={packs} onForget={async () => { await forgetRecord(record.row.id); go(routeHref('history')) }} onTakeBack={(fingerprint) => takeBack(record.row.id, fingerprint)} />
}

async function takeBack(number: number, fingerprint: string): Promise<void> {
  await takeBackDismissal(number, fingerprint, (await loadSettings()).reviewer, Date.now())
}
