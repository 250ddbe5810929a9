import '../ui/tokens.css'
import '../workflow/workflow.css'
import './welcome.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { createWorkflowStore, type WorkflowState } from '../workflow/store.ts'
import { createWelcomeStore, type WelcomePort, type WelcomeState } from './store.ts'
import { Welcome } from './Welcome.tsx'

let stage: Stage
let calls: unknown[][]
/** The guard has tests of its own; here the mail goes as if it had let it. */
const unwatched = () => () => undefined
let sent: { to: string; subject: string; text: string }[]

const PRACTICE = { template: 'sales_email' as const, onSent: (mail: (typeof sent)[number]) => { sent.push(mail) }, watch: unwatched }

const mapping = () => createWorkflowStore({ save: () => Promise.resolve({}), remove: () => Promise.resolve(), share: () => '', newId: () => 'w' }, { policy: {}, stronger: {}, workflows: [] })

function Shown({ store, mapped }: { readonly store: StoreApi<WelcomeState>; readonly mapped: StoreApi<WorkflowState> }) {
  return <Welcome state={useStore(store)} workflow={useStore(mapped)} dashboard="/dashboard.html" practice={PRACTICE} />
}

function show(change: Partial<WelcomePort> = {}): StoreApi<WelcomeState> {
  const note = <T,>(name: string, value: T) => (...args: unknown[]): Promise<T> => {
    calls.push([name, ...args])
    return Promise.resolve(value)
  }
  const store = createWelcomeStore({
    saveReviewer: note('reviewer', undefined), requestAccess: note('ask', true), enableSite: note('enable', 1), disableSite: note('disable', undefined), saveWorkflow: note('workflow', true), finish: note('finish', undefined), ...change,
  }, { name: '', role: '' })
  stage.show(<Shown store={store} mapped={mapping()} />)
  return store
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
  sent = []
})
afterEach(() => stage.end())

describe('the first start', () => {
  it('goes by the keyboard alone from a name to the practice draft', async () => {
    show()
    await stage.says('Who answers for what you send?')
    await stage.isAccessible()
    page.getByLabelText('Your name', { exact: true }).element().focus()
    await userEvent.keyboard('{Enter}')
    await stage.says('A signature needs a name.')
    await userEvent.keyboard('Dana Whitfield{Enter}')
    await stage.says('Where do you write?')
    await stage.isAccessible()
    await expect.poll(() => calls).toEqual([['reviewer', 'Dana Whitfield', '']])
    await userEvent.click(page.getByRole('button', { name: 'Continue' }))
    await stage.says('What needs a person?')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Continue' }))
    await stage.says('You will notice it when it matters')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Try it on a practice draft' }))
    await stage.says('A practice draft')
    expect(calls.at(-1)).toEqual(['finish'])
    await stage.isAccessible()
  })

  it('asks for one site at a time and shows it on the map', async () => {
    show().getState().goto('sites')
    await userEvent.click(page.getByRole('switch', { name: 'Check drafts on Gmail' }))
    await stage.says('On. 1 open tab is not protected until you reload it.')
    expect(calls).toEqual([['ask', 'https://mail.google.com/'], ['enable', 'https://mail.google.com/', 'gmail']])
    expect(stage.host.querySelector('.map')?.textContent).toContain('You put it into your mailGmail')
    await userEvent.click(page.getByRole('switch', { name: 'Check drafts on Gmail' }))
    await expect.poll(() => calls.at(-1)).toEqual(['disable', 'https://mail.google.com/'])
  })

  it('takes an address of one\'s own by Enter, without leaving the step', async () => {
    const store = show({ requestAccess: () => Promise.resolve(false) })
    store.getState().goto('sites')
    await userEvent.click(page.getByText('Publishing', { exact: true }))
    await userEvent.fill(page.getByLabelText('Address of WordPress'), 'blog.larkfield.example/wp-admin/')
    await userEvent.keyboard('{Enter}')
    await stage.says('The browser did not give permission for https://blog.larkfield.example/wp-admin/')
    expect(store.getState().step).toBe('sites')
    await stage.isAccessible()
  })
})

describe('the practice draft', () => {
  it('inserts the draft through the editor\'s own input path, so that one undo takes it back', async () => {
    show().getState().goto('practice')
    await stage.says('A practice draft')
    const inputs: string[] = []
    const body = page.getByRole('textbox', { name: 'Message' }).element() as HTMLElement
    body.addEventListener('input', (event) => inputs.push((event as InputEvent).inputType))
    await userEvent.click(page.getByRole('button', { name: 'Paste the AI draft' }))
    expect(body.innerText).toContain('30% off the first year')
    expect(body.innerText).toContain('[Your Name]')
    expect(inputs).not.toEqual([])
    document.execCommand('undo')
    expect(body.innerText.trim()).toBe('')
  })

  it('hands over what was sent, and starts again empty', async () => {
    show().getState().goto('practice')
    await stage.says('A practice draft')
    await userEvent.click(page.getByRole('button', { name: 'Paste the AI draft' }))
    await userEvent.click(page.getByRole('button', { name: 'Send' }))
    await stage.says('Sent, in practice.')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ to: 'priya.raman@halden.example', subject: 'Larkfield for your 40 clinics' })
    expect(sent[0]?.text).toContain('We guarantee 99.99% uptime')
    await userEvent.click(page.getByRole('button', { name: 'Start again' }))
    await expect.element(page.getByRole('textbox', { name: 'Message' })).toHaveTextContent('')
  })
})
