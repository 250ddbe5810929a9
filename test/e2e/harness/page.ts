import type { BrowserContext, CDPSession, Locator, Page } from 'playwright-core'
import type { SessionSnapshot } from '../../../lib/guard/types.ts'
import { clickInSurface, findInSurface, waitGoneFromSurface, waitInSurface } from './surface.mjs'

/** An answer as a chat page copies it, with one finding that its author may settle. */
export const RISKY = {
  html: '<p data-start="0" data-end="45">We can offer you a 20% discount on the lamps.</p><p data-start="47" data-end="86" data-is-last-node="">The delivery plan follows on Wednesday.</p>',
  text: 'We can offer you a 20% discount on the lamps.\n\nThe delivery plan follows on Wednesday.',
}

/** Typed by hand, nothing to review. */
export const CLEAN = 'The floor plan is in the shared folder. See you on Thursday.'

const PRESSES = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'auxclick', 'dblclick', 'keydown', 'keypress', 'keyup', 'submit']

/** In all pages from now on, writes down each press, key and submit that reaches a listener of the page. Bare modifier keys are no act. */
export async function watchPages(context: BrowserContext): Promise<void> {
  await context.addInitScript((types) => {
    const seen: string[] = []
    Object.assign(window, { seenByPage: seen })
    for (const type of types) {
      document.addEventListener(type, (event) => {
        const key = event instanceof KeyboardEvent ? event.key : ''
        if (!['Control', 'Shift', 'Alt', 'Meta'].includes(key)) seen.push(key ? `${type} ${key}` : type)
      }, true)
    }
  }, PRESSES)
}

/** What the page's own listeners have seen since the last call, in all its frames. */
export async function seenByPage(page: Page): Promise<string[]> {
  const lists = await Promise.all(page.frames().map((frame) => frame.evaluate(() => (window as { seenByPage?: string[] }).seenByPage?.splice(0) ?? [])))
  return lists.flat()
}

/** Puts HTML on the clipboard as a chat page does and pastes it where the caret stands after a press on the editor; where something `covers` the editor it only gets the focus. */
export async function pasteInto(page: Page, editor: Locator, clipboard: Clip, covers = false): Promise<void> {
  await copyFrom(page, clipboard)
  await enter(editor, covers)
  await page.keyboard.press('ControlOrMeta+v')
}

interface Clip { readonly html: string; readonly text: string }

/** Puts HTML on the clipboard as a chat page does. */
export async function copyFrom(page: Page, clipboard: Clip): Promise<void> {
  await page.evaluate(({ html, text }) => {
    const holder = document.createElement('textarea')
    holder.value = 'x'
    document.body.append(holder)
    holder.select()
    document.addEventListener('copy', (event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      event.clipboardData!.setData('text/html', html)
      event.clipboardData!.setData('text/plain', text)
    }, { capture: true, once: true })
    const copied = document.execCommand('copy')
    holder.remove()
    if (!copied) throw new Error('The page could not copy')
  }, clipboard)
}

/** Puts the caret into an editor. */
export async function enter(editor: Locator, covered = false): Promise<void> {
  await (covered ? editor.focus() : editor.click({ position: { x: 12, y: 12 } }))
}

/** Dismisses what is open as false alarms, by keys alone. The panel must be open. */
export async function settleByKeys(page: Page): Promise<void> {
  await waitInSurface(page, '[data-cs=panel]')
  await page.keyboard.press('Enter')
  await waitInSurface(page, '[data-cs=card]')
  for (let tries = 0; tries < 10 && (await findInSurface(page, '[data-cs=card-dismiss]')); tries++) {
    await page.keyboard.press('x')
    await page.waitForTimeout(150)
  }
  await waitGoneFromSurface(page, '[data-cs=card]')
  await waitInSurface(page, '[data-cs=panel]')
}

/** Signs in the open panel, whose button takes no press in its first 400 ms. */
export async function sign(page: Page, by: 'keys' | 'press'): Promise<void> {
  await page.waitForTimeout(500)
  if (by === 'keys') await page.keyboard.press('Control+Enter')
  else await clickInSurface(page, '[data-cs=sign]')
}

interface World { readonly cdp: CDPSession; readonly contexts: Map<number, string> }
const worlds = new WeakMap<Page, Promise<World>>()

async function openWorld(page: Page): Promise<World> {
  const cdp = await page.context().newCDPSession(page)
  const contexts = new Map<number, string>()
  cdp.on('Runtime.executionContextCreated', ({ context }) => contexts.set(context.id, context.name))
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => contexts.delete(executionContextId))
  cdp.on('Runtime.executionContextsCleared', () => { contexts.clear() })
  await cdp.send('Runtime.enable')
  return { cdp, contexts }
}

/** Evaluates an expression in the extension's own world of each of a page's frames, where the page's scripts cannot look. */
export async function inOurWorld<T>(page: Page, expression: string): Promise<T[]> {
  if (!worlds.has(page)) worlds.set(page, openWorld(page))
  const { cdp, contexts } = await worlds.get(page)!
  const found: T[] = []
  for (const [contextId, name] of contexts) {
    if (name !== 'Countersign') continue
    const answer = await cdp.send('Runtime.evaluate', { contextId, returnByValue: true, awaitPromise: true, expression }).catch((error: unknown) => {
      // A frame that goes while it is asked has no answer.
      if (/find context/i.test(String(error))) return null
      throw error
    })
    if (answer) found.push(answer.result.value as T)
  }
  return found
}

/** What the guard holds of the drafts in a page. */
export async function draftsOf(page: Page): Promise<SessionSnapshot[]> {
  return (await inOurWorld<SessionSnapshot[]>(page, '(globalThis.__countersign?.sessions() ?? []).map((one) => one.snapshot())')).flat()
}
