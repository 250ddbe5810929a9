import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Locator, type Page } from 'playwright-core'
import { build } from 'vite'
import { startDesk } from '../desk/server.mjs'
import { pasteHtml } from '../e2e/harness/mail.mjs'
import { findBrowser } from '../run/find-browser.mjs'
import { share, type EvalSection, type Figure } from './figure.ts'
import { PASTES } from './pastes.ts'

interface Place { readonly name: string; readonly path: string; readonly find: (page: Page) => Locator }

/** The desk's own applications, and three more editors on a page of their own. */
const PLACES: readonly Place[] = [
  { name: 'Mail', path: '/mail?compose=1', find: (page) => page.locator('.M9 .Am.editable') },
  { name: 'Tiptap', path: '/crm/email/frame', find: (page) => page.locator('.ProseMirror').first() },
  { name: 'CKEditor 5', path: '/crm/ticket', find: (page) => page.locator('.ck-editor__editable').first() },
  { name: 'TinyMCE', path: '/cms', find: (page) => page.frameLocator('iframe').locator('body#tinymce') },
  { name: 'textarea', path: '/cms', find: (page) => page.locator('#excerpt') },
  ...['Quill', 'Lexical', 'Slate'].map((name) => ({ name, path: '/editors', find: (page: Page) => page.locator(`[data-editor=${name}]`) })),
]

const ROUNDS = 60
/** One paste of each product and shape that has an element of text. */
const SAMPLES = [...new Map(PASTES.filter(({ product, name }) => product !== null && name.includes('mail, ')).map((paste) => [paste.product, paste])).values()]

/** Real pastes through real editors: are the marks seen before the editor's own filter takes them out, and what does looking cost? */
export async function realPaste(): Promise<EvalSection> {
  const title = 'Origin: real paste in the real browser'
  const executablePath = findBrowser() ?? undefined
  if (!executablePath) return { title, figures: [], notes: ['skipped: no Chrome, Chromium or Edge was found'] }
  const here = import.meta.dirname
  const more = existsSync(join(here, 'node_modules', 'quill'))
  const [guard, editors] = await Promise.all([bundle(join(here, 'paste-page.ts')), more ? bundle(join(here, 'editors-page.mjs')) : ''])
  const desk = await startDesk()
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath, headless: true, chromiumSandbox: !asRoot })
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    await context.addInitScript({ content: guard })
    const page = await context.newPage()
    await page.route('**/editors', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><title>Editors</title><body><script>${editors.replaceAll('</script', '<\\/script')}</script>` }))
    const notes: string[] = []
    const figures: Figure[] = []
    for (const place of PLACES.filter(({ path }) => more || path !== '/editors')) figures.push(await through(page, desk.url, place, notes))
    figures.push(...(await cost(page, desk.url)))
    if (!more) notes.push('skipped: Quill, Lexical and Slate are not installed (npm ci in test/eval)')
    return { title, figures, notes }
  } finally {
    await browser.close()
    await desk.close()
  }
}

async function through(page: Page, desk: string, { name, path, find }: Place, notes: string[]): Promise<Figure> {
  let seen = 0
  let filtered = 0
  for (const { product, html } of SAMPLES) {
    await page.goto(desk + path)
    const editor = find(page)
    await editor.click()
    await pasteHtml(page, { html, text: 'Dear Ms Ode, we can start on 3 May.' })
    const { marks, kept } = await page.evaluate(() => (globalThis as unknown as { originSeen(): Promise<{ marks: string[]; kept: string }> }).originSeen())
    if (marks.some((mark) => mark.startsWith(product?.toLowerCase() ?? '?'))) seen += 1
    else notes.push(`wrong: ${product} through ${name}: ${marks.join(', ') || 'no marks'}`)
    if (!kept.includes('3 May')) notes.push(`wrong: nothing arrived in ${name}`)
    if (!/data-(start|path|is-|pplx)|font-claude|fai-|ai-message|response-content/i.test(kept)) filtered += 1
  }
  notes.push(`${name} itself took the marks out of ${filtered} of ${SAMPLES.length} pastes`)
  return share(`evidence found, ${name}`, seen, SAMPLES.length, 1)
}

/** What the guard's own listeners take beside the page's own reading of the clipboard, by turns after it and before it. */
async function cost(page: Page, desk: string): Promise<Figure[]> {
  await page.goto(`${desk}/cms`)
  await page.locator('#excerpt').click()
  const unit = '<p class="x y z" data-start="10" data-end="90" style="margin:0">Some words of an article, <b data-start="14" data-end="20">bold</b> and plain, one after the other.</p>'
  const html = unit.repeat(Math.ceil(1_000_000 / unit.length))
  for (let round = 0; round < ROUNDS; round++) await pasteHtml(page, { html, text: 'short' })
  await page.keyboard.type('One key after another, as a person types. '.repeat(5))
  const spent = await page.evaluate(() => (globalThis as unknown as { originSpent(): Record<'pageFirst' | 'guardAfter' | 'guardFirst' | 'pageAfter' | 'key', number[]> }).originSpent())
  const both = spent.guardFirst.map((ours, at) => ours + (spent.pageAfter[at] ?? 0))
  return [
    { figure: 'paste of 1 MB of HTML that the page has read, ms at p95', value: quantile(spent.guardAfter, 0.95), goal: 20, wants: 'at-most', counts: `${spent.guardAfter.length} pastes` },
    { figure: 'the same with the first reading of the clipboard, ms at p95', value: quantile(spent.guardFirst, 0.95), goal: null, wants: 'at-most', counts: `${spent.guardFirst.length} pastes` },
    { figure: 'the page itself reading the clipboard first, ms at p95', value: quantile(spent.pageFirst, 0.95), goal: null, wants: 'at-most', counts: `${spent.pageFirst.length} pastes` },
    { figure: 'the page reading it after us, ms at p95', value: quantile(spent.pageAfter, 0.95), goal: null, wants: 'at-most', counts: `${spent.pageAfter.length} pastes` },
    { figure: 'both readings beside the page alone, times at the median', value: Math.round(100 * median(both) / median(spent.pageFirst)) / 100, goal: null, wants: 'at-most' },
    { figure: 'one key, ms at p95 (the clock steps by 0.1)', value: quantile(spent.key, 0.95), goal: 0.1, wants: 'at-most', counts: `${spent.key.length} keys` },
  ]
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

function quantile(values: readonly number[], share: number): number {
  const value = [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
  return Math.round(value * 10) / 10
}

/** One script of a file and what it imports, as the extension's own are built. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false, logLevel: 'error', define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'chrome137', lib: { entry, formats: ['iife'], name: 'evalPage' } },
  })
  const [output] = [result].flat()
  return output && 'output' in output ? output.output[0].code : ''
}
