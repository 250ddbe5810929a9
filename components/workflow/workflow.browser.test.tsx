import '../ui/tokens.css'
import '../shell/shell.css'
import './workflow.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import { layered, type PolicyPart } from '../../lib/policy/index.ts'
import { POINT_IDS, pointSettings, withPoints, type PointSettings, type Workflow } from '../../lib/policy/workflow.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import type { WorkflowFacts } from './model.ts'
import { createWorkflowStore, type WorkflowPort, type WorkflowStart, type WorkflowState } from './store.ts'
import { WorkflowView } from './WorkflowView.tsx'

let stage: Stage
let saved: { workflow: Workflow; points: PointSettings }[]
let files: string[]
let ids: number

const FACTS: WorkflowFacts = {
  days: 90, drafts: 40, sent: 36, signed: 20, overridden: 12, unreviewed: 1, assistants: [{ name: 'ChatGPT', count: 31 }, { name: 'Claude', count: 9 }], hosts: [{ name: 'mail.google.com', count: 40 }],
  points: { pricing: { met: 25, fixed: 9, kept: 3, dismissed: 1, overridden: 12, unreviewed: 0 } }, others: [{ category: 'statistic', met: 4 }],
}

function Shown({ store, facts }: { readonly store: StoreApi<WorkflowState>; readonly facts: WorkflowFacts | null }) {
  return <WorkflowView state={useStore(store)} facts={facts} where={['Gmail']} person="Dana" practice="/welcome.html" />
}

function show(start: Partial<WorkflowStart> = {}, facts: WorkflowFacts | null = null, change: Partial<WorkflowPort> = {}): StoreApi<WorkflowState> {
  const stored: WorkflowStart = { policy: {}, stronger: {}, workflows: [], ...start }
  const store = createWorkflowStore({
    save: (workflow, points) => {
      saved.push({ workflow, points })
      return Promise.resolve<PolicyPart>(withPoints(stored.policy, points, layered({ ...stored.stronger, person: stored.policy }).policy))
    },
    remove: () => Promise.resolve(),
    share: (_, text) => { files.push(text); return 'workflow.json' },
    newId: () => `w${ids++}`,
    ...change,
  }, stored)
  stage.show(<Shown store={store} facts={facts} />)
  return store
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  saved = []
  files = []
  ids = 1
})
afterEach(() => stage.end())

