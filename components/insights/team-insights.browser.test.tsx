import '../ui/tokens.css'
import '../shell/shell.css'
import './insights.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { addToDay, tallyOfCorrection, tallyOfDraft, type DayTally } from '../../lib/learning/index.ts'
import type { RepeatedCorrection, TeamInsights as Insights, TeamResult, TeamTrouble } from '../../lib/review/team/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { NO_FILTERS } from './filters.ts'
import { Scope } from './Scope.tsx'
import { TeamInsights } from './TeamInsights.tsx'

const NOW = Date.UTC(2026, 10, 26, 12)
const DAY = 86_400_000
let stage: Stage
let calls: string[]

/** Counted drafts of some weeks, of two categories, and what was corrected. */
function days(): DayTally[] {
  const made = new Map<string, DayTally>()
  const add = (one: DayTally): void => { made.set(one.day, addToDay(made.get(one.day) ?? null, one)) }
  for (let at = 0; at < 60; at++) {
    const [time, category] = [NOW - at * DAY, at % 3 === 0 ? 'promise' : 'pricing'] as const
    const found = { rule: `${category}/one`, category, tier: 'review', fingerprint: `f${at}` } as const
    add(tallyOfDraft({
      at: time, site: at % 2 ? 'gmail' : 'outlook', kind: 'email', origin: { verdict: 'unknown', evidence: [] }, requirement: { tier: at % 5 === 0 ? 'note' : 'review', owners: [], reasons: [] }, findings: [found],
      decisions: [{ ...found, outcome: at % 4 ? 'fixed' : 'dismissed' }], outcome: at % 10 === 3 ? 'overridden' : at % 20 === 7 ? 'unreviewed' : 'sent', heldAt: time, signOff: at % 20 === 7 ? null : { at: time + 30_000 },
    }))
    add(tallyOfCorrection({ rule: found.rule, category, before: 'a', after: 'b', sentence: 'a', site: 'gmail', at: time, kind: 'email' }))
  }
  return [...made.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

const repeated = (before: string, change: Partial<RepeatedCorrection> = {}): RepeatedCorrection => ({
  rule: 'pricing/one', category: 'pricing', before, after: '15% off', sentence: `Get ${before}.`, site: 'gmail', times: 7, members: 3, first: NOW - 20 * DAY, last: NOW - DAY, ...change,
})
const READ: Insights = { at: NOW - 300_000, days: days(), devices: 12, sharing: 5, partly: [], unread: 0, repeated: [repeated('30% off'), repeated('for ever', { category: 'promise', rule: 'promise/one', after: 'for a year' }), repeated('long ago', { last: NOW - 200 * DAY })] }
const PARTLY: Insights = { ...READ, partly: ['Dana Whitfield-Okonkwo', 'Tom Abara'], unread: 2 }
const GONE: TeamTrouble = { code: 'unreachable', params: ['cloud.larkfield.example'] }

function show(known: TeamResult<Insights | null> | null, anew: TeamResult<Insights | null> = { ok: true, value: READ }, filters = NO_FILTERS): void {
  stage.show(
    <main>
      <TeamInsights
        port={{ insights: (how) => { calls.push(how); return how === 'known' ? (known === null ? new Promise(() => undefined) : Promise.resolve(known)) : Promise.resolve(anew) } }}
        scope={<Scope part="team" />} titleOf={(rule) => `Rule ${rule}`} now={NOW} filters={filters} set={() => undefined} clear={() => undefined}
      />
    </main>)
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
})
afterEach(() => stage.end())

describe('a lead’s Insights of the team', () => {
  it.each<[string, TeamResult<Insights | null> | null, string]>([
    ['loading', null, 'Insights'], ['not read yet', { ok: true, value: null }, 'Not read yet'], ['nothing there', { ok: true, value: { ...READ, days: [], devices: 0, sharing: 0, repeated: [] } }, 'Nothing to count yet'],
    ['read', { ok: true, value: READ }, 'Corrected again and again'], ['partly read', { ok: true, value: PARTLY }, 'See what is wrong'], ['could not be read', { ok: false, problem: GONE }, 'could not be read'],
  ])('%s: readable by everyone and never wider than the screen', async (name, known, said) => {
    for (const width of [360, 1440]) for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme
      await page.viewport(width, 900)
      show(known)
      await stage.says(said)
      for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish()
      await stage.isAccessible()
      expect(document.documentElement.scrollWidth, `${name} ${width}`).toBeLessThanOrEqual(width)
      if (import.meta.env['VITE_TEAM_SHOTS']) await page.screenshot({ path: `${import.meta.env['VITE_TEAM_SHOTS']}/insights-${name.replaceAll(' ', '-')}-${width}-${theme}.png` })
    }
    delete document.documentElement.dataset['theme']
  })

  it('are read anew only when asked for, and stay where that fails, with what is wrong', async () => {
    show({ ok: true, value: READ }, { ok: false, problem: GONE })
    await stage.says('Devices with a proven ledger: 12. Devices that share corrections: 5.')
    expect(calls).toEqual(['known'])
    await userEvent.click(page.getByRole('button', { name: 'Read what is new' }))
    await stage.says('The team’s records could not be read:')
    await stage.says('Corrected again and again')
    expect(calls).toEqual(['known', 'new'])
  })

  it('are read for the first time from the empty page', async () => {
    show({ ok: true, value: null })
    await userEvent.click(page.getByRole('button', { name: 'Read what is new' }))
    await stage.says('Read 5 minutes ago.')
    await expect.element(page.getByRole('img', { name: /^Reviews\. / })).toBeVisible()
  })

  it('show each week and category with held, overridden and unreviewed, and every number in a table', async () => {
    show({ ok: true, value: READ })
    await stage.says('Of 60 drafts, 6 overridden and 3 unreviewed.')
    for (const summary of stage.host.querySelectorAll('figure summary')) await userEvent.click(summary)
    const rows = (): (string | null)[][] => [...stage.host.querySelectorAll('#insight-categories tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent))
    // Category, review time, signed, held, hold time, overridden, unreviewed, drafts.
    expect(rows().map((row) => [row[0], row[2], row[3], row[5], row[6], row[7]])).toEqual([['Pricing', '34', '40', '4', '2', '40'], ['Promise', '17', '20', '2', '1', '20']])
    expect(stage.host.querySelector('#insight-assistants')).toBeNull()
    show({ ok: true, value: READ }, undefined, { ...NO_FILTERS, category: 'promise' })
    await stage.says('Of 20 drafts, 2 overridden and 1 unreviewed.')
  })

  it('list what several members corrected, of the period and category that is looked at', async () => {
    show({ ok: true, value: READ })
    await stage.says('Times: 7. Devices: 3.')
    const listed = (): (string | null)[] => [...stage.host.querySelectorAll('.cor .diff')].map((each) => each.getAttribute('aria-label'))
    expect(listed()).toHaveLength(2)
    show({ ok: true, value: READ }, undefined, { ...NO_FILTERS, days: 0 })
    await expect.poll(() => listed().length).toBe(3)
    show({ ok: true, value: READ }, undefined, { ...NO_FILTERS, category: 'promise' })
    await expect.poll(() => listed()).toEqual([expect.stringContaining('for ever')])
  })

  it('name whose records are not whole, and lead to where that is told', async () => {
    show({ ok: true, value: PARTLY })
    await stage.says('Not everything of Dana Whitfield-Okonkwo and Tom Abara could be read or proven. It is missing here.')
    await stage.says('their device did not sign them: 2.')
    await expect.element(page.getByRole('link', { name: 'See what is wrong' })).toHaveAttribute('href', '#/team')
  })
})
