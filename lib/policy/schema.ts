import { z } from 'zod'
import { CATEGORIES, TIERS, type Category, type DraftKind, type Tier } from '../engine/index.ts'
import { defaultPolicy } from './defaults.ts'
import { modeOf } from './modes.ts'
import { MODES, type Policy, type PolicyPart } from './types.ts'

const name = z.string().trim().min(1).max(200)
const list = z.array(z.string().trim().min(1).max(320)).max(10_000)
const area = z.strictObject({ owner: name, people: z.array(name).max(1_000), deputy: name.optional(), hours: z.number().min(1).max(10_000).optional() })
const tier: z.ZodType<Tier> = z.enum(TIERS)
/** No recipient makes words wrong, so none asks for `block`. */
const raise = z.enum(['note', 'review', 'approve'])
const category: z.ZodType<Category, Category> = z.enum(CATEGORIES)
const kind: z.ZodType<DraftKind, DraftKind> = z.enum(['email', 'reply', 'note', 'post'])
const kinds = z.partialRecord(kind, z.enum(['off', 'note', 'review', 'approve']))
const mode = z.enum(MODES)
const modes = z.partialRecord(category, mode)
const recipients = z.strictObject({
  own: list, outside: z.strictObject({ most: z.number().int().min(0).max(100_000), tier: raise }).nullable(), firstMail: raise.nullable(),
  customers: list, twoCustomers: raise.nullable(), everyone: list,
})
const simple = { drafts: z.enum(['ai', 'all']), signPublicAi: z.boolean(), vip: list, mode, modes, kinds, overrides: z.boolean(), unchecked: z.enum(['ask', 'hold']) }
const floor = z.partialRecord(category, tier)

/**
 * A whole policy at the border. Unknown fields, categories and tiers are refused, and every category needs an area, so that a misspelt
 * line is said and not silently without effect. Not exported by `index.ts`: content scripts carry no Zod.
 */
export const policySchema: z.ZodType<Policy> = z.strictObject({ format: z.literal(1), areas: z.record(category, area), floor, recipients, ...simple })

/** What one layer says of a policy; the rest is left to the others. */
export const policyPartSchema: z.ZodType<PolicyPart> = z.strictObject({
  areas: z.partialRecord(category, area).optional(), floor: floor.optional(), recipients: recipients.partial().optional(), ...z.strictObject(simple).partial().shape,
})

/** One thing that is wrong with a policy file: where, what, and what to do about it. */
export interface PolicyProblem { readonly where: string; readonly what: string; readonly todo: string }

export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError'
  constructor(readonly problems: readonly PolicyProblem[]) {
    super(problems.map(({ where, what, todo }) => `${where}: ${what} ${todo}`).join('\n'))
  }
}

/**
 * What a policy file says, as a layer. @throws {PolicyFileError} with everything that is wrong with it: fields that are not known, and, seen as laid over
 * the default policy, deputies that nobody knows or that go round in a circle, one owner described in two ways, a tier that its mode takes back.
 */
export function readPolicyPart(value: unknown): PolicyPart {
  const { format, ...rest } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { format: undefined }
  if (format !== 1) throw new PolicyFileError([{ where: 'format', what: 'A policy file begins with "format: 1".', todo: 'Write it as the first line.' }])
  const part = policyPartSchema.safeParse(rest)
  if (!part.success) throw new PolicyFileError(part.error.issues.map(shapeProblem))
  const problems = policyProblems(overDefaults(part.data))
  if (problems.length > 0) throw new PolicyFileError(problems)
  return part.data
}

/** A policy as a person writes it: what the file does not say, category by category, stays as in `defaultPolicy`. @throws {PolicyFileError} */
export function readPolicyFile(value: unknown): Policy {
  return overDefaults(readPolicyPart(value))
}

/** One layer over the default policy. */
export function overDefaults(part: PolicyPart): Policy {
  const base = defaultPolicy()
  return policySchema.parse({
    ...base, ...part,
    areas: { ...base.areas, ...part.areas }, floor: { ...base.floor, ...part.floor }, recipients: { ...base.recipients, ...part.recipients },
    modes: { ...base.modes, ...part.modes }, kinds: { ...base.kinds, ...part.kinds },
  })
}

/** What does not fit together in a policy whose form is right. */
export function policyProblems(policy: Policy): PolicyProblem[] {
  return [...deputyProblems(policy), ...ownerProblems(policy), ...tierProblems(policy)]
}

function deputyProblems({ areas }: Policy): PolicyProblem[] {
  const deputies = new Map(Object.values(areas).map(({ owner, deputy }) => [owner, deputy] as const))
  return CATEGORIES.flatMap((each): PolicyProblem[] => {
    const { owner, deputy, hours } = areas[each]
    if (deputy === undefined) return []
    const where = `areas.${each}.deputy`
    if (!deputies.has(deputy)) return [{ where, what: `No area has the owner "${deputy}".`, todo: `Name one of: ${[...deputies.keys()].join(', ')}.` }]
    if (hours === undefined) return [{ where, what: `"${deputy}" never gets to decide: there is no time limit.`, todo: `Set areas.${each}.hours.` }]
    const way = [owner]
    for (let at: string | undefined = deputy; at !== undefined; at = deputies.get(at)) {
      way.push(at)
      if (at === owner) return [{ where, what: `The deputies go round in a circle: ${way.join(' > ')}.`, todo: 'Take one of these deputies out.' }]
      if (way.length > CATEGORIES.length + 1) return [] // A circle further on, said where it is.
    }
    return []
  })
}

function ownerProblems({ areas }: Policy): PolicyProblem[] {
  const first = new Map<string, Category>()
  return CATEGORIES.flatMap((each): PolicyProblem[] => {
    const { owner, deputy, hours } = areas[each]
    const before = first.get(owner)
    if (before === undefined) { first.set(owner, each); return [] }
    const other = areas[before]
    if (other.deputy === deputy && other.hours === hours) return []
    return [{ where: `areas.${each}`, what: `"${owner}" has another deputy or time limit here than under areas.${before}.`, todo: 'Give one owner the same deputy and time limit everywhere.' }]
  })
}

function tierProblems(policy: Policy): PolicyProblem[] {
  return CATEGORIES.flatMap((each): PolicyProblem[] => {
    const mode = modeOf(each, policy)
    if (policy.floor[each] !== 'block' || mode === 'enforce') return []
    return [{ where: `floor.${each}`, what: `Its words must change (block), but the mode "${mode}" lets them go.`, todo: `Set modes.${each} to enforce, or the tier to approve.` }]
  })
}

function shapeProblem(issue: z.core.$ZodIssue): PolicyProblem {
  const where = issue.path.join('.') || 'policy'
  if (issue.code === 'unrecognized_keys') return { where, what: `Unknown: ${issue.keys.join(', ')}.`, todo: 'Check the spelling, or take it out.' }
  if (issue.code === 'invalid_value') return { where, what: 'This value is not known.', todo: `Write one of: ${issue.values.map(String).join(', ')}.` }
  if (issue.code === 'invalid_key') return { where, what: 'This name is not known.', todo: 'Check the spelling.' }
  return { where, what: `${issue.message}.`, todo: 'Correct it.' }
}
