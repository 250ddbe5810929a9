import { figure, median, moreThan, quantile } from '../figures.mjs'
import { measured, PAGES } from './stage.mjs'

/** Loads of each page on each side, and rounds of typing. */
const LOADS = 24
const ROUNDS = 12
const KEYS = 40
const TEXT = 'We guarantee a 20% discount on the lamps, '

/** What loading and typing costs a page's main thread with us, against the same page without us, in turn in the same run. */
export async function pageRows(stage) {
  const found = []
  for (const [path, { name, field }] of Object.entries(PAGES)) {
    const { context } = stage.launched
    const sides = []
    for (const withUs of [true, false]) {
      const page = await context.newPage()
      await page.addInitScript(watchKeys)
      await page.goto(stage.addressOf(path, withUs))
      sides.push({ page, ...(await measured(context, page)) })
    }
    found.push(...told(`loading ${name}`, await inTurn(sides, LOADS, load)))
    for (const { page } of sides) {
      await page.bringToFront()
      await page.click(field)
      await page.keyboard.type(TEXT)
      await page.waitForTimeout(1_500)
      await page.evaluate(() => globalThis.keyTimes.splice(0))
    }
    found.push(...told(`typing on ${name}`, await inTurn(sides, ROUNDS, type), KEYS))
    const [ours, without] = await Promise.all(sides.map(({ page }) => page.evaluate(() => globalThis.keyTimes)))
    found.push(figure('  key to the next frame with us, p95', quantile(ours, 0.95), null, 'ms'), figure('  the same without us, p95', quantile(without, 0.95), null, 'ms'))
    for (const { page } of sides) await page.close()
  }
  return found
}

/** Each side does the thing, the first one in every other round; milliseconds of processor time of each. */
async function inTurn(sides, rounds, act) {
  const pairs = []
  for (let round = -2; round < rounds; round += 1) {
    const times = [0, 0]
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      await sides[side].page.bringToFront()
      const before = await sides[side].threadTime()
      await act(sides[side].page)
      times[side] = (await sides[side].threadTime()) - before
    }
    if (round >= 0) pairs.push(times)
  }
  return pairs
}

async function load(page) {
  await page.reload({ waitUntil: 'load' })
  await page.waitForTimeout(400)
}

async function type(page) {
  await page.keyboard.type(TEXT.slice(0, KEYS))
  await page.waitForTimeout(600)
}

function told(name, pairs, each = 1) {
  const { middle, low, high } = moreThan(pairs.map(([ours, without]) => ours / without))
  return [
    figure(`${name}, main thread`, median(pairs.map(([ours, without]) => ours - without)) / each, null, `ms more${each > 1 ? ' a key' : ''}`),
    figure('  against the same without us', middle, null, '% more'),
    figure('  95 % interval, from', low, null, '%'),
    figure('  95 % interval, to', high, null, '%'),
  ]
}

/** Runs in the page: how long a key waits until the frame that shows it is made. */
function watchKeys() {
  const times = []
  Object.assign(globalThis, { keyTimes: times })
  addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => { times.push(performance.now() - timeStamp) }
      port2.postMessage(0)
    })
  })
}
