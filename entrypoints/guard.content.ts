import { defineContentScript } from 'wxt/utils/define-content-script'
import type { MessageKey } from '../components/ui/i18n.ts'
import { startGuard, type GuardCore, type PageState } from '../lib/guard/index.ts'
import { loadDraftScript, readGuardSettings, readPackMarks, siteFor, successionWord, watchSites, type TabQuestion } from '../lib/messages/index.ts'
import { adapterFor } from '../lib/sites/index.ts'

/** In every frame of a site that is on, before the page's own scripts. Registered by the background, site by site. */
export default defineContentScript({
  registration: 'runtime',
  matches: [],
  runAt: 'document_start',
  async main() {
    // A frame or window that a page wrote itself has no address; its base is that of the page. A sandbox has the same.
    const here = location.protocol === 'about:' ? document.baseURI : location.href
    // Read now: once the extension was updated, its texts are out of reach for this page.
    const question = text('guardUncheckedAsk')
    const lost = text('guardLostHeld')
    const brokenHeld = text('guardBrokenHeld')
    const site = readGuardSettings().then(({ sites, facts }) => {
      const found = siteFor(here, sites)
      return found && adapterFor(found.adapter, facts)
    })
    const core = await startGuard({
      window,
      site,
      early: document.readyState === 'loading',
      loadDrafts: loadDraftScript,
      askUnchecked: () => window.confirm(question),
      tellLost: () => window.alert(lost),
      tellBroken: () => window.alert(brokenHeld),
      successionWord: site.then((found) => (found ? successionWord() : '')),
    })
    if (!core) return
    answerPopup(core)
    // Marks that cannot be used leave the built-in ones; the rules say the same again when they come.
    readPackMarks().then((marks) => core.useMarks(marks)).catch(() => undefined)
    watchSites((sites) => {
      if (!siteFor(here, sites)) core.dispose()
    })
  },
})

function answerPopup(core: GuardCore): void {
  chrome.runtime.onMessage.addListener((message: TabQuestion, _sender, reply: (state: PageState) => void) => {
    if (message.kind === 'page/declare') declare(core, message.draft, message.ai)
    if (message.kind === 'page/state' || message.kind === 'page/declare') reply(stateOf(core))
  })
}

/** Switching off what only a person's word had switched on takes the word back. */
function declare(core: GuardCore, draft: string, ai: boolean): void {
  const session = core.sessions().find(({ id }) => id === draft)
  const said = session?.snapshot().origin.evidence.some(({ mark }) => mark === 'declared-ai')
  session?.declareOrigin(!ai && said ? null : ai)
}

function stateOf(core: GuardCore): PageState {
  const open = core.sessions()
  const drafts = open.map((session) => {
    const { draft, phase, states, coverage, trouble, origin, requirement, gate, mode, may } = session.snapshot()
    const unsettled = states.filter(({ finding, decision }) => !decision && finding.tier !== 'note').length
    return { id: session.id, subject: draft.subject, ai: origin.verdict === 'ai', phase, open: unsettled, coverage, trouble, mode, may, requirement: gate.kind === 'hold' ? requirement : undefined }
  })
  return { site: core.host, adapter: core.site.id, insteadOf: core.site.insteadOf, early: core.early, drafts, failed: core.broken() || drafts.some((draft) => draft.phase === 'failed'), unseen: core.unseen().map(({ traces: _page, ...told }) => told) }
}

/** A text without values, past what plural forms and values need: every frame pays for what is here. */
function text(key: MessageKey): string {
  return chrome.i18n.getMessage(key)
}
