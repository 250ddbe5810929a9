import type { Category, OriginVerdict, Tier } from '../../lib/engine/index.ts'
import type { Evidence, Origin } from '../../lib/origin/index.ts'
import type { Requirement } from '../../lib/policy/index.ts'
import type { Outcome } from '../../lib/review/index.ts'
import { nameOfSite } from '../../lib/sites/catalog.ts'
import type { SendKind } from '../../lib/sites/types.ts'
import { outcomeName, t, tn } from '../ui/index.ts'
import { listOf } from './format.ts'

export const tierMeaning = (tier: Tier): string => t(`dashTierWho_${tier}`)
/** A category as a phrase of the founding rule, for lists that explain: "Sales promises or guarantees". */
export const categoryPhrase = (category: Category): string => t(`dashCategory_${category}`)
/** What became of a place, also where nobody decided. */
export function standing(outcome: Outcome | 'open' | 'shown'): string {
  return outcome === 'open' || outcome === 'shown' ? t(`dashOutcome_${outcome}`) : outcomeName(outcome)
}
export const verdictName = (verdict: OriginVerdict): string => t(`dashVerdict_${verdict}`)
export const sendName = (kind: SendKind): string => t(`dashSend_${kind}`)

/** The application's name, or the id itself for one that this version does not know (an imported record). */
export function siteName(id: string): string {
  return id === 'generic' ? t('dashSite_generic') : nameOfSite(id)
}

/** One piece of evidence as what was seen, never as a guess. */
export function evidenceWords(evidence: Evidence): string {
  const product = evidence.product ?? t('dashSomeAssistant')
  switch (evidence.class) {
    case 'T1': return tn('dashSeenToken', evidence.count, evidence.mark)
    case 'T2': return tn('dashSeenPasted', evidence.count, product)
    case 'T3': return tn('dashSeenContext', evidence.count, evidence.mark)
    case 'insertion': return tn('dashSeenInserted', evidence.count)
    case 'declared': return t('dashSeenDeclared', evidence.mark)
    case 'act': return tn('dashSeenAct', evidence.count, product)
    case 'T4': return t('reviewOriginStyle')
    case 'unseen': return tn('dashSeenUnseen', evidence.count)
  }
}

/** All that was seen of a draft's origin, one sentence each; marks of the same product are counted together. */
export function originWords(origin: Origin): readonly string[] {
  const pasted = new Map<string, Evidence>()
  const rest: Evidence[] = []
  for (const seen of origin.evidence) {
    if (seen.class !== 'T2') { rest.push(seen); continue }
    const key = seen.product ?? ''
    const before = pasted.get(key)
    pasted.set(key, before ? { ...before, count: before.count + seen.count } : seen)
  }
  return [...pasted.values(), ...rest].map(evidenceWords)
}

/** The product that the evidence names, null where it names none. */
export function productOf(origin: Origin): string | null {
  return origin.evidence.find((seen) => seen.product !== null)?.product ?? null
}

/** Whose signature was needed. */
export function requirementWords(requirement: Requirement): string {
  return requirement.tier === 'approve' ? t('dashRequire_approve', listOf(requirement.owners)) : t(`dashRequire_${requirement.tier}`)
}
