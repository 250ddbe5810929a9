import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFirefox } from './bidi.mjs'
import { createPage } from './page.mjs'

/** Waits for tabs this long; milliseconds. */
const PATIENCE = 60_000

/** A copy of the Firefox build that may read pages on this computer without asking: in practice the site is switched on beforehand. */
function practiceCopy(built) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-firefox-extension-'))
  cpSync(built, folder, { recursive: true })
  const path = join(folder, 'manifest.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), host_permissions: ['http://127.0.0.1/*'] }))
  return folder
}

/**
 * Starts Firefox with the built extension, switched on as `settings` say. Resolves to `{ page, frameOf(address), openOwn(path), own, close }`: a tab, a way to its
 * frame with this in its address, a way to open a page of the extension, and one that is open.
 */
export async function launchFirefox({ executablePath, extension, settings, colorScheme = 'light', viewport = { width: 1280, height: 860 } }) {
  const uuid = randomUUID()
  const folder = practiceCopy(extension)
  const { browser_specific_settings: { gecko } } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const firefox = await startFirefox({
    executablePath,
    prefs: {
      // Our pages get an address that is known beforehand.
      'extensions.webextensions.uuids': JSON.stringify({ [gecko.id]: uuid }),
      'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? 0 : 1,
      'ui.systemUsesDarkTheme': colorScheme === 'dark' ? 1 : 0,
      'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false, 'app.normandy.enabled': false, 'browser.aboutwelcome.enabled': false,
    },
  })
  const close = async () => {
    await firefox.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await firefox.send('webExtension.install', { extensionData: { type: 'path', path: folder } })
    const openOwn = (path) => openTab(firefox, `moz-extension://${uuid}/${path}`)
    const own = await openOwn('popup.html')
    await own.evaluate((value) => chrome.storage.local.set({ settings: value }), settings)
    await until(() => own.evaluate(() => chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length > 0)), 'The extension did not switch itself on.')
    const { context } = await firefox.send('browsingContext.create', { type: 'tab' })
    await firefox.send('browsingContext.setViewport', { context, viewport })
    await firefox.send('browsingContext.activate', { context })
    return { page: createPage(firefox, context), frameOf: (address) => frameIn(firefox, context, address), openOwn, own, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Opens an address that web pages may not go to, as a person does who follows a link of the extension. */
async function openTab(firefox, address) {
  const { contexts: [window] } = await firefox.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const known = new Set(await tabsAt(firefox, address))
  await firefox.send('script.evaluate', { target: { context: window.context }, awaitPromise: false, expression: `gBrowser.selectedTab = gBrowser.addTrustedTab(${JSON.stringify(address)}); 0` })
  let context
  await until(async () => Boolean(context = (await tabsAt(firefox, address)).find((tab) => !known.has(tab))), `${address} did not open`)
  const page = createPage(firefox, context)
  await until(() => page.evaluate(() => document.readyState === 'complete'), `${address} did not load`)
  return page
}

async function frameIn(firefox, root, address) {
  let frame
  await until(async () => {
    const { contexts } = await firefox.send('browsingContext.getTree', { root })
    const all = (list) => list.flatMap((each) => [each, ...all(each.children ?? [])])
    return Boolean(frame = all(contexts).find(({ url, context }) => context !== root && url.includes(address)))
  }, `There is no frame with "${address}" in its address.`)
  return createPage(firefox, frame.context)
}

async function tabsAt(firefox, address) {
  const { contexts } = await firefox.send('browsingContext.getTree')
  return contexts.filter(({ url }) => url.split('#')[0] === address.split('#')[0]).map(({ context }) => context)
}

async function until(ask, otherwise) {
  const end = Date.now() + PATIENCE
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(otherwise)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
