import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { build } from 'vite'
import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest'
import type { DraftRecord, PageState, Rulebook } from '../../lib/guard/types.ts'
import type { LedgerReport, Reply } from '../../lib/messages/protocol.ts'
import { makeRecord, makeSignOff } from '../../lib/store/draft.fixture.ts'
import { practiceExtension } from '../run/build.mjs'
import { launchWithExtension, practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { rowsIn } from './harness/person.ts'

/** The worker may be stopped at any moment and the browser closed at any time: what was said to be kept must be there, once. */
let desk: Desk
let folder: string
let extension: string
let client: string
let launched: Launched | null = null

beforeAll(async () => {
  desk = await startDesk()
  folder = mkdtempSync(join(tmpdir(), 'countersign-background-'))
  extension = practiceExtension(join(folder, 'extension'))
  client = await bundleClient()
})
afterEach(async () => {
  await launched?.close()
  launched = null
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

async function launch(profile: string): Promise<Launched> {
  launched = await launchWithExtension({ extension, userDataDir: join(folder, profile) })
  return launched
}

/** The product's own client as a script that puts `send` into a content script's world. */
async function bundleClient(): Promise<string> {
  const result = await build({
    configFile: false, logLevel: 'silent',
    build: { write: false, lib: { entry: join(import.meta.dirname, '../../lib/messages/client.ts'), formats: ['iife'], name: 'messagesClient' }, minify: false },
  })
  const output = Array.isArray(result) ? result[0] : result
  if (!output || !('output' in output)) throw new Error('The client was not built')
  return output.output[0].code
}

/** Sends from the guard's world of a page, as the guard does. */
async function guardOf(page: Page, extensionId: string): Promise<(kind: string, body: unknown) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page)
  const worlds: string[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const data = context.auxData as { type?: string } | undefined
    if (data?.type === 'isolated' && context.origin.includes(extensionId)) worlds.push(context.uniqueId)
  })
  await session.send('Runtime.enable')
  expect(await eventually(() => worlds.length > 0)).toBe(true)
  const uniqueContextId = worlds.at(-1) ?? ''
  await session.send('Runtime.evaluate', { expression: `${client}; globalThis.messagesClient = messagesClient`, uniqueContextId })
  return async (kind, body) => {
    const expression = `messagesClient.send(${JSON.stringify(kind)}, ${JSON.stringify(body)})`
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, uniqueContextId, awaitPromise: true, returnByValue: true })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as unknown
  }
}

/** Asks the worker from one of the extension's own pages. */
async function askFromPage<T>(page: Page, kind: string, body: unknown = null): Promise<T> {
  const reply = await page.evaluate((message) => chrome.runtime.sendMessage<unknown, Reply>(message), { countersign: 1, kind, body })
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`)
  return reply.value as T
}

async function dashboardOf({ context, extensionId }: Launched): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${extensionId}/dashboard.html`)
  return page
}

interface Kept { session: string; outcome: string; number: number }

async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser()
  if (!browser) throw new Error('The browser gives no session')
  return browser.newBrowserCDPSession()
}

/** Stops the service worker as the browser does when it wants the memory. */
async function killWorker(session: CDPSession, extensionId: string): Promise<boolean> {
  const { targetInfos } = await session.send('Target.getTargets')
  const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId))
  if (!target) return false
  await session.send('Target.closeTarget', { targetId: target.targetId })
  return true
}

const recordFor = (session: string): DraftRecord => makeRecord({ session })

function signOffFor(record: DraftRecord, { rulesetDigest, policyDigest, reviewer }: Rulebook) {
  return makeSignOff(record, { rulesetDigest, policyDigest, reviewer })
}

