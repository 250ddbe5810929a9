import type { SiteFacts } from './facts.ts'
import { siteFromFacts } from './from-facts.ts'
import { generic } from './generic.ts'
import { gmail } from './gmail.ts'
import type { SiteAdapter } from './types.ts'
import { wordpress } from './wordpress.ts'

export * from './types.ts'
export type * from './facts.ts'
export { generic, siteFromFacts }

/** Applications that data cannot describe: what they hold back or let go hangs on more than what is on the page. */
export const CODED: Readonly<Record<string, SiteAdapter>> = { gmail, wordpress, generic }

/** What the worker lays down for guards: facts by site; null for a site that was switched off by an update. */
export type FactsInUse = Readonly<Record<string, SiteFacts | null>>

/**
 * The adapter for a site that is on: its facts, else its code. Where there is neither, or it was switched off, `generic` stands in and says for whom.
 */
export function adapterFor(id: string, facts: FactsInUse): SiteAdapter {
  const given = facts[id]
  const adapter = given ? siteFromFacts(given) : given === null ? null : CODED[id]
  return adapter ?? { ...generic, insteadOf: id }
}
