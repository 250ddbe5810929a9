import { userEvent } from 'vitest/browser'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FakeFinding } from './fixtures/fake-session.ts'
import { THREE } from './fixtures/fake-session.ts'
import { stubI18n } from './fixtures/i18n-stub.ts'
import { clickOn } from './fixtures/press.ts'
import type { Story, StoryOptions } from './fixtures/story.ts'
import { startStory } from './fixtures/story.ts'

/** Over a FAKE session (fixtures/fake-session.ts); keys and clicks are the browser's own unless a test says otherwise. */
let story: Story
const start = (options: StoryOptions = {}): Story => (story = startStory(options))
const find = (cs: string): HTMLElement | null => story.root.querySelector(`[data-cs="${cs}"]`)
const get = async (cs: string): Promise<HTMLElement> => {
  await expect.poll(() => find(cs), { message: `${cs} is shown` }).not.toBeNull()
  return find(cs) as HTMLElement
}
const text = (cs: string): string => find(cs)?.textContent ?? ''
const focused = (): string | null => story.root.activeElement?.closest('[data-cs]')?.getAttribute('data-cs') ?? null
const press = (keys: string): Promise<void> => userEvent.keyboard(keys)
const [approve, review, note, block] = THREE as readonly [FakeFinding, FakeFinding, FakeFinding, FakeFinding]
const READY: StoryOptions = { findings: [note], snapshot: { held: 'send', phase: 'ready', panelOpen: true } }

beforeEach(() => { stubI18n() })
afterEach(() => { story.end() })

