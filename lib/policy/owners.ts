import type { Finding } from '../engine/index.ts'
import type { Policy } from './types.ts'

/**
 * The area whose owner decides on a finding: a rule may name a category or an area of the policy; a name that the policy does not know
 * falls back to the area of the rule's category, so that no finding is ever left without an owner.
 */
export function ownerOf(finding: Pick<Finding, 'owner' | 'category'>, policy: Policy): string {
  const areas: Readonly<Record<string, { readonly owner: string } | undefined>> = policy.areas
  const byCategory = Object.hasOwn(areas, finding.owner) ? areas[finding.owner] : undefined
  if (byCategory) return byCategory.owner
  const named = Object.values(policy.areas).some((area) => area.owner === finding.owner)
  return named ? finding.owner : policy.areas[finding.category].owner
}

/**
 * The areas that a person may sign for: those that name them, and those that name nobody (whoever works alone owns them).
 * An area that appears under several categories is theirs if any of its entries names them, and nobody's own as soon as one entry names people.
 */
export function ownedAreas(person: string, policy: Policy): string[] {
  const wanted = fold(person)
  const people = new Map<string, string[]>()
  for (const area of Object.values(policy.areas)) people.set(area.owner, [...(people.get(area.owner) ?? []), ...area.people])
  return [...people].filter(([, names]) => names.length === 0 || names.some((name) => fold(name) === wanted)).map(([owner]) => owner)
}

function fold(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
