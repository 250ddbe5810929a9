import { editableRoot } from '../../lib/editors/index.ts'
import { startGuard } from '../../lib/guard/index.ts'
import { SITES } from '../../lib/sites/index.ts'

// Put into every page before its own scripts: the product's guard, without the extension around it. `window.origin*` are what the evaluation asks.

const spent: Record<string, number[]> = { paste: [], beforeinput: [] }
let since = 0
for (const type of Object.keys(spent)) {
  window.addEventListener(type, (event) => {
    // Every rich editor reads the clipboard itself; the browser brings it over from its own process once, for whoever asks first.
    if (event instanceof ClipboardEvent) for (const kind of ['text/plain', 'text/html']) event.clipboardData?.getData(kind)
    since = performance.now()
  }, true)
}

const core = startGuard({ window, site: Promise.resolve(SITES.generic), early: true, loadDrafts: () => new Promise(() => undefined), askUnchecked: () => true })

for (const [type, times] of Object.entries(spent)) window.addEventListener(type, () => { times.push(performance.now() - since) }, true)

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
