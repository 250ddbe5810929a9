import '../ui/tokens.css'
import '../shell/shell.css'
import '../review/review.css'
import './sidepanel.css'
import axe from 'axe-core'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createSideRegistry, type SideRegistry } from '../../lib/messages/side-panel.ts'
import { fakeRegistry, fakeSession, LETTER, THREE, type FakeFinding, type FakeOptions, type FakeSession } from '../review/fixtures/fake-session.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { ReviewContext } from '../review/context.ts'
import { createSideEnvironment } from './environment.ts'
import { fakeTab, type FakeTab } from './line.fixture.ts'
import { SideDraft } from './SideDraft.tsx'

/** The side panel over a FAKE session: both real ends of the line between them. What the page itself does is proven in `test/e2e/sidepanel.e2e.ts`. */
let root: Root
let host: HTMLElement
let time: number
let tab: FakeTab
let side: SideRegistry
const NOTES: readonly FakeFinding[] = THREE.filter(({ tier }) => tier === 'note')
const TWO: readonly FakeFinding[] = THREE.filter(({ tier }) => tier !== 'block')

const at = (cs: string): HTMLElement | null => host.querySelector(`[data-cs="${cs}"]`)
const said = (): string => (host.textContent ?? '').replace(/\s+/g, ' ')

async function show(options: FakeOptions | readonly FakeOptions[] = {}): Promise<FakeSession> {
  const sessions = (Array.isArray(options) ? options as readonly FakeOptions[] : [options as FakeOptions]).map((one) => fakeSession(one))
  tab = fakeTab(fakeRegistry(sessions), sessions)
  side = createSideRegistry()
  root.render(<ReviewContext value={createSideEnvironment(side, () => time)}><div className="cs sp"><main><SideDraft /></main></div></ReviewContext>)
  await side.follow(7, sessions.length)
  await expect.poll(() => at('side-draft')).not.toBeNull()
  return sessions[0]!
}

beforeEach(() => {
  stubI18n()
  // The test's own frame is in a window that has focus, but need not have it itself.
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  time = 0
  host = document.createElement('div')
  document.body.append(host)
  root = createRoot(host)
})
afterEach(() => {
  vi.restoreAllMocks()
  side.dispose()
  root.unmount()
  host.remove()
})

describe('the draft at the side', () => {
  it('lists what is to settle by its tier, the gravest first, and says where in the text it is', async () => {
    await show({ snapshot: { draft: { kind: 'email', site: 'gmail', subject: 'Offer', recipients: [], text: LETTER, locale: 'en', blocks: [{ span: { start: 0, end: 9 }, kind: 'text' }, { span: { start: 11, end: LETTER.length }, kind: 'text' }] } } })
    expect([...host.querySelectorAll('.grp')].map((head) => head.textContent)).toEqual([expect.stringContaining('Must change'), expect.stringContaining('Second signature'), expect.stringContaining('Review')])
    expect(said()).toContain('par. 2')
    await userEvent.click(at('side-note')!)
    expect(host.querySelectorAll('[data-cs=panel-row]')).toHaveLength(1)
    await userEvent.click(at('side-settled')!)
    expect(said()).toContain('Nothing is settled yet')
  })

  it('says what is to be done where nothing is held, and does not say twice how much it is', async () => {
    await show({ findings: TWO })
    expect(said()).toContain('Settle each, then sign.')
    expect(said().match(/findings need you/g)).toHaveLength(1)
  })

  it('opens a finding in its place, on the page too but shown there by nothing, and settles it by one key', async () => {
    const session = await show({ findings: TWO })
    await userEvent.click(host.querySelector<HTMLElement>('[data-cs=panel-row]')!)
    await expect.poll(() => at('card')).not.toBeNull()
    expect(session.snapshot()).toMatchObject({ active: 'f0', aside: true })
    expect(at('card')!.closest('ul.rows')).not.toBeNull()
    await expect.poll(() => at('card') !== null && document.activeElement === at('card')).toBe(true)
    await userEvent.keyboard('k1{Enter}')
    await expect.poll(() => session.calls.some((call) => call.startsWith('kept f0'))).toBe(true)
    await expect.poll(() => session.snapshot().active, { message: 'goes on to the next' }).toBe('f1')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => at('card')).toBeNull()
    await expect.poll(() => host.querySelector('[data-cs=side-settled] .num')?.textContent).toBe('1')
  })

  it('follows a finding that is opened on the page, into another list', async () => {
    const session = await show()
    session.open('f2')
    await expect.poll(() => at('card')?.textContent).toContain('A number without its source')
    expect(at('side-note')?.getAttribute('aria-pressed')).toBe('true')
  })

  it('goes through the findings with F8 from anywhere in it, and back', async () => {
    const session = await show({ findings: TWO })
    at('side-draft')!.focus()
    await userEvent.keyboard('{F8}')
    await expect.poll(() => session.snapshot().active).toBe('f0')
    await expect.poll(() => at('card') !== null && document.activeElement === at('card')).toBe(true)
    await userEvent.keyboard('{F8}')
    await expect.poll(() => session.snapshot().active).toBe('f1')
    await userEvent.keyboard('{Shift>}{F8}{/Shift}')
    await expect.poll(() => session.snapshot().active).toBe('f0')
  })

  it('shows one draft of several, the one that is chosen', async () => {
    await show([{ id: 'a', findings: TWO }, { id: 'b', findings: [], snapshot: { phase: 'clear', gate: { kind: 'allow', because: 'nothing-to-review' } } }])
    await expect.poll(() => at('side-which')).not.toBeNull()
    await userEvent.selectOptions(at('side-which')!, 'a')
    expect(host.querySelectorAll('[data-cs=panel-row]')).toHaveLength(2)
    await userEvent.selectOptions(at('side-which')!, 'b')
    expect(host.querySelectorAll('[data-cs=panel-row]')).toHaveLength(0)
  })
})

