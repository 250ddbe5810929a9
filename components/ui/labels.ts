import type { Category, Tier } from '../../lib/engine/index.ts'
import type { Outcome } from '../../lib/review/index.ts'
import type { MessageKey } from './i18n.ts'
import { t } from './i18n.ts'

const TIER: Readonly<Record<Tier, MessageKey>> = { note: 'uiTierNote', review: 'uiTierReview', approve: 'uiTierApprove', block: 'uiTierBlock' }

const CATEGORY: Readonly<Record<Category, MessageKey>> = {
  pricing: 'uiCategoryPricing', promise: 'uiCategoryPromise', medical: 'uiCategoryMedical', legal: 'uiCategoryLegal',
  financial: 'uiCategoryFinancial', safety: 'uiCategorySafety', customer: 'uiCategoryCustomer', brand: 'uiCategoryBrand',
  privacy: 'uiCategoryPrivacy', strategy: 'uiCategoryStrategy', irreversible: 'uiCategoryIrreversible',
  statistic: 'uiCategoryStatistic', leftover: 'uiCategoryLeftover', environment: 'uiCategoryEnvironment',
}

const OUTCOME: Readonly<Record<Outcome, MessageKey>> = { fixed: 'uiOutcomeFixed', kept: 'uiOutcomeKept', dismissed: 'uiOutcomeDismissed' }

/** Name of a tier as people read it: "Note", "Review", "Second signature", "Must change". */
export function tierName(tier: Tier): string {
  return t(TIER[tier])
}

/** Name of a category: "Pricing", "Private data", ... */
export function categoryName(category: Category): string {
  return t(CATEGORY[category])
}

/** Name of an area of ownership. Areas are named after categories by default; a team's own name is shown as it is written. */
export function areaName(owner: string): string {
  return owner in CATEGORY ? t(CATEGORY[owner as Category]) : owner
}

/** What was decided: "Fixed", "Kept", "Not an issue". */
export function outcomeName(outcome: Outcome): string {
  return t(OUTCOME[outcome])
}
