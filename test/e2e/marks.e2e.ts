import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually, findInSurface, launchBare, launchExtension, openCompose, startDesk, textOfSurface, waitInSurface, type Desk, type ExtensionUnderTest } from './harness/index.ts'
import { enter, pasteInto, RISKY, sign } from './harness/page.ts'

const QUOTE = 'a 20% discount'
const SUGGESTION = 'the discount shown in your quote'

let desk: Desk
let browser: ExtensionUnderTest
let bare: { context: BrowserContext; page: Page; close: () => Promise<void> }

beforeAll(async () => {
  desk = await startDesk()
  browser = await launchExtension({ desk })
  bare = await launchBare()
})

afterAll(async () => {
  await browser.close()
  await bare.close()
  await desk.close()
})

beforeEach(() => {
  desk.reset()
})

interface EditorCase {
  readonly name: string
  readonly open: (page: Page) => Promise<Locator>
  /** The editor's own output, from its model where it has one. Runs in the page. */
  readonly output: (element: HTMLElement) => string
  /** Lets the editor draw its words anew. Runs in the page. */
  readonly redraw: (element: HTMLElement) => void
  readonly send: (page: Page) => Promise<void>
  readonly received: 'html' | 'excerpt'
}

async function article(page: Page): Promise<void> {
  await page.goto(`${desk.url}/cms?live=1`)
  await page.waitForSelector('body[data-ready]')
}

const CASES: readonly EditorCase[] = [
  {
    name: 'plain contenteditable',
    open: (page) => openCompose(page, desk.url),
    output: (element) => element.innerHTML,
    redraw: (element) => { element.innerHTML = `${element.innerHTML}` },
    send: (page) => page.click('.dC > .aoO'),
    received: 'html',
  },
  {
    name: 'Tiptap in a frame',
    open: async (page) => {
      await page.goto(`${desk.url}/crm/email`)
      return page.frameLocator('.composer-frame').locator('[data-editor=email] [data-test-id=rte-content]')
    },
    output: (element) => (element as unknown as { editor: { getHTML(): string } }).editor.getHTML(),
    redraw: (element) => {
      const { editor } = element as unknown as { editor: { getHTML(): string; commands: { setContent(html: string): void } } }
      editor.commands.setContent(editor.getHTML())
    },
    send: (page) => page.frameLocator('.composer-frame').locator('[data-button-use=primary]:visible').click(),
    received: 'html',
  },
  {
    name: 'CKEditor 5',
    open: async (page) => {
      await page.goto(`${desk.url}/crm/ticket`)
      return page.locator('[data-test-id=omnicomposer-rich-text-ckeditor]')
    },
    output: (element) => (element as unknown as { ckeditorInstance: { getData(): string } }).ckeditorInstance.getData(),
    redraw: (element) => {
      const { ckeditorInstance: editor } = element as unknown as { ckeditorInstance: { getData(): string; setData(html: string): void } }
      editor.setData(editor.getData())
    },
    send: (page) => page.click('[data-test-id=submit_button-button]'),
    received: 'html',
  },
  {
    name: 'TinyMCE in a frame',
    open: async (page) => {
      await article(page)
      await page.frameLocator('#content_ifr').locator('body#tinymce').click()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.press('Delete')
      return page.frameLocator('#content_ifr').locator('body#tinymce')
    },
    output: (element) => (element.ownerDocument.defaultView!.parent as unknown as { tinymce: { activeEditor: { getContent(): string } } }).tinymce.activeEditor.getContent(),
    redraw: (element) => {
      const { activeEditor: editor } = (element.ownerDocument.defaultView!.parent as unknown as { tinymce: { activeEditor: { getContent(): string; setContent(html: string): void } } }).tinymce
      editor.setContent(editor.getContent())
    },
    send: (page) => page.click('#publish'),
    received: 'html',
  },
  {
    name: 'a text field',
    open: async (page) => {
      await article(page)
      return page.locator('#excerpt')
    },
    output: (element) => (element as HTMLTextAreaElement).value,
    redraw: (element) => {
      const field = element as HTMLTextAreaElement
      const { value } = field
      field.value = ''
      field.value = value
    },
    send: (page) => page.click('#publish'),
    received: 'excerpt',
  },
]