describe('signing at the side', () => {
  const READY: FakeOptions = { findings: NOTES, snapshot: { held: 'send', phase: 'ready' } }

  it('is done by one key, for what is shown, not at once after the button opened', async () => {
    const session = await show(READY)
    at('side-draft')!.focus()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(session.calls).not.toContain('sign')
    time = 1_000
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => session.calls).toContain('sign')
  })

  it('is not done by a press that no person made', async () => {
    const session = await show(READY)
    time = 1_000
    at('sign')!.click()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(session.calls).not.toContain('sign')
  })

  it('is refused with a sentence, and nothing done, where the page holds another text than is shown', async () => {
    const session = await show(READY)
    time = 1_000
    // The page's own change, which no snapshot has told yet.
    const stale = session.snapshot()
    session.snapshot = () => ({ ...stale, digest: { text: 'ffff', rules: '7e20b3d1aa' } })
    await userEvent.click(at('sign')!)
    await expect.poll(said).toContain('The draft has changed on its page, so nothing was done')
    expect(session.calls).not.toContain('sign')
  })

  it('says that it was not recorded where it was not', async () => {
    const session = await show(READY)
    time = 1_000
    session.failNext()
    await userEvent.click(at('sign')!)
    await expect.poll(said).toContain('could not be recorded')
  })

  it('stays possible while a settled finding is open', async () => {
    const session = await show(READY)
    await userEvent.click(at('side-note')!)
    await userEvent.click(host.querySelector<HTMLElement>('[data-cs=panel-row]')!)
    await expect.poll(() => at('card')).not.toBeNull()
    time = 1_000
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => session.calls).toContain('sign')
  })
})

it('gives back to the page what it showed when it is closed, and a held send stays held', async () => {
  const session = await show({ findings: TWO, snapshot: { held: 'send', phase: 'held', panelOpen: true, aside: true } })
  tab.hangUp()
  await expect.poll(() => session.snapshot().panelOpen).toBe(true)
  expect(session.snapshot().held).toBe('send')
})

it('believes no frame that says what it does not know', async () => {
  const session = await show({ findings: TWO })
  session.set({ phase: 'approved' as never })
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(said()).not.toContain('undefined')
  expect(side.sessions()[0]?.snapshot().phase).toBe('open')
})

describe.each(['light', 'dark'] as const)('axe in %s', (theme) => {
  it.each<[string, FakeOptions]>([
    ['open', {}], ['a finding', { snapshot: { active: 'f1' } }], ['ready', { findings: NOTES, snapshot: { held: 'send', phase: 'ready' } }],
    ['an owner', { findings: THREE.slice(0, 1), snapshot: { held: 'send', phase: 'ready', requirement: { tier: 'approve', owners: ['pricing'], reasons: [] }, gate: { kind: 'hold', because: 'needs-owner', open: [] } } }],
    ['not checked', { findings: [], snapshot: { held: 'send', phase: 'failed', gate: { kind: 'hold', because: 'failed', open: [] }, trouble: 'rules-missing' } }],
    ['forty', { findings: Array.from({ length: 40 }, (_, index) => ({ ...THREE[index % 4]! })) }],
  ])('%s', async (name, options) => {
    document.documentElement.dataset['theme'] = theme
    onTestFinished(() => { delete document.documentElement.dataset['theme'] })
    await page.viewport(360, 800)
    onTestFinished(() => page.viewport(414, 896))
    await show(options)
    for (const animation of document.getAnimations()) animation.finish()
    const { violations } = await axe.run(host, { resultTypes: ['violations'] })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([])
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360)
    if (import.meta.env['VITE_SHOTS']) await page.screenshot({ path: `${String(import.meta.env['VITE_SHOTS'])}/side-${name.replace(/ /g, '-')}-${theme}.png` })
  })
})
