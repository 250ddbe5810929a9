import { expect } from 'vitest'
import { clickInSurface, textOfSurface, waitInSurface } from '../harness/index.ts'
import { HOST, gained, script, type Attack } from './stage.ts'

/** On our interface. */
export const INTERFACE: readonly Attack[] = [
  {
    name: 'Forges keys on our interface',
    async run({ page, open, ready, outcome }) {
      await open()
      await ready()
      await page.evaluate((host) => {
        for (const at of [document.querySelector(host)!, document.activeElement!, document, window]) {
          for (const init of [{ key: 'Enter', ctrlKey: true }, { key: 'Enter' }, { key: ' ' }, { key: 'x' }]) {
            for (const type of ['keydown', 'keypress', 'keyup']) at.dispatchEvent(new KeyboardEvent(type, { ...init, bubbles: true, cancelable: true, composed: true }))
          }
        }
      }, HOST)
      return outcome()
    },
  },
  {
    name: 'Forges presses on our interface',
    async run({ page, open, ready, outcome }) {
      await open()
      await ready()
      const { x, y, width, height } = await waitInSurface(page, '[data-cs=sign]')
      await page.evaluate(({ clientX, clientY }) => {
        const at = document.elementFromPoint(clientX, clientY) as HTMLElement
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) at.dispatchEvent(new MouseEvent(type, { clientX, clientY, bubbles: true, cancelable: true, composed: true, detail: 1 }))
        at.click()
      }, { clientX: x + width / 2, clientY: y + height / 2 })
      return outcome()
    },
  },
  {
    name: 'Lays a picture over our interface that lets a real press through',
    async run({ page, open, ready, outcome }) {
      await open()
      await ready()
      await page.evaluate(() => {
        const cover = Object.assign(document.createElement('div'), { textContent: 'Press here to go on', popover: 'manual' })
        cover.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;background:white;pointer-events:none;border:0;margin:0'
        document.body.append(cover)
        cover.showPopover()
      })
      await page.waitForTimeout(1_000)
      await clickInSurface(page, '[data-cs=sign]')
      return outcome(2_500)
    },
  },
  {
    name: 'Makes our interface invisible by style, attribute or animation',
    async run({ page, open, ready, outcome }) {
      await open()
      await ready()
      const { x, y, width, height } = await waitInSurface(page, '[data-cs=sign]')
      const look = async (): Promise<string> => (await page.screenshot({ clip: { x, y, width, height }, animations: 'disabled' })).toString('base64')
      await page.mouse.move(5, 5)
      const before = await look()
      await page.evaluate((host) => {
        const element = document.querySelector<HTMLElement>(host)!
        const hide = 'opacity:0!important;display:none!important;visibility:hidden!important;clip-path:inset(50%)!important;filter:opacity(0)!important;transform:scale(0)!important;translate:-9999px!important;zoom:.01!important;content-visibility:hidden!important;mask:linear-gradient(transparent,transparent)!important'
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(`${host},${host}:popover-open{${hide}} ${host}::part(*){${hide}}`)
        document.adoptedStyleSheets.push(sheet)
        element.style.cssText = hide
        element.hidden = true
        element.animate([{ opacity: 0, transform: 'scale(0)', visibility: 'hidden' }], { duration: 1, fill: 'forwards' })
      }, HOST)
      await page.waitForTimeout(1_500)
      return (await look()) === before ? outcome() : 'cannot'
    },
  },
  {
    name: 'Reads what our interface shows',
    async run({ browser, page, open, ready }) {
      await page.addInitScript(() => {
        const caught: unknown[] = []
        Object.assign(window, { caught })
        const attach = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow')!.value as typeof Element.prototype.attachShadow
        Element.prototype.attachShadow = function (init) {
          const root = attach.call(this, { ...init, mode: 'open' })
          caught.push(root)
          return root
        }
      })
      await open()
      await ready()
      expect(browser.extensionId).toBeTruthy()
      const words = (await textOfSurface(page, '[data-cs=sign]')).split('\n')[0]!.trim()
      expect(words).not.toBe('')
      const seen = await page.evaluate((host) => {
        const element = document.querySelector<HTMLElement>(host)!
        const { caught } = window as unknown as { caught: ShadowRoot[] }
        const texts = [element.innerText, element.textContent, element.shadowRoot?.textContent, element.innerHTML, String(getSelection()), document.documentElement.innerText, ...caught.map((root) => root.textContent)]
        return `${texts.join(' ')} ${element.shadowRoot ? 'root' : ''} ${(element as unknown as { openOrClosedShadowRoot?: unknown }).openOrClosedShadowRoot ? 'root' : ''}`
      }, HOST)
      return gained(seen.includes(words) || seen.includes('root'))
    },
  },
  {
    name: 'Listens to keys and presses meant for our interface',
    async run({ page, open, ready }) {
      await open(script('window.keys = []; for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input"]) for (const at of [window, document]) at.addEventListener(type, (event) => keys.push(type + event.key), true)'))
      await ready()
      await page.evaluate(() => (window as unknown as { keys: string[] }).keys.splice(0))
      await page.keyboard.press('?')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Escape')
      return gained((await page.evaluate(() => (window as unknown as { keys: string[] }).keys.length)) > 0)
    },
  },
  {
    name: 'Removes our interface as often as it comes',
    async run({ page, open, ready, outcome }) {
      await open()
      await ready()
      await page.evaluate((host) => {
        Object.assign(window, { hunt: setInterval(() => document.querySelector(host)?.remove(), 50) })
      }, HOST)
      await page.waitForTimeout(1_500)
      await page.click('#send')
      const sent = await outcome(1_500)
      await page.evaluate(() => { clearInterval((window as unknown as { hunt: number }).hunt) })
      await page.click('#send')
      await waitInSurface(page, '[data-cs=panel]', 10_000)
      return sent
    },
  },
  {
    name: 'Opens a modal dialog of its own over our interface',
    async run({ page, open, ready, outcome }) {
      await open()
      await ready()
      await page.evaluate(() => {
        const dialog = document.createElement('dialog')
        dialog.innerHTML = '<button onclick="went()">Close</button>'.replace('went()', 'this.closest(&quot;dialog&quot;).close()')
        document.body.append(dialog)
        dialog.showModal()
      })
      await page.keyboard.press('Control+Enter')
      return outcome(1_500)
    },
  },
]
