import type { ReactNode } from 'react'
import type { LedgerEntry } from '../../lib/review/index.ts'
import { dateTime, number, shortDigest } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { Button, EmptyState, Icon, TierGlyph, t, tn } from '../ui/index.ts'

/** How the chain stands; `at` is when it was verified, in milliseconds since the epoch. */
export type LedgerStanding =
  /** `share` of a whole check that is done, 0 to 1; null while only the newest entries are looked at. */
  | { readonly kind: 'checking'; readonly share: number | null }
  | { readonly kind: 'intact'; readonly entries: number; readonly at: number }
  | { readonly kind: 'broken'; readonly seq: number; readonly reason: string; readonly since: number | null; readonly after: number | null; readonly at: number }
  | { readonly kind: 'failed'; readonly message: string }

interface LedgerViewProps {
  readonly standing: LedgerStanding
  /** The newest entries, newest first; null while they are read. */
  readonly latest: readonly LedgerEntry[] | null
  readonly total: number
  readonly onVerify: () => void
  readonly onExport: (form: 'jsonl' | 'csv') => void
}

/** The ledger: whether it holds, its newest entries, and the way to take it elsewhere. */
export function LedgerView({ standing, latest, total, onVerify, onExport }: LedgerViewProps): ReactNode {
  const empty = latest !== null && latest.length === 0
  return (
    <>
      <div className="vh1">
        <h1>{t('ledgerTitle')}</h1>
        {!empty && <span className="row end noprint"><Button onClick={() => onExport('jsonl')}><Icon name="download" />{t('ledgerExport')}</Button><Button look="quiet" onClick={() => onExport('csv')}>{t('ledgerExportTable')}</Button></span>}
      </div>
      <p className="lead">{t('ledgerLead')}</p>
      {latest === null ? <Loading /> : empty ? (
        <div className="card"><EmptyState icon="ledger" level={2} title={t('ledgerEmpty')}><p>{t('ledgerEmptyHelp')}</p></EmptyState></div>
      ) : (
        <div className="stack">
          <Standing standing={standing} onVerify={onVerify} />
          <Entries latest={latest} total={total} bad={standing.kind === 'broken' ? standing.seq : null} />
        </div>
      )}
    </>
  )
}

function Standing({ standing, onVerify }: { readonly standing: LedgerStanding; readonly onVerify: () => void }): ReactNode {
  const again = <Button className="noprint" off={standing.kind === 'checking'} onClick={onVerify}>{t('ledgerVerifyAgain')}</Button>
  switch (standing.kind) {
    case 'checking': return <div className="card row pad wrap" role="status" style={{ gap: 12 }}><Icon name="clock" /><h2 className="grow">{t('ledgerVerifying')}</h2>{standing.share !== null && <progress max={1} value={standing.share} aria-label={t('ledgerVerifying')} />}{again}</div>
    case 'intact': return (
      <div className="card row pad wrap" role="status" style={{ gap: 12 }}>
        <TierGlyph tier="signed" size={20} />
        <div className="grow"><h2>{tn('ledgerIntact', standing.entries)}</h2><p className="small sub">{t('ledgerIntactHelp', dateTime(standing.at, true))}</p></div>
        {again}
      </div>
    )
    case 'broken': return (
      <div className="banner t-block" role="alert">
        <Icon name="warning" />
        <div className="col grow" style={{ gap: 4 }}>
          <h2>{t('ledgerBroken', number(standing.seq))}</h2>
          <span className="small">{t('ledgerBrokenHelp', number(standing.seq), standing.reason)}</span>
          {standing.after !== null && <span className="small">{t('ledgerBrokenAfter', dateTime(standing.after, true))}</span>}
          {standing.since !== null && <span className="small">{t('ledgerBrokenSince', dateTime(standing.since, true))}</span>}
        </div>
        {again}
      </div>
    )
    case 'failed': return (
      <div className="banner t-review" role="alert">
        <Icon name="warning" /><div className="col grow" style={{ gap: 4 }}><h2>{t('dashChainFailed')}</h2><span className="small">{standing.message}</span></div>{again}
      </div>
    )
  }
}

function Entries({ latest, total, bad }: { readonly latest: readonly LedgerEntry[]; readonly total: number; readonly bad: number | null }): ReactNode {
  return (
    <div className="card scroll">
      <table>
        <thead><tr><th>{t('ledgerColEntry')}</th><th>{t('ledgerColWhat')}</th><th className="wide">{t('ledgerColDigest')}</th><th>{t('ledgerColWhen')}</th></tr></thead>
        <tbody>
          {latest.map((entry) => (
            <tr key={entry.seq}>
              <td className="num">{number(entry.seq)}{bad === entry.seq && <> <Icon name="warning" size={12} /></>}</td>
              <td style={{ fontWeight: 500 }}>{t(`ledgerKind_${entry.kind}`)}</td>
              <td className="mono wide small" title={entry.digest} dir="ltr">{shortDigest(entry.digest, 4)}</td>
              <td className="small sub nowrap num">{dateTime(entry.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > latest.length && <p className="small faint" style={{ padding: '8px 14px' }}>{t('ledgerShown', number(latest.length), number(total))}</p>}
    </div>
  )
}
