import type { BrowserContext, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually, launchBare, openCompose, pasteHtml, startDesk, type Desk } from './harness/index.ts'

/** The desk by itself: what it claims to receive is only worth something if every way out really sends when nobody holds it. */
let desk: Desk
let context: BrowserContext
let page: Page
let close: () => Promise<void>

beforeAll(async () => {
  desk = await startDesk()
  ;({ context, page, close } = await launchBare())
})

afterAll(async () => {
  await close()
  await desk.close()
})

beforeEach(() => {
  desk.reset()
})

const arrived = (count: number): Promise<boolean> => eventually(() => desk.sent().length === count)

test('is open in more tabs than a browser keeps connections for, and each hears what was received', async () => {
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()))
  for (const tab of tabs) await tab.goto(`${desk.url}/mail`)
  await openCompose(page, desk.url)
  await page.click('.dC > .aoO')
  expect(await arrived(1)).toBe(true)
  for (const tab of tabs) await tab.locator('desk-bar output', { hasText: 'Server received: 1' }).waitFor({ timeout: 20_000 })
  for (const tab of tabs) await tab.close()
})

describe('mail', () => {
  test('sends by press, by Ctrl+Enter and by Enter on Send, with recipients, subject and text', async () => {
    for (const way of ['press', 'keys', 'focus'] as const) {
      desk.reset()
      await openCompose(page, desk.url, { subject: `By ${way}` })
      await page.keyboard.type('See you on Thursday.')
      if (way === 'press') await page.click('.dC > .aoO')
      if (way === 'keys') await page.keyboard.press('Control+Enter')
      if (way === 'focus') {
        await page.focus('.dC > .aoO')
        await page.keyboard.press('Enter')
      }
      expect(await arrived(1), way).toBe(true)
      expect(desk.sent('mail')[0]).toMatchObject({ kind: 'send', subject: `By ${way}`, to: ['marta.olsen@lakeside-clinics.example'] })
      expect(desk.sent('mail')[0]!.text).toContain('See you on Thursday.')
    }
  })

  test('two composes are two drafts', async () => {
    await openCompose(page, desk.url, { subject: 'First' })
    await page.click('.T-I-KE')
    const ids = await page.locator('input[name=composeid]').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
    expect(new Set(ids).size).toBe(2)
    const second = page.locator('.M9').nth(1)
    await second.locator('input[peoplekit-id]').first().pressSequentially('tom.baker@harbour-foods.example,')
    await second.locator('[name=subjectbox]').fill('Second')
    await second.locator('.dC > .aoO').click()
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]).toMatchObject({ subject: 'Second', to: ['tom.baker@harbour-foods.example'] })
    expect(await eventually(async () => (await page.locator('.M9').count()) === 1)).toBe(true)
  })

  test('nothing leaves without a recipient', async () => {
    await page.goto(`${desk.url}/mail?compose=1`)
    await page.click('.dC > .aoO')
    await page.waitForSelector('.bAp')
    expect(desk.sent()).toHaveLength(0)
  })

  test('Undo send takes the message back and returns it in new nodes', async () => {
    await openCompose(page, desk.url)
    await page.keyboard.type('Too early')
    const before = await page.inputValue('input[name=composeid]')
    await page.evaluate(() => { (window as { old?: Element | null }).old = document.querySelector('.Am.editable') })
    await page.click('.dC > .aoO')
    await page.click('.bAp .ag')
    await page.waitForSelector('.M9')
    expect(await eventually(() => desk.sent().length === 0 && desk.recalled().length === 1)).toBe(true)
    expect(await page.inputValue('input[name=composeid]')).not.toBe(before)
    expect(await page.evaluate(() => document.querySelector('.Am.editable') === (window as { old?: Element | null }).old)).toBe(false)
    expect(await page.innerText('.Am.editable')).toContain('Too early')
    expect(await page.locator('.M9 [role=option]').getAttribute('data-hovercard-id')).toBe('marta.olsen@lakeside-clinics.example')
  })

  test('a message can no longer be recalled once its time is over', async () => {
    const hasty = await startDesk({ undoMs: 0 })
    try {
      await openCompose(page, hasty.url)
      await page.click('.dC > .aoO')
      await page.click('.bAp .ag')
      await page.waitForFunction(() => document.querySelector('.bAp')?.textContent?.includes('Too late'))
      expect(hasty.sent()).toHaveLength(1)
    } finally {
      await hasty.close()
    }
  })

  test('an inline reply has no dialog, keeps its history apart until "...", and Send & archive sends', async () => {
    await page.goto(`${desk.url}/mail?thread=t1`)
    await page.click('[data-reply]')
    const reply = page.locator('.ip.adB')
    expect(await reply.locator('xpath=ancestor-or-self::*[@role="dialog"]').count()).toBe(0)
    expect(await reply.locator('[name=uet]').inputValue()).toContain('gmail_quote')
    expect(await reply.locator('.Am .gmail_quote').count()).toBe(0)
    await reply.locator('.ajR').click()
    expect(await reply.locator('.Am .gmail_quote').count()).toBeGreaterThan(0)
    await reply.locator('.Uo').click()
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]).toMatchObject({ kind: 'archive', subject: 'Re: Lamps for three waiting rooms' })
    expect(await eventually(async () => (await page.locator('.ip.adB').count()) === 0)).toBe(true)
  })

  test('Ctrl+Shift+Enter in a reply archives', async () => {
    await page.goto(`${desk.url}/mail?thread=t1`)
    await page.click('[data-reply]')
    await page.keyboard.press('Control+Shift+Enter')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]!.kind).toBe('archive')
  })

  test('schedule: the menu is outside the compose, new each time, and acts on mousedown and mouseup without a click', async () => {
    await openCompose(page, desk.url)
    await page.click('.hG')
    expect(await page.locator('.M9 [selector=scheduledSend]').count()).toBe(0)
    await page.evaluate(() => { (window as { old?: Element | null }).old = document.querySelector('[selector=scheduledSend]') })
    await page.keyboard.press('Escape')
    await page.click('.hG')
    expect(await page.evaluate(() => document.querySelector('[selector=scheduledSend]') === (window as { old?: Element | null }).old)).toBe(false)
    const press = (selector: string): Promise<void> => page.evaluate((at) => {
      for (const type of ['mousedown', 'mouseup']) document.querySelector(at)!.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }))
    }, selector)
    await page.evaluate(() => { document.querySelector<HTMLElement>('[selector=scheduledSend]')!.click() })
    expect(await page.locator('.schedule').count()).toBe(0)
    await press('[selector=scheduledSend]')
    await press('.Az')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]!.kind).toBe('schedule')
    expect(desk.sent()[0]!.when).not.toBe('')
  })

  test('schedule by a chosen date', async () => {
    await openCompose(page, desk.url)
    await page.click('.hG')
    await page.click('[selector=scheduledSend]')
    await page.click('.Az.AM')
    await page.fill('.schedule input', '2030-05-06T08:30')
    await page.click('.schedule .go')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]).toMatchObject({ kind: 'schedule', when: '2030-05-06T08:30' })
  })

  test('full screen moves the window, the pop-out is another document with the same draft', async () => {
    await openCompose(page, desk.url, { subject: 'Moving' })
    await page.keyboard.type('Same words')
    await page.click('.Hq')
    expect(await page.locator('body > .aSs > .aSt [role=dialog] .M9').count()).toBe(1)
    await page.click('.Hq')
    expect(await page.locator('.no .AD [role=dialog] .M9').count()).toBe(1)
    const opening = context.waitForEvent('page')
    await page.click('.Hq', { modifiers: ['Shift'] })
    const popout = await opening
    await popout.waitForSelector('.M9')
    expect(await popout.locator('body.xE.xp [role=main] .Am').innerText()).toContain('Same words')
    await popout.click('.dC > .aoO')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]!.subject).toBe('Moving')
    await popout.close()
  })

  test('the other extension\'s button looks like Send, writes, and sends nothing', async () => {
    await openCompose(page, desk.url)
    const classes = await page.locator('.dC > .aoO').getAttribute('class')
    const other = page.locator('.ai-reply')
    expect((await other.getAttribute('class'))!.startsWith(classes!)).toBe(true)
    await other.click()
    expect(await page.innerText('.Am.editable')).toContain('10% off')
    expect(desk.sent()).toHaveLength(0)
  })

  test('the second language changes labels and leaves structure', async () => {
    await page.goto(`${desk.url}/mail?hl=de&compose=1&to=a@b.example`)
    expect(await page.innerText('.dC > .aoO')).toBe('Senden')
    expect(await page.locator('.dC > .aoO').getAttribute('jslog')).toMatch(/^32601;/)
    await page.click('.dC > .aoO')
    expect(await arrived(1)).toBe(true)
  })

  test('pasted chat marks stay in what is sent', async () => {
    await openCompose(page, desk.url)
    await pasteHtml(page, { html: '<p data-start="0" data-end="5" data-is-last-node="">Hello</p>', text: 'Hello' })
    await page.click('.dC > .aoO')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]!.html).toContain('data-is-last-node')
  })

  test('the signature editor in the settings saves a setting', async () => {
    await page.goto(`${desk.url}/mail/settings`)
    await page.click('.Am.editable')
    await page.keyboard.type('Guaranteed! ')
    await page.click('.rR button')
    expect(await eventually(() => desk.notes().length === 1)).toBe(true)
    expect(desk.sent()).toHaveLength(0)
  })
})

