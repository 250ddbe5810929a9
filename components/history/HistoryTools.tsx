import type { ReactNode } from 'react'
import { CATEGORIES } from '../../lib/engine/index.ts'
import { Choice, type Option } from '../shell/Choice.tsx'
import { Icon, categoryName, t } from '../ui/index.ts'
import { HISTORY_OUTCOMES, PERIODS, type HistoryFilters } from './model.ts'

interface ToolsProps {
  readonly filters: HistoryFilters
  readonly hosts: readonly string[]
  readonly onChange: (change: Partial<HistoryFilters>) => void
  readonly children?: ReactNode
}

/** Search and filters over the list; every control changes the list at once. */
export function HistoryTools({ filters, hosts, onChange, children }: ToolsProps): ReactNode {
  return (
    <div className="tools noprint" role="search" aria-label={t('historyTitle')}>
      <div className="search">
        <Icon name="search" />
        <input
          className="input" type="search" aria-label={t('historySearch')} placeholder={t('historySearch')} value={filters.q}
          onChange={(event) => onChange({ q: event.currentTarget.value })}
        />
      </div>
      <Choice
        label={t('historyPeriod')} value={String(filters.days)} onChange={(value) => onChange({ days: PERIODS.find((days) => String(days) === value) ?? 0 })}
        options={PERIODS.map((days) => [String(days), t(`historyPeriod_${days}`)])}
      />
      <Choice
        label={t('historyOutcome')} value={filters.outcome} onChange={(value) => onChange({ outcome: HISTORY_OUTCOMES.find((outcome) => outcome === value) ?? '' })}
        options={[['', t('historyAnyOutcome')], ...HISTORY_OUTCOMES.map((outcome): Option => [outcome, t(`historyOutcome_${outcome}`)])]}
      />
      <Choice
        label={t('historyCategory')} value={filters.category} onChange={(value) => onChange({ category: CATEGORIES.find((category) => category === value) ?? '' })}
        options={[['', t('historyAnyCategory')], ...CATEGORIES.map((category): Option => [category, categoryName(category)])]}
      />
      <Choice
        label={t('historySite')} value={filters.site} onChange={(site) => onChange({ site })}
        options={[['', t('historyAnySite')], ...withChosen(hosts, filters.site).map((host): Option => [host, host])]}
      />
      {children}
    </div>
  )
}

/** A linked filter may name a site that has no record here; it stays visible so that it can be taken away. */
function withChosen(hosts: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || hosts.includes(chosen) ? hosts : [...hosts, chosen]
}
