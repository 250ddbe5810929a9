import { useId, useRef, useState, type ReactNode } from 'react'
import { FeatureInCard } from '../shell/features.tsx'
import { Confirm } from '../shell/Dialog.tsx'
import { number, percent } from '../shell/format.ts'
import { Switch } from '../shell/Switch.tsx'
import { numberFormat } from '../ui/formats.ts'
import { Button, Icon, t, uiLocale } from '../ui/index.ts'
import { RETENTION, RETENTION_COUNTS, type SettingsData } from './model.ts'
import { LockLine, useLock } from './Locked.tsx'
import { PartSaid } from './PartSaid.tsx'
import type { SettingsState } from './store.ts'

interface DataProps {
  readonly data: SettingsData
  readonly usage: { readonly used: number; readonly quota: number } | null
  readonly state: SettingsState
}

/** What is kept, how long, taking it along, and letting go of it. */
export function Data({ data, usage, state }: DataProps): ReactNode {
  return (
    <>
      <Keeping data={data} usage={usage} state={state} />
      <Moving state={state} />
      <Forgetting state={state} />
    </>
  )
}

function Keeping({ data, usage, state }: DataProps): ReactNode {
  const days = useId()
  const count = useId()
  const help = useId()
  const [textsLocked, daysLocked, countLocked] = [useLock('keeping.keepTexts'), useLock('keeping.retentionDays'), useLock('keeping.retentionCount')]
  const known = RETENTION.some((each) => each === data.retentionDays)
  return (
    <section className="card" id="settings-data">
      <div className="sec"><h2>{t('settingsData')}</h2><span className="end"><PartSaid said={state.said.data} /></span></div>
      <FeatureInCard feature="corrections" />
      <div className="line">
        <span className="strong" aria-hidden="true">{t('settingsKeepTexts')}</span><span className="d" id={help}>{t('settingsKeepTextsHelp')} <LockLine field="keeping.keepTexts" /></span>
        <span className="r"><Switch label={t('settingsKeepTexts')} describedBy={help} locked={textsLocked} checked={data.keepTexts} onChange={(keepTexts) => void state.saveKeeping({ keepTexts })} /></span>
      </div>
      <div className="line">
        <label className="strong" htmlFor={days}>{t('settingsRetention')}</label><span className="d">{t('settingsRetentionHelp')} <LockLine field="keeping.retentionDays" /></span>
        <span className="r">
          <select id={days} className="select" value={data.retentionDays} onChange={(event) => void state.saveKeeping({ retentionDays: Number(event.currentTarget.value) })}>
            {RETENTION.map((each) => <option key={each} value={each} disabled={daysLocked !== undefined && each !== data.retentionDays}>{t(`settingsRetention_${each}`)}</option>)}
            {!known && <option value={data.retentionDays}>{t('settingsRetentionOther', number(data.retentionDays))}</option>}
          </select>
        </span>
      </div>
      <div className="line">
        <label className="strong" htmlFor={count}>{t('settingsRetentionCount')}</label><span className="d">{t('settingsRetentionCountHelp')} <LockLine field="keeping.retentionCount" /></span>
        <span className="r">
          <select id={count} className="select" value={data.retentionCount} onChange={(event) => void state.saveKeeping({ retentionCount: Number(event.currentTarget.value) })}>
            {[...new Set([...RETENTION_COUNTS, data.retentionCount])].map((each) => <option key={each} value={each} disabled={countLocked !== undefined && each !== data.retentionCount}>{each === 0 ? t('settingsRetentionCountAll') : number(each)}</option>)}
          </select>
        </span>
      </div>
      {usage && (
        <div className="line"><span className="small sub">{t('settingsUsage', bytes(usage.used), bytes(usage.quota))} ({percent(usage.quota > 0 ? usage.used / usage.quota : 0)})</span></div>
      )}
    </section>
  )
}

function Moving({ state }: { readonly state: SettingsState }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  return (
    <section className="card" id="settings-move">
      <div className="sec"><h2>{t('settingsMove')}</h2><span className="end"><PartSaid said={state.said.move} /></span></div>
      <div className="pad col" style={{ gap: 10 }}>
        <p className="small sub">{t('settingsMoveHelp')}</p>
        <div className="row wrap">
          <Button onClick={() => void state.exportAll()}><Icon name="download" />{t('settingsExport')}</Button>
          <input
            ref={input} type="file" hidden accept=".json,.jsonl,application/json"
            onChange={(event) => { setFile(event.currentTarget.files?.[0] ?? null); event.currentTarget.value = '' }}
          />
          <Button onClick={() => input.current?.click()}><Icon name="upload" />{t('settingsImport')}</Button>
        </div>
      </div>
      {file && (
        <Confirm
          title={t('settingsImportTitle', file.name)} body={t('settingsImportBody')} action={t('settingsImport')}
          onConfirm={() => { void state.importAll(file); setFile(null) }} onClose={() => setFile(null)}
        />
      )}
    </section>
  )
}

function Forgetting({ state }: { readonly state: SettingsState }): ReactNode {
  const [asking, setAsking] = useState(false)
  return (
    <section className="card" id="settings-forget">
      <div className="line">
        <h2>{t('settingsForget')}</h2><span className="d">{t('settingsForgetHelp')} <PartSaid said={state.said.forget} /></span>
        <span className="r"><Button look="danger" onClick={() => setAsking(true)}><Icon name="trash" />{t('settingsForget')}</Button></span>
      </div>
      {asking && (
        <Confirm
          title={t('settingsForgetTitle')} body={t('settingsForgetBody')} action={t('settingsForget')} typed={t('settingsForgetWord')}
          onConfirm={() => { setAsking(false); void state.forgetAll() }} onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

/** Bytes as a person reads them. */
function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  return numberFormat(uiLocale(), { style: 'unit', unit: units[step] ?? 'byte', unitDisplay: 'short', maximumFractionDigits: step < 2 ? 0 : 1 }).format(value / 1000 ** step)
}
