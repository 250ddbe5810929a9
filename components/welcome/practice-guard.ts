import { startGuard } from '../../lib/guard/index.ts'
import { loadRules, openSession } from '../../lib/guard/session/index.ts'
import { createGuardPort } from '../../lib/messages/index.ts'
import type { DraftKind } from '../../lib/engine/index.ts'
import { generic, type DraftParts, type SendKind, type SiteAdapter } from '../../lib/sites/index.ts'
import { mountReview } from '../review/index.ts'
import { t } from '../ui/index.ts'

const FORM = '[data-cs-practice=form]'
const part = (root: Element, name: string): HTMLElement | null => root.querySelector(`[data-cs-practice=${name}]`)
const valueOf = (field: HTMLElement | null): string => (field instanceof HTMLInputElement ? field.value.trim() : '')

const KINDS: Readonly<Record<string, DraftKind | undefined>> = { email: 'email', reply: 'reply', post: 'post' }
const kindOf = (root: Element): DraftKind => KINDS[(root as HTMLElement).dataset['kind'] ?? ''] ?? 'email'

const wayOf = (root: Element | null): SendKind => (root && kindOf(root) === 'post' ? 'publish' : 'send')

/** The practice mail as a site: its form is the draft, its one button the way out. */
const practiceSite: SiteAdapter = {
  ...generic,
  draftRoot: (element) => element.closest(FORM),
  draftRoots: (document) => [...document.querySelectorAll(FORM)],
  parts(root): DraftParts {
    const body = part(root, 'body')
    const subjectField = part(root, 'subject')
    const address = valueOf(part(root, 'to')).toLowerCase()
    const recipients = address ? [{ address, name: '', field: 'to' as const }] : []
    return { kind: kindOf(root), bodies: body ? [body] : [], subject: valueOf(subjectField), subjectField, recipients, missing: [], unreadable: false }
  },
  wayOutAt(path) {
    const element = path.find((node): node is Element => node instanceof Element && node.matches(`${FORM}, [data-cs-practice=send]`))
    return element ? { kind: wayOf(element.closest(FORM)), element, root: element.closest(FORM) } : null
  },
  wayOutByKey(event) {
    const root = event.target instanceof Element ? event.target.closest(FORM) : null
    return root && event.key === 'Enter' && (event.ctrlKey || event.metaKey) ? { kind: wayOf(root), element: root, root } : null
  },
  sendControl: (root) => part(root, 'send'),
}

/**
 * Reviews the practice draft for real: the same guard, rules, session and interface as on any site, without a content script in between.
 * Returns the end of it.
 */
export function startPractice(): () => void {
  const question = t('guardUncheckedAsk')
  const guard = startGuard({
    window, site: Promise.resolve(practiceSite), early: true, loadDrafts: () => Promise.resolve(), askUnchecked: () => window.confirm(question),
  })
  const running = guard.then((core) => {
    if (!core) return null
    let review: ReturnType<typeof mountReview> | null = null
    const port = { ...createGuardPort(), loadReview: async () => void (review ??= mountReview(core, window)) }
    const rules = loadRules(port)
    core.attach((root) => openSession({ root, core, port, rules, now: Date.now, id: crypto.randomUUID() }))
    return () => {
      core.dispose()
      review?.unmount()
    }
  })
  return () => void running.then((end) => end?.())
}
