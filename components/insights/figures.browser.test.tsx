import '../ui/tokens.css'
import '../shell/shell.css'
import './insights.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { addToDay, standingOf, tallyOfDraft, type CountedDraft, type DayTally, type InsightFilters } from '../../lib/learning/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { Figures } from './Figures.tsx'
import { filtersFromQuery, filtersToQuery, NO_FILTERS } from './filters.ts'
import { Numbers } from './Numbers.tsx'
import { figuresOf } from './tables.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const DAY = 86_400_000
let stage: Stage

function draft(at: number, product: string, outcome: CountedDraft['outcome'] = 'sent'): CountedDraft {
  return {
    at, site: 'gmail', kind: 'email', origin: { verdict: 'ai', evidence: [{ class: 'T2', mark: 'm', product, count: 1 }] }, requirement: { tier: 'review', owners: [], reasons: [] },
    findings: [{ rule: 'pricing/percent-off', category: 'pricing', tier: 'review', fingerprint: `f${at}` }], decisions: [{ rule: 'pricing/percent-off', category: 'pricing', tier: 'review', fingerprint: `f${at}`, outcome: 'fixed' }],
    outcome, heldAt: at, signOff: { at: at + 30_000 },
  }
}

function daysOf(drafts: readonly CountedDraft[]): DayTally[] {
  const days = new Map<string, DayTally>()
  for (const one of drafts) { const tally = tallyOfDraft(one); days.set(tally.day, addToDay(days.get(tally.day) ?? null, tally)) }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

const FULL = daysOf(Array.from({ length: 24 }, (_, at) => draft(NOW - at * 3 * DAY - at, at % 2 ? 'Claude' : 'ChatGPT', at === 3 ? 'overridden' : 'sent')))

function show(days: readonly DayTally[], filters: InsightFilters = NO_FILTERS): void {
  stage.show(<main><Numbers standing={standingOf(days, filters, NOW)} /><Figures figures={figuresOf(days, filters, (rule) => `Rule ${rule}`)} /></main>)
}

beforeEach(() => { stubI18n(); stage = startStage() })
afterEach(() => stage.end())

describe('the charts', () => {
  it('say themselves in a sentence with how many they rest on, and as a table with every number', async () => {
    show(FULL)
    await stage.says('23 reviews, 12 min')
    await stage.says('Of 24 drafts, 1 overridden and 0 unreviewed.')
    await expect.element(page.getByRole('img', { name: /^Reviews\. 23 reviews/ })).toBeVisible()
    for (const summary of stage.host.querySelectorAll('summary')) await userEvent.click(summary)
    await stage.isAccessible()
    const cells = [...stage.host.querySelectorAll('#insight-out tbody tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))
    expect(cells.reduce((sum, [, overridden = 0]) => sum + overridden, 0)).toBe(1)
    expect(cells.reduce((sum, [, , , drafts = 0]) => sum + drafts, 0)).toBe(24)
  })

  it('claim no share of a handful', async () => {
    show(daysOf([draft(NOW, 'ChatGPT'), draft(NOW - DAY, 'Claude')]))
    await stage.says('2 drafts: not enough data for a share.')
    await stage.says('Compared once two assistants have 8 drafts each.')
    await stage.says('not enough data')
    expect(stage.host.querySelector('.stats')?.textContent).not.toMatch(/\d%/)
    await stage.isAccessible()
  })

  it('say that there is nothing where there is nothing', async () => {
    show([])
    await stage.says('Nothing in this period.')
    await stage.isAccessible()
  })

  it('give their table as a file in which no text runs as a formula', async () => {
    const made: Blob[] = []
    const create = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (blob: Blob) => { made.push(blob); return create(blob) }
    try {
      stage.show(<Figures figures={[{ id: 'x', title: 'X', summary: 's', shape: { kind: 'bars', column: 1 }, table: { columns: [{ head: 'Rule', form: 'text' }, { head: 'Review time', form: 'ms' }], rows: [['=cmd()', 1500]] } }]} />)
      await userEvent.click(page.getByRole('button', { name: 'Download as CSV: X' }))
      expect(await made[0]?.text()).toBe("Rule,Review time (ms)\r\n'=cmd(),1500\r\n")
    } finally {
      URL.createObjectURL = create
    }
  })

  it('keep what is filtered in the address, and drop what they do not know', () => {
    const filters: InsightFilters = { days: 30, site: 'gmail', kind: 'reply', assistant: 'ChatGPT', category: 'pricing' }
    expect(filtersFromQuery(Object.fromEntries(Object.entries(filtersToQuery(filters)).filter(([, value]) => value !== '')))).toEqual(filters)
    expect(filtersFromQuery({ days: '12', kind: 'fax', category: 'x' })).toEqual(NO_FILTERS)
  })
})
