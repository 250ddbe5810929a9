import { AxisBottom, AxisLeft } from '@visx/axis'
import { GridRows } from '@visx/grid'
import { PatternCircles, PatternLines } from '@visx/pattern'
import { scaleBand, scaleLinear, scalePoint } from '@visx/scale'
import { Bar, BarStack, LinePath } from '@visx/shape'
import { useId, type ReactNode } from 'react'
import { percent } from '../shell/format.ts'
import { categoryName, t } from '../ui/index.ts'
import { drawn, duration, written, type Form, type Shape, type Table } from './tables.ts'

const WIDTH = 520
const HEIGHT = 190
const LEFT = 46
const BOTTOM = 160
const TOP = 10

interface ChartProps { readonly table: Table; readonly shape: Shape; readonly label: string }

/** A figure's chart, one picture with its sentence as its name; colours come with patterns, so that no series is told by colour alone. */
export function Chart({ table, shape, label }: ChartProps): ReactNode {
  switch (shape.kind) {
    case 'stacked': return <Stacked table={table} columns={shape.columns} whole={shape.whole} label={label} />
    case 'bars': return <Bars table={table} shape={shape} column={shape.column} label={label} />
    case 'line': return <Line table={table} column={shape.column} label={label} />
    case 'paths': return <Paths shape={shape} label={label} />
  }
}

/** Fills of series in their order; the same are drawn in the legend. */
const SERIES = ['var(--line-strong)', 'var(--review-mark)', 'var(--approve-mark)', 'var(--block-mark)'] as const

function Patterns({ id, alone }: { readonly id: string; readonly alone: boolean }): ReactNode {
  return (
    <defs>
      <PatternLines id={`${id}0`} width={6} height={6} stroke="none" background={alone ? 'var(--sign)' : SERIES[0]} />
      <PatternLines id={`${id}1`} width={6} height={6} stroke="var(--surface)" strokeWidth={2.4} background={SERIES[1]} orientation={['diagonal']} />
      <PatternLines id={`${id}2`} width={6} height={6} stroke="none" background={SERIES[2]} />
      <PatternCircles id={`${id}3`} width={5} height={5} radius={1.2} fill="var(--surface)" background={SERIES[3]} />
    </defs>
  )
}

const fillOf = (id: string, index: number): string => `url(#${id}${index})`

/** What each series is, with its fill. */
export function Legend({ table, shape }: Pick<ChartProps, 'table' | 'shape'>): ReactNode {
  const id = useId()
  if (shape.kind !== 'stacked' || shape.columns.length < 2) return null
  const offset = shape.columns.length === 2 ? 1 : 0
  return (
    <span className="lg">
      {shape.columns.map((column, index) => (
        <span key={column}><svg width="12" height="12" aria-hidden="true"><Patterns id={id} alone={false} /><rect width="12" height="12" rx="3" fill={fillOf(id, index + offset)} /></svg>{table.columns[column]?.head}</span>
      ))}
    </span>
  )
}

interface StackedProps { readonly table: Table; readonly columns: readonly number[]; readonly whole: boolean; readonly label: string }

function Stacked({ table, columns, whole, label }: StackedProps): ReactNode {
  const id = useId()
  const keys = columns.map(String)
  const offset = columns.length === 2 ? 1 : 0
  const sums = table.rows.map((row) => columns.reduce((sum, column) => sum + Number(row[column] ?? 0), 0))
  const data = table.rows.map((row, at) => ({ at: String(at), ...Object.fromEntries(keys.map((key, index) => [key, whole ? Number(row[columns[index] ?? 0] ?? 0) / Math.max(1, sums[at] ?? 1) : Number(row[columns[index] ?? 0] ?? 0)])) }))
  const most = whole ? 1 : Math.max(4, ...sums)
  const x = scaleBand<string>({ domain: data.map(({ at }) => at), range: [LEFT, WIDTH], padding: 0.35 })
  const y = scaleLinear<number>({ domain: [0, most], range: [BOTTOM, TOP], nice: !whole })
  return (
    <Frame label={label}>
      <Patterns id={id} alone={columns.length === 1} />
      <GridRows scale={y} left={LEFT} width={WIDTH - LEFT} numTicks={4} className="ax" />
      <AxisLeft scale={y} left={LEFT} numTicks={4} hideAxisLine hideTicks tickFormat={(value) => (whole ? percent(Number(value)) : Number.isInteger(Number(value)) ? written(Number(value), 'count') : '')} />
      <Below x={x} table={table} />
      <BarStack data={data} keys={keys} x={({ at }: { at: string }) => at} xScale={x} yScale={y} color={(key) => fillOf(id, keys.indexOf(String(key)) + offset)}>
        {(stacks) => stacks.map((stack) => stack.bars.map((bar) => bar.height > 0 && (
          <rect key={`${stack.index} ${bar.index}`} x={bar.x} y={bar.y + 0.75} width={bar.width} height={Math.max(0.5, bar.height - 1.5)} rx={Math.min(2, bar.width / 2)} fill={bar.color}>
            <title>{`${String(table.rows[bar.index]?.[0])}: ${table.columns[columns[stack.index] ?? 0]?.head ?? ''} ${written(table.rows[bar.index]?.[columns[stack.index] ?? 0] ?? null, 'count')}`}</title>
          </rect>
        )))}
      </BarStack>
    </Frame>
  )
}