describe('card', () => {
  it('uses the suggestion on Enter, goes on to the next open finding, and back to the text after the last', async () => {
    start({ findings: [approve, review], snapshot: { active: 'f0' } })
    await get('card')
    await expect.poll(focused).toBe('card')
    await press('{Enter}')
    await expect.poll(() => story.session.snapshot().active).toBe('f1')
    expect(story.session.calls).toContain('apply f0 15% off')
    await get('card')
    await expect.poll(focused).toBe('card')
    await press('{Enter}')
    await expect.poll(() => story.session.calls.at(-1)).toBe('focus editor')
    expect(find('card')).toBeNull()
    expect(document.activeElement).toBe(story.body)
  })

  it('keeps only with a reason, picked by its digit', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    await get('card')
    await press('k')
    const confirm = await get('reason-confirm')
    expect(confirm.getAttribute('aria-disabled')).toBe('true')
    await press('{Enter}')
    expect(story.session.calls.some((call) => call.startsWith('kept'))).toBe(false)
    await press('2')
    await expect.poll(() => find('reason-2')?.getAttribute('aria-pressed')).toBe('true')
    await press('{Enter}')
    await expect.poll(() => story.session.calls).toContain('kept f0 Agreed by phone')
  })

  it('lets letters type in the reason field', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    await get('card')
    await press('k')
    const field = await get('reason-text') as HTMLInputElement
    field.focus()
    await press('x k 1 ok{Enter}')
    await expect.poll(() => story.session.calls).toContain('kept f0 x k 1 ok')
  })

  it('dismisses a review finding at once and takes it back by Undo', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    await get('card')
    await press('x')
    await expect.poll(() => story.session.calls).toContain('dismissed f0')
    ;(await get('toast-undo')).click()
    expect(story.session.calls).not.toContain('reopen f0') // A page's click is not a press.
    await clickOn(await get('toast-undo'))
    await expect.poll(() => story.session.calls).toContain('reopen f0')
  })

  it('asks for a reason before a serious finding is called a false alarm, and offers no Keep on a block', async () => {
    start({ findings: [block], snapshot: { active: 'f0' } })
    await get('card')
    expect(find('card-keep')).toBeNull()
    await press('k')
    await press('x')
    await get('reason-text')
    await press('{Enter}')
    expect(story.session.calls.some((call) => call.startsWith('dismissed'))).toBe(false)
    await press('our own demo account{Enter}')
    await expect.poll(() => story.session.calls).toContain('dismissed f0 our own demo account')
  })

  it('puts in edited words', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    await get('card')
    await press('e')
    await get('edit-text')
    await press('We aim for 99.9%{Enter}')
    await expect.poll(() => story.session.calls).toContain('apply f0 We aim for 99.9%')
  })

  it('goes back to the text on Esc with the caret where it was, and decides nothing', async () => {
    start({ findings: [review] })
    story.body.focus()
    const node = story.body.firstChild as Text
    document.getSelection()?.collapse(node, 17)
    await press('{Shift}')
    story.session.open('f0')
    await get('card')
    await expect.poll(focused).toBe('card')
    await press('k')
    ;(await get('reason-text')).focus()
    await press('{Escape}{Escape}')
    await expect.poll(() => find('card')).toBeNull()
    expect(document.activeElement).toBe(story.body)
    expect(document.getSelection()?.anchorOffset).toBe(17)
    expect(story.session.calls.filter((call) => !call.startsWith('focus'))).toEqual([])
  })

  it('leaves the caret in the text when the finding was opened by a click on its mark', async () => {
    start({ findings: [review] })
    await clickOn(story.body)
    story.session.open('f0')
    await get('card')
    expect(document.activeElement).toBe(story.body)
  })

  it('ignores events that a page made', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    const card = await get('card')
    for (const key of ['Enter', 'x']) card.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    find('card-use')?.click()
    find('card-dismiss')?.click()
    expect(story.session.calls).toEqual([])
  })

  it('never covers the flagged words', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    const card = await get('card')
    await expect.poll(() => card.dataset['place']).toBeTruthy()
    const box = card.getBoundingClientRect()
    for (const rect of story.session.rects('f0')) {
      const apart = rect.right <= box.left || rect.left >= box.right || rect.bottom <= box.top || rect.top >= box.bottom
      expect(apart, `card ${JSON.stringify(box)} words ${JSON.stringify(rect)}`).toBe(true)
    }
  })

  it('moves among findings with F8 and the arrows while it has focus', async () => {
    start({ snapshot: { active: 'f0' } })
    await get('card')
    await press('{F8}')
    await expect.poll(() => story.session.snapshot().active).toBe('f1')
    await expect.poll(focused).toBe('card')
    await press('{ArrowLeft}')
    await expect.poll(() => story.session.snapshot().active).toBe('f0')
    await expect.poll(focused).toBe('card')
    await press('{Shift>}{F8}{/Shift}')
    await expect.poll(() => story.session.snapshot().active).toBe('f3')
  })
})

