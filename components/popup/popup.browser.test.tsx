import '../ui/tokens.css'
import './popup.css'
import axe from 'axe-core'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import type { Coverage } from '../../lib/guard/coverage.ts'
import type { PageState } from '../../lib/guard/types.ts'
import type { SiteSetting } from '../../lib/messages/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { Popup } from './Popup.tsx'
import { createPopupStore, type PopupPort, type PopupState } from './store.ts'

const GMAIL: SiteSetting = { prefix: 'https://mail.example.com/', adapter: 'generic', on: true }
const CLEAR: PageState = { site: 'mail.example.com', adapter: 'generic', early: true, failed: false, drafts: [], unseen: [] }
const covered = (change: Partial<Coverage> = {}): Coverage => ({ watched: ['text', 'subject', 'recipients', 'send'], missing: [], unread: 0, blocks: 3, complete: true, images: 0, attachments: 0, frames: 0, ...change })
const draft = (change: Partial<PageState['drafts'][number]>): PageState['drafts'][number] => ({ id: 'd1', subject: 'Offer', ai: false, phase: 'clear', open: 0, coverage: covered(), trouble: null, ...change })

let root: Root
let host: HTMLElement
let calls: string[]

function Shown({ store }: { readonly store: StoreApi<PopupState> }) {
  const { view, setOn, setAdapter, declare, reload, load } = useStore(store)
  return (
    <Popup
      view={view} today={{ held: 24, signed: 3, open: 1, unseen: 2 }} drafts="ai" modes={null} dashboard="/dashboard.html" onSwitch={(on) => void setOn(on)}
      onAdapter={(adapter) => void setAdapter(adapter)} onDeclare={(id, ai) => void declare(id, ai)} onReload={() => void reload()} onRetry={() => void load()}
    />
  )
}

/** The popup over a port that answers as told; every call is noted. */
async function show(change: Partial<PopupPort> = {}): Promise<StoreApi<PopupState>> {
  const note = <T,>(name: string, value: T) => (...args: unknown[]): Promise<T> => {
    calls.push([name, ...args].join(' '))
    return Promise.resolve(value)
  }
  const store = createPopupStore({
    activeTab: () => Promise.resolve({ id: 7, url: 'https://mail.example.com/inbox' }), sites: () => Promise.resolve([GMAIL]), page: () => Promise.resolve(CLEAR),
    requestAccess: note('ask', true), enable: note('enable', undefined), disable: note('disable', undefined), reload: note('reload', undefined), declare: note('declare', { ...CLEAR, drafts: [draft({ ai: true })] }), adapterFor: () => ({ id: 'generic', sure: false }), ...change,
  })
  root.render(<Shown store={store} />)
  await store.getState().load()
  await expect.poll(() => host.querySelector('[aria-label="Looking at this tab"]')).toBeNull()
  return store
}

beforeEach(() => {
  stubI18n()
  calls = []
  host = document.createElement('div')
  document.body.append(host)
  root = createRoot(host)
})
afterEach(() => {
  root.unmount()
  host.remove()
})

describe('the person’s word on a draft', () => {
  it('is one switch, which shows what holds then', async () => {
    await show({ page: () => Promise.resolve({ ...CLEAR, drafts: [draft({})] }) })
    const own = () => host.querySelector('[aria-label="AI drafted this: Offer"]') as HTMLInputElement
    await expect.poll(() => own()?.checked).toBe(false)
    await userEvent.click(own())
    expect(calls).toContain('declare 7 page d1 true')
    await expect.poll(() => own().checked).toBe(true)
  })
})

