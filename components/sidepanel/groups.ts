import type { Tier } from '../../lib/engine/index.ts'
import type { FindingState, SessionSnapshot } from '../../lib/guard/index.ts'
import { panelRows, type PanelRow } from '../review/model.ts'
import { number } from '../review/words.ts'
import { t } from '../ui/index.ts'

/** What a list shows: what needs the person, what is settled, what is only said. */
export const FILTERS = ['open', 'settled', 'note'] as const
export type Filter = (typeof FILTERS)[number]

/** Rows under one heading; `tier` null for those that have none. */
export interface Group { readonly tier: Tier | null; readonly rows: readonly PanelRow[] }

/** The rows of each list. */
export function rowsBy(snapshot: SessionSnapshot): Readonly<Record<Filter, readonly PanelRow[]>> {
  const rows = panelRows(snapshot)
  return { open: rows.filter(({ kind }) => kind === 'open'), settled: rows.filter(({ kind }) => kind === 'settled' || kind === 'fixed'), note: rows.filter(({ kind }) => kind === 'note') }
}

/** The list that a finding stands in, null for none. */
export function filterOf(lists: ReturnType<typeof rowsBy>, fingerprint: string | null): Filter | null {
  return FILTERS.find((filter) => lists[filter].some((row) => row.kind !== 'fixed' && row.state.finding.fingerprint === fingerprint)) ?? null
}

/** What is open by its tier, the gravest first, each in the order of the text; the other lists as they are. */
export function groupsOf(filter: Filter, rows: readonly PanelRow[]): readonly Group[] {
  if (filter !== 'open') return rows.length > 0 ? [{ tier: null, rows }] : []
  const groups: { tier: Tier; rows: PanelRow[] }[] = []
  for (const row of rows) {
    if (row.kind === 'fixed') continue
    const { tier } = row.state.finding
    const group = groups.find((one) => one.tier === tier)
    if (group) group.rows.push(row)
    else groups.push({ tier, rows: [row] })
  }
  return groups
}

/** Where in the draft a finding is: its subject, or the paragraph, counted from 1; '' where the blocks are not known. */
export function whereOf(snapshot: SessionSnapshot, { finding }: FindingState): string {
  if (finding.field === 'subject') return t('sideSubject')
  const at = snapshot.draft.blocks.findIndex(({ span }) => finding.span.start >= span.start && finding.span.start < span.end)
  return at < 0 ? '' : t('sidePlace', number(at + 1))
}