describe('records', () => {
  test('are there after the worker was killed and after the browser was restarted, signed by the same key', async () => {
    const first = await launch('restart')
    await seedSettings(first.worker, practiceSettings(desk.url))
    const page = await first.context.newPage()
    await page.goto(`${desk.url}/mail`)
    const send = await guardOf(page, first.extensionId)
    const rulebook = await send('rulebook/load', { anew: false }) as Rulebook
    expect(rulebook.reviewer.name).toBe('Dana Whitfield')
    const record = recordFor('one')
    const number = await send('record/signed', { record, signOff: signOffFor(record, rulebook) }) as number

    const session = await browserSession(first.context)
    expect(await killWorker(session, first.extensionId)).toBe(true)
    expect(await send('record/sent', { record, kind: 'send', signedAs: number })).toBe(number)
    await first.close()

    const second = await launch('restart')
    expect(await eventually(async () => (await second.worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).length === 1, 20_000)).toBe(true)
    const dashboard = await dashboardOf(second)
    expect(await rowsIn<Kept>(dashboard, 'records')).toMatchObject([{ session: 'one', number, outcome: 'sent' }])
    expect(await askFromPage<LedgerReport>(dashboard, 'ledger/verify')).toMatchObject({ ok: true, entries: 2, bad: null })

    const again = await second.context.newPage()
    await again.goto(`${desk.url}/mail`)
    const sendAgain = await guardOf(again, second.extensionId)
    await sendAgain('record/held', { record: recordFor('two'), kind: 'send' })
    expect(await signaturesOf(dashboard)).toEqual([true, true, true])
  })

  test('are neither lost nor doubled when the worker is killed while they are being written', async () => {
    const now = await launch('killed')
    await seedSettings(now.worker, practiceSettings(desk.url))
    const page = await now.context.newPage()
    await page.goto(`${desk.url}/mail`)
    const send = await guardOf(page, now.extensionId)
    const rulebook = await send('rulebook/load', { anew: false }) as Rulebook
    const session = await browserSession(now.context)

    const rounds = 12
    let killed = 0
    for (let round = 0; round < rounds; round++) {
      const record = recordFor(`round ${round}`)
      const answer = send('record/signed', { record, signOff: signOffFor(record, rulebook) })
      await new Promise((resolve) => setTimeout(resolve, round * 3))
      if (await killWorker(session, now.extensionId)) killed += 1
      expect(await answer).toEqual(expect.any(Number))
    }
    expect(killed).toBeGreaterThan(rounds / 2)
    const dashboard = await dashboardOf(now)
    const rows = await rowsIn<Kept>(dashboard, 'records')
    expect(rows.map((row) => row.session).sort()).toEqual(Array.from({ length: rounds }, (_, round) => `round ${round}`).sort())
    expect(await askFromPage<LedgerReport>(dashboard, 'ledger/verify')).toMatchObject({ ok: true, entries: rounds, bad: null })
  })
})

/** Whether each entry's signature fits the key that the device has now. */
function signaturesOf(page: Page): Promise<boolean[]> {
  return page.evaluate(() => new Promise<boolean[]>((resolve, reject) => {
    const open = indexedDB.open('countersign')
    open.onerror = () => reject(open.error ?? new Error('not opened'))
    open.onsuccess = () => {
      const read = open.result.transaction(['ledger', 'meta'])
      const [entries, key] = [read.objectStore('ledger').getAll(), read.objectStore('meta').get('device-key')]
      read.oncomplete = () => {
        const pair = (key.result as { value: CryptoKeyPair }).value
        const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
        const rows = entries.result as { digest: string; signature: string }[]
        resolve(Promise.all(rows.map((row) => crypto.subtle.verify('Ed25519', pair.publicKey, bytes(row.signature), new TextEncoder().encode(row.digest)))))
      }
    }
  }))
}

describe('sites', () => {
  test('are watched when turned on, also in tabs that are open, and let go when turned off; without permission nothing changes', async () => {
    const now = await launch('sites')
    const page = await now.context.newPage()
    await page.goto(`${desk.url}/mail`)
    const dashboard = await dashboardOf(now)
    const scripts = () => dashboard.evaluate(() => chrome.scripting.getRegisteredContentScripts())
    const stateOf = (url: string) => dashboard.evaluate(async (address) => {
      const [tab] = await chrome.tabs.query({ url: `${address}*` })
      return chrome.tabs.sendMessage<unknown, PageState>(tab?.id ?? -1, { countersign: 1, kind: 'page/state' }, { frameId: 0 }).catch(() => null)
    }, url)
    expect(await scripts()).toEqual([])

    await expect(askFromPage(dashboard, 'site/enable', { prefix: 'https://mail.google.com/', adapter: 'gmail' })).rejects.toThrow('no-permission')
    expect(await scripts()).toEqual([])

    const prefix = `${desk.url}/mail`
    expect(await askFromPage(dashboard, 'site/enable', { prefix, adapter: 'gmail' })).toEqual({ tabs: 1 })
    expect(await scripts()).toMatchObject([{ matches: ['http://127.0.0.1/*'], runAt: 'document_start', allFrames: true, matchOriginAsFallback: true }])
    expect(await eventually(async () => (await stateOf(prefix)) !== null)).toBe(true)
    expect(await stateOf(prefix)).toMatchObject({ adapter: 'gmail', early: false })
    await page.reload()
    expect(await eventually(async () => (await stateOf(prefix))?.early === true)).toBe(true)

    await askFromPage(dashboard, 'site/disable', { prefix })
    expect(await scripts()).toEqual([])
  })
})

describe('the door', () => {
  test('is closed to a page of a site and to a content script that asks for what only our pages may', async () => {
    const now = await launch('door')
    await seedSettings(now.worker, practiceSettings(desk.url))
    const page = await now.context.newPage()
    await page.goto(`${desk.url}/mail`)
    expect(await page.evaluate(() => typeof (globalThis as { chrome?: { runtime?: unknown } }).chrome?.runtime)).toBe('undefined')
    const send = await guardOf(page, now.extensionId)
    await expect(send('packs/install', { text: '{}' })).rejects.toThrow('not for this sender')
    await expect(send('record/signed', { record: recordFor('x') })).rejects.toThrow(/signOff/)
    const dashboard = await dashboardOf(now)
    await expect(askFromPage(dashboard, 'record/held', { record: { ...recordFor('x'), digest: 'none' }, kind: 'send' })).rejects.toThrow('malformed')
    expect(await rowsIn(dashboard, 'records')).toEqual([])
  })
})
