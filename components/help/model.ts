import { gapsOf } from '../../lib/guard/coverage.ts'
import type { PageState } from '../../lib/guard/types.ts'

/** What was found out about one tab. Nothing of it is a word of the page. */
export interface TabFacts {
  readonly version: string
  readonly browser: string
  readonly language: string
  readonly host: string
  /** The tab is there; its number in the address may be of one that was closed. */
  readonly open: boolean
  /** The site is turned on in the settings. */
  readonly on: boolean
  /** The browser lets us look at the site. */
  readonly allowed: boolean
  /** The guard is registered for the pages of the site. */
  readonly registered: boolean
  /** The guard's answer from the top frame; null where none came. */
  readonly page: PageState | null
  /** Frames of the page, and how many of them the guard is in or joined. */
  readonly frames: number
  readonly guarded: number
  /** `loaded`, else why not, as a code. */
  readonly rules: string
}

/** In the order in which they are looked at: each needs those before it. */
export const CHECKS = ['site', 'permission', 'script', 'guard', 'early', 'rules', 'adapter', 'frames', 'draft', 'send'] as const
export type CheckName = (typeof CHECKS)[number]
/** `unknown`: cannot be told before what stands above it is in order. */
export type CheckState = 'good' | 'bad' | 'unknown'
export interface Check { readonly name: CheckName; readonly state: CheckState }

/** Goes through what must be in order for a Send to be held. */
export function diagnose(facts: TabFacts): readonly Check[] {
  const { page } = facts
  const drafts = page?.drafts ?? []
  const states: Readonly<Record<CheckName, CheckState>> = {
    site: told(facts.on),
    permission: told(facts.allowed),
    script: told(facts.registered),
    guard: facts.open ? told(page !== null) : 'unknown',
    early: page ? told(page.early) : 'unknown',
    rules: told(facts.rules === 'loaded' && !page?.failed),
    adapter: page ? told(page.insteadOf === undefined) : 'unknown',
    frames: page ? told(facts.guarded >= facts.frames) : 'unknown',
    draft: page ? told(drafts.length > 0) : 'unknown',
    send: drafts.length > 0 ? told(drafts.every(({ coverage }) => !gapsOf(coverage).includes('send'))) : 'unknown',
  }
  return CHECKS.map((name) => ({ name, state: states[name] }))
}

const told = (good: boolean): CheckState => (good ? 'good' : 'bad')

/** The facts as text that may be sent to somebody: no word of the page, and its host only where the person says so (`withHost`). */
export function diagnosticsOf(facts: TabFacts): string {
  const { page } = facts
  const drafts = (page?.drafts ?? []).map(({ phase, trouble, coverage, mode }, index) =>
    `draft ${index + 1}: ${phase}${trouble ? ` (${trouble})` : ''}, mode ${mode ?? 'enforce'}, watched ${coverage.watched.join(' ') || 'nothing'}, gaps ${gapsOf(coverage).join(' ') || 'none'}`)
  return [
    'Countersign diagnostics 1',
    `version: ${facts.version}, browser: ${facts.browser}, language: ${facts.language}`,
    ...diagnose(facts).map(({ name, state }) => `${name}: ${state}`),
    `rules: ${facts.rules}`,
    `read as: ${page ? page.adapter : 'nobody answered'}${page?.insteadOf === undefined ? '' : ` instead of ${page.insteadOf}`}`,
    `frames: ${facts.guarded} of ${facts.frames}`,
    `sends past the gate: ${page?.unseen.length ?? 0}`,
    ...drafts,
  ].join('\n')
}