describe('CRM', () => {
  const frame = (): FrameLocator => page.frameLocator('.composer-frame')

  test('e-mail on Tiptap in a frame sends by press and by keys; a note does not', async () => {
    await page.goto(`${desk.url}/crm/email`)
    await frame().locator('[data-selenium-test=email-subject-input]').fill('Hello')
    await frame().locator('[data-editor=email] [data-test-id=rte-content]').click()
    await page.keyboard.type('Dear Tom')
    await frame().locator('[data-button-use=primary]:visible').click()
    expect(await arrived(1)).toBe(true)
    expect(desk.sent('crm')[0]).toMatchObject({ subject: 'Hello', text: 'Dear Tom', to: ['tom.baker@harbour-foods.example'] })
    await frame().locator('[data-editor=email] [data-test-id=rte-content]').click()
    await page.keyboard.type('Again')
    await page.keyboard.press('Control+Enter')
    expect(await arrived(2)).toBe(true)
    await frame().locator('[data-tab=note]').click()
    await frame().locator('[data-editor=note] [data-test-id=rte-content]').click()
    await page.keyboard.type('Only for us')
    await frame().locator('[data-test-id=activity-creator-window-footer-save-button]').click()
    expect(await eventually(() => desk.notes().length === 1)).toBe(true)
    expect(desk.sent()).toHaveLength(2)
  })

  test('public reply and internal note share one CKEditor; only the reply is a send', async () => {
    await page.goto(`${desk.url}/crm/ticket`)
    const editor = page.locator('[data-test-id=omnicomposer-rich-text-ckeditor]')
    await editor.click()
    await page.keyboard.type('We are sorry')
    await page.click('[data-test-id=submit_button-button]')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent('crm')[0]).toMatchObject({ kind: 'submit', as: 'Open', text: 'We are sorry' })
    await editor.click()
    await page.keyboard.type('Solved')
    await page.click('[data-test-id=submit_button-menu-button]')
    await page.click('[role=menuitem] >> text=Submit as Solved')
    expect(await arrived(2)).toBe(true)
    expect(desk.sent('crm')[1]!.as).toBe('Solved')
    await page.click('[data-test-id=omnichannel-channel-switcher-button]')
    await page.click('[role=menuitem] >> text=Internal note')
    await editor.click()
    await page.keyboard.type('Between us')
    await page.keyboard.press('Control+Alt+o')
    expect(await eventually(() => desk.notes().length === 1)).toBe(true)
    expect(desk.sent()).toHaveLength(2)
  })
})

