import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleEditors } from '../editors/build.mjs'
import { startEditorPages, type EditorPages } from './harness/editors.ts'
import { eventually } from './harness/index.ts'
import { draftsOf, inOurWorld } from './harness/page.ts'

/** Other writing assistants on the same editor: two that behave as the well-known extensions do, and the real package of a third. Neither may break the other. */

interface Checker { marks(): number; use(wrong: string, right: string): void }
interface CheckedWindow extends Window {
  readonly editor: { elements(): HTMLElement[]; output(): string }
  readonly checkers: { readonly grammarly: Checker; readonly languageTool: Checker; readonly harper: { readonly found: readonly { words: string; better: string }[]; readonly style: CSSStyleSheet } }
}

const TEXT = 'Thank you for your visit.\nWe can offer you a 20% discount on the lamps.\nThe delivrey plan folows on Wednesday.'
const QUOTE = 'a 20% discount'
const installed = await bundleEditors()
let pages: EditorPages
let browser: EditorPages['browser']
let bare: EditorPages['bare']

beforeAll(async () => {
  if (!installed) return
  pages = await startEditorPages()
  ;({ browser, bare } = pages)
})

afterAll(async () => {
  if (installed) await pages.close()
})

/** What stands under our highlights, and under Harper's. */
function painted(page: Page): Promise<{ ours: string; harpers: string }> {
  return page.evaluate(() => {
    const words = (mine: boolean): string => [...new Set([...CSS.highlights].filter(([name]) => name.startsWith('countersign') === mine).flatMap(([, highlight]) => [...highlight].map((range) => (range as Range).toString().replaceAll('\u00a0', ' '))))].join('|')
    return { ours: words(true), harpers: words(false) }
  })
}

/** What the others show and have done, to be the same with us and without us. */
function theirs(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const { editor, checkers } = window as unknown as CheckedWindow
    const [element] = editor.elements()
    return {
      output: editor.output(), grammarly: checkers.grammarly.marks(), languageTool: checkers.languageTool.marks(), harper: checkers.harper.found.map(({ words }) => words),
      attributes: element!.getAttributeNames().filter((name) => name.startsWith('data-')).sort(), popups: document.querySelectorAll('grammarly-popups,lt-toolbar,grammarly-extension').length,
      style: document.adoptedStyleSheets.includes(checkers.harper.style),
    }
  })
}

const use = (page: Page, who: 'grammarly' | 'languageTool', wrong: string, right: string): Promise<void> =>
  page.evaluate(({ by, bad, good }) => { (window as unknown as CheckedWindow).checkers[by].use(bad, good) }, { by: who, bad: wrong, good: right })
const read = async (page: Page): Promise<string> => (await draftsOf(page))[0]?.draft.text ?? ''

// Named by the warning of the browser tests' set-up where they are not installed: `npm run test:contracts` installs them, and so does `npm test`.
describe.runIf(installed).each([
  ['plain contenteditable', ['plain', 'contenteditable'], false],
  ['Tiptap 3', ['tiptap', 'tiptap'], false],
  ['CKEditor 5', ['ckeditor5', 'ckeditor5'], true],
] as const)('beside other checkers in %s', (_name, editor, ignoresText) => {
  test('we read the author\'s words alone, both mark, and the others show what they show without us', async () => {
    const { page } = browser
    await pages.open(page, editor[0], editor[1], '&checkers')
    expect(await eventually(async () => (await painted(page)).ours === QUOTE, 8_000)).toBe(true)
    expect(await read(page)).toBe(TEXT)
    expect((await painted(page)).harpers).toContain('delivrey')
    await pages.open(bare.page, editor[0], editor[1], '&checkers')
    expect(await theirs(page)).toEqual(await theirs(bare.page))
  })

  test('nobody makes the other look again and again: at rest nothing changes', async () => {
    const { page } = browser
    await page.waitForTimeout(1_500)
    const revision = async (): Promise<number> => (await draftsOf(page))[0]!.revision
    const before = await revision()
    await page.evaluate(() => {
      Object.assign(window, { changes: 0 })
      new MutationObserver((records) => { (window as unknown as { changes: number }).changes += records.length }).observe((window as unknown as CheckedWindow).editor.elements()[0]!, { subtree: true, childList: true, characterData: true, attributes: true })
    })
    await page.waitForTimeout(2_500)
    expect(await revision()).toBe(before)
    expect(await page.evaluate(() => (window as unknown as { changes: number }).changes)).toBe(0)
  })

  test('their corrections arrive, ours too, and each goes on marking', async () => {
    const { page } = browser
    await use(page, 'grammarly', 'folows', 'follows')
    expect(await eventually(async () => (await read(page)).includes('plan follows on'))).toBe(true)
    await use(page, 'languageTool', 'delivrey', 'delivery')
    // CKEditor 5 puts back what others write into its document by hand; so it does without us.
    const wanted = TEXT.replace('folows', 'follows').replace('delivrey', ignoresText ? 'delivrey' : 'delivery')
    expect(await eventually(async () => (await read(page)) === wanted), await read(page)).toBe(true)
    expect(await eventually(async () => (await painted(page)).ours === QUOTE, 8_000)).toBe(true)
    const results = await inOurWorld<string | null>(page, `(async () => { const one = globalThis.__countersign?.sessions()[0]; const state = one?.snapshot().states.find(({ finding }) => finding.quote === ${JSON.stringify(QUOTE)}); return state ? one.applySuggestion(state.finding.fingerprint, 'the price in your quote') : null })()`)
    expect(results).toContain('done')
    expect(await eventually(async () => (await read(page)) === wanted.replace(QUOTE, 'the price in your quote'))).toBe(true)
    expect(await page.evaluate(() => (window as unknown as CheckedWindow).editor.output().replace(/<[^>]*>/g, ''))).toContain('the price in your quote')
    await page.keyboard.press('ControlOrMeta+z')
    expect(await eventually(async () => (await painted(page)).ours === QUOTE, 8_000)).toBe(true)
    const { harpers } = await painted(page)
    expect(harpers.includes('delivrey')).toBe(ignoresText)
  })

  test('what they change is no reason to let go: Send is held, and the text carries nothing of anybody', async () => {
    const { page } = browser
    await inOurWorld(page, 'globalThis.__countersign?.sessions()[0]?.declareOrigin(true)')
    await page.focus('#send')
    await page.keyboard.press('Enter')
    expect(await eventually(async () => (await draftsOf(page)).some(({ held }) => held !== null))).toBe(true)
    expect(await page.evaluate(() => (window as unknown as CheckedWindow).editor.output())).not.toMatch(/countersign|grammarly|gramm|lt-/)
  })
})
