import { figure } from '../figures.mjs'
import { FRAMES, measured } from './stage.mjs'

/** What a frame and a tab hold with us more than without us, once everything that can go has gone. */
export async function memoryRows(stage) {
  const { context } = stage.launched
  const held = async (path, act = async () => {}) => {
    const sides = []
    for (const withUs of [true, false]) {
      const page = await context.newPage()
      await page.goto(stage.addressOf(path, withUs))
      await page.waitForTimeout(500)
      await act(page)
      sides.push(await (await measured(context, page)).heap())
      await page.close()
    }
    return (sides[0] - sides[1]) / 1024
  }
  const written = async (page) => {
    await page.click('textarea')
    await page.keyboard.type('We guarantee a 20% discount on the lamps.')
    await page.waitForTimeout(4_000)
  }
  const tab = await held('idle')
  return [
    figure('heap of a tab at rest, more than without us', tab, null, 'KB'),
    figure(`heap a further frame (${FRAMES} in a page), more than without us`, ((await held('idle/frames')) - tab) / FRAMES, null, 'KB'),
    figure('heap of a tab with a draft open, more than without us', await held('idle', written), null, 'KB'),
  ]
}
