import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser } from './find-browser.mjs'
import { netLogArgs, requestsIn, strayRequests } from './net-log.mjs'

const WORKER_WAIT = 6_000

/**
 * Starts the browser with the unpacked extension. Without `userDataDir` the profile is a new one and is thrown away by `close()`. In tests every request of the
 * browser is written down, and `close()` throws where the extension asked an address that `allowRequests` did not name.
 * Resolves to `{ context, worker, extensionId, userDataDir, allowRequests, close }`.
 */
export async function launchWithExtension({ extension, headless = true, userDataDir, colorScheme = 'light', viewport = { width: 1280, height: 860 }, args = [], pageCache = false, recordRequests = Boolean(process.env['VITEST']) }) {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('No Chrome, Chromium or Edge was found.')
  const logs = recordRequests ? mkdtempSync(join(tmpdir(), 'countersign-requests-')) : null
  const log = logs && join(logs, 'requests.json')
  const allowed = []
  const profile = userDataDir ?? mkdtempSync(join(tmpdir(), 'countersign-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, headless, colorScheme, viewport: headless ? viewport : null,
    // The browser's own sandbox cannot start for root on Linux.
    chromiumSandbox: !(process.platform === 'linux' && process.getuid?.() === 0),
    ignoreDefaultArgs: ['--disable-extensions', ...(pageCache ? ['--disable-back-forward-cache'] : [])],
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
    args: [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`, '--enable-unsafe-extension-debugging', '--no-first-run', '--disable-sync', ...(log ? netLogArgs(log) : []), ...args],
  })
  const close = async () => {
    await context.close()
    const stray = log && existsSync(log) ? strayRequests(requestsIn(log), allowed) : []
    if (logs) rmSync(logs, { recursive: true, force: true })
    if (!userDataDir) rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    if (stray.length > 0) throw new Error(`Requests that nobody allowed:\n${[...new Set(stray)].join('\n')}`)
  }
  try {
    const worker = (await workerOf(context, WORKER_WAIT)) ?? (await loadThroughDebugger(context, extension))
    return { context, worker, extensionId: new URL(worker.url()).host, userDataDir: profile, allowRequests: (...origins) => allowed.push(...origins), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function workerOf(context, wait) {
  const isOurs = (worker) => worker.url().startsWith('chrome-extension://')
  return context.serviceWorkers().find(isOurs) ?? context.waitForEvent('serviceworker', { predicate: isOurs, timeout: wait }).catch(() => null)
}

/** Chrome itself (not Chromium) stopped reading `--load-extension` with version 137; there the debugging pipe loads the folder. */
async function loadThroughDebugger(context, extension) {
  const browser = context.browser()
  if (browser) {
    const session = await browser.newBrowserCDPSession()
    await session.send('Extensions.loadUnpacked', { path: extension })
    const worker = await workerOf(context, WORKER_WAIT)
    if (worker) return worker
  }
  throw new Error('The browser did not load the extension. Chromium does; CHROME_PATH can point to one.')
}

const ADAPTERS = { '/mail': 'gmail', '/crm/email': 'hubspot', '/crm/ticket': 'zendesk', '/cms': 'wordpress' }

/** The practice settings: the desk's four places are on, and the reviewer is the person that the desk's mails are from. */
export function practiceSettings(deskUrl) {
  return {
    version: 1,
    sites: Object.entries(ADAPTERS).map(([path, adapter]) => ({ prefix: deskUrl + path, adapter, on: true })),
    reviewer: { name: 'Dana Whitfield', role: 'Customer team' },
    policy: {}, keepTexts: true, retentionDays: 365, welcomed: true, off: { packs: [], rules: [] },
  }
}

/** Writes settings into the extension and waits until its guard is registered for the pages. */
export async function seedSettings(worker, settings) {
  await worker.evaluate((value) => chrome.storage.local.set({ settings: value }), settings)
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    const registered = await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length))
    if (registered > 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The extension did not switch itself on for the practice desk.')
}
