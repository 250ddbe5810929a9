import { useState, type ReactNode } from 'react'
import { CSV_START, csvLine } from '../../lib/review/csv.ts'
import { download, fileName } from '../shell/files.ts'
import { useSeen } from '../shell/useSeen.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { Chart, Legend } from './Charts.tsx'
import { drawn, written, type FigureData, type Table } from './tables.ts'

/** Charts that stand where the page opens; those further down are drawn once these are seen. */
const FIRST = 2

/** The charts of the page. Each says itself in a sentence, is there as a table, and can be taken along as a file. */
export function Figures({ figures }: { readonly figures: readonly FigureData[] }): ReactNode {
  const seen = useSeen(figures.length > 0)
  return <div className="g3 figs">{(seen ? figures : figures.slice(0, FIRST)).map((figure) => <Figure key={figure.id} figure={figure} />)}</div>
}

function Figure({ figure }: { readonly figure: FigureData }): ReactNode {
  const { id, title, summary, table, shape } = figure
  const [open, setOpen] = useState(false)
  const empty = shape.kind === 'paths' ? shape.paths.length === 0 : drawn(table, shape).length === 0
  return (
    <figure className={shape.kind === 'paths' ? 'card fig broad' : 'card fig'} id={`insight-${id}`}>
      <figcaption>
        <h2>{title}</h2>
        <p className="small sub">{summary}</p>
        <Legend table={table} shape={shape} />
      </figcaption>
      {empty ? <p className="small faint none">{t('insightNothing')}</p> : <Chart table={table} shape={shape} label={`${title}. ${summary}`} />}
      {table.rows.length > 0 && (
        <div className="row wrap foot">
          <details className="grow" onToggle={(event) => setOpen(event.currentTarget.open)}><summary className="sum">{t('insightAsTable')}</summary>{open && <AsTable table={table} title={title} />}</details>
          <Button size="sm" look="quiet" aria-label={t('insightCsvOf', title)} onClick={() => saveTable(id, table)}><Icon name="download" />{t('insightCsv')}</Button>
        </div>
      )}
    </figure>
  )
}

function AsTable({ table, title }: { readonly table: Table; readonly title: string }): ReactNode {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="small">
        <thead><tr>{table.columns.map(({ head, form }, at) => <th key={at} className={form === 'text' ? undefined : 'nr'}>{head}</th>)}</tr></thead>
        <tbody>{table.rows.map((row, at) => <tr key={at}>{table.columns.map(({ form }, column) => <td key={column} className={form === 'text' ? undefined : 'nr num'}>{written(row[column] ?? null, form)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}

/** The figure's table as a file: numbers as they are, times in milliseconds. */
function saveTable(id: string, { columns, rows }: Table): void {
  download(fileName(`insights-${id}`, 'csv', Date.now()), [CSV_START, csvLine(columns.map(({ head, form }) => (form === 'ms' ? `${head} (ms)` : head))), ...rows.map(csvLine)], 'text/csv')
}
