import { resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { findBrowser } from '../run/find-browser.mjs'

/** Real Chromium with the bench page loaded: the product's own code, bundled without the extension around it. */
export async function openBrowser() {
  const { builtinPacks } = await import('../../lib/packs/node/vite-plugin.ts')
  const result = await build({
    configFile: false, logLevel: 'error', plugins: [builtinPacks()],
    build: { write: false, target: 'chrome137', lib: { entry: resolve(import.meta.dirname, 'page.ts'), formats: ['iife'], name: 'benchPage' } },
  })
  const { code } = [result].flat()[0].output[0]
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, headless: true, chromiumSandbox: !asRoot })
  const page = await browser.newPage()
  await page.setContent('<!doctype html><body></body>')
  await page.addScriptTag({ content: code })
  return { page, close: () => browser.close() }
}

/** A page by itself, in front: the browser gives a tab that lies behind another one, as behind the welcome page, a timer and a frame a second. */
export async function alone(context) {
  const page = await context.newPage()
  const close = (other) => { if (other !== page) other.close().catch(() => undefined) }
  context.pages().forEach(close)
  context.on('page', close)
  await page.bringToFront()
  return page
}
