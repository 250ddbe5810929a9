import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { THREE } from './fixtures/fake-session.ts'
import { stubI18n } from './fixtures/i18n-stub.ts'
import { clickOn } from './fixtures/press.ts'
import { CASES } from './fixtures/origin-cases.ts'
import type { Story, StoryOptions } from './fixtures/story.ts'
import { startStory } from './fixtures/story.ts'

/** Over a FAKE session (fixtures/fake-session.ts); clicks are the browser's own unless a test says otherwise. */
let story: Story
const start = (options: StoryOptions = {}): Story => (story = startStory(options))
const find = (cs: string): HTMLElement | null => story.root.querySelector(`[data-cs="${cs}"]`)
const get = async (cs: string): Promise<HTMLElement> => {
  await expect.poll(() => find(cs), { message: `${cs} is shown` }).not.toBeNull()
  return find(cs) as HTMLElement
}
const text = (cs: string): string => find(cs)?.textContent ?? ''
const review = THREE[1]!

beforeEach(() => { stubI18n() })
afterEach(() => { story.end() })

describe('the panel on origin', () => {
  it('says in the panel which way the text took, and takes "Wrong? Tell us" in one press, and back', async () => {
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    await get('panel')
    expect(text('panel-origin')).toContain('This text passed through ChatGPT.')
    await clickOn(await get('origin-wrong'))
    await expect.poll(() => text('panel-origin')).toContain('You said this is not from an AI.')
    expect(text('panel-origin')).toContain('AI drafted this')
    await clickOn(await get('toast-undo'))
    await expect.poll(() => story.session.calls.at(-1)).toBe('declare nothing')
    await expect.poll(() => text('panel-origin')).toContain('This text passed through ChatGPT.')
  })

  it.each(CASES)('says it as it is, to the eye and to a screen reader: %s', async (_name, origin, lines) => {
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true, origin } })
    const row = await get('panel-origin')
    for (const line of lines.slice(0, 3)) expect(row.textContent).toContain(line)
    const more = await get('panel-origin-more')
    expect(more.getAttribute('aria-label')).toContain(lines[0])
    const panel = await get('panel')
    const [inner, outer] = [row.getBoundingClientRect(), panel.getBoundingClientRect()]
    expect(inner.height, 'the line is drawn').toBeGreaterThan(10)
    expect(inner.left >= outer.left && inner.right <= outer.right && row.scrollWidth <= row.clientWidth + 1, 'and stays within the panel').toBe(true)
    expect(row.textContent).toContain(origin.verdict === 'ai' || origin.verdict === 'inserted' ? 'Wrong? Tell us' : 'AI drafted this')
  })

  it('does not say "never a guess from style" above a hint of style', async () => {
    const hint = { class: 'T4', mark: 'stock-opening', product: null, count: 1 } as const
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true, origin: { verdict: 'typed', evidence: [hint] } } })
    await clickOn(await get('panel-origin-more'))
    expect((await get('origin-panel')).textContent).toContain('Hints of style are no evidence and decide nothing.')
    expect(text('origin-panel')).not.toContain('Never a guess from style')
  })

  it('takes no word on origin from a press that the page made', async () => {
    start({ findings: [review], snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    ;(await get('origin-wrong')).click()
    expect(story.session.calls.filter((call) => call.startsWith('declare'))).toEqual([])
  })
})
