import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { clipboardHtml, plainText } from '../../desk/public/drafts.js'
import type { Desk } from '../../desk/server.mjs'
import { practiceExtension } from '../../run/build.mjs'
import { launchWithExtension, type LaunchOptions, type Launched } from '../../run/launch.mjs'
import { eventually } from './index.ts'
import { openCompose, pasteHtml } from './mail.mjs'
import { clickInSurface, findInSurface, textOfSurface, waitInSurface } from './surface.mjs'

/** What people do with Countersign and the desk, by real keys and presses, and looks into what was kept afterwards. */

export const BODY = '.M9 .Am.editable'
export const SEND = '.dC > .aoO'

/** Folders of one test file: a build with the given permissions, and profiles that outlive the browser. `remove` takes all of it away. */
export interface Bench {
  readonly extension: string
  /** Starts the browser with a profile of this name, the same one each time. What is started is closed by `remove`, if not before. */
  readonly open: (profile: string, options?: Partial<LaunchOptions>) => Promise<Launched>
  /** A path in the folder. */
  readonly path: (name: string) => string
  readonly remove: () => Promise<void>
}

/**
 * `hosts` stand for permissions that were given before the test begins; with none the build asks as it does for everybody.
 * `permissions` changes those of the build, where a test needs another world than the product's.
 */