describe('CMS', () => {
  const write = async (address: string): Promise<void> => {
    await page.goto(`${desk.url}${address}`)
    await page.waitForSelector('body[data-ready]')
    await page.fill('#title', 'Light')
    await page.fill('#excerpt', 'In short')
    await page.frameLocator('#content_ifr').locator('body#tinymce').click()
    await page.keyboard.type('Morning light helps.')
  }

  test('the editor is TinyMCE in a frame without an address', async () => {
    await write('/cms')
    expect(await page.locator('#content_ifr').evaluate((frame) => (frame as HTMLIFrameElement).contentWindow!.location.href)).toMatch(/^about:(blank|srcdoc)$/)
  })

  test('a draft is saved without publishing, publishing takes two presses', async () => {
    await write('/cms')
    await page.keyboard.press('Control+s')
    await page.click('#save-post')
    await page.click('.editor-post-publish-panel__toggle')
    expect(desk.sent()).toHaveLength(0)
    await page.click('.editor-post-publish-panel .editor-post-publish-button')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent('cms')[0]).toMatchObject({ kind: 'publish', subject: 'Light', text: 'Morning light helps.', excerpt: 'In short' })
  })

  test('with a date the same button schedules', async () => {
    await write('/cms')
    await page.click('.editor-post-publish-panel__toggle')
    await page.fill('.editor-post-publish-panel input', '2030-05-06T08:30')
    await page.click('.editor-post-publish-panel .editor-post-publish-button')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]).toMatchObject({ kind: 'schedule', when: '2030-05-06T08:30' })
  })

  test('on a live article Update and Ctrl+S act at once', async () => {
    await write('/cms?live=1')
    await page.click('#publish')
    expect(await arrived(1)).toBe(true)
    await page.frameLocator('#content_ifr').locator('body').click()
    await page.keyboard.press('Control+s')
    expect(await arrived(2)).toBe(true)
    expect(desk.sent().map((message) => message.kind)).toEqual(['update', 'update'])
  })

  test('the classic form is posted by the browser itself; its Save, also by Enter in the title, publishes nothing', async () => {
    await write('/cms?plain=1')
    await page.click('#publish')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]).toMatchObject({ via: 'form', kind: 'publish', subject: 'Light' })
    expect(desk.sent()[0]!.html).toContain('Morning light helps.')
    await write('/cms?plain=1')
    await page.click('#save-post')
    await page.waitForSelector('body[data-ready]')
    await write('/cms?plain=1')
    await page.focus('#title')
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    expect(desk.sent()).toHaveLength(1)
  })
})

