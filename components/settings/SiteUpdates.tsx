import { useRef, useState, type ReactNode } from 'react'
import { fingerprintOf } from '../../lib/packs/index.ts'
import type { SiteUpdateOutcome, SiteUpdateProblem, SiteUpdateRow } from '../../lib/store/index.ts'
import type { SiteId } from '../../lib/sites/types.ts'
import { messageOf } from '../shell/files.ts'
import { day } from '../shell/format.ts'
import { siteName } from '../shell/words.ts'
import { Button, Icon, t } from '../ui/index.ts'

export interface SiteUpdatesPort {
  readonly install: (text: string) => Promise<SiteUpdateOutcome>
  readonly undo: (id: SiteId) => Promise<void>
}

type Said = { readonly kind: 'good' | 'bad'; readonly text: string } | { readonly kind: 'refused'; readonly file: string; readonly problems: readonly SiteUpdateProblem[] } | null

/** Signed corrections of what is known of a site: what is in use, from whom, and how to take it back. */
export function SiteUpdates({ rows, port }: { /** Null while they are read. */ readonly rows: readonly SiteUpdateRow[] | null; readonly port: SiteUpdatesPort }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<Said>(null)
  const [busy, setBusy] = useState(false)
  const doing = async (work: () => Promise<Said>): Promise<void> => {
    setBusy(true)
    setSaid(null)
    try {
      setSaid(await work())
    } catch (error) {
      setSaid({ kind: 'bad', text: t('dashNotSaved', messageOf(error)) })
    } finally {
      setBusy(false)
    }
  }
  const take = (file: File | undefined): Promise<void> => (file
    ? doing(async () => {
      const outcome = await port.install(await file.text())
      if (!outcome.ok) return { kind: 'refused', file: file.name, problems: outcome.problems }
      return { kind: 'good', text: t('settingsUpdateInstalled', siteName(outcome.row.id), outcome.row.version) }
    })
    : Promise.resolve())
  return (
    <section className="card" id="settings-corrections">
      <div className="sec"><h2>{t('settingsUpdates')}</h2><span className="small sub">{t('settingsUpdatesHelp')}</span>
        <span className="end"><span role="status" className={said?.kind === 'bad' ? 'said bad' : 'said'}>{said && said.kind !== 'refused' ? said.text : ''}</span></span></div>
      {said?.kind === 'refused' && <Refused file={said.file} problems={said.problems} />}
      {rows?.length === 0 && <p className="pad small sub">{t('settingsUpdatesNone')}</p>}
      {rows?.map((row) => (
        <Line key={row.id} row={row} busy={busy} onUndo={() => void doing(async () => { await port.undo(row.id); return { kind: 'good', text: t('settingsUpdateUndone', siteName(row.id)) } })} />
      ))}
      <div className="pad">
        <input ref={input} type="file" hidden accept=".json,application/json" data-cs="site-update" onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
        <Button off={busy} onClick={() => input.current?.click()}><Icon name="plus" size={14} />{t('settingsUpdateOpen')}</Button>
      </div>
    </section>
  )
}

function Line({ row, busy, onUndo }: { readonly row: SiteUpdateRow; readonly busy: boolean; readonly onUndo: () => void }): ReactNode {
  const { id, version, facts, reason, signedBy, signedAt, publicKey, previous } = row
  const name = siteName(id)
  const back = previous ? t('settingsUpdateBackTo', previous.version) : t('settingsUpdateUndo')
  return (
    <div className="line site1">
      <span className="strong">{name} <span className="tag">{facts ? t('settingsUpdateVersion', version) : t('settingsUpdateOff')}</span></span>
      <span className="d" dir="auto">{[facts ? '' : reason, t('settingsUpdateSigned', signedBy, day(Date.parse(signedAt))), t('settingsUpdateKey', fingerprintOf(publicKey))].filter(Boolean).join(' · ')}</span>
      <span className="r"><Button size="sm" off={busy} aria-label={t('settingsUpdateUndoOf', back, name)} onClick={onUndo}><Icon name="undo" size={14} />{back}</Button></span>
    </div>
  )
}

/** What is wrong, where in the file, and what to do. */
function Refused({ file, problems }: { readonly file: string; readonly problems: readonly SiteUpdateProblem[] }): ReactNode {
  return (
    <div className="banner t-block flat" role="alert">
      <Icon name="warning" />
      <div className="col" style={{ gap: 6 }}>
        <b>{t('settingsUpdateRefused', file)}</b>
        <ul className="plain">
          {problems.map(({ code, where, params }) => (
            <li key={`${code} ${where}`} className="small">{where !== '' && <code className="isolate">{where}</code>} {t(`settingsUpdateWrong_${code}`, ...params)} <span className="sub">{t(`settingsUpdateFix_${code}`)}</span></li>
          ))}
        </ul>
        <span className="small sub">{t('settingsUpdateStays')}</span>
      </div>
    </div>
  )
}
