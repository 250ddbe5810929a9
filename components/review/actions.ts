import type { ApprovalTerms, ReviewSession, SessionRegistry, SessionSnapshot, SuppressionReach } from '../../lib/guard/index.ts'
import { clockNow, number } from './words.ts'
import { t } from '../ui/index.ts'
import { mayOverride, needing, neighbour, nextOpen, oneLine, signState } from './model.ts'
import type { CardMode, ReviewState, ReviewStore, Toast } from './store.ts'
import { SIGN_GUARD_MS, currentOf } from './store.ts'
import type { CaretMemory } from './caret.ts'

/** Everything a person can do in the interface. What decides or signs takes the event it came from and does nothing unless it is a real press. */
export interface ReviewActions {
  readonly openFinding: (session: ReviewSession, fingerprint: string) => void
  readonly openPanel: (session: ReviewSession) => void
  readonly openOrigin: (session: ReviewSession) => void
  readonly closeOrigin: () => void
  /** True once for each turn in which focus should move to our surface. */
  readonly takeFocus: (turn: number) => boolean
  /** Remembers the caret before focus leaves the text. */
  readonly keepCaret: () => void
  /** Back to the text; decides nothing. */
  readonly backToText: () => void
  readonly step: (by: 1 | -1) => void
  readonly setMode: (mode: CardMode) => void
  readonly setHelp: (open: boolean) => void
  readonly setOverriding: (open: boolean) => void
  readonly use: (event: Event, replacement: string) => void
  readonly keep: (event: Event, reason: string) => void
  readonly dismiss: (event: Event, reason: string) => void
  readonly suppress: (event: Event, reach: SuppressionReach) => void
  readonly reopen: (event: Event, session: ReviewSession, fingerprint: string) => void
  readonly declare: (event: Event, session: ReviewSession, ai: boolean) => void
  readonly sign: (event: Event) => void
  readonly override: (event: Event, reason: string) => void
  /** Asks the owners for their signature. */
  readonly ask: (event: Event, terms: ApprovalTerms) => void
  readonly closeToast: () => void
  readonly undoToast: (event: Event) => void
  /** Shows what is open in the browser's side panel instead. */
  readonly openBeside: (event: Event) => void
  /** The notice about a draft that left past the gate. */
  readonly closeUnseen: () => void
}

export interface ActionDeps {
  readonly registry: SessionRegistry
  readonly store: ReviewStore
  readonly caret: CaretMemory
  /** Something lies over the buttons of ours. */
  readonly covered: () => boolean
  /** Puts us in front again. */
  readonly raise: () => void
  readonly now: () => number
  readonly beside?: (() => Promise<void>) | undefined
}

let toastKey = 0

/** A toast with its own key, so that the next one starts its time anew. */
export function makeToast(strong: string, text: string, mark: Toast['mark'], undo: Toast['undo'] = null): Toast {
  return { key: ++toastKey, strong, text, mark, undo }
}

/** What is said when a draft has left; null for one that needed nothing: on a clean draft a person notices nothing of us. */
export function sentToast(snapshot: SessionSnapshot): Toast | null {
  if (snapshot.gate.kind !== 'allow' || snapshot.gate.because === 'nothing-to-review') return null
  const signed = snapshot.gate.because === 'signed'
  const strong = signed ? t('reviewToastSigned', snapshot.reviewer.name || t('reviewYou')) : t('reviewToastSent')
  const text = snapshot.record === null ? t('reviewToastSentNoRecord', clockNow()) : t('reviewToastSentAt', clockNow(), number(snapshot.record))
  return makeToast(strong, text, 'signed')
}