function Line({ table, column, label }: { readonly table: Table; readonly column: number; readonly label: string }): ReactNode {
  const values = table.rows.map((row) => Number(row[column] ?? 0))
  const x = scalePoint<string>({ domain: values.map((_, at) => String(at)), range: [LEFT, WIDTH], padding: 0.5 })
  const most = Math.max(60_000, ...values)
  // Ticks at whole minutes or hours, not at round numbers of milliseconds.
  const unit = most < 3_600_000 ? 60_000 : 3_600_000
  const y = scaleLinear<number>({ domain: [0, most / unit], range: [BOTTOM, TOP], nice: 4 })
  return (
    <Frame label={label}>
      <GridRows scale={y} left={LEFT} width={WIDTH - LEFT} numTicks={4} className="ax" />
      <AxisLeft scale={y} left={LEFT} numTicks={4} hideAxisLine hideTicks tickFormat={(value) => (Number(value) === 0 ? '0' : duration(Number(value) * unit))} />
      <Below x={x} table={table} />
      <LinePath data={values} x={(_, at) => x(String(at)) ?? 0} y={(value) => y(value / unit)} stroke="var(--ink-2)" strokeWidth={1.75} />
      {values.map((value, at) => <circle key={at} cx={x(String(at))} cy={y(value / unit)} r={values.length > 40 ? 1.5 : 3} fill="var(--ink-2)"><title>{`${String(table.rows[at]?.[0])}: ${duration(value)}`}</title></circle>)}
    </Frame>
  )
}

/** The names of the steps, as many as have room. */
function Below({ x, table }: { readonly x: ReturnType<typeof scaleBand<string>> | ReturnType<typeof scalePoint<string>>; readonly table: Table }): ReactNode {
  const every = Math.ceil(table.rows.length / 7)
  return (
    <AxisBottom
      scale={x} top={BOTTOM} hideTicks axisClassName="below" stroke="var(--line-strong)"
      tickValues={table.rows.map((_, at) => String(at)).filter((_, at) => (table.rows.length - 1 - at) % every === 0)} tickFormat={(at) => String(table.rows[Number(at)]?.[0] ?? '')}
    />
  )
}

/** Names and numbers as text of the page, so that they stay readable on a narrow one; the bars between them drawn. */
function Bars({ table, shape, column, label }: { readonly table: Table; readonly shape: Shape; readonly column: number; readonly label: string }): ReactNode {
  const rows = drawn(table, shape)
  const form: Form = table.columns[column]?.form ?? 'count'
  const last = table.columns.length - 1
  const x = scaleLinear<number>({ domain: [0, Math.max(...rows.map((row) => Number(row[column])), Number.MIN_VALUE)], range: [0, WIDTH] })
  return (
    <div className="hb" role="img" aria-label={label}>
      {rows.map((row, at) => (
        <div key={at}>
          <span className="clip">{row[0]}</span>
          <span className="num faint small nowrap">{written(row[column] ?? null, form)}{last === column ? '' : ` · ${table.columns[last]?.head ?? ''} ${written(row[last] ?? null, 'count')}`}</span>
          <svg viewBox={`0 0 ${WIDTH} 5`} preserveAspectRatio="none" aria-hidden="true"><Bar width={WIDTH} height={5} fill="var(--sunken)" /><Bar width={Math.max(2, x(Number(row[column])))} height={5} fill="var(--ink-3)" /></svg>
        </div>
      ))}
    </div>
  )
}

const TILE = { width: 240, height: 64 } as const

/** One small line a category: from "review" at the bottom to "automatic" at the top. */
function Paths({ shape, label }: { readonly shape: Extract<Shape, { kind: 'paths' }>; readonly label: string }): ReactNode {
  const y = scaleLinear<number>({ domain: [0, 1], range: [TILE.height - 5, 5] })
  return (
    <div className="tiles" role="img" aria-label={label}>
      {shape.paths.map(({ category, steps, seen, from, to }) => {
        const x = scalePoint<number>({ domain: steps.map((_, index) => index), range: [4, TILE.width - 4], padding: steps.length > 1 ? 0 : 0.5 })
        return (
          <div key={category}>
            <span className="row"><span className="clip">{categoryName(category)}</span><span className="end num small faint nowrap"><bdi dir="ltr">{from === null || to === null ? '' : `${percent(from)} → ${percent(to)} · `}n {written(seen, 'count')}</bdi></span></span>
            <svg viewBox={`0 0 ${TILE.width} ${TILE.height}`} direction="ltr" aria-hidden="true">
              <line className="ax" x1={0} x2={TILE.width} y1={y(1)} y2={y(1)} /><line className="ax" x1={0} x2={TILE.width} y1={y(0.5)} y2={y(0.5)} strokeDasharray="2 4" /><line className="ax" x1={0} x2={TILE.width} y1={y(0)} y2={y(0)} />
              <LinePath data={[...steps]} x={(_, index) => x(index) ?? 0} y={({ share }) => y(share)} stroke="var(--sign)" strokeWidth={2} />
              {steps.map(({ share }, index) => <circle key={index} cx={x(index)} cy={y(share)} r={steps.length > 20 ? 1.5 : 3} fill="var(--sign)" />)}
            </svg>
            {steps.length === 0 && <span className="small faint">{t('learnTooFew')}</span>}
          </div>
        )
      })}
    </div>
  )
}

function Frame({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} direction="ltr">{children}</svg>
}
