import { afterEach, expect, it } from 'vitest'
import { stubI18n } from './fixtures/i18n-stub.ts'
import { clickOn } from './fixtures/press.ts'
import { STORIES, startStory, type Story, type StoryOptions } from './fixtures/story.ts'

/** Over a FAKE session; presses are the browser's own. */
let story: Story
afterEach(() => { story.end() })

const start = (options: StoryOptions = {}): void => {
  stubI18n()
  story = startStory(options)
}
const get = async (cs: string): Promise<HTMLElement> => {
  await expect.poll(() => story.root.querySelector(`[data-cs="${cs}"]`), { message: `${cs} is shown` }).not.toBeNull()
  return story.root.querySelector(`[data-cs="${cs}"]`) as HTMLElement
}

it('asks the owners on the terms that were chosen: one or everybody, and when a deputy may sign', async () => {
  start(STORIES['owner'])
  await clickOn(await get('ask'))
  await expect.poll(() => story.session.calls).toContain('ask any 4')
  story.end()
  start(STORIES['owner'])
  for (const [field, value] of [['ask-mode', 'all'], ['ask-deputy', 'never']] as const) {
    const select = (await get(field)) as HTMLSelectElement
    select.value = value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }
  await clickOn(await get('ask'))
  await expect.poll(() => story.session.calls).toContain('ask all null')
  await get('ask-code')
})