describe('what the popup says of the page', () => {
  it.each([
    ['no draft', CLEAR, 'No draft open'],
    ['a tab opened before', { ...CLEAR, early: false }, 'This tab is not protected yet'],
    ['no guard', null, 'This tab is not protected yet'],
    ['rules missing', { ...CLEAR, failed: true }, 'Check is not running'],
    ['an editor that cannot be read', { ...CLEAR, failed: true, drafts: [draft({ phase: 'failed', trouble: 'unreadable', coverage: covered({ watched: ['send'], missing: ['body'] }) })] }, 'a frame of another site'],
    ['no way to send', { ...CLEAR, drafts: [draft({ coverage: covered({ watched: ['text'], missing: ['send'] }) })] }, 'Send not found: not protected'],
    ['two drafts, open findings', { ...CLEAR, drafts: [draft({ phase: 'open', open: 2 }), draft({ id: 'd2', phase: 'open', open: 1 })] }, '2 drafts watched'],
    ['held', { ...CLEAR, drafts: [draft({ phase: 'held', open: 3 }), draft({ id: 'd2' })] }, 'Send is held'],
    ['clear', { ...CLEAR, drafts: [draft({})] }, 'Nothing to settle'],
    ['extension updated', { ...CLEAR, drafts: [draft({ phase: 'lost' })] }, 'This tab is not protected yet'],
  ])('%s', async (_name, state, words) => {
    await show({ page: () => Promise.resolve(state) })
    await says(words)
    await expectNoViolations()
  })

  it.each([
    [{ watched: ['text', 'send'], missing: ['recipients', 'subject'] }, ['Watched: text and Send.', 'Recipients unknown. No rule about who gets it can apply.', 'Subject not found. It is not checked.', 'does not change what this draft needs']],
    [{ images: 2, attachments: 1, frames: 1 }, ['Image text not read. Look at the words in 2 pictures yourself.', 'Attachments not read. Look into 1 file yourself.', 'A frame of another site in this draft is not read.']],
    [{ complete: false }, ['Text not fully visible. This editor shows only part of it.']],
    [{ unread: 2, blocks: 38 }, ['Could not read 2 of 38 blocks. Look at them yourself before you sign.']],
  ] satisfies [Partial<Coverage>, string[]][])('says of each draft what is watched and what is not: %o', async (change, words) => {
    await show({ page: () => Promise.resolve({ ...CLEAR, drafts: [draft({ coverage: covered(change) })] }) })
    for (const each of words) await says(each)
    await expectNoViolations()
  })

  it('says that a page is read as any other where what is known of its site is switched off', async () => {
    await show({ page: () => Promise.resolve({ ...CLEAR, insteadOf: 'zendesk' }) })
    await says('What is known of Zendesk is not in use here, so this page is read as any other')
    await expectNoViolations()
  })

  it('says nothing of gaps where there is none', async () => {
    await show({ page: () => Promise.resolve({ ...CLEAR, drafts: [draft({})] }) })
    await says('Watched: text, subject, recipients and Send.')
    expect(host.querySelector('.gaps')).toBeNull()
    expect(host.textContent).not.toContain('does not change')
  })

  it('says which draft seems to have left past the gate, how that was seen, and shows the report before it is copied, without the address', async () => {
    const unseen = [{ id: 'u', at: 1, by: 'said', subject: 'Offer', needed: true, record: 12, report: 'Countersign report 1\nread as: generic' } as const]
    await show({ page: () => Promise.resolve({ ...CLEAR, unseen }) })
    await says('"Offer" seems to have left without a check')
    await says('The page said that it was sent. It is on record as 12.')
    await says('2 drafts seem to have left without a check today.')
    expect(host.querySelector('textarea')).toBeNull()
    await userEvent.click(page.getByRole('button', { name: 'Show report' }))
    const field = () => host.querySelector('textarea')!.value
    expect(field()).toBe('Countersign report 1\nread as: generic')
    await userEvent.click(page.getByRole('checkbox', { name: 'Name this site in it: mail.example.com' }))
    await expect.poll(field).toBe('Countersign report 1\nsite: mail.example.com\nread as: generic')
    await expectNoViolations()
  })

  it.each([[true, 'ask before sending'], [false, 'it stays held until the check runs']])('says what the policy does where the check cannot run: %s', async (unchecked, words) => {
    await show({ page: () => Promise.resolve({ ...CLEAR, failed: true, drafts: [draft({ phase: 'failed', trouble: 'too-long', may: { override: true, unchecked, suppress: true } })] }) })
    await says(`Your policy for that: ${words}`)
  })

  it('says held before "not found": a held draft is the more urgent', async () => {
    await show({ page: () => Promise.resolve({ ...CLEAR, drafts: [draft({ phase: 'held', open: 1 }), draft({ id: 'd2', coverage: covered({ watched: ['text'], missing: ['send'] }) })] }) })
    await says('Send is held')
  })

  it.each(['chrome://extensions', 'file:///home/a.html', 'https://chromewebstore.google.com/detail/x', undefined])('offers no switch on %s', async (url) => {
    await show({ activeTab: () => Promise.resolve({ id: 1, url }) })
    await expect.element(page.getByRole('switch')).not.toBeInTheDocument()
    await says('Nothing to review here')
    await expectNoViolations()
  })

  it('says what failed and tries again', async () => {
    let fail = true
    await show({ sites: () => (fail ? Promise.reject(new Error('disk is full')) : Promise.resolve([GMAIL])) })
    await expect.element(page.getByRole('alert')).toHaveTextContent('disk is full')
    await expectNoViolations()
    fail = false
    await userEvent.click(page.getByRole('button', { name: 'Try again' }))
    await says('No draft open')
  })
})

