import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillVersion1, look } from '../bench/learning/fill.mjs'
import { complaintsOf, makeBench, openOwn, type Bench } from './harness/person.ts'

/** A database of the first version, opened by several pages and the worker at once: the browser's own IndexedDB decides who brings it up to date. */
let bench: Bench
beforeAll(() => { bench = makeBench([]) })
afterAll(() => bench.remove())

const ROWS = 4_000

/** Runs in each page before anything of it: notes that progress was shown, however short. */
function noteProgress(): void {
  new MutationObserver(() => {
    if (document.querySelector('progress')) Object.assign(globalThis, { said: true })
  }).observe(document, { childList: true, subtree: true })
}

test('three tabs that bring the same old database up to date at once lose nothing, count nothing twice, and say how far they are', async () => {
  const now = await bench.open('old')
  try {
    const complaints = complaintsOf(now.context)
    await now.context.addInitScript(noteProgress)
    const first = await openOwn(now, 'dashboard.html#/settings')
    await first.evaluate(fillVersion1, { records: ROWS, corrections: ROWS, start: Date.now() - 90 * 86_400_000, days: 90 })
    // Whoever holds the old version lets go of it; all three then ask for the new one.
    const tabs = [first, await now.context.newPage(), await now.context.newPage()]
    const home = `chrome-extension://${now.extensionId}`
    await Promise.all(tabs.map((tab) => tab.goto('about:blank')))
    await Promise.all(tabs.map((tab, index) => tab.goto(`${home}/dashboard.html#/${['history', 'insights', 'settings'][index] ?? ''}`)))
    const [one = first] = tabs
    for (;;) {
      const { built } = await one.evaluate(look)
      if (built?.records && built.corrections) break
      await one.waitForTimeout(50)
    }
    const after = await one.evaluate(look)
    expect(after).toMatchObject({ counts: { records: ROWS, corrections: ROWS }, drafts: ROWS, corrected: ROWS })
    expect(after.version).toBeGreaterThan(10)
    const said = await Promise.all(tabs.map((tab) => tab.evaluate(() => (globalThis as { said?: boolean }).said)))
    expect(said).toContain(true)
    // Each of them shows what is there.
    await tabs[0]?.locator('main [role=row] a.go').first().waitFor()
    await tabs[1]?.locator('main figure svg').first().waitFor()
    expect(complaints).toEqual([])
  } finally {
    await now.close()
  }
})
