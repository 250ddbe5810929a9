import '../ui/tokens.css'
import '../shell/shell.css'
import './insights.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import type { Rule } from '../../lib/engine/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { InsightsView } from './InsightsView.tsx'
import type { AcceptResult, KeptCorrection, ProposalView } from './model.ts'
import { createProposalStore, type ProposalPort, type ProposalState } from './store.ts'

const RULE: Rule = {
  id: 'personal/30-off', title: '"15% off", not "30% off"', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Changed each time.', sources: [{ title: 'House rule' }],
  match: ['{percent} off'], unless: [], near: [], negation: 'clears', hedge: 'lowers', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, suggest: '15% off', reasons: [],
  examples: { flagged: ['Get 30% off.'], clean: ['Get 15% off.'] },
}
const PROPOSAL: ProposalView = { id: 'p1', before: ['30% off'], after: '15% off', count: 3, sentences: [{ before: 'Get 30% off.', after: 'Get 15% off.' }], rule: RULE }

const MADE: KeptCorrection = { id: 12, rule: 'pricing/percent-off', category: 'pricing', before: '30% off', after: '15% off', sentence: 'Get 30% off.', site: 'gmail', at: 5 }

let stage: Stage
let accepted: Rule[]
let answer: AcceptResult | Error
let refused: string[]

const port: ProposalPort = {
  accept: (_proposal, rule) => {
    accepted.push(rule)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  },
  refuse: (proposal) => {
    refused.push(proposal.id)
    return Promise.resolve()
  },
}

function Shown({ store }: { readonly store: StoreApi<ProposalState> }) {
  const scores = [
    { rule: 'pricing/percent-off', title: 'Percent off', fixed: 40, kept: 6, dismissed: 4, right: { share: 0.92, low: 0.81, high: 0.97 } },
    { rule: 'brand/best', title: 'Best', fixed: 1, kept: 0, dismissed: 1, right: null },
  ]
  return <InsightsView proposals={[PROPOSAL]} corrections={[MADE]} correctionTotal={1} scores={scores} enough={8} state={useStore(store)} />
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  accepted = []
  refused = []
  answer = { ok: true, pack: 'personal', rule: RULE }
  stage.show(<Shown store={createProposalStore(port)} />)
})
afterEach(() => stage.end())

describe('a proposal', () => {
  it('says how often, and changes nothing until it is accepted', async () => {
    await stage.says('You changed this 3 times')
    expect(accepted).toEqual([])
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    expect(accepted).toEqual([RULE])
    await expect.element(page.getByRole('link', { name: 'See the rule' })).toHaveAttribute('href', '#/rules/personal/30-off')
    await stage.isAccessible()
  })

  it('opens the editor with the problems when the rule cannot be used, and takes the mended one', async () => {
    answer = { ok: false, problems: ['personal.json:1:1 The pattern finds nothing.'] }
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    await expect.element(page.getByRole('dialog')).toHaveTextContent('The pattern finds nothing.')
    await stage.isAccessible()
    await userEvent.fill(page.getByLabelText('Finds, one pattern a line'), '{percent} off\n\n  {percent} discount ')
    await userEvent.fill(page.getByLabelText('Suggests'), ' ')
    await userEvent.selectOptions(page.getByLabelText('Tier'), 'note')
    answer = { ok: true, pack: 'personal', rule: RULE }
    await userEvent.click(page.getByRole('button', { name: 'Accept this rule' }))
    const last = accepted.at(-1)
    expect(last).toMatchObject({ match: ['{percent} off', '{percent} discount'], tier: 'note', examples: RULE.examples })
    expect(last).not.toHaveProperty('suggest')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('leaves everything as it is when the editor is closed by Esc', async () => {
    await userEvent.click(page.getByRole('button', { name: 'Edit first' }))
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    expect(accepted).toEqual([])
  })

  it('refuses for good', async () => {
    await userEvent.click(page.getByRole('button', { name: 'Refuse' }))
    expect(refused).toEqual(['p1'])
    await stage.says('It will not be proposed again.')
  })

  it('says when it could not be stored, and can be pressed again', async () => {
    answer = new Error('disk is full')
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    await expect.element(page.getByRole('alert')).toHaveTextContent('disk is full')
    answer = { ok: true, pack: 'personal', rule: RULE }
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    await stage.says('is in your pack')
  })
})

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
})