/** What stands under our marks in the editor's document, in the order of the text. */
function marked(editor: Locator): Promise<string[]> {
  return editor.evaluate((element) => {
    const win = element.ownerDocument.defaultView as Window & typeof globalThis
    const words = new Set<string>()
    for (const highlight of win.CSS.highlights.values()) {
      for (const range of highlight) {
        const text = 'toString' in range && range instanceof win.Range ? range.toString() : (element as HTMLTextAreaElement).value.slice(range.startOffset, range.endOffset)
        words.add(text.replaceAll('\u00a0', ' '))
      }
    }
    return [...words]
  })
}

const isMarked = (editor: Locator): Promise<boolean> => eventually(async () => (await marked(editor)).join('|') === QUOTE, 8_000)

describe.each(CASES)('$name', ({ open, output, redraw, send, received }) => {
  test('marks stand on the words, and neither the document nor the editor\'s output differs from a browser without us', async () => {
    const editor = await open(browser.page)
    await pasteInto(browser.page, editor, RISKY)
    expect(await isMarked(editor)).toBe(true)
    const alone = await open(bare.page)
    await pasteInto(bare.page, alone, RISKY)
    await bare.page.waitForTimeout(400)
    expect(await editor.evaluate(output)).toBe(await alone.evaluate(output))
    expect(await editor.innerHTML()).toBe(await alone.innerHTML())
  })

  test('marks stay on their words while typing before, inside and after, after undo and when the editor draws anew', async () => {
    const { page } = browser
    const editor = await open(page)
    await pasteInto(page, editor, RISKY)
    expect(await isMarked(editor)).toBe(true)
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.type('Dear all. ')
    expect(await isMarked(editor), 'typed before').toBe(true)
    for (let steps = 'We can offer you a 20% d'.length; steps > 0; steps--) await page.keyboard.press('ArrowRight')
    await page.keyboard.type('zz')
    expect(await eventually(async () => !(await marked(editor)).includes(QUOTE)), 'typed inside: the words are others').toBe(true)
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    expect(await isMarked(editor), 'taken out again').toBe(true)
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(' Thanks.')
    expect(await isMarked(editor), 'typed after').toBe(true)
    await page.keyboard.press('ControlOrMeta+z')
    expect(await isMarked(editor), 'after undo').toBe(true)
    await editor.evaluate(redraw)
    expect(await isMarked(editor), 'drawn anew').toBe(true)
  })

  test('a used suggestion is in what the editor sends; one undo takes it back', async () => {
    const { page } = browser
    const editor = await open(page)
    await pasteInto(page, editor, RISKY)
    expect(await isMarked(editor)).toBe(true)
    const before = await editor.evaluate(output)
    const use = async (): Promise<void> => {
      await page.keyboard.press('F8')
      await waitInSurface(page, '[data-cs=card]')
      expect(await textOfSurface(page, '[data-cs=card]')).toContain(QUOTE)
      await page.keyboard.press('Enter')
      expect(await eventually(async () => (await editor.evaluate(output)).includes(SUGGESTION))).toBe(true)
    }
    await use()
    expect(await editor.evaluate(output)).toBe(before.replace(QUOTE, SUGGESTION))
    await enter(editor)
    await page.keyboard.press('ControlOrMeta+z')
    expect(await eventually(async () => (await editor.evaluate(output)) === before), 'one undo').toBe(true)
    expect(await isMarked(editor)).toBe(true)
    await use()
    const standing = await editor.evaluate(output)
    await page.waitForTimeout(300)
    await send(page)
    // What the public will read is signed for even when nothing in it is marked any more.
    await eventually(async () => desk.sent().length > 0 || (await findInSurface(page, '[data-cs=panel]')) !== null)
    if (desk.sent().length === 0) await sign(page, 'keys')
    expect(await eventually(() => desk.sent().length === 1)).toBe(true)
    expect(desk.sent()[0]![received]).toBe(standing)
  })
})
