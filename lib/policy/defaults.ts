import { CATEGORIES, type Category } from '../engine/index.ts'
import type { Area, Policy } from './types.ts'

/**
 * The policy of someone who has set nothing: DESIGN.md's founding rule. Whoever works alone owns every area, so `approve` means "you, as the
 * owner, sign"; a team names people per area and the same policy then asks for a second person.
 * `leftover` has no floor: its rules say themselves which leftovers must change (tokens, unfilled placeholders) and which are only worth a look.
 */
export function defaultPolicy(): Policy {
  const areas = Object.fromEntries(CATEGORIES.map((category): [Category, Area] => [category, { owner: category, people: [], hours: 24 }]))
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
    mode: 'enforce',
    modes: {},
    recipients: {
      own: [], outside: null, firstMail: null, customers: [], twoCustomers: 'approve',
      everyone: ['all', 'all-staff', 'everyone', 'everybody', 'newsletter', 'subscribers', 'company', 'alle', 'tous', 'todos'],
    },
    kinds: { note: 'off' },
    overrides: true,
    unchecked: 'ask',
  }
}

/** A place where the founding rule asks for a person, and the categories that carry it out. */
export interface ReviewPoint { readonly id: string; readonly categories: readonly Category[] }

/**
 * The founding rule's review points, in its order. Tier, owner, deputy and time limit of each stand in the policy, by category. `brand` findings keep the
 * tier of their rule: what asks for the person there is that AI text goes public (`signPublicAi`); `customer` is joined by the VIP list.
 */
export const REVIEW_POINTS: readonly ReviewPoint[] = [
  { id: 'pricing', categories: ['pricing'] },
  { id: 'promise', categories: ['promise'] },
  { id: 'sensitive', categories: ['medical', 'legal', 'financial', 'safety'] },
  { id: 'customer', categories: ['customer'] },
  { id: 'brand', categories: ['brand'] },
  { id: 'privacy', categories: ['privacy'] },
  { id: 'strategy', categories: ['strategy'] },
  { id: 'irreversible', categories: ['irreversible'] },
]
