import { editableRoot } from '../../lib/editors/index.ts'
import { startGuard } from '../../lib/guard/index.ts'
import { generic } from '../../lib/sites/index.ts'

// Put into every page before its own scripts: the product's guard, without the extension around it. `window.origin*` are what the evaluation asks.

/** Milliseconds by what was done: `page` the page's own reading of the clipboard, `guard` our listeners, `First` where it was the one that read it first. */
const spent: Record<'pageFirst' | 'guardAfter' | 'guardFirst' | 'pageAfter' | 'key', number[]> = { pageFirst: [], guardAfter: [], guardFirst: [], pageAfter: [], key: [] }
let since = 0
let pastes = 0

/** What every rich editor does with a paste; the browser brings the clipboard over from its own process for whoever asks first. */
function readAsPage(event: Event): number {
  const before = performance.now()
  if (event instanceof ClipboardEvent) for (const kind of ['text/plain', 'text/html']) event.clipboardData?.getData(kind)
  return performance.now() - before
}

window.addEventListener('paste', (event) => {
  // By turns: the page before us, and we before the page.
  if (pastes++ % 2 === 0) spent.pageFirst.push(readAsPage(event))
  since = performance.now()
}, true)
window.addEventListener('beforeinput', () => { since = performance.now() }, true)

const core = startGuard({ window, site: Promise.resolve(generic), early: true, loadDrafts: () => new Promise(() => undefined), askUnchecked: () => true })

window.addEventListener('paste', (event) => {
  const took = performance.now() - since
  if (pastes % 2 === 1) spent.guardAfter.push(took)
  else {
    spent.guardFirst.push(took)
    spent.pageAfter.push(readAsPage(event))
  }
}, true)
window.addEventListener('beforeinput', () => { spent.key.push(performance.now() - since) }, true)

/** The element that has the focus, through frames. */
function focused(): Element | null {
  let at: Element | null = document.activeElement
  while (at?.nodeName === 'IFRAME') at = (at as HTMLIFrameElement).contentDocument?.activeElement ?? null
  return at
}

Object.assign(window, {
  /** Names of the marks that were seen in what was pasted where the focus is, and what the editor made of it. */
  async originSeen(): Promise<{ marks: string[]; kept: string }> {
    const root = focused() && editableRoot(focused() as Element)
    const log = root && (await core)?.inputLog(root)
    const kept = root && 'value' in root ? (root as HTMLTextAreaElement).value : (root?.innerHTML ?? '')
    return { marks: log?.transfers.flatMap(({ marks }) => marks.map(({ mark }) => mark)) ?? [], kept }
  },
  /** Milliseconds that the guard's listeners took, one an event. */
  originSpent: () => spent,
})
