import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../run/find-browser.mjs'
import type { questions } from './captures/page.ts'

/** Real markup published by others. It is not part of this project, so the test runs only where a copy lies beside it. */
const CAPTURES = resolve(process.env['COUNTERSIGN_DATA'] ?? '../shared', 'captures')
const COMPOSE = '01-gmail-compose-2020-en-full.html'
const CHIP = '10-gmail-fragment-recipient-chip-peoplekit-2023.html'
const CLASSIC = '11-gmail-fragment-ru-classic-chips.html'
const SIGNATURES = '13-NEGATIVE-gmail-settings-signature-editor-es.html'
const QUOTE = '14-gmail-sent-html-with-quote-2025.html'

const executablePath = findBrowser()
const reason = !existsSync(join(CAPTURES, COMPOSE)) ? `no captures at ${CAPTURES}` : !executablePath ? 'no Chromium found' : null
if (reason) console.warn(`skipped: Gmail adapter against real markup (${reason})`)

/** The adapters and our questions as one script for the page. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, minify: false, lib: { entry: resolve('test/contracts/captures/page.ts'), formats: ['iife'], name: 'captures' } },
  })
  const { output } = (Array.isArray(built) ? built[0] : built) as Rollup.RollupOutput
  return output[0].code
}

describe.skipIf(reason !== null)('Gmail adapter against real markup', () => {
  let browser: Browser
  let page: Page
  let script: string

  beforeAll(async () => {
    script = await bundle()
    browser = await chromium.launch({ executablePath: executablePath!, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    page = await browser.newPage()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
  })

  /** The page's answer to one of `questions`. */
  async function ask(name: string, question: keyof typeof questions): Promise<unknown> {
    await page.setContent(await readFile(join(CAPTURES, name), 'utf8'))
    await page.addScriptTag({ content: script })
    return page.evaluate(`questions.${question}()`)
  }

  it('finds body, subject, recipients, Send and schedule in a compose window', async () => {
    expect(await ask(COMPOSE, 'compose')).toEqual({
      roots: 1, rootOfBody: true, missing: [], subject: '', subjectField: 'subjectbox', recipients: [], bodies: ['Message Body'], text: '',
      send: { kind: 'send', owner: true }, sendLog: '32601;', schedule: { kind: 'schedule', owner: true }, others: [null, null, null],
    })
  })

  it('does not take the signature settings for a draft', async () => {
    expect(await ask(SIGNATURES, 'drafts')).toEqual({ roots: 0, editors: [false, false] })
  })

  it('reads chips of both generations', async () => {
    expect(await ask(CLASSIC, 'recipients')).toEqual([{ address: 'person3@example.com', name: 'Person One', field: 'to' }])
    // A fragment: the chip's row without the compose around it.
    expect(await ask(CHIP, 'recipients')).toEqual([{ address: 'person2@example.com', name: '', field: 'to' }])
  })

  it('leaves out the quoted mail', async () => {
    expect(await ask(QUOTE, 'text')).toMatch(/^I would prefer[^\n]+\nReviewed-by: M <person4@example\.com>\nM$/)
  })
})
