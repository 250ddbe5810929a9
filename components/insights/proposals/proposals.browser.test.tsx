import '../../ui/tokens.css'
import '../../shell/shell.css'
import '../insights.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import type { Rule } from '../../../lib/engine/index.ts'
import { ruleFromProposal, type ChangeProposal, type FactProposal, type PromptProposal, type Proposal, type RuleProposal, type SilentProposal } from '../../../lib/learning/index.ts'
import type { TeamPackView } from '../../../lib/review/team/index.ts'
import type { StartComparison } from '../../compare/Compare.tsx'
import { stubI18n } from '../../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../../shell/fixtures/stage.ts'
import type { AcceptResult, Accepted } from './model.ts'
import { Proposals } from './Proposals.tsx'
import { createProposalStore, type ProposalPort, type ProposalState } from './store.ts'
import type { TeamWay } from './team.ts'

const TIMES = { first: Date.UTC(2026, 10, 1), last: Date.UTC(2026, 10, 20) }
const NEW: RuleProposal = {
  id: 'p1', kind: 'rule', category: 'pricing', match: ['{percent} off'], unless: [], suggest: '15% off', flagged: ['Get 30% off.'], clean: ['Get 15% off.'],
  evidence: { count: 3, before: ['30% off'], rule: '', ...TIMES },
}
const RULE: Rule = ruleFromProposal(NEW)
const LOWER: ChangeProposal = {
  id: 'p2', kind: 'lower', rule: { ...RULE, id: 'brand/update', title: 'Quick update' }, changed: { ...RULE, id: 'personal/brand-update', title: 'Quick update', tier: 'note' }, lists: {}, sample: 0.1,
  evidence: { count: 80, total: 80, interval: { low: 0.954, high: 1 }, quotes: ['quick update'], ...TIMES },
}
const PROMPT: PromptProposal = { id: 'p3', kind: 'prompt', assistant: 'ChatGPT', workflow: 'email', instead: 'utilize', write: 'use', category: 'brand', evidence: { count: 4, before: ['utilize'], ...TIMES } }
const FACT: FactProposal = { id: 'p4', kind: 'fact', about: 'The basic plan costs … a month', wrong: ['$49'], right: '$59', category: 'pricing', evidence: { count: 3, before: ['$49'], ...TIMES } }
const SILENT: SilentProposal = { id: 'p5', kind: 'silent', rule: { ...RULE, id: 'personal/odd', title: 'Odd words' }, evidence: { drafts: 400, since: TIMES.first } }

let stage: Stage
let accepted: (readonly [string, Rule | null])[]
let answer: AcceptResult | Error
let done: string[]

const compare = (proposal: Proposal, rule: Rule): StartComparison => (onProgress) => {
  done.push(`compared ${proposal.id} ${rule.id}`)
  onProgress(40, 100)
  return { done: new Promise(() => undefined), cancel: () => { done.push('stopped') } }
}

const port: ProposalPort = {
  accept: ({ id }, rule, place) => {
    accepted.push([id, rule])
    if (place) done.push(`into ${place.id ?? 'a new pack'} ${place.title}`)
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  },
  refuse: async ({ id }) => { done.push(`refused ${id}`) },
  undo: async (id) => { done.push(`undone ${id}`) },
  copy: async (text) => { done.push(text) },
}

function Shown({ store, proposals, before = [], team = null }: { readonly store: StoreApi<ProposalState>; readonly proposals: readonly Proposal[] | null; readonly before?: readonly Accepted[]; readonly team?: TeamWay | null }) {
  return <Proposals team={team} proposals={proposals} failed={null} accepted={before} state={useStore(store)} compare={compare} />
}
const show = (...proposals: Proposal[]): void => stage.show(<Shown store={createProposalStore(port)} proposals={proposals} />)

beforeEach(() => {
  stubI18n()
  stage = startStage()
  accepted = []
  done = []
  answer = { ok: true, pack: 'personal', rule: RULE }
})
afterEach(() => stage.end())