export function createActions({ registry, store, caret, covered, raise, now, beside }: ActionDeps): ReviewActions {
  const current = () => currentOf(store.getState())
  const say = (toast: Toast): void => { store.setState({ toast }) }
  let focusTaken = 0
  /** Focus should come (back) to the surface that is shown. */
  const refocus = (change: Partial<ReviewState>): void => { store.setState(({ focusTurn }) => ({ ...change, focusTurn: focusTurn + 1 })) }
  const isPress = (event: Event): boolean => {
    if (!registry.isPersonal(event)) return false
    if (!covered()) return true
    raise()
    say(makeToast(t('reviewToastCovered'), t('reviewToastCoveredText'), 'warning'))
    return false
  }

  /** Goes on to the next finding that needs the person; after the last one to the panel if it is open, else back to the text. */
  const goOn = (session: ReviewSession, next: string | null): void => {
    session.open(next)
    if (next === null && !session.snapshot().panelOpen) caret.back(session)
  }
  const decide = (event: Event, run: (session: ReviewSession, fingerprint: string) => Toast): void => {
    const shown = current()
    const fingerprint = shown?.snapshot.active
    if (!shown || !fingerprint || !isPress(event)) return
    const next = nextOpen(shown.snapshot, fingerprint)
    say(run(shown.session, fingerprint))
    goOn(shown.session, next)
  }
  const undoOf = (session: ReviewSession, fingerprint: string) => (): void => {
    session.reopen(fingerprint)
    session.open(fingerprint)
  }

  const apply = async (session: ReviewSession, fingerprint: string, replacement: string, next: string | null): Promise<void> => {
    store.setState({ busy: 'apply' })
    try {
      const result = await session.applySuggestion(fingerprint, oneLine(replacement))
      if (result === 'done') {
        say(makeToast(t('reviewToastFixed'), t('reviewToastFixedText'), 'check'))
        goOn(session, next)
      } else {
        say(makeToast('', t(result === 'dirty' ? 'reviewTroubleDirty' : 'reviewTroubleReplace'), 'warning'))
      }
    } catch {
      // The session has said why in its snapshot's `trouble`; the person needs the next step.
      say(makeToast('', t('reviewTroubleReplace'), 'warning'))
    } finally {
      store.setState({ busy: null })
    }
  }
  const suppress = async (session: ReviewSession, fingerprint: string, reach: SuppressionReach, next: string | null): Promise<void> => {
    store.setState({ busy: 'suppress' })
    try {
      const undo = await session.suppress(fingerprint, reach)
      say(makeToast(t('reviewToastSuppressed'), t('reviewToastSuppressedText'), 'check', () => { undo().catch(() => { say(makeToast('', t('reviewTroubleWorker'), 'warning')) }) }))
      goOn(session, next)
    } catch {
      // The session has said why in its snapshot's `trouble`; the person needs the next step.
      say(makeToast('', t('reviewSuppressFailed'), 'warning'))
    } finally {
      store.setState({ busy: null })
    }
  }
  const record = async (kind: 'sign' | 'override' | 'ask', run: () => Promise<void>): Promise<void> => {
    const signing = store.getState().current
    store.setState({ busy: kind, failed: null })
    try {
      await run()
      store.setState({ busy: null, overriding: false })
      const session = store.getState().sessions.find(({ id }) => id === signing)
      if (session?.snapshot().phase === 'press-again') caret.back(session)
    } catch (error) {
      // Nothing was sent: the panel stays open and says so beside the button.
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
      store.setState({ busy: null, failed: code === 'no-approver' ? 'nobody' : code === 'changed' || code === 'refused' ? code : kind })
    }
  }

  return {
    openFinding(session, fingerprint) {
      session.open(fingerprint)
      session.reveal(fingerprint)
      refocus({ originOf: null })
    },
    openPanel(session) {
      session.openPanel(true)
      refocus({ originOf: null })
    },
    openOrigin(session) {
      refocus({ originOf: session.id })
    },
    takeFocus(turn) {
      const fresh = turn > focusTaken
      focusTaken = turn
      return fresh
    },
    keepCaret() { caret.keep() },
    closeOrigin() {
      const session = store.getState().sessions.find(({ id }) => id === store.getState().originOf)
      refocus({ originOf: null })
      if (session && !currentOf(store.getState())) caret.back(session)
    },
    backToText() {
      const shown = current()
      if (!shown) return
      shown.session.open(null)
      shown.session.openPanel(false)
      caret.back(shown.session)
    },
    step(by) {
      const shown = current()
      const active = shown?.snapshot.active
      const next = shown && (active ? neighbour(shown.snapshot, active, by) : needing(shown.snapshot).at(by > 0 ? 0 : -1))
      if (!shown || !next) return
      shown.session.open(next)
      shown.session.reveal(next)
    },
    setMode(mode) {
      if (mode === 'look') refocus({ mode })
      else store.setState({ mode })
    },
    setHelp(help) { refocus({ help }) },
    setOverriding(overriding) {
      if (overriding) store.setState({ overriding, failed: null })
      else refocus({ overriding, failed: null })
    },
    use(event, replacement) {
      const shown = current()
      const fingerprint = shown?.snapshot.active
      if (!shown || !fingerprint || !isPress(event) || store.getState().busy) return
      void apply(shown.session, fingerprint, replacement, nextOpen(shown.snapshot, fingerprint))
    },
    keep(event, reason) {
      if (!reason.trim()) return
      decide(event, (session, fingerprint) => {
        session.keep(fingerprint, reason.trim())
        return makeToast(t('reviewToastKept'), reason.trim(), 'check', undoOf(session, fingerprint))
      })
    },
    dismiss(event, reason) {
      decide(event, (session, fingerprint) => {
        session.dismiss(fingerprint, reason.trim())
        return makeToast(t('reviewToastDismissed'), t('reviewToastDismissedText'), 'check', undoOf(session, fingerprint))
      })
    },
    suppress(event, reach) {
      const shown = current()
      const fingerprint = shown?.snapshot.active
      if (!shown || !fingerprint || !reach.reason.trim() || !isPress(event) || store.getState().busy) return
      void suppress(shown.session, fingerprint, { ...reach, reason: reach.reason.trim() }, nextOpen(shown.snapshot, fingerprint))
    },
    reopen(event, session, fingerprint) {
      if (!isPress(event)) return
      session.reopen(fingerprint)
      refocus({})
    },
    declare(event, session, ai) {
      if (!isPress(event)) return
      const said = session.snapshot().origin.evidence.find((one) => one.class === 'declared')
      session.declareOrigin(ai)
      say(makeToast(t(ai ? 'reviewToastIsAi' : 'reviewToastNotAi'), '', 'check', () => { session.declareOrigin(said ? said.mark === 'declared-ai' : null) }))
    },
    sign(event) {
      const shown = current()
      const { openSince, busy } = store.getState()
      if (!shown || busy || !isPress(event) || signState(shown.snapshot) !== 'can' || !shown.snapshot.panelOpen) return
      if (openSince === null || now() - openSince < SIGN_GUARD_MS || isRepeat(event)) return
      void record('sign', () => shown.session.sign())
    },
    override(event, reason) {
      const shown = current()
      if (!shown || store.getState().busy || !isPress(event) || !mayOverride(shown.snapshot) || !reason.trim() || isRepeat(event)) return
      void record('override', () => shown.session.override(reason.trim()))
    },
    ask(event, terms) {
      const shown = current()
      if (!shown || store.getState().busy || !isPress(event) || signState(shown.snapshot) !== 'owner' || isRepeat(event)) return
      void record('ask', () => shown.session.askApproval(terms))
    },
    openBeside(event) {
      const shown = current()
      if (!shown || !isPress(event)) return
      // What is held stays held: it is only shown elsewhere.
      beside?.().then(() => {
        shown.session.openPanel(true, true)
        caret.back(shown.session)
      }, () => { say(makeToast('', t('reviewBesideFailed'), 'warning')) })
    },
    closeToast() { store.setState({ toast: null }) },
    closeUnseen() { store.setState(({ unseen, closed }) => ({ unseen: null, closed: unseen ? [...closed, unseen.id] : closed })) },
    undoToast(event) {
      const { toast } = store.getState()
      if (!toast?.undo || !isPress(event)) return
      store.setState({ toast: null })
      toast.undo()
    },
  }
}

function isRepeat(event: Event): boolean {
  return 'repeat' in event && event.repeat === true
}
