import type { ReactNode } from 'react'
import { CATEGORIES } from '../../lib/engine/index.ts'
import { RAW_HEADS, rawRows, valuesOf, type DayTally, type InsightFilters } from '../../lib/learning/index.ts'
import { CSV_START, csvLine } from '../../lib/review/csv.ts'
import { Choice, type Option } from '../shell/Choice.tsx'
import { download, fileName } from '../shell/files.ts'
import type { QueryFilters } from '../shell/query-filters.ts'
import { siteName } from '../shell/words.ts'
import { Button, Icon, categoryName, t } from '../ui/index.ts'
import { KINDS, NO_FILTERS, PERIODS } from './filters.ts'

interface ToolsProps extends QueryFilters<InsightFilters> {
  /** Everything that was counted: what occurs can be filtered by. */
  readonly all: readonly DayTally[]
  /** The days in view. */
  readonly shown: readonly DayTally[]
}

/** What is looked at. Every control changes the page at once, and the address with it. */
export function InsightTools({ all, shown, filters, set, clear }: ToolsProps): ReactNode {
  const { sites, assistants } = valuesOf(all)
  const filtered = filters.site !== '' || filters.kind !== '' || filters.assistant !== '' || filters.category !== '' || filters.days !== NO_FILTERS.days
  const withChosen = (values: readonly string[], chosen: string): readonly string[] => (chosen === '' || values.includes(chosen) ? values : [...values, chosen])
  return (
    <div className="tools noprint" role="search" aria-label={t('learnTitle')}>
      <Choice label={t('insightPeriod')} value={String(filters.days)} onChange={(value) => set({ days: PERIODS.find((days) => String(days) === value) ?? NO_FILTERS.days })} options={PERIODS.map((days) => [String(days), t(`insightPeriod_${days}`)])} />
      <Choice label={t('historySite')} value={filters.site} onChange={(site) => set({ site })} options={[['', t('historyAnySite')], ...withChosen(sites, filters.site).map((site): Option => [site, siteName(site)])]} />
      <Choice label={t('policyTryKind')} value={filters.kind} onChange={(value) => set({ kind: KINDS.find((kind) => kind === value) ?? '' })} options={[['', t('insightAnyKind')], ...KINDS.map((kind): Option => [kind, t(`policyKind_${kind}`)])]} />
      {(assistants.length > 0 || filters.assistant !== '') && <Choice label={t('insightAssistant')} value={filters.assistant} onChange={(assistant) => set({ assistant })} options={[['', t('insightAnyAssistant')], ...withChosen(assistants, filters.assistant).map((name): Option => [name, name])]} />}
      <Choice label={t('historyCategory')} value={filters.category} onChange={(value) => set({ category: CATEGORIES.find((category) => category === value) ?? '' })} options={[['', t('historyAnyCategory')], ...CATEGORIES.map((category): Option => [category, categoryName(category)])]} />
      {filtered && <Button look="quiet" onClick={clear}>{t('historyClear')}</Button>}
      <Button look="quiet" className="end" off={shown.length === 0} onClick={() => download(fileName('insights', 'csv', Date.now()), [CSV_START, csvLine(RAW_HEADS), ...rawRows(shown, filters).map(csvLine)], 'text/csv')}><Icon name="download" />{t('insightCsvAll')}</Button>
    </div>
  )
}
