import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Desk, ExtensionUnderTest } from '../harness/index.ts'
import { eventually, findInSurface, waitInSurface } from '../harness/index.ts'
import { draftsOf, pasteInto, RISKY, settleByKeys } from '../harness/page.ts'

/** What became of an attack. `held`: it gained nothing. `told`: it went through, and the person was told. `cannot`: it went through. */
export type Outcome = 'held' | 'told' | 'cannot'

/** A page with one editor and one Send, that counts what it sends, and what is done on it. */
export interface Stage {
  readonly browser: ExtensionUnderTest
  readonly desk: Desk
  readonly page: Page
  /** Opens the page with this much more HTML, or with a body of its own. */
  readonly open: (more?: string, body?: string) => Promise<void>
  /** Pastes an answer with one finding and waits until it has been read. */
  readonly write: () => Promise<void>
  /** Writes, presses Send and settles the finding: the panel is open and could be signed. */
  readonly ready: () => Promise<void>
  readonly sends: () => Promise<number>
  /** Judges by what was sent, once the page had time to send. */
  readonly outcome: (ms?: number) => Promise<Outcome>
}

const COUNT = '<script>window.sends = 0; window.went = (text) => { const editor = document.getElementById("editor"); window.sends += 1; window.text = text ?? editor.innerText; document.title = "Sent " + window.sends; editor.textContent = ""; editor.after("Message sent. ") }</script>'
export const EDITOR = '<div id="editor" contenteditable="true" style="min-height:80px;border:1px solid">&nbsp;</div>'
export const SEND = '<button id="send">Send</button>'
const BODY = `<main>${EDITOR}${SEND}</main><script>document.querySelector("#send").onclick = () => went()</script>`

let drafts = 0

/** `path`: where the page is, under the desk's address; a site that is on. */
export function makeStage(browser: ExtensionUnderTest, desk: Desk, page: Page, path = 'plain'): Stage {
  const address = `${desk.url}/${path}`
  // By its title: what else the page says of itself may be patched.
  const sends = async (): Promise<number> => Number(/^Sent (\d+)/.exec(await page.title())?.[1] ?? 0)
  const write = async (): Promise<void> => {
    // Other words each time: what was settled once is remembered.
    const share = `${11 + (drafts++ % 80)}% discount`
    const text = RISKY.text.replace('20% discount', share)
    await pasteInto(page, page.locator('#editor'), { html: RISKY.html.replace('20% discount', share), text })
    expect(await eventually(async () => (await draftsOf(page)).some(({ phase }) => phase === 'open'), 20_000), 'read').toBe(true)
  }
  return {
    browser, desk, page, write, sends,
    async open(more = '', body = BODY) {
      await page.unroute(`${address}*`)
      await page.route(`${address}*`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Hostile</title>${COUNT}<body>${body}${more}` }))
      await page.goto(address)
    },
    async ready() {
      await write()
      await page.click('#send')
      await waitInSurface(page, '[data-cs=panel]', 15_000)
      await settleByKeys(page)
      await page.waitForTimeout(700)
    },
    async outcome(ms = 1_000) {
      if (!(await eventually(async () => (await sends()) > 0, ms))) return 'held'
      return (await eventually(async () => (await findInSurface(page, '[data-cs=unseen]')) !== null, 4_000)) ? 'told' : 'cannot'
    },
  }
}

/** An attack that gains more than a send (sight of us, a signature) says itself what it gained. */
export interface Attack { readonly name: string; readonly run: (stage: Stage) => Promise<Outcome> }

export const HOST = 'countersign-review'
export const script = (code: string): string => `<script>${code}</script>`
export const gained = (yes: boolean): Outcome => (yes ? 'cannot' : 'held')
