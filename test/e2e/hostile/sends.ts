import { clickInSurface } from '../harness/index.ts'
import { EDITOR, gained, script, type Attack } from './stage.ts'

/** Ways to send that no person pressed, or that are none of the browser's. */
export const SENDS: readonly Attack[] = [
  {
    name: 'Calls `form.submit()`',
    async run({ page, open, write }) {
      await open('', `<form id="form" method="post" action="/plain-gone">${EDITOR}<button id="send" type="submit">Send</button></form>`)
      await write()
      await page.evaluate(() => { setTimeout(() => { document.querySelector<HTMLFormElement>('#form')!.submit() }) })
      await page.waitForTimeout(1_500)
      return gained(page.url().includes('gone'))
    },
  },
  {
    name: 'Calls `form.submit()` into another frame',
    async run({ page, open, write }) {
      let posted = 0
      await page.route('**/plain-inner', (route) => {
        posted += 1
        return route.fulfill({ contentType: 'text/html', body: 'Thank you' })
      })
      await open('', `<iframe name="inner"></iframe><form id="form" method="post" target="inner" action="/plain-inner">${EDITOR}<button id="send" type="submit">Send</button></form>`)
      await write()
      await page.evaluate(() => { setTimeout(() => { document.querySelector<HTMLFormElement>('#form')!.submit() }) })
      await page.waitForTimeout(1_500)
      return gained(posted > 0)
    },
  },
  {
    name: 'Navigates with the text in the address',
    async run({ page, open, write }) {
      await open()
      await write()
      await page.evaluate(() => { setTimeout(() => { (window as unknown as { navigation: { navigate(to: string): void } }).navigation.navigate(`/plain?gone=${encodeURIComponent(document.querySelector('#editor')!.textContent)}`) }) })
      await page.waitForTimeout(1_500)
      return gained(page.url().includes('gone'))
    },
  },
  {
    name: 'Calls `click()` on its Send',
    async run({ page, open, write, outcome }) {
      await open()
      await write()
      await page.evaluate(() => { document.querySelector<HTMLElement>('#send')!.click() })
      return outcome()
    },
  },
  {
    name: 'Calls `click()` on a button that is not in the document',
    async run({ page, open, write, outcome }) {
      await open()
      await write()
      await page.evaluate(() => {
        const button = document.createElement('button')
        button.textContent = 'Send'
        button.onclick = () => { (window as unknown as { went(): void }).went() }
        button.click()
      })
      return outcome()
    },
  },
  {
    name: 'Sends by `fetch` on its own timer',
    async run({ page, open, write, outcome }) {
      await open()
      await write()
      await page.evaluate(() => {
        setTimeout(() => {
          void fetch('/plain', { method: 'POST', body: document.querySelector('#editor')!.textContent })
          ;(window as unknown as { went(): void }).went()
        }, 300)
      })
      return outcome(2_000)
    },
  },
  {
    name: 'Sends by `fetch` from a button that says nothing of sending',
    async run({ page, open, write, outcome }) {
      await open(script('const go = document.createElement("div"); go.id = "go"; go.setAttribute("role", "button"); go.textContent = "Go"; document.querySelector("main").append(go); go.onclick = () => { const said = document.createElement("div"); said.setAttribute("role", "alert"); said.textContent = "Message sent."; went(); setTimeout(() => document.body.append(said), 300) }'))
      await write()
      await page.click('#go')
      return outcome(2_000)
    },
  },
  {
    name: 'Changes the text between signature and send',
    async run({ page, open, ready, outcome }) {
      await open(script('document.querySelector("#send").addEventListener("pointerdown", () => { document.querySelector("#editor").textContent = "We guarantee a 90% discount for ever, and that nobody else will ever get it. ".repeat(8) })'))
      await ready()
      await clickInSurface(page, '[data-cs=sign]')
      return outcome(2_500)
    },
  },
  {
    name: 'Sends other words than it shows',
    async run({ page, open, ready, outcome }) {
      await open(script('document.querySelector("#send").onclick = () => went("Something else.")'))
      await ready()
      await clickInSurface(page, '[data-cs=sign]')
      return outcome(4_000)
    },
  },
]
