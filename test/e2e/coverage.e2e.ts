import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, openCompose, pasteHtml, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { complaintsOf, makeBench, openOwn, SEND, type Bench } from './harness/person.ts'
import { RISKY } from './harness/page.ts'

/** What of a draft is watched and what is not is said, in the same words, in the panel and in the popup. */
let desk: Desk
let bench: Bench
let browser: Launched
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
})
afterAll(() => desk.close())
beforeEach(async () => {
  bench = makeBench()
  browser = await bench.open('coverage')
  const settings = practiceSettings(desk.url)
  await seedSettings(browser.worker, { ...settings, sites: [...settings.sites, { prefix: `${desk.url}/plain`, adapter: 'generic', on: true }] })
  page = browser.context.pages()[0]!
})
afterEach(async () => {
  await bench.remove()
  desk.reset()
})

const squeezed = (text: string): string => text.replace(/\s+/g, ' ')
const panel = async (): Promise<string> => squeezed(await textOfSurface(page, '[data-cs=panel]'))

async function popup(): Promise<Page> {
  const own = await openOwn(browser, 'popup.html')
  await page.bringToFront()
  await own.reload()
  return own
}
const says = (own: Page, words: string): Promise<boolean> => eventually(async () => squeezed(await own.locator('main').innerText()).includes(words), 8_000)

/** A mail on hold, after the page was changed so that parts of it cannot be found. */
async function holdMail(change: () => void, html = RISKY.html): Promise<void> {
  await openCompose(page, desk.url)
  await page.evaluate(change)
  await pasteHtml(page, { html, text: RISKY.text })
  await waitInSurface(page, '[data-cs=chip]')
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
}

/** 64 by 64 pixels of one colour. */
const PICTURE = '<img width="64" height="64" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%2264%22 height=%2264%22/%3E">'

/** With the comma of some languages, or without. */
const ALL = /Watched: text, subject, recipients,? and Send\./

describe('what is not watched', () => {
  test('a whole mail: all four parts, and no gap', async () => {
    const complaints = complaintsOf(browser.context)
    await holdMail(() => undefined)
    expect(await panel()).toMatch(ALL)
    expect(await panel()).not.toContain('does not change what this draft needs')
    const own = await popup()
    expect(await eventually(async () => ALL.test(await own.locator('main').innerText()))).toBe(true)
    expect(await own.locator('.gaps').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('recipients, subject, pictures and attachments: each is named in panel and popup, and gone once it is found', async () => {
    await holdMail(() => {
      for (const row of document.querySelectorAll('.M9 .GS, .M9 .aoD.hl, .M9 [name=to], .M9 [peoplekit-id]')) row.remove()
      for (const field of document.querySelectorAll('.M9 [name=subjectbox], .M9 [name=subject]')) field.remove()
      const file = Object.assign(document.createElement('input'), { type: 'file' })
      const chosen = new DataTransfer()
      chosen.items.add(new File(['Prices'], 'prices.pdf'))
      file.files = chosen.files
      document.querySelector('.M9')!.append(file)
    }, RISKY.html + PICTURE)
    const words = [
      'Recipients unknown. No rule about who gets it can apply.', 'Subject not found. It is not checked.', 'Image text not read. Look at the words in 1 picture yourself.',
      'Attachments not read. Look into 1 file yourself.', 'What is not read does not change what this draft needs.', 'Watched: text and Send.',
    ]
    for (const each of words) expect(await panel()).toContain(each)
    const own = await popup()
    for (const each of words) expect(await says(own, each), each).toBe(true)

    await page.evaluate(() => {
      document.querySelector('.M9 .Am.editable img')!.remove()
      document.querySelector('.M9 input[type=file]')!.remove()
    })
    expect(await eventually(async () => !/Image text|Attachments/.test(await panel()), 8_000)).toBe(true)
  })

  test('a frame of another site beside the words, and one that holds them', async () => {
    await browser.context.route(`${desk.url}/plain`, (route) => route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><main><div id="editor" contenteditable style="min-height:60px"></div><iframe id="other" sandbox="allow-scripts" style="width:400px;height:160px" srcdoc="<p>Terms</p>"></iframe>
        <button>Send</button></main>`,
    }))
    await page.goto(`${desk.url}/plain`)
    await page.click('#editor')
    await pasteHtml(page, RISKY)
    await page.click('button')
    await waitInSurface(page, '[data-cs=panel]')
    expect(await panel()).toContain('A frame of another site in this draft is not read. Look at it yourself before you sign.')
    const own = await popup()
    expect(await says(own, 'A frame of another site in this draft is not read.')).toBe(true)

    await page.goto(`${desk.url}/plain`)
    await page.click('#other')
    await page.click('button')
    await waitInSurface(page, '[data-cs=panel]')
    expect(await panel()).toContain('Its editor is a frame of another site, which Countersign may not read.')
    expect(await panel()).toContain('Your policy for that: ask before sending.')
  })

  test('where the policy lets nothing go unchecked, that is what both say', async () => {
    await seedSettings(browser.worker, { ...practiceSettings(desk.url), policy: { unchecked: 'hold' } })
    await openCompose(page, desk.url)
    await page.evaluate((words) => { document.querySelector('.M9 .Am.editable')!.textContent = words }, 'We guarantee it. '.repeat(64_000))
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]', 30_000)
    expect(await panel()).toContain('Your policy for that: it stays held until the check runs.')
    expect(await says(await popup(), 'Your policy for that: it stays held until the check runs.')).toBe(true)
  })
})
