import { CATEGORIES, type Category } from '../engine/index.ts'
import type { Area, Policy } from './types.ts'

/**
 * The policy of someone who has set nothing: DESIGN.md's founding rule. Whoever works alone owns every area, so `approve` means "you, as the
 * owner, sign"; a team names people per area and the same policy then asks for a second person.
 * `leftover` has no floor: its rules say themselves which leftovers must change (tokens, unfilled placeholders) and which are only worth a look.
 */
export function defaultPolicy(): Policy {
  const areas = Object.fromEntries(CATEGORIES.map((category): [Category, Area] => [category, { owner: category, people: [] }]))
  return {
    format: 1,
    areas: areas as Record<Category, Area>,
    floor: {
      brand: 'note',
      pricing: 'review', promise: 'review', privacy: 'review', irreversible: 'review', strategy: 'review',
      statistic: 'review', customer: 'review', environment: 'review',
      medical: 'approve', legal: 'approve', financial: 'approve', safety: 'approve',
    },
    drafts: 'ai',
    signPublicAi: true,
    vip: [],
  }
}
