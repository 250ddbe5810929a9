import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { eventually, waitInSurface } from '../harness/index.ts'
import { copyFrom, draftsOf, inOurWorld, RISKY } from '../harness/page.ts'
import { EDITOR, SEND, gained, script, type Attack } from './stage.ts'

/** On marks and on what the browser offers to everybody. */
export const GROUND: readonly Attack[] = [
  {
    name: 'Wipes CSS.highlights and adoptedStyleSheets',
    async run({ page, open, write }) {
      await open()
      await write()
      const painted = (): Promise<boolean> => page.evaluate(() => CSS.highlights.size > 0 && document.adoptedStyleSheets.length > 0)
      expect(await eventually(painted, 5_000)).toBe(true)
      await page.evaluate(() => {
        CSS.highlights.clear()
        document.adoptedStyleSheets = []
      })
      return gained(!(await eventually(painted, 6_000)))
    },
  },
  {
    name: 'Patches prototypes before we start',
    async run({ browser, desk, page, open, outcome }) {
      // Copied elsewhere: on the page itself the tests' own tools no longer work.
      const chat = await browser.context.newPage()
      await chat.goto(`${desk.url}/plain-chat`)
      await copyFrom(chat, RISKY)
      await chat.close()
      await open('', `${script(PATCH)}<main>${EDITOR}${SEND}</main>${script('document.querySelector("#send").onclick = () => went("gone")')}`)
      await page.bringToFront()
      await page.mouse.click(30, 30)
      await page.keyboard.press('ControlOrMeta+v')
      expect(await eventually(async () => (await draftsOf(page)).some(({ draft }) => draft.text.includes('20% discount')), 20_000), 'read').toBe(true)
      const { x, y } = await placeOf(page, '#send')
      await page.mouse.click(x, y)
      return outcome()
    },
  },
  {
    name: 'Patches prototypes after we started',
    async run({ page, open, write, outcome }) {
      await open()
      await write()
      await page.evaluate(PATCH)
      await page.click('#send')
      return outcome()
    },
  },
  {
    name: 'Names its fields like the functions we call',
    async run({ page, open, write, outcome }) {
      const names = ['closest', 'querySelector', 'querySelectorAll', 'getAttribute', 'contains', 'ownerDocument', 'getRootNode', 'matches', 'nodeType', 'nodeName', 'isConnected', 'textContent']
      const fields = names.map((name) => `<input type="hidden" name="${name}">`).join('')
      const globals = ['querySelector', 'querySelectorAll', 'activeElement', 'createRange', 'createTreeWalker', 'body', 'documentElement', 'defaultView', 'getSelection', 'elementFromPoint'].map((name) => `<form name="${name}"></form>`).join('')
      await open('', `<form id="form" action="javascript:void 0">${EDITOR}<button id="send" type="button">Send</button></form>${script('document.getElementById("send").onclick = () => went(document.getElementById("editor").innerText)')}`)
      await write()
      await page.evaluate(({ inner, outer }) => {
        const body = document.documentElement.lastElementChild!
        body.insertAdjacentHTML('beforeend', outer)
        document.getElementById('form')!.insertAdjacentHTML('beforeend', inner)
      }, { inner: fields, outer: globals })
      const { x, y } = await placeOf(page, '#send')
      await page.mouse.click(x, y)
      return outcome(1_500)
    },
  },
  {
    name: 'Writes its document anew after we started',
    async run({ page, open, outcome, write }) {
      await open()
      await page.evaluate((html) => {
        document.open()
        document.write(html)
        document.close()
      }, `<!doctype html><body><main>${EDITOR}${SEND}</main>${script('window.sends = 0; window.went = () => { window.sends += 1 }; document.querySelector("#send").onclick = () => went()')}`)
      await page.waitForTimeout(300)
      const read = await write().then(() => true, () => false)
      await page.click('#send')
      return read ? outcome() : 'cannot'
    },
  },
  {
    name: 'Floods the draft with changes',
    async run({ page, open, write, outcome }) {
      await open()
      await write()
      await page.evaluate(() => {
        const editor = document.querySelector('#editor')!
        const flood = (): void => {
          for (let n = 0; n < 300; n++) {
            const node = document.createElement('span')
            editor.append(node)
            node.textContent = '\u200b'
            node.remove()
          }
        }
        Object.assign(window, { flood: setInterval(flood, 4) })
      })
      await page.waitForTimeout(3_000)
      await page.click('#send', { timeout: 20_000 })
      const sent = await outcome(1_500)
      await page.evaluate(() => { clearInterval((window as unknown as { flood: number }).flood) })
      await waitInSurface(page, '[data-cs=panel]', 20_000)
      return sent
    },
  },
  {
    name: 'Nests 500 frames',
    async run({ page, open, write, outcome }) {
      await open(script('for (let n = 0; n < 490; n++) { const f = document.createElement("iframe"); f.style.cssText = "width:1px;height:1px"; document.body.append(f) } let d = document; for (let n = 0; n < 10; n++) { const f = d.createElement("iframe"); d.body.append(f); d = f.contentDocument }'))
      expect(await page.evaluate(() => document.querySelectorAll('iframe').length)).toBeGreaterThan(490)
      await write()
      await page.click('#send')
      return outcome(1_500)
    },
  },
]

/** Replaces, in the page's own world, what a check could lean on. */
const PATCH = `(() => {
  const quiet = () => undefined
  Event.prototype.preventDefault = quiet
  Event.prototype.stopImmediatePropagation = quiet
  Event.prototype.stopPropagation = quiet
  Event.prototype.composedPath = () => []
  Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true })
  Element.prototype.closest = () => null
  Element.prototype.matches = () => false
  Element.prototype.getAttribute = () => null
  Node.prototype.contains = () => false
  Object.defineProperty(Node.prototype, 'isConnected', { get: () => false })
  HTMLElement.prototype.showPopover = quiet
  window.MutationObserver = class { observe() {} disconnect() {} takeRecords() { return [] } }
  EventTarget.prototype.dispatchEvent = () => true
  crypto.subtle.digest = () => Promise.resolve(new ArrayBuffer(32))
  Map.prototype.get = quiet
  Set.prototype.has = () => true
  JSON.stringify = () => '{}'
})()`

/** Where to press, asked in our own world: on a page that patches and names everything its own cannot be asked. */
async function placeOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const [place] = await inOurWorld<{ x: number; y: number }>(page, `(({ left, top }) => ({ x: left + 5, y: top + 5 }))(document.getElementById(${JSON.stringify(selector.slice(1))}).getBoundingClientRect())`)
  return place!
}