export function makeBench(hosts: readonly string[] = ['http://127.0.0.1/*'], permissions: (given: readonly string[]) => readonly string[] = (given) => given): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const extension = join(folder, 'extension')
  const path = join(practiceExtension(extension), 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> & { permissions: string[] }
  writeFileSync(path, JSON.stringify({ ...manifest, host_permissions: hosts, permissions: permissions(manifest.permissions) }))
  const started = new Set<Launched>()
  return {
    extension,
    path: (name) => join(folder, name),
    open: async (profile, options = {}) => {
      const launched = await launchWithExtension({ extension, userDataDir: join(folder, profile), ...options })
      started.add(launched)
      return launched
    },
    remove: async () => {
      for (const launched of started) await launched.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** Everything that pages and the worker complain about: errors in the console and exceptions that nobody caught. */
export function complaintsOf(context: BrowserContext): readonly string[] {
  const complaints: string[] = []
  context.on('console', (message) => {
    // A file that a test server answers with 404 or 500 on purpose is the browser's line, not ours.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(`${message.page()?.url() ?? 'worker'}: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(`${error.page()?.url() ?? ''}: ${error.error().message}`))
  return complaints
}

/** The worker writes down what just happened in a page so much later, at most; the extension's own pages are there sooner. Milliseconds. */
const WRITTEN_BY = 500

/** Opens one of the extension's own pages, such as `dashboard.html#/history`. */
export async function openOwn({ context, extensionId }: Launched, place: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${extensionId}/${place}`)
  await page.waitForTimeout(WRITTEN_BY)
  return page
}

/** All rows of a table, read past our own code. */
export function rowsIn<T>(page: Page, table: string): Promise<T[]> {
  return page.evaluate((name) => new Promise<unknown[]>((resolve, reject) => {
    const open = indexedDB.open('countersign')
    open.onerror = () => reject(open.error ?? new Error('not opened'))
    open.onsuccess = () => {
      const all = open.result.transaction(name).objectStore(name).getAll()
      all.onerror = () => reject(all.error ?? new Error('not read'))
      all.onsuccess = () => {
        open.result.close()
        resolve(all.result as unknown[])
      }
    }
  }), table) as Promise<T[]>
}

/** The whole database and the extension's storage as one text, to look for words that must not be there. */
export async function everythingKept(page: Page): Promise<string> {
  const tables = await page.evaluate(async () => {
    const open = indexedDB.open('countersign')
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result)
      open.onerror = () => reject(open.error ?? new Error('not opened'))
    })
    const names = [...db.objectStoreNames]
    db.close()
    return names
  })
  const rows = await Promise.all(tables.map((table) => rowsIn(page, table)))
  const stored = await page.evaluate(async () => [await chrome.storage.local.get(null), await chrome.storage.session.get(null), { ...localStorage }])
  return JSON.stringify([tables, rows, stored])
}

/** Stops the service worker as the browser does when it wants the memory. */
export async function killWorker({ context, extensionId }: Launched): Promise<boolean> {
  const browser = context.browser()
  if (!browser) throw new Error('The browser gives no session')
  const session = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId))
  if (target) await session.send('Target.closeTarget', { targetId: target.targetId })
  await session.detach()
  return target !== undefined
}

export interface Mail { readonly subject: string; readonly to?: string; readonly blocks: readonly string[] }

/** Opens a new mail on the desk and pastes an answer as a chat gives it; waits until it has been read. */
export async function pasteMail(page: Page, desk: Desk, { subject, to, blocks }: Mail): Promise<void> {
  await openCompose(page, desk.url, { subject, ...(to === undefined ? {} : { to }) })
  await pasteHtml(page, { html: clipboardHtml(blocks, true), text: plainText(blocks) })
  await waitInSurface(page, '[data-cs=chip]')
}

/** Selects words in the mail as a person does, a press before them, then Shift and the arrow, and types others over them. */
export async function typeOver(page: Page, quote: string, words: string): Promise<void> {
  const at = await page.evaluate(({ body, text }) => {
    const root = document.querySelector(body)
    const walker = document.createTreeWalker(root ?? document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode as Text
      const start = node.data.indexOf(text)
      if (start < 0) continue
      const range = document.createRange()
      range.setStart(node, start)
      range.setEnd(node, start + 1)
      node.parentElement?.scrollIntoView({ block: 'nearest' })
      const { left, top, height } = range.getBoundingClientRect()
      return { x: left + 1, y: top + height / 2 }
    }
    return null
  }, { body: BODY, text: quote })
  if (!at) throw new Error(`"${quote}" is not in the mail`)
  await page.mouse.click(at.x, at.y)
  await page.waitForTimeout(400)
  await page.keyboard.press('Escape')
  for (let typed = 0; typed < quote.length; typed++) await page.keyboard.press('Shift+ArrowRight')
  const selected = await page.evaluate(() => String(getSelection()))
  if (selected !== quote) throw new Error(`"${selected}" is selected instead of "${quote}"`)
  await page.keyboard.type(words)
}

/** F8 until the card of these words is open. */
export async function openCard(page: Page, quote: string): Promise<string> {
  const seen: string[] = []
  for (let tries = 0; tries < 10; tries++) {
    const text = await steadyCard(page)
    if (text.includes(quote)) return text
    await page.keyboard.press('F8')
    await eventually(async () => ![text, ''].includes(await steadyCard(page)), 2_000)
    seen.push((await steadyCard(page)).slice(0, 40))
  }
  throw new Error(`No card for "${quote}", only: ${seen.join(' | ')}`)
}

async function steadyCard(page: Page): Promise<string> {
  for (;;) {
    const text = (await textOfSurface(page, '[data-cs=card]')).replace(/\s+/g, ' ').trim()
    await page.waitForTimeout(60)
    if (text === (await textOfSurface(page, '[data-cs=card]')).replace(/\s+/g, ' ').trim()) return text
  }
}

/** Keeps the words with the first ready reason. */
export async function keep(page: Page, quote: string): Promise<void> {
  await openCard(page, quote)
  await page.keyboard.press('k')
  await waitInSurface(page, '[data-cs=reason-1]')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await eventually(async () => !(await steadyCard(page)).includes(quote) || !(await findInSurface(page, '[data-cs=card-dismiss]')))
}

/** Presses Send, and signs in the panel that comes. */
export async function sendAndSign(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
  // A press that comes too soon after the panel opened is not taken for an answer to it.
  await page.waitForTimeout(600)
  await clickInSurface(page, '[data-cs=sign]')
}