describe('a page whose own site is off', () => {
  const asked = (part: string) => (_tab: number, of: string) => Promise.resolve(of === part ? { ...CLEAR, drafts: [draft({})] } : null)

  it('still lists the drafts of a frame whose site is on, and takes a word on them', async () => {
    await show({ sites: () => Promise.resolve([{ ...GMAIL, on: false }]), page: asked('frames') })
    await expect.poll(() => host.textContent).toContain('Off. Countersign cannot see this site')
    expect(host.textContent).toContain('belongs to another site that is on')
    await userEvent.click(host.querySelector('[aria-label="AI drafted this: Offer"]')!)
    expect(calls).toContain('declare 7 frames d1 true')
  })

  it('asks nothing of the page itself, which may have a guard from before', async () => {
    await show({ sites: () => Promise.resolve([{ ...GMAIL, on: false }]), page: asked('page') })
    await expect.poll(() => host.textContent).toContain('Off. Countersign cannot see this site')
    expect(host.textContent).not.toContain('Offer')
    expect(host.textContent).not.toContain('belongs to another site')
  })
})

describe('the switch', () => {
  it('asks for the site alone, inside the click, and turns it on as the chosen application', async () => {
    await show({ sites: () => Promise.resolve([]) })
    await userEvent.selectOptions(page.getByRole('combobox'), 'wordpress')
    expect(calls).toEqual([])
    await userEvent.click(page.getByRole('switch'))
    await expect.poll(() => calls).toEqual(['ask https://mail.example.com/', 'enable https://mail.example.com/ wordpress'])
    await expect.element(page.getByRole('switch')).toBeChecked()
  })

  it('asks before it awaits anything', async () => {
    const store = await show({ sites: () => Promise.resolve([]) })
    void store.getState().setOn(true)
    expect(calls).toEqual(['ask https://mail.example.com/'])
  })

  it('stays off and says so when the browser says no', async () => {
    await show({ sites: () => Promise.resolve([]), requestAccess: () => Promise.resolve(false) })
    await userEvent.click(page.getByRole('switch'))
    await expect.element(page.getByRole('alert')).toHaveTextContent('The browser did not give permission for mail.example.com')
    await expect.element(page.getByRole('switch')).not.toBeChecked()
    expect(calls).toEqual([])
    await expectNoViolations()
  })

  it('turns the setting off that covers the page, not a new one', async () => {
    await show({ sites: () => Promise.resolve([GMAIL, { prefix: 'https://mail.example.com/inbox', adapter: 'gmail', on: true }]) })
    await userEvent.click(page.getByRole('switch'))
    await expect.poll(() => calls).toEqual(['disable https://mail.example.com/inbox'])
    await says('Not checked')
  })

  it('does not offer a choice of application where the host says it', async () => {
    await show({ adapterFor: () => ({ id: 'gmail', sure: true }) })
    await expect.element(page.getByRole('combobox')).not.toBeInTheDocument()
  })
})

async function expectNoViolations(): Promise<void> {
  const { violations } = await axe.run(host, { rules: { region: { enabled: false } } })
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
}

async function says(words: string): Promise<void> {
  await expect.poll(() => host.textContent).toContain(words)
}