describe('mapping a workflow', () => {
  it('chooses one, sets a point, and saves both', async () => {
    show()
    await userEvent.click(page.getByRole('radio', { name: /^Newsletter/ }))
    const brand = page.getByRole('radiogroup', { name: 'Public brand voice' })
    await expect.element(brand.getByRole('radio', { name: 'Reviewed' })).toBeChecked()
    await userEvent.click(brand.getByRole('radio', { name: 'Approved' }))
    await userEvent.fill(page.getByLabelText('Public brand voice: who decides'), 'Mara, Tom')
    await userEvent.selectOptions(page.getByLabelText('Follow-up of Pricing or discounts'), 'remind')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Save as my policy' }))
    await stage.says('Saved. It is your policy from now on.')
    expect(saved[0]?.workflow).toMatchObject({ template: 'newsletter', title: 'Newsletter', kind: 'email' })
    expect(saved[0]?.points).toMatchObject({ brand: { tier: 'approve', people: ['Mara', 'Tom'], mode: 'enforce' }, pricing: { tier: 'approve', mode: 'remind' } })
    expect(stage.host.querySelector('.flow')?.textContent).toContain('Public brand voice · Mara and Tom')
  })

  it('does not carry what one choice suggested into the next', async () => {
    const store = show()
    store.getState().choose('newsletter')
    store.getState().choose('sales_email')
    expect(store.getState().points.pricing.tier).toBe('review')
    await stage.says('Offers and follow-ups')
  })

  it('offers only what the team leaves, and says so', async () => {
    show({ stronger: { team: { floor: { pricing: 'approve' }, areas: { pricing: { owner: 'pricing', people: ['Mara'], hours: 2 } } } } })
    const pricing = page.getByRole('radiogroup', { name: 'Pricing or discounts' })
    await expect.element(pricing.getByRole('radio', { name: 'Automatic' })).toBeDisabled()
    await expect.element(pricing.getByRole('radio', { name: 'Reviewed' })).toBeDisabled()
    await expect.element(pricing.getByRole('radio', { name: 'Blocked' })).toBeEnabled()
    await expect.element(page.getByLabelText('Pricing or discounts: who decides')).toHaveAttribute('readonly')
    await stage.says('Set by the team. You may ask for more, not for less.')
    await stage.isAccessible()
  })

  it('keeps what was chosen where it could not be saved', async () => {
    const store = show({}, null, { save: () => Promise.reject(new Error('disk full')) })
    store.getState().choose('cms_article')
    await userEvent.click(page.getByRole('button', { name: 'Save as my policy' }))
    await stage.says('disk full')
    expect(store.getState()).toMatchObject({ changed: true, busy: false, workflow: { template: 'cms_article' } })
  })

  it('draws steps of one\'s own', async () => {
    const store = show()
    store.getState().choose('own')
    await userEvent.click(page.getByText('Name, steps and sharing'))
    await userEvent.click(page.getByRole('button', { name: 'Add a step' }))
    await userEvent.fill(page.getByLabelText('Step 5: what happens'), 'Legal reads it')
    await userEvent.click(page.getByRole('button', { name: 'Step 5: up' }))
    await userEvent.click(page.getByRole('button', { name: 'Step 1: remove' }))
    await expect.element(page.getByRole('button', { name: 'Step 2: remove' })).toHaveAttribute('aria-disabled', 'true')
    expect(store.getState().workflow.steps.map(({ title }) => title)).toEqual(['You put it where it is sent from', 'Checked against your review points', 'Legal reads it', 'You press Send', 'The customer reads it'])
    expect([...stage.host.querySelectorAll('.flow > li > .node > .strong')].map((node) => node.textContent)).toEqual(store.getState().workflow.steps.map(({ title }) => title))
    await stage.isAccessible()
  })

  it('is redrawn from what really happened', async () => {
    show({ workflows: [] }, FACTS)
    await stage.says('This step was overridden 12 times')
    const text = (stage.host.querySelector('.flow') as HTMLElement).innerText.replace(/\s+/g, ' ')
    for (const words of ['ChatGPT 31 and Claude 9', 'mail.google.com 40', '40 drafts in the last 90 days', 'In 25 drafts · 9 fixed · 3 kept · 1 not an issue', 'Not met so far', 'Also met Statistic 4', '36 were sent']) expect(text, words).toContain(words)
    await stage.isAccessible()
  })
})

describe('sharing', () => {
  it('takes back what it gave, but not below what the administrator set', async () => {
    const giving = show()
    giving.getState().choose('newsletter')
    giving.getState().setPoint('pricing', { tier: 'note' })
    giving.getState().share()
    const taking = show({ stronger: { administrator: { floor: { pricing: 'review' } } } })
    taking.getState().take(files[0] ?? '')
    await stage.says('except what your team or administrator has set')
    const { workflow, points } = taking.getState()
    expect(workflow).toMatchObject({ template: 'newsletter', title: 'Newsletter' })
    expect(points.pricing).toMatchObject({ tier: 'review', mode: 'enforce' })
    expect(points.promise).toEqual(giving.getState().points.promise)
  })

  it('changes nothing for a file that is not right, and says where', async () => {
    const store = show()
    store.getState().share()
    const before = store.getState().points
    store.getState().take((files[0] ?? '').replace('"approve"', '"maybe"'))
    await stage.says('Wrong in the file, at points.')
    store.getState().take('{')
    await stage.says('not complete, or not a workflow')
    expect(store.getState().points).toBe(before)
  })
})

describe('kept workflows', () => {
  const kept: Workflow = { id: 'k', template: 'own', title: 'Our way', kind: 'email', steps: [{ actor: 'check', title: 'Check' }, { actor: 'reader', title: 'Customer' }] }

  it('opens the first, and goes back to it when changes are undone', async () => {
    const store = show({ policy: { floor: { brand: 'block' } }, workflows: [kept] })
    await expect.element(page.getByRole('button', { name: 'Our way' })).toHaveAttribute('aria-pressed', 'true')
    expect(store.getState().points).toEqual(pointSettings(layered({ person: { floor: { brand: 'block' } } }).policy))
    store.getState().setTitle('Other')
    for (const id of POINT_IDS) store.getState().setPoint(id, { tier: 'block' })
    await userEvent.click(page.getByRole('button', { name: 'Undo changes' }))
    expect(store.getState()).toMatchObject({ changed: false, workflow: kept, points: { pricing: { tier: 'review' }, brand: { tier: 'block' } } })
    await stage.isAccessible()
  })
})
