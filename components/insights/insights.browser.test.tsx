import '../ui/tokens.css'
import '../shell/shell.css'
import './insights.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { InsightsView } from './InsightsView.tsx'
import type { KeptCorrection } from './model.ts'

const MADE: KeptCorrection = { id: 12, rule: 'pricing/percent-off', category: 'pricing', before: '30% off', after: '15% off', sentence: 'Get 30% off.', site: 'gmail', at: 5 }

let stage: Stage
function Shown() {
  const scores = [
    { rule: 'pricing/percent-off', title: 'Percent off', flagged: 61, fixed: 40, kept: 6, dismissed: 4, overridden: 3, right: { share: 0.92, low: 0.81, high: 0.97 }, noise: 0.08, trend: -0.07, reviewMs: 420_000 },
    { rule: 'brand/best', title: 'Best', flagged: 2, fixed: 1, kept: 0, dismissed: 1, overridden: 0, right: null, noise: null, trend: null, reviewMs: 5_000 },
  ]
  return <InsightsView proposals={null} corrections={[MADE]} correctionTotal={1} onMore={() => undefined} scores={scores} enough={8} />
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  stage.show(<Shown />)
})
afterEach(() => stage.end())

describe('a correction', () => {
  it('leads to a rule made from it', async () => {
    await expect.element(page.getByRole('link', { name: 'Make a rule from the correction of “30% off”' })).toHaveAttribute('href', '#/rules/personal/new/make/12')
  })
})

describe('scorecards', () => {
  it('claims no share from too few decisions', async () => {
    await stage.says('not enough data')
    await expect.element(page.getByRole('img', { name: '92%, between 81% and 97%' })).toBeVisible()
  })

  it('tell noise, time and trend beside the counts', async () => {
    const cellsOf = (row: number) => [...stage.host.querySelectorAll(`table.sc tbody tr:nth-child(${row}) td`)].map((cell) => cell.textContent)
    await expect.poll(() => cellsOf(1)).toEqual(['Percent off', '61', '40', '6', '4', '3', '8%', '7 mins', '92%', '-7'])
    expect(cellsOf(2)).toEqual(['Best', '2', '1', '0', '1', '0', 'not enough data', '5 secs', 'not enough data', 'not enough data'])
    await stage.isAccessible()
  })
})
