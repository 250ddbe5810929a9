import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleEditors } from '../editors/build.mjs'
import { startEditorPages, type EditorPages, type PageEditor } from './harness/editors.ts'
import { eventually } from './harness/index.ts'
import { draftsOf, inOurWorld } from './harness/page.ts'

/** The real guard, in its own world, on the real editors. What each editor's model makes of a replacement case by case is in `test/contracts`. */

const QUOTE = 'a 20% discount'
const NEW = 'the discount in your quote'

/** Module and mount of `test/editors/mount`, by the name in the contract. */
const EDITORS: readonly (readonly [string, string, string])[] = [
  ['textarea', 'plain', 'textarea'], ['textarea under React', 'plain', 'reactTextarea'], ['plain contenteditable', 'plain', 'contenteditable'],
  ['Tiptap 3', 'tiptap', 'tiptap'], ['Lexical', 'lexical', 'lexical'], ['Koenig', 'koenig', 'koenig'],
  ['Slate', 'slate', 'slate'], ['Quill 2', 'quill', 'quill'], ['CKEditor 5', 'ckeditor5', 'ckeditor5'], ['CKEditor 4 in a frame', 'ckeditor4', 'ckeditor4'],
  ['TinyMCE in a frame', 'tinymce', 'tinymceFramed'], ['TinyMCE inline', 'tinymce', 'tinymceInline'], ['Draft.js', 'draft', 'draft'], ['RoosterJS 9', 'rooster', 'rooster'], ['Trix 2', 'trix', 'trix'],
  ['CodeMirror 6', 'codemirror', 'codemirror'], ['Editor.js', 'editorjs', 'editorjs'],
]

type EditorWindow = Window & { editor: PageEditor; changes?: MutationObserver[] }

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

/** What stands under our marks, in all documents of the page. */
function marked(page: Page): Promise<string> {
  return page.evaluate(() => {
    const [element] = (window as unknown as EditorWindow).editor.elements()
    const win = element!.ownerDocument.defaultView as Window & typeof globalThis
    const words = new Set<string>()
    for (const highlight of win.CSS.highlights.values()) {
      for (const range of highlight) words.add((range instanceof win.Range ? range.toString() : (element as HTMLTextAreaElement).value.slice(range.startOffset, range.endOffset)).replaceAll('\u00a0', ' '))
    }
    return [...words].join('|')
  })
}

const isMarked = (page: Page, words = QUOTE): Promise<boolean> => eventually(async () => (await marked(page)) === words, 8_000)
const outputOf = (page: Page): Promise<string> => page.evaluate(async () => (window as unknown as EditorWindow).editor.output())
const markupOf = (page: Page): Promise<string> => page.evaluate(() => (window as unknown as EditorWindow).editor.elements().map((element) => element.innerHTML).join('\n'))

// Named by the warning of the browser tests' set-up where they are not installed: `npm run test:contracts` installs them, and so does `npm test`.
describe.runIf(installed).each(EDITORS)('%s', (_name, module, mount) => {
  test('marks change nothing: neither the document nor the output differs from a browser without us, and painting is no mutation', async () => {
    const { page } = browser
    await pages.open(page, module, mount)
    expect(await isMarked(page)).toBe(true)
    await pages.open(bare.page, module, mount)
    // Ids and carets that an editor draws by chance or by the clock are the same in both or not in the words.
    const still = (markup: string): string => markup.replace(/(id|for|aria-\w+|data-(key|offset-key|editor|id))="[^"]*"|style="[^"]*"|_mce_caret|class="[^"]*"/g, '')
    expect(await outputOf(page)).toBe(await outputOf(bare.page))
    expect(still(await markupOf(page))).toBe(still(await markupOf(bare.page)))
    await page.evaluate(() => {
      const win = window as unknown as EditorWindow
      win.changes = win.editor.elements().map((element) => {
        const observer = new MutationObserver(() => undefined)
        observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true })
        return observer
      })
    })
    await inOurWorld(page, '(() => { for (const one of globalThis.__countersign?.sessions() ?? []) { const { states } = one.snapshot(); if (states[0]) { one.open(states[0].finding.fingerprint); one.open(null) } } })()')
    expect(await page.evaluate(() => (window as unknown as EditorWindow).changes!.flatMap((observer) => observer.takeRecords()).length)).toBe(0)
    expect(await isMarked(page)).toBe(true)
  })

  test('marks follow typing, Enter, undo and a new drawing; a replacement is in the model and one undo takes it back; Send is held', async () => {
    const { page } = browser
    await pages.open(page, module, mount)
    expect(await isMarked(page)).toBe(true)
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.type('Dear all. ')
    expect(await isMarked(page), 'typed before').toBe(true)
    const unbroken = await outputOf(page)
    await page.keyboard.press('Enter')
    expect(await isMarked(page), 'Enter before').toBe(true)
    await page.keyboard.press('ControlOrMeta+z')
    expect(await isMarked(page), 'after undo').toBe(true)
    // Some editors take a while to undo, and some take back more than the Enter.
    expect(await eventually(async () => (await outputOf(page)).length <= unbroken.length), 'the Enter was undone').toBe(true)
    await page.evaluate(() => (window as unknown as EditorWindow).editor.redraw())
    // The drawing itself may come a moment later, and until then the old nodes stand marked.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    expect(await eventually(() => page.evaluate((words) => (window as unknown as EditorWindow).editor.elements().some((element) => {
      const text = /^(?:TEXTAREA|INPUT)$/.test(element.tagName) ? (element as HTMLTextAreaElement).value : element.textContent
      return element.isConnected && text.replaceAll('\u00a0', ' ').includes(words)
    }), QUOTE)), 'is drawn').toBe(true)
    expect(await isMarked(page), 'drawn anew').toBe(true)

    // Quill joins what happens within a second.
    if (module === 'quill') await page.waitForTimeout(1_100)
    const before = await outputOf(page)
    const results = await inOurWorld<string | null>(page, `(async () => { const one = globalThis.__countersign?.sessions()[0]; const state = one?.snapshot().states.find(({ finding }) => finding.quote === ${JSON.stringify(QUOTE)}); return state ? one.applySuggestion(state.finding.fingerprint, ${JSON.stringify(NEW)}) : null })()`)
    expect(results.filter((result) => result !== null && result !== undefined)).toEqual(['done'])
    const standing = (text: string): string => text.replace(/<[^>]*>/g, '')
    expect(await eventually(async () => standing(await outputOf(page)).includes('the discount in your')), 'in the model').toBe(true)
    await page.keyboard.press('ControlOrMeta+z')
    expect(await eventually(async () => (await outputOf(page)) === before), 'one undo').toBe(true)
    expect(await isMarked(page)).toBe(true)

    await inOurWorld(page, 'globalThis.__countersign?.sessions()[0]?.declareOrigin(true)')
    // By key: an editor's floating tools may lie over the button.
    await page.focus('#send')
    await page.keyboard.press('Enter')
    expect(await eventually(async () => (await draftsOf(page)).some(({ held }) => held !== null))).toBe(true)
    expect(await page.evaluate(() => document.body.dataset['sent'])).toBeUndefined()
  })
})
