import { factsFor } from '../../lib/sites/catalog.ts'
import { adapterFor, type SiteAdapter, type SiteId, type WayOut } from '../../lib/sites/index.ts'

/** A site's adapter as a guard makes it of what the worker laid down. */
export function siteOf(id: SiteId): SiteAdapter {
  return adapterFor(id, factsFor([id], {}))
}

/** The one element a test means. Throws when it is not there: a fixture that lost it proves nothing. */
export function one<T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector)
  if (!found) throw new Error(`no ${selector} in the fixture`)
  return found
}

/** Fills the page. Several drafts at once are several parts. */
export function page(...parts: string[]): void {
  document.body.innerHTML = parts.join('\n')
}

/** What pressing the element would do, judged by the path a real press would have. */
export function press(site: SiteAdapter, element: Element): WayOut | null {
  let way: WayOut | null = null
  const listen = (event: Event): void => {
    way = site.wayOutAt(event.composedPath())
  }
  // Each document has its own window to listen on.
  const view = element.ownerDocument.defaultView!
  view.addEventListener('pointerdown', listen, { capture: true, once: true })
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }))
  return way
}

export function key(site: SiteAdapter, element: Element, init: KeyboardEventInit): WayOut | null {
  let way: WayOut | null = null
  const view = element.ownerDocument.defaultView!
  view.addEventListener('keydown', (event) => { way = site.wayOutByKey(event) }, { capture: true, once: true })
  element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, ...init }))
  return way
}

/** A frame on the page, written by the page itself as editors do. */
export function frame(html: string, into: Element = document.body): Document {
  const element = into.nodeName === 'IFRAME' ? (into as HTMLIFrameElement) : into.appendChild(document.createElement('iframe'))
  const inside = element.contentDocument!
  inside.open()
  inside.write(`<!doctype html><html><body>${html}</body></html>`)
  inside.close()
  return inside
}
