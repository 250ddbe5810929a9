import { TIERS, type Category, type DraftKind, type Tier } from '../engine/index.ts'
import { REVIEW_POINTS } from './defaults.ts'
import { LAYERS, layered, type Layer, type Layers } from './layers.ts'
import { modeOf } from './modes.ts'
import { MODES, type Mode, type Policy, type PolicyPart } from './types.ts'

/** The founding rule's review points, by name. */
export const POINT_IDS = ['pricing', 'promise', 'sensitive', 'customer', 'brand', 'privacy', 'strategy', 'irreversible'] as const
export type PointId = (typeof POINT_IDS)[number]

export const TEMPLATE_IDS = ['sales_email', 'support_reply', 'cms_article', 'newsletter', 'recruiting_mail', 'own'] as const
export type TemplateId = (typeof TEMPLATE_IDS)[number]

/** Who acts in a step. `check` is ours: there the review points stand. */
export const ACTORS = ['assistant', 'writer', 'check', 'reader'] as const
export type Actor = (typeof ACTORS)[number]

export interface WorkflowStep { readonly actor: Actor; readonly title: string }

/** A way from an assistant to a customer, as a person mapped it. What its review points ask for is not in here: that is the policy. */
export interface Workflow {
  readonly id: string
  readonly template: TemplateId
  readonly title: string
  readonly kind: DraftKind
  readonly steps: readonly WorkflowStep[]
}

/** What a review point asks for: the least tier, how it is followed up, and who decides (nobody named: whoever works here). */
export interface PointSetting { readonly tier: Tier; readonly mode: Mode; readonly people: readonly string[] }
export type PointSettings = Readonly<Record<PointId, PointSetting>>

/** A way to begin with. `tiers` are what its review points should ask for at least; the rest is the default policy's. */
export interface Template { readonly kind: DraftKind; readonly steps: readonly Actor[]; readonly tiers: Readonly<Partial<Record<PointId, Tier>>> }

const MAIL: readonly Actor[] = ['assistant', 'writer', 'check', 'writer', 'reader']

export const TEMPLATES: Readonly<Record<TemplateId, Template>> = {
  sales_email: { kind: 'email', steps: MAIL, tiers: { irreversible: 'approve' } },
  support_reply: { kind: 'reply', steps: MAIL, tiers: { irreversible: 'approve', privacy: 'approve' } },
  cms_article: { kind: 'post', steps: ['assistant', 'writer', 'check', 'writer', 'reader'], tiers: { brand: 'review', promise: 'approve', privacy: 'block' } },
  newsletter: { kind: 'email', steps: MAIL, tiers: { brand: 'review', pricing: 'approve', promise: 'approve', privacy: 'block', irreversible: 'approve' } },
  recruiting_mail: { kind: 'email', steps: MAIL, tiers: { promise: 'approve', privacy: 'approve', irreversible: 'approve' } },
  own: { kind: 'email', steps: MAIL, tiers: {} },
}

/** The categories that carry out a review point. */
export function categoriesOf(point: PointId): readonly Category[] {
  return REVIEW_POINTS.find(({ id }) => id === point)?.categories ?? []
}

/** The review point that a category belongs to; undefined for those that the founding rule does not name. */
export function pointOf(category: Category): PointId | undefined {
  return POINT_IDS.find((id) => categoriesOf(id).includes(category))
}

/** What a policy asks at each review point: the strictest of its categories, and everybody who is named for one of them. */
export function pointSettings(policy: Policy): PointSettings {
  return Object.fromEntries(POINT_IDS.map((id): [PointId, PointSetting] => {
    const categories = categoriesOf(id)
    return [id, {
      tier: strictest(TIERS, categories.map((category) => policy.floor[category] ?? 'note')),
      mode: strictest(MODES, categories.map((category) => modeOf(category, policy))),
      people: [...new Set(categories.flatMap((category) => policy.areas[category].people))],
    }]
  })) as Record<PointId, PointSetting>
}

/** What a template suggests over a policy: it asks for more where the template does, and never for less. */
export function suggested(template: TemplateId, policy: Policy): PointSettings {
  const now = pointSettings(policy)
  return Object.fromEntries(POINT_IDS.map((id): [PointId, PointSetting] => [id, withTier(now[id], strictest(TIERS, [now[id].tier, TEMPLATES[template].tiers[id] ?? 'note']))])) as Record<PointId, PointSetting>
}

/** A setting with another tier. What must change is always enforced, and what goes by itself is only observed: a mode that says otherwise would be a lie. */
export function withTier(setting: PointSetting, tier: Tier): PointSetting {
  if (tier === setting.tier) return setting
  return { ...setting, tier, mode: tier === 'note' ? 'observe' : tier === 'block' || setting.mode === 'observe' ? 'enforce' : setting.mode }
}

/**
 * A person's part of a policy with these settings. Only what differs from the policy in force is written, so that the rest goes on following it.
 * @param policy the policy in force, all layers laid over each other
 */
export function withPoints(own: PolicyPart, points: PointSettings, policy: Policy): PolicyPart {
  const [floor, modes, areas] = [{ ...own.floor }, { ...own.modes }, { ...own.areas }]
  const now = pointSettings(policy)
  for (const id of POINT_IDS) {
    const [wanted, stands] = [points[id], now[id]]
    for (const category of categoriesOf(id)) {
      if (wanted.tier !== stands.tier) floor[category] = wanted.tier
      if (wanted.mode !== stands.mode) modes[category] = wanted.mode
      if (wanted.people.join('\n') !== stands.people.join('\n')) areas[category] = { ...policy.areas[category], people: [...wanted.people] }
    }
  }
  return { ...own, ...filled('floor', floor), ...filled('modes', modes), ...filled('areas', areas) }
}

/** What a person may choose at a review point, under what administrator and team have set. */
export interface Freedom {
  readonly tiers: readonly Tier[]
  readonly modes: readonly Mode[]
  readonly people: boolean
  /** The layer that leaves less than everything; null where nothing is locked. */
  readonly lockedBy: Layer | null
}

/** Tries each choice as the person's layer: what would not be taken is not offered. Pure. */
export function freedomOf(point: PointId, stronger: Omit<Layers, 'person'>): Freedom {
  const [category] = categoriesOf(point)
  const taken = (person: PolicyPart): boolean => layered({ ...stronger, person }).refused.every(({ layer }) => layer !== 'person')
  const each = categoriesOf(point)
  const tiers = TIERS.filter((tier) => taken({ floor: Object.fromEntries(each.map((one) => [one, tier])) }))
  const modes = MODES.filter((mode) => taken({ modes: Object.fromEntries(each.map((one) => [one, mode])) }))
  const { setBy } = layered(stronger)
  const people = each.every((one) => setBy[`areas.${one}`] === undefined)
  const whole = tiers.length === TIERS.length && modes.length === MODES.length && people
  const by = each.flatMap((one) => [setBy[`floor.${one}`], setBy[`modes.${one}`], setBy[`areas.${one}`]]).find((layer) => layer !== undefined)
  return { tiers, modes, people, lockedBy: whole || category === undefined ? null : by ?? LAYERS.find((layer) => layer !== 'person' && (stronger[layer] ?? null) !== null) ?? null }
}

function strictest<T>(order: readonly T[], values: readonly T[]): T {
  return values.reduce((most, value) => (order.indexOf(value) > order.indexOf(most) ? value : most), values[0] ?? order[0]!)
}

function filled<K extends string, V extends object>(name: K, value: V): Partial<Record<K, V>> {
  return Object.keys(value).length > 0 ? { [name]: value } as Record<K, V> : {}
}
