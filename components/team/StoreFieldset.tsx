import { useId, type ReactNode } from 'react'
import { Switch } from '../shell/Switch.tsx'
import { t } from '../ui/index.ts'
import type { StoreField, StoreFields } from './store-form.ts'

interface StoreFieldsetProps {
  readonly fields: StoreFields
  /** The field that is wrong, null while none is. */
  readonly wrong: StoreField | null
  readonly onChange: (fields: StoreFields) => void
}

/** Where the team's store is, and what lets this device in. */
export function StoreFieldset({ fields, wrong, onChange }: StoreFieldsetProps): ReactNode {
  const id = useId()
  const { kind } = fields
  const s3 = kind === 's3'
  return (
    <fieldset className="col bare" style={{ gap: 10 }}>
      <legend className="label">{t('teamStore')}</legend>
      <div className="field">
        <label htmlFor={`${id}-kind`}>{t('teamStoreKind')}</label>
        <select id={`${id}-kind`} className="select" value={kind} onChange={(event) => onChange({ ...fields, kind: event.currentTarget.value === 's3' ? 's3' : 'webdav' })}>
          <option value="webdav">{t('teamStoreWebdav')}</option><option value="s3">{t('teamStoreS3')}</option>
        </select>
      </div>
      <Text id={id} field="address" label={t(s3 ? 'teamStoreEndpoint' : 'teamStoreAddress')} hint={t(s3 ? 'teamStoreEndpointHint' : 'teamStoreAddressHint')} fields={fields} wrong={wrong} onChange={onChange} />
      {s3 && (
        <div className="pair">
          <Text id={id} field="bucket" label={t('teamStoreBucket')} fields={fields} wrong={wrong} onChange={onChange} />
          <Text id={id} field="region" label={t('teamStoreRegion')} fields={fields} wrong={wrong} onChange={onChange} />
        </div>
      )}
      <Text id={id} field="folder" label={t('teamStoreFolder')} hint={t('teamStoreFolderHint')} fields={fields} wrong={wrong} onChange={onChange} />
      <Login id={id} fields={fields} wrong={wrong} onChange={onChange} />
      {s3 && (
        <div className="row"><Switch label={t('teamStorePathStyle')} checked={fields.pathStyle} onChange={(pathStyle) => onChange({ ...fields, pathStyle })} /><span aria-hidden="true">{t('teamStorePathStyle')}</span></div>
      )}
    </fieldset>
  )
}

/** User and password, or the two parts of an access key. They stay on this device. */
export function Login({ id, fields, wrong, onChange }: StoreFieldsetProps & { readonly id: string }): ReactNode {
  const s3 = fields.kind === 's3'
  return (
    <div className="pair">
      <Text id={id} field="user" label={t(s3 ? 'teamStoreKey' : 'teamStoreUser')} fields={fields} wrong={wrong} onChange={onChange} />
      <Text id={id} field="secret" label={t(s3 ? 'teamStoreSecret' : 'teamStorePassword')} secret fields={fields} wrong={wrong} onChange={onChange} />
    </div>
  )
}

interface TextProps extends StoreFieldsetProps {
  readonly id: string
  readonly field: Exclude<StoreField, 'kind' | 'pathStyle'>
  readonly label: string
  readonly hint?: string
  readonly secret?: boolean
}

function Text({ id, field, label, hint, secret = false, fields, wrong, onChange }: TextProps): ReactNode {
  const bad = wrong === field
  const help = bad ? t(`teamStoreWrong_${field}`) : hint
  return (
    <div className="field">
      <label htmlFor={`${id}-${field}`}>{label}</label>
      <input
        id={`${id}-${field}`} className="input" dir="ltr" spellCheck={false} autoComplete="off" type={secret ? 'password' : 'text'} value={fields[field]}
        aria-invalid={bad || undefined} aria-describedby={help === undefined ? undefined : `${id}-${field}-h`} onChange={(event) => onChange({ ...fields, [field]: event.currentTarget.value })}
      />
      {help !== undefined && <span id={`${id}-${field}-h`} className={bad ? 'said bad' : 'tiny faint'}>{help}</span>}
    </div>
  )
}