describe('signing', () => {
  it('signs on Ctrl+Enter once the guard time is over, not before', async () => {
    start(READY)
    await get('sign')
    story.tick(399)
    await press('{Control>}{Enter}{/Control}')
    expect(story.session.calls).not.toContain('sign')
    story.tick(1)
    await press('{Control>}{Enter}{/Control}')
    await expect.poll(() => story.session.calls).toContain('sign')
    await get('toast')
    expect(text('toast')).toContain('Signed by Dana Whitfield.')
    expect(text('toast')).toContain('12,481')
  })

  it('starts the guard time anew when the button opens in an open panel', async () => {
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    await get('sign')
    story.tick(10_000)
    story.session.set({ states: [] })
    await expect.poll(() => find('sign')?.getAttribute('aria-disabled')).toBeNull()
    await press('{Control>}{Enter}{/Control}')
    expect(story.session.calls).toEqual([])
    story.tick(400)
    await press('{Control>}{Enter}{/Control}')
    await expect.poll(() => story.session.calls).toContain('sign')
  })

  it('does not sign for a page: clicks and keys made by script do nothing', async () => {
    start(READY)
    story.tick(1000)
    const sign = await get('sign')
    sign.click()
    sign.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    sign.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }))
    expect(story.session.calls).toEqual([])
  })

  it('ignores a key that is still held down', async () => {
    start(READY)
    story.tick(1000)
    const panel = await get('panel')
    const repeated = new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat: true, bubbles: true, cancelable: true })
    story.registry.personal.add(repeated)
    panel.dispatchEvent(repeated)
    expect(story.session.calls).toEqual([])
  })

  it('shows a closed button, dashed, with the reason beside it, and it does nothing', async () => {
    start({ findings: [review, approve], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    story.tick(1000)
    const sign = await get('sign')
    expect(sign.getAttribute('aria-disabled')).toBe('true')
    expect(getComputedStyle(sign).borderTopStyle).toBe('dashed')
    const why = sign.getAttribute('aria-describedby') ?? ''
    expect(story.root.getElementById(why)?.textContent).toBe('Settle 2 more to sign.')
    await press('{Control>}{Enter}{/Control}')
    await clickOn(sign)
    expect(story.session.calls).toEqual([])
  })

  it('says so when the signature could not be recorded, and the button still works', async () => {
    start(READY)
    story.session.failNext()
    await get('sign')
    story.tick(1000)
    await press('{Control>}{Enter}{/Control}')
    await expect.poll(() => story.root.querySelector('[role=alert]')?.textContent).toContain('nothing was sent')
    expect(story.session.snapshot().phase).toBe('ready')
    await press('{Control>}{Enter}{/Control}')
    await expect.poll(() => story.session.snapshot().phase).toBe('sent')
  })

  it('signs public AI text that has no findings', async () => {
    start({
      findings: [], snapshot: { held: 'publish', phase: 'ready', panelOpen: true, requirement: { tier: 'review', owners: [], reasons: [{ code: 'ai-public', tier: 'review', detail: '', count: 1 }] } },
    })
    await get('sign')
    expect(text('panel')).toContain('only because it is AI text going public')
    expect(text('sign')).toContain('Sign and publish')
  })
})

describe('stop flagging', () => {
  it('asks what, where, how long and why, by keyboard alone, and is never offered for what must change or another area signs, nor where the administrator takes it away', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    await get('card')
    await expect.poll(focused).toBe('card')
    await press('s')
    await expect.poll(focused).toBe('reason-text')
    await press('{Enter}')
    expect(story.session.calls.filter((call) => call.startsWith('suppress'))).toEqual([])
    await press('In our terms{Enter}')
    await expect.poll(() => story.session.calls).toContain('suppress f0 words everywhere for a time')
    await expect.poll(() => text('toast')).toContain('Not flagged again.')
    await clickOn(await get('toast-undo'))
    await expect.poll(() => story.session.calls).toContain('unsuppress f0')
    story.end()
    for (const [finding, suppress] of [[block, true], [approve, true], [review, false]] as const) {
      start({ findings: [finding], snapshot: { active: 'f0', may: { override: true, unchecked: true, suppress } } })
      await get('card')
      await expect.poll(focused).toBe('card')
      expect(find('card-suppress')).toBeNull()
      await press('s')
      expect(find('reason-text')).toBeNull()
      story.end()
    }
  })

  it('says so when it could not be kept, and the finding stays open', async () => {
    start({ findings: [review], snapshot: { active: 'f0' } })
    await get('card')
    await expect.poll(focused).toBe('card')
    await press('s')
    await expect.poll(focused).toBe('reason-text')
    story.session.failNext()
    await press('In our terms{Enter}')
    await expect.poll(() => text('toast')).toContain('flagged as before')
    expect(story.session.snapshot().states[0]?.decision).toBeNull()
  })
})

