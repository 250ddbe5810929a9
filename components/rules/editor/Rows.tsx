import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { Path } from '../../../lib/packs/index.ts'
import { Button, Icon, t } from '../../ui/index.ts'
import { fieldId, isAt, type FieldIssue } from './model.ts'

interface RowsProps {
  readonly path: Path
  readonly label: string
  readonly hint?: string | undefined
  readonly values: readonly string[]
  /** What is wrong with the list or one of its lines; empty while nothing shall be said yet. */
  readonly issues: readonly FieldIssue[]
  readonly add: string
  /** Patterns are written in a fixed-width face, left to right. */
  readonly mono?: boolean
  /** May be left out altogether: then it has no line until one is added. */
  readonly optional?: boolean
  readonly onChange: (values: string[]) => void
  /** Beside each line; says how it went. */
  readonly result?: (index: number) => ReactNode
  /** Beside the label. */
  readonly side?: ReactNode
}

/** A list of lines, each in a field of its own. Enter adds a line below, and its button takes a line out. */
export function Rows({ path, label, hint, values, issues, add, mono = false, optional = false, onChange, result, side }: RowsProps): ReactNode {
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    document.getElementById(fieldId([...path, wanted.current]))?.focus()
    wanted.current = null
  })
  const shown = values.length === 0 && !optional ? [''] : values
  const insert = (at: number): void => {
    wanted.current = at
    onChange([...shown.slice(0, at), '', ...shown.slice(at)])
  }
  const remove = (at: number): void => {
    wanted.current = Math.max(0, at - 1)
    onChange(shown.filter((_, index) => index !== at))
  }
  const base = fieldId(path)
  const general = issues.filter((issue) => issue.path.length === path.length && isAt(issue.path, path))
  return (
    <fieldset className="field rows" aria-describedby={general.length > 0 ? `${base}-wrong` : undefined}>
      <legend className="label">{label}{side}</legend>
      {hint !== undefined && <span className="tiny faint" id={`${base}-hint`}>{hint}</span>}
      {shown.map((value, index) => {
        const own = issues.filter((issue) => isAt(issue.path, [...path, index]))
        const id = fieldId([...path, index])
        return (
          <div className="rowline" key={index}>
            <textarea
              id={id} className={mono ? 'input mono' : 'input'} rows={1} dir={mono ? 'ltr' : 'auto'} spellCheck={!mono} value={value} aria-label={t('editLine', label, index + 1)}
              aria-invalid={own.length > 0 || (general.length > 0 && index === 0) || undefined}
              aria-describedby={[own.length > 0 && `${id}-wrong`, result && `${id}-result`, hint !== undefined && `${base}-hint`].filter(Boolean).join(' ') || undefined}
              onChange={(event) => onChange(shown.map((each, at) => (at === index ? (mono ? oneLine(event.currentTarget.value) : event.currentTarget.value) : each)))}
              onKeyDown={(event: KeyboardEvent) => { if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); insert(index + 1) } }}
            />
            <Button look="quiet" size="sm" icon aria-label={t('editRemoveLine', label, index + 1)} onClick={() => remove(index)}><Icon name="close" size={14} /></Button>
            {result && <span className="res" id={`${id}-result`}>{result(index)}</span>}
            <Wrong id={`${id}-wrong`} issues={own} />
          </div>
        )
      })}
      <Wrong id={`${base}-wrong`} issues={general} />
      <span><Button look="quiet" size="sm" onClick={() => insert(shown.length)}><Icon name="plus" size={14} />{add}</Button></span>
    </fieldset>
  )
}

/** A pattern is one line: a pasted line break becomes a space. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}

/** What is wrong, at the field it belongs to. */
export function Wrong({ id, issues }: { readonly id: string; readonly issues: readonly FieldIssue[] }): ReactNode {
  if (issues.length === 0) return null
  return <span id={id} className="wrong small"><Icon name="warning" size={12} /><span>{[...new Set(issues.map(({ words }) => words))].join(' ')}</span></span>
}
