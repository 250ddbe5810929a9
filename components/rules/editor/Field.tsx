import type { ReactNode } from 'react'
import type { Path } from '../../../lib/packs/index.ts'
import { Wrong } from './Rows.tsx'
import { fieldId, type FieldIssue } from './model.ts'

interface FieldProps {
  readonly path: Path
  readonly label: string
  readonly value: string
  readonly issues: readonly FieldIssue[]
  readonly onChange: (value: string) => void
  readonly hint?: string
  readonly rows?: number
  readonly type?: 'text' | 'date' | 'url'
}

/** One line or, with `rows`, a few lines of text with what is wrong under it. */
export function TextField({ path, label, value, issues, onChange, hint, rows, type = 'text' }: FieldProps): ReactNode {
  const id = fieldId(path)
  const shared = {
    id, className: 'input', value, 'aria-invalid': issues.length > 0 || undefined,
    'aria-describedby': [issues.length > 0 && `${id}-wrong`, hint !== undefined && `${id}-hint`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined
        ? <input {...shared} type={type} dir={type === 'text' ? 'auto' : undefined} onChange={(event) => onChange(event.currentTarget.value)} />
        : <textarea {...shared} rows={rows} dir="auto" onChange={(event) => onChange(event.currentTarget.value)} />}
      {hint !== undefined && <span className="tiny faint" id={`${id}-hint`}>{hint}</span>}
      <Wrong id={`${id}-wrong`} issues={issues} />
    </div>
  )
}

interface ChoiceProps {
  readonly path: Path
  readonly label: string
  /** The value as written, also one that does not exist: it is shown and can be replaced. */
  readonly value: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly issues: readonly FieldIssue[]
  readonly onChange: (value: string) => void
}

/** A choice out of a list. */
export function ChoiceField({ path, label, value, options, issues, onChange }: ChoiceProps): ReactNode {
  const id = fieldId(path)
  const unknown = options.every(([each]) => each !== value)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value} aria-invalid={issues.length > 0 || undefined} aria-describedby={issues.length > 0 ? `${id}-wrong` : undefined} onChange={(event) => onChange(event.currentTarget.value)}>
        {unknown && <option value={value}>{value}</option>}
        {options.map(([each, words]) => <option key={each} value={each}>{words}</option>)}
      </select>
      <Wrong id={`${id}-wrong`} issues={issues} />
    </div>
  )
}