describe('panel', () => {
  it('is an alert dialog that names itself and puts focus on the first open finding, the most serious on top', async () => {
    start({ snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    const panel = await get('panel')
    expect(panel.getAttribute('role')).toBe('alertdialog')
    expect(story.root.getElementById(panel.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Send is held')
    await expect.poll(focused).toBe('panel-row')
    expect(story.root.activeElement?.textContent).toContain('Must change')
    expect(story.root.activeElement?.textContent).toContain('account 4417 0293 11')
    expect(text('panel')).toContain('3 findings need you. Nothing has left this page.')
  })

  it('goes title, list, actions, and round again with Tab', async () => {
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    await get('panel')
    await expect.poll(focused).toBe('panel-row')
    const order: (string | null)[] = []
    for (let i = 0; i < 5; i++) {
      await press('{Tab}')
      order.push(focused())
    }
    expect(order).toEqual(['sign', 'panel-origin-more', 'origin-wrong', 'close', 'panel-row'])
  })

  it('opens a finding from its row and comes back when it is settled', async () => {
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    await clickOn(await get('panel-row'))
    await get('card')
    expect(story.session.calls).toContain('reveal f0')
    await press('x')
    await get('panel')
    expect(text('panel')).toContain('Ready for your signature')
  })

  it('overrides only with a reason, and never past words that must change', async () => {
    const owner = { held: 'send', phase: 'ready', panelOpen: true, requirement: { tier: 'approve', owners: ['pricing'], reasons: [] }, gate: { kind: 'hold', because: 'needs-owner', open: [] } } as const
    start({ findings: [approve], snapshot: owner })
    await clickOn(await get('override'))
    ;(await get('override-reason')).focus()
    await press('deadline 15:00')
    await clickOn(await get('override-confirm'))
    expect(story.session.calls).toEqual([])
    ;(await get('override-typed')).focus()
    await press('pricing')
    await clickOn(await get('override-confirm'))
    await expect.poll(() => story.session.calls).toContain('override deadline 15:00')
    story.end()
    start({ findings: [block], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    await get('panel')
    expect(find('override')).toBeNull()
  })

  it('says what could not be read', async () => {
    start({ findings: [review], snapshot: { panelOpen: true, held: 'send', phase: 'held', coverage: { watched: ['text', 'subject', 'send'], missing: ['recipients'], unread: 2, blocks: 38, complete: false, images: 3, attachments: 1, frames: 0 } } })
    await get('panel')
    expect(text('panel')).toContain('Could not read 2 of 38 blocks.')
    for (const words of ['Recipients unknown.', 'Image text not read. Look at the words in 3 pictures yourself.', 'Attachments not read. Look into 1 file yourself.', 'Watched: text, subject and Send.', 'does not change what this draft needs']) expect(text('panel')).toContain(words)
  })
})

describe('chip and origin', () => {
  it('shows nothing on a clean draft', async () => {
    start({ findings: [], snapshot: { phase: 'clear', gate: { kind: 'allow', because: 'nothing-to-review' } } })
    await new Promise((resolve) => { setTimeout(resolve, 800) })
    expect(story.root.querySelector('.surface')).toBeNull()
  })

  it('says what was seen and how many need the person, on no line of text', async () => {
    start()
    const chip = await get('chip')
    await expect.poll(() => chip.style.visibility).toBe('visible')
    expect(chip.textContent).toContain('AI draft: pasted from ChatGPT')
    expect(chip.textContent).toContain('3 to settle')
    const box = chip.getBoundingClientRect()
    const range = document.createRange()
    range.selectNodeContents(story.body)
    for (const line of range.getClientRects()) expect(line.bottom <= box.top || line.top >= box.bottom || line.right <= box.left).toBe(true)
  })

  it('shows evidence in words without percentages, and takes "not from an AI" in one click', async () => {
    start()
    await clickOn(await get('chip-origin'))
    await get('origin-panel')
    expect(text('origin-panel')).toContain('pasted from ChatGPT')
    expect(text('origin-panel')).toContain('3 page marks: data-start, data-end, data-is-last-node')
    expect(text('origin-panel')).toContain('640 characters appeared without typing')
    expect(text('origin-panel')).not.toMatch(/\d\s?%/)
    await clickOn(await get('origin-not-ai'))
    await expect.poll(() => story.session.calls).toContain('declare not ai')
  })

  it('opens the first finding that needs the person', async () => {
    start()
    await clickOn(await get('chip-status'))
    await get('card')
    expect(story.session.snapshot().active).toBe('f0')
  })
})
