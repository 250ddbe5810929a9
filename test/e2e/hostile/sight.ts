import { eventually, findInSurface } from '../harness/index.ts'
import { draftsOf, inOurWorld } from '../harness/page.ts'
import { HOST, gained, type Attack } from './stage.ts'

/** On who we are, and on our messages. */
export const SIGHT: readonly Attack[] = [
  {
    name: 'Guesses our messages',
    async run({ browser, page, open, ready, outcome }) {
      await open()
      await ready()
      await page.evaluate((id) => {
        const bodies = ['record/signed', 'record/sent', 'site/disable', 'inject/review', 'page/declare'].map((kind) => ({ countersign: 1, kind, body: null }))
        const runtime = (globalThis as { chrome?: { runtime?: { sendMessage?: (id: string, body: unknown) => void; connect?: (id: string) => unknown } } }).chrome?.runtime
        for (const body of bodies) {
          window.postMessage(body, '*')
          new BroadcastChannel('countersign').postMessage(body)
          for (const at of [window, document]) at.dispatchEvent(new CustomEvent('countersign', { detail: body }))
          try {
            runtime?.sendMessage?.(id, body)
          } catch { /* The browser says itself that nobody listens. */ }
        }
        try {
          runtime?.connect?.(id)
        } catch { /* The same. */ }
      }, browser.extensionId)
      await page.waitForTimeout(800)
      const alive = (await draftsOf(page)).length === 1 && (await findInSurface(page, '[data-cs=panel]')) !== null
      return alive ? outcome() : 'cannot'
    },
  },
  {
    name: 'Looks for us before a draft has the focus',
    async run({ browser, page, open }) {
      await open()
      await page.waitForTimeout(800)
      const found = await page.evaluate(async (id) => {
        const files = ['manifest.json', 'guard.js', 'content-scripts/guard.js', 'content-scripts/review.js', 'dashboard.html', 'popup.html', 'icons/48.png', '_locales/en/messages.json', 'licences.txt', 'rule-pack.schema.json']
        const fetched = await Promise.all(files.map((file) => fetch(`chrome-extension://${id}/${file}`).then(() => file, () => null)))
        const shown = await Promise.all(files.slice(0, 4).map((file) => new Promise<string | null>((resolve) => {
          const image = new Image()
          image.onload = () => { resolve(file) }
          image.onerror = () => { resolve(null) }
          image.src = `chrome-extension://${id}/${file}`
        })))
        const traces = [...Object.keys(window), ...document.documentElement.getAttributeNames(), ...[...document.querySelectorAll('*')].map(({ localName }) => localName)].filter((name) => /countersign|wxt/i.test(name))
        const entries = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.startsWith('chrome-extension:') && !name.includes(id))
        return [...fetched, ...shown, ...traces, ...entries].filter((one) => one !== null)
      }, browser.extensionId)
      return gained(found.length > 0 || (await inOurWorld(page, '1')).length === 0)
    },
  },
  {
    name: 'Looks for us once a draft is held: an element, the focus, the time it takes',
    async run({ page, open, ready }) {
      await open()
      await ready()
      return gained(await page.evaluate((host) => document.querySelector(host) !== null, HOST))
    },
  },
  {
    name: 'Forges typing, so that a pasted answer looks written by hand',
    async run({ page, open }) {
      await open()
      await page.click('#editor')
      await page.evaluate(() => {
        const editor = document.querySelector('#editor')!
        const words = 'We can offer you a 20% discount on the lamps, and the delivery plan follows on Wednesday as agreed with your colleagues last week. '.repeat(4)
        for (const data of words) {
          editor.dispatchEvent(new KeyboardEvent('keydown', { key: data, bubbles: true }))
          editor.dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertText', data, bubbles: true, cancelable: true }))
          editor.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data, bubbles: true }))
        }
        editor.textContent = words
      })
      const verdict = async (): Promise<string> => (await draftsOf(page))[0]?.origin.verdict ?? ''
      await eventually(async () => (await verdict()) === 'inserted', 8_000)
      return gained((await verdict()) !== 'inserted')
    },
  },
]
