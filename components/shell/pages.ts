import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Section } from './router.ts'

/*
 * The pages that come with what only they need: charts, YAML, the compiler of rules, the wire of a team. History and Ledger, where the dashboard opens, stand in it; so each page is there sooner.
 */
export const ApprovalsPage = later('approvals', () => import('../approvals/ApprovalsPage.tsx').then(({ ApprovalsPage: page }) => page))
export const EffectivePage = later('settings/effective', () => import('../settings/EffectivePage.tsx').then(({ EffectivePage: page }) => page))
export const HelpPage = later('help', () => import('../help/HelpPage.tsx').then(({ HelpPage: page }) => page))
export const InsightsPage = later('insights', () => import('../insights/InsightsPage.tsx').then(({ InsightsPage: page }) => page))
export const RecordPage = later('history/', () => import('../history/RecordPage.tsx').then(({ RecordPage: page }) => page))
export const RulesPage = later('rules', () => import('../rules/RulesPage.tsx').then(({ RulesPage: page }) => page))
export const SettingsPage = later('settings', () => import('../settings/SettingsPage.tsx').then(({ SettingsPage: page }) => page))
export const TeamPage = later('team', () => import('../team/TeamPage.tsx').then(({ TeamPage: page }) => page))
export const WorkflowPage = later('settings/workflow', () => import('../workflow/WorkflowPage.tsx').then(({ WorkflowPage: page }) => page))

/** A page that is loaded when it is shown; where the dashboard is opened at `place`, both are waited for at once. */
function later<Props>(place: Section | `${Section}/${string}`, load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  if (location.hash.startsWith(`#/${place}`)) void load().catch(() => undefined) // Asked for again, and then said, where it is shown.
  return lazy(() => load().then((page) => ({ default: page })))
}
