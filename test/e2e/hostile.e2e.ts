import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchExtension, practiceSettings, startDesk, type Desk, type ExtensionUnderTest } from './harness/index.ts'
import { ATTACKS } from './hostile/attacks.ts'
import { makeStage } from './hostile/stage.ts'

/** A page that works against us, in the real browser with the real extension. SECURITY.md's table says what became of each attack; here it is compared with what is seen. */
let desk: Desk
let browser: ExtensionUnderTest

beforeAll(async () => {
  desk = await startDesk()
  const { sites } = practiceSettings(desk.url)
  browser = await launchExtension({ desk, settings: { sites: [...sites, { prefix: `${desk.url}/plain`, adapter: 'generic', on: true }] } })
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})

/** Attack and result of each row of SECURITY.md's table. */
function table(): Map<string, string> {
  const text = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8').split('## What a hostile page gains')[1]?.split('\n## ')[0] ?? ''
  return new Map([...text.matchAll(/^\| ([^|]+) \| (held|told|cannot) \|/gm)].map(([, name, result]) => [name!.trim(), result!]))
}

test('SECURITY.md names the attacks that are tried here, and no other', () => {
  expect([...table().keys()].sort()).toEqual(ATTACKS.map(({ name }) => name).sort())
})

test.each(ATTACKS)('$name', async ({ name, run }) => {
  const page = await browser.context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('dialog', (dialog) => void dialog.dismiss())
  try {
    expect(await run(makeStage(browser, desk, page)), 'what it gained').toBe(table().get(name))
  } finally {
    await page.close()
  }
})
