import { TIERS } from '../engine/index.ts'
import { defaultPolicy } from './defaults.ts'
import { MODES, type Policy, type PolicyPart } from './types.ts'

/** Who may set a policy, the strongest first. */
export const LAYERS = ['administrator', 'team', 'person'] as const
export type Layer = (typeof LAYERS)[number]
export type Layers = Readonly<Partial<Record<Layer, PolicyPart | null>>>

/** A setting that was not taken, because a stronger layer asks for more. */
export interface Refusal {
  readonly layer: Layer
  /** As in the file, `floor.pricing`. */
  readonly field: string
  readonly setBy: Layer
}

export interface Layered {
  readonly policy: Policy
  /** Which layer set a field; what no layer set is the default's. */
  readonly setBy: Readonly<Record<string, Layer>>
  readonly refused: readonly Refusal[]
}

/**
 * Layers laid over the default policy. Each may set freely what no stronger one has set; what one has, the weaker ones may tighten and not loosen.
 * A list (VIPs, customers) grows; who owns an area, and which domains are the house's own, are not for weaker layers to change.
 * What would take a whole policy back (modes, kinds, which drafts) is the strongest layer's that says anything, also where it leaves it as by default.
 */
export function layered(layers: Layers): Layered {
  const values: Record<string, unknown> = flat(defaultPolicy())
  const setBy: Record<string, Layer> = {}
  const refused: Refusal[] = []
  const first = LAYERS.find((layer) => Object.keys(flat(layers[layer] ?? {})).length > 0)
  for (const layer of LAYERS) {
    for (const [field, wanted] of Object.entries(flat(layers[layer] ?? {}))) {
      const by = setterOf(field, setBy) ?? (TAKES_BACK.has(field.split('.')[0] ?? '') ? first : undefined)
      const merged = by === undefined || by === layer ? wanted : tightened(field, values[field] ?? inherited(field, values), wanted)
      if (merged === REFUSED) {
        if (by !== undefined) refused.push({ layer, field, setBy: by })
      } else {
        values[field] = merged
        setBy[field] ??= layer
      }
    }
  }
  return { policy: whole(values), setBy, refused }
}

const REFUSED = Symbol('refused')
/** Parts of a policy that are set one by one. */
const NESTED = new Set(['areas', 'floor', 'modes', 'kinds', 'recipients'])
/** Settings that can undo all others. */
const TAKES_BACK = new Set(['mode', 'modes', 'kinds', 'drafts'])
const KINDS = ['off', ...TIERS]

/** The layer that a weaker one must not loosen: for a category's own mode also the one that set the mode of all. */
function setterOf(field: string, setBy: Readonly<Record<string, Layer>>): Layer | undefined {
  return setBy[field] ?? (field.startsWith('modes.') ? setBy['mode'] : undefined)
}

function inherited(field: string, values: Readonly<Record<string, unknown>>): unknown {
  return field.startsWith('modes.') ? values['mode'] : undefined
}

/** The stricter value where `wanted` is at least as strict as what stands, REFUSED otherwise. */
function tightened(field: string, stands: unknown, wanted: unknown): unknown {
  const [head = '', name = ''] = field.split('.')
  const ordered = (order: readonly unknown[]): unknown => (order.indexOf(wanted) >= order.indexOf(stands) ? wanted : REFUSED)
  switch (head) {
    case 'floor': return ordered([undefined, ...TIERS])
    case 'kinds': return (looseness(wanted as string) >= looseness(stands as string | undefined) ? wanted : REFUSED)
    case 'mode':
    case 'modes': return ordered(MODES)
    case 'drafts': return ordered(['ai', 'all'])
    case 'signPublicAi': return ordered([false, true])
    case 'overrides': return ordered([true, false])
    case 'unchecked': return ordered(['ask', 'hold'])
    case 'vip': return joined(stands, wanted)
    case 'recipients': return recipientsTightened(name, stands, wanted)
    default: return JSON.stringify(stands) === JSON.stringify(wanted) ? wanted : REFUSED
  }
}

/** `off` is looser than a kind that nothing is said of, a tier stricter. */
function looseness(kind: string | undefined): number {
  return kind === 'off' ? -1 : kind === undefined ? 0 : KINDS.indexOf(kind)
}

function recipientsTightened(name: string, stands: unknown, wanted: unknown): unknown {
  switch (name) {
    case 'customers':
    case 'everyone': return joined(stands, wanted)
    case 'firstMail':
    case 'twoCustomers': return [null, ...TIERS].indexOf(wanted as null) >= [null, ...TIERS].indexOf(stands as null) ? wanted : REFUSED
    case 'outside': {
      const [a, b] = [stands, wanted] as [Policy['recipients']['outside'], Policy['recipients']['outside']]
      if (a === null) return b
      return b !== null && b.most <= a.most && TIERS.indexOf(b.tier) >= TIERS.indexOf(a.tier) ? b : REFUSED
    }
    default: return JSON.stringify(stands) === JSON.stringify(wanted) ? wanted : REFUSED
  }
}

function joined(stands: unknown, wanted: unknown): unknown {
  return [...new Set([...(stands as readonly string[]), ...(wanted as readonly string[])])]
}

/** A policy, or a part of one, by field: `{"floor.pricing": "review", "drafts": "ai"}`. */
function flat(part: PolicyPart): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).flatMap(([head, value]): (readonly [string, unknown])[] => {
    if (value === undefined || head === 'format') return []
    if (!NESTED.has(head)) return [[head, value]]
    return Object.entries(value as object).filter(([, inner]) => inner !== undefined).map(([name, inner]) => [`${head}.${name}`, inner as unknown] as const)
  }))
}

/** Every field of a policy with its value, named as in a policy file: `floor.pricing`. */
export function policyFields(policy: Policy): Readonly<Record<string, unknown>> {
  return flat(policy)
}

/** The inverse of `flat`. */
function whole(values: Readonly<Record<string, unknown>>): Policy {
  const policy: Record<string, unknown> = { format: 1, areas: {}, floor: {}, modes: {}, kinds: {}, recipients: {} }
  for (const [field, value] of Object.entries(values)) {
    const [head = '', name] = field.split('.')
    if (name === undefined) policy[head] = value
    else (policy[head] as Record<string, unknown>)[name] = value
  }
  return policy as unknown as Policy
}
