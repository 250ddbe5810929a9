import type { ReactNode } from 'react'
import type { MarksUpdate } from '../../lib/engine/index.ts'
import { MARKS_CHECKED } from '../../lib/origin/index.ts'
import { day, number } from '../shell/format.ts'
import { t } from '../ui/index.ts'

/** The marks that a pack carries: of which products, checked when, by name for those who want to know. */
export function PackMarks({ marks }: { readonly marks: MarksUpdate }): ReactNode {
  const parts = [
    { name: t('rulesMarksHtml'), entries: marks.html?.map(({ product, id }) => `${product}: ${id}`) },
    { name: t('rulesMarksText'), entries: marks.text?.map(({ product, id }) => (product === null ? id : `${product}: ${id}`)) },
    { name: t('rulesMarksAssistants'), entries: marks.assistants?.map(({ product }) => product) },
    { name: t('rulesMarksTemplates'), entries: marks.templates },
    { name: t('rulesMarksStyle'), entries: marks.style?.map(({ id }) => id) },
    { name: t('rulesMarksWithdrawn'), entries: marks.withdrawn },
  ]
  return (
    <section className="card pad col" style={{ gap: 10 }} id="pack-marks">
      <div className="row wrap"><h3 className="strong">{t('rulesMarks')}</h3><span className="small faint">{t('rulesMarksChecked', dayOf(marks.checked))}</span></div>
      <p className="small sub">{t('rulesMarksHelp')}{marks.checked <= MARKS_CHECKED && ` ${t('rulesMarksBuiltin', dayOf(MARKS_CHECKED))}`}</p>
      {parts.map(({ name, entries = [] }) => entries.length > 0 && (
        <details key={name}>
          <summary className="sum">{name} ({number(entries.length)})</summary>
          <ul className="small" style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>{entries.map((entry) => <li key={entry} className="isolate" dir="auto" style={{ overflowWrap: 'anywhere' }}>{entry}</li>)}</ul>
        </details>
      ))}
    </section>
  )
}

function dayOf(date: string): string {
  return day(Date.parse(`${date}T12:00:00`))
}
