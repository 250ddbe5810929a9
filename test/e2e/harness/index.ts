import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page, type Worker } from 'playwright-core'
import type { Desk } from '../../desk/server.mjs'
import { practiceExtension } from '../../run/build.mjs'
import { findBrowser } from '../../run/find-browser.mjs'
import { launchWithExtension, practiceSettings, seedSettings, type LaunchOptions, type PracticeSettings } from '../../run/launch.mjs'

export { startDesk, type Desk, type SentMessage } from '../../desk/server.mjs'
export { practiceSettings, seedSettings } from '../../run/launch.mjs'
export { openCompose, pasteHtml } from './mail.mjs'
export { attributeInSurface, clickInSurface, findAllInSurface, findInSurface, hasFocusInSurface, textOfSurface, waitGoneFromSurface, waitInSurface } from './surface.mjs'

export interface ExtensionUnderTest {
  readonly context: BrowserContext
  /** A page that is open and empty. */
  readonly page: Page
  readonly worker: Worker
  readonly extensionId: string
  readonly userDataDir: string
  readonly allowRequests: (...origins: string[]) => void
  readonly close: () => Promise<void>
}

export interface LaunchExtensionOptions extends Partial<Omit<LaunchOptions, 'extension'>> {
  readonly desk: Desk
  /** Changes to the practice settings before anything is opened. */
  readonly settings?: Partial<PracticeSettings>
}

/** Real Chromium with the built extension, switched on for the desk. Each call has its own copy of the build and, unless told otherwise, its own profile. */
export async function launchExtension({ desk, settings, ...options }: LaunchExtensionOptions): Promise<ExtensionUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-extension-'))
  const launched = await launchWithExtension({ ...options, extension: practiceExtension(join(folder, 'extension')) })
  await seedSettings(launched.worker, { ...practiceSettings(desk.url), ...settings })
  const page = launched.context.pages()[0] ?? (await launched.context.newPage())
  return {
    ...launched,
    page,
    close: async () => {
      await launched.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Real Chromium without the extension: how the desk behaves by itself. */
export async function launchBare(): Promise<{ context: BrowserContext; page: Page; close: () => Promise<void> }> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('No Chrome, Chromium or Edge was found.')
  const browser = await chromium.launch({ executablePath, chromiumSandbox: !(process.platform === 'linux' && process.getuid?.() === 0) })
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
  return { context, page: await context.newPage(), close: () => browser.close() }
}

/** Asks again and again until the answer is true, for at most `timeout` ms; false when it never was. For "the server received it", which takes a moment. */
export async function eventually(ask: () => boolean | Promise<boolean>, timeout = 5_000): Promise<boolean> {
  const until = Date.now() + timeout
  for (;;) {
    if (await ask()) return true
    if (Date.now() > until) return false
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
