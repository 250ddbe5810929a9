/** A page's modal dialog that is open now; null when there is none. */
function pageModal(host: HTMLElement): HTMLDialogElement | null {
  const modals = [...host.ownerDocument.querySelectorAll<HTMLDialogElement>('dialog:modal')]
  return modals.at(-1) ?? null
}

/** True when a page's modal dialog makes our host dead: it paints and does not respond. */
export function isBlocked(host: HTMLElement): boolean {
  const modal = pageModal(host)
  return modal !== null && !modal.contains(host)
}

/**
 * Where the host belongs: in the page's modal dialog when the draft is in it, else at the end of the document.
 * `at`: a point of the draft, in the viewport.
 */
export function homeOf(host: HTMLElement, at: { readonly x: number; readonly y: number } | null): Element {
  const modal = pageModal(host)
  const box = modal?.getBoundingClientRect()
  const inside = box && at && at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom
  return modal && inside ? modal : host.ownerDocument.documentElement
}

/** Puts the host above what came into the top layer after it. */
export function raise(host: HTMLElement): void {
  if (host.matches(':popover-open')) host.hidePopover()
  host.showPopover()
}

/** Puts the host where it belongs and into the top layer. True when something had to be done. */
export function keepOnTop(host: HTMLElement, home: Element): boolean {
  const moved = host.parentNode !== home
  if (moved) home.append(host)
  if (host.matches(':popover-open')) return moved
  host.showPopover()
  return true
}