describe('a proposed rule', () => {
  it('says how often, changes nothing until it is accepted, and is taken back by one press', async () => {
    show(NEW)
    await stage.says('You changed this 3 times')
    expect(accepted).toEqual([])
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    expect(accepted).toEqual([['p1', RULE]])
    await expect.element(page.getByRole('link', { name: 'See the rule' })).toHaveAttribute('href', `#/rules/${RULE.id}`)
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Undo' }))
    expect(done).toEqual(['undone p1'])
    await stage.says('Everything is as before.')
  })

  it('is tried on past drafts first, with progress and a way to stop', async () => {
    show(NEW, PROMPT)
    await expect.poll(() => page.getByRole('button', { name: 'Try on past drafts' }).elements()).toHaveLength(1)
    await userEvent.click(page.getByRole('button', { name: 'Try on past drafts' }))
    await stage.says('40 of 100 drafts')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Stop' }))
    expect(done).toEqual([`compared p1 ${RULE.id}`, 'stopped'])
    await expect.element(page.getByRole('button', { name: 'Try on past drafts' })).toBeVisible()
    expect(accepted).toEqual([])
  })

  it('opens the editor with the problems when the rule cannot be used, and takes the mended one', async () => {
    show(NEW)
    answer = { ok: false, problems: ['personal.json:1:1 The pattern finds nothing.'] }
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    await expect.element(page.getByRole('dialog')).toHaveTextContent('The pattern finds nothing.')
    await stage.isAccessible()
    await userEvent.fill(page.getByLabelText('Finds, one pattern a line'), '{percent} off\n\n  {percent} discount ')
    await userEvent.fill(page.getByLabelText('Suggests'), ' ')
    await userEvent.selectOptions(page.getByLabelText('Tier'), 'note')
    answer = { ok: true, pack: 'personal', rule: RULE }
    await userEvent.click(page.getByRole('button', { name: 'Accept this rule' }))
    const last = accepted.at(-1)?.[1]
    expect(last).toMatchObject({ match: ['{percent} off', '{percent} discount'], tier: 'note', examples: RULE.examples })
    expect(last).not.toHaveProperty('suggest')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  })

  it('leaves everything as it is when the editor is closed by Esc', async () => {
    show(NEW)
    await userEvent.click(page.getByRole('button', { name: 'Edit first' }))
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
    expect(accepted).toEqual([])
  })

  it('refuses for good, and that too is taken back', async () => {
    show(NEW)
    await userEvent.click(page.getByRole('button', { name: 'Refuse' }))
    await stage.says('It will not be proposed again.')
    await userEvent.click(page.getByRole('button', { name: 'Undo' }))
    expect(done).toEqual(['refused p1', 'undone p1'])
  })

  it('says when it could not be stored, and can be pressed again', async () => {
    show(NEW)
    answer = new Error('disk is full')
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    await expect.element(page.getByRole('alert')).toHaveTextContent('disk is full')
    answer = { ok: true, pack: 'personal', rule: RULE }
    await userEvent.click(page.getByRole('button', { name: 'Accept' }))
    await stage.says('is in your pack')
  })
})

describe('other proposals', () => {
  it('say their numbers with their size, and what accepting does', async () => {
    show(LOWER, SILENT)
    await stage.says('You hardly ever change what “Quick update” marks')
    await stage.says('80 of 80 decisions say so (95 % interval 95% to 100%).')
    await stage.says('10% of these drafts are still reviewed, drawn by lot.')
    await stage.says('It found nothing in 400 drafts')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Accept' }).first())
    expect(accepted).toEqual([['p2', LOWER.changed]])
  })

  it('copy a line as the person left it, by key alone', async () => {
    show(PROMPT, FACT)
    await stage.says('A line for ChatGPT')
    await userEvent.fill(page.getByLabelText('The line, to change before copying').first(), 'Write use, not utilize.')
    page.getByRole('button', { name: 'Copy' }).first().element().focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => done).toEqual(['Write use, not utilize.'])
    expect(accepted).toEqual([['p3', null]])
    await expect.element(page.getByLabelText('The line, to change before copying').last()).toHaveValue('The basic plan costs $59 a month')
    await stage.isAccessible()
  })

  it('that were accepted are listed, each to be taken back', async () => {
    stage.show(<Shown store={createProposalStore(port)} proposals={[]} before={[{ id: 'p9', title: 'Quick update', at: TIMES.last }]} />)
    await stage.says('Nothing to propose yet')
    await userEvent.click(page.getByText('1 accepted change'))
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Undo “Quick update”' }))
    expect(done).toEqual(['undone p9'])
  })
})

describe('proposals in a team', () => {
  const pack = (id: string, title: string): TeamPackView => ({
    id, title, versions: [{ version: '1.0.0', digest: 'a'.repeat(64), signedBy: 'Ana', signedAt: '2026-11-01', text: '' }], statements: [], target: '1.0.0', installed: '1.0.0', standing: 'use', pinned: false, reason: '', problem: null, share: 100, conflicts: [],
  })
  const showIn = (team: TeamWay, ...proposals: Proposal[]): void => stage.show(<Shown store={createProposalStore(port)} proposals={proposals} team={team} />)

  it('are accepted for everybody by who leads it, into the pack that they choose, and taken back by one press', async () => {
    showIn({ leads: true, who: ['Ana'], packs: [pack('sales', 'Sales'), pack('support', 'Support')] }, NEW, LOWER, SILENT)
    // What is lowered is drawn by lot on this device, and a rule of another pack cannot be switched off for others.
    await expect.poll(() => page.getByRole('button', { name: 'Accept for the team' }).elements()).toHaveLength(1)
    await userEvent.selectOptions(page.getByLabelText('Pack of the team'), 'Support')
    await stage.isAccessible()
    answer = { ok: true, pack: 'support', rule: RULE, team: { title: 'Support', version: '1.1.0' } }
    await userEvent.click(page.getByRole('button', { name: 'Accept for the team' }))
    expect(done).toEqual(['into support Support'])
    await stage.says('is in the team’s pack “Support”, version 1.1.0')
    await userEvent.click(page.getByRole('button', { name: 'Undo' }))
    expect(done.at(-1)).toBe('undone p1')
  })

  it('begin a pack where the team has none, and go there too after they were changed', async () => {
    showIn({ leads: true, who: ['Ana'], packs: [] }, NEW)
    await userEvent.click(page.getByRole('button', { name: 'Edit first' }))
    await userEvent.selectOptions(page.getByLabelText('Goes into'), 'The team’s pack: Team rules')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Accept this rule' }))
    expect(done).toEqual(['into a new pack Team rules'])
  })

  it('say who can accept them for everybody, to who cannot', async () => {
    showIn({ leads: false, who: ['Ana', 'Ben'], packs: [pack('sales', 'Sales')] }, NEW)
    await stage.says('For the whole team, ask Ana and Ben.')
    expect(page.getByRole('button', { name: 'Accept for the team' }).elements()).toEqual([])
  })
})