describe('server', () => {
  test('answers only under its own name and takes messages only from its own pages', async () => {
    const { hostname, port } = new URL(desk.url)
    expect(hostname).toBe('127.0.0.1')
    const { request } = await import('node:http')
    const status = (headers: Record<string, string>, method = 'GET', path = '/'): Promise<number | undefined> => new Promise((resolve, reject) => {
      request({ host: hostname, port, path, method, headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject).end()
    })
    expect(await status({ host: `127.0.0.1:${port}` })).toBe(200)
    expect(await status({ host: 'evil.example' })).toBe(421)
    expect(await status({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' }, 'POST', '/api/reset')).toBe(403)
    expect(await status({ host: `127.0.0.1:${port}` }, 'GET', '/assets/..%2f..%2fserver.mjs')).toBe(404)
    expect(await status({ host: `127.0.0.1:${port}` }, 'GET', '/vendor/tinymce/../../package.json')).toBe(404)
  })

  test('no page asks for anything outside this computer', async () => {
    const outside: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(desk.url) && /^https?:/.test(request.url())) outside.push(request.url())
    })
    for (const path of ['/', '/mail?compose=1', '/mail/settings', '/crm/email', '/crm/ticket', '/cms']) {
      await page.goto(desk.url + path)
      await page.waitForLoadState('load')
    }
    expect(outside).toEqual([])
  })
})
