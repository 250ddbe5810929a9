import { editorFor } from '../../editors/index.ts'
import { maySuppress, suppressedWords } from '../../policy/index.ts'
import type { GateSession, GuardCore } from '../core.ts'
import { rectInRoot } from '../frames.ts'
import type { GuardPort, SessionSnapshot } from '../types.ts'
import { createUnseenWatch } from '../unseen/watch.ts'
import { createDeparture } from './departure.ts'
import { Examination, standing } from './examination.ts'
import { createLookout } from './lookout.ts'
import { createPainter, type Mark } from './painter.ts'
import { phaseOf } from './phase.ts'
import { backgroundOf, bodyAt, isDark, placeOf } from './read.ts'
import { createRecollection } from './recollection.ts'
import type { Rules } from './rules.ts'
import { createScribe } from './scribe.ts'

export interface SessionOptions {
  readonly root: Element
  readonly core: GuardCore
  readonly port: GuardPort
  /** The rules, once loaded; rejects when they cannot be. */
  readonly rules: Promise<Rules>
  readonly now: () => number
  readonly id: string
}

/** A session that can be given new rules while it is open. */
export interface DraftSession extends GateSession {
  useRules(rules: Rules): void
  /** Owners' signatures may have changed: asks again. */
  askStanding(): void
}

/** A mark that was put off, because its word is being typed, is tried again after this. */
const PUT_OFF_MS = 300

/** One draft under review: read -> scan -> paint -> gate. DESIGN.md's way of a draft, from the editor to the sign-off. */
export function openSession({ root, core, port, rules, now, id }: SessionOptions): DraftSession {
  const exam = new Examination(root, core, now)
  const { settlement } = exam
  const painter = createPainter()
  const scribe = createScribe(() => show())
  const known = createRecollection({ site: core.site.id, port, exam, failed: scribe.failed, ended: () => disposed, show: () => show() })
  const listeners = new Set<() => void>()
  let active: string | null = null
  let panelOpen = false
  let aside = false
  let putOff = false
  let background = 'rgb(255, 255, 255)'
  let disposed = false
  let revision = 0
  let cached: SessionSnapshot | null = null

  // ---- looking and showing --------------------------------------------------------------------------------------------------

  function look(anew = false): boolean {
    const changed = exam.look(anew, (how) => unseen.went(how, exam.beforeGoing(id)))
    const { bodies, subjectField } = exam.reading.parts
    // Also when the words are the same: a page may have rendered them into new nodes, or a new document.
    lookout.watch(subjectField ? [...bodies, subjectField] : bodies)
    if (!changed) return false
    departure.changed()
    if (active && !settlement.findings.some((finding) => finding.fingerprint === active)) active = null
    known.recall()
    known.askStanding(false)
    return true
  }

  function lookAndShow(anew = false): void {
    if (look(anew) || putOff || !painter.intact()) show()
  }

  function show(): void {
    if (disposed) return
    cached = null
    revision++
    paint()
    // That no check is running is said before anybody presses Send.
    if ((hasOpen() || exam.failure) && !reviewFailed) needReview()
    for (const listener of listeners) listener()
  }

  function paint(): void {
    const typing = lookout.typing()
    const marks: Mark[] = []
    putOff = false
    for (const finding of found()) {
      const place = placeOf(exam.reading, finding)
      if (!place) continue
      if (typing && place.kind === 'range' && holdsCaret(place.range)) {
        putOff = true
        continue
      }
      const style = exam.isOpen(finding) || finding.tier === 'note' ? finding.tier : 'kept'
      marks.push({ key: finding.fingerprint, style, active: finding.fingerprint === active, place, quote: finding.quote })
    }
    painter.paint(marks, isDark(session.editorBackground()))
    if (putOff) lookout.soon(PUT_OFF_MS)
  }

  /** What was found in the words that stand here now; a check that could not run has found nothing. */
  const found = () => (exam.failure ? [] : settlement.findings)
  const hasOpen = () => found().some((finding) => finding.tier !== 'note' && exam.isOpen(finding))

  let reviewAsked = false
  /** Asked again only when the person does something, not by every look. */
  let reviewFailed = false
  function needReview(): void {
    if (reviewAsked || core.surfaceShown()) return
    reviewAsked = true
    port.loadReview().catch((error: unknown) => {
      reviewAsked = false
      reviewFailed = true
      scribe.failed(error)
      if (departure.held()) core.tellLost()
    })
  }

  function snapshot(): SessionSnapshot {
    return (cached ??= {
      id, revision, active, panelOpen, aside, trouble: scribe.trouble ?? exam.failure,
      phase: phaseOf(exam, { workerGone: scribe.trouble === 'worker-gone', sent: departure.sent(), pressAgain: departure.pressAgain(), held: departure.held() !== null }),
      draft: exam.reading.draft,
      states: found().map((finding) => ({ finding: standing(finding), decision: settlement.decisionOf(finding.fingerprint), owned: exam.book?.owns.includes(finding.owner) ?? false })),
      fixed: settlement.fixed(now()),
      more: exam.scan.more,
      suppressed: exam.suppressed,
      origin: exam.origin,
      requirement: exam.requirement,
      gate: exam.gate,
      held: departure.held(),
      mode: exam.mode,
      may: { override: exam.book?.policy.overrides !== false, unchecked: exam.book?.policy.unchecked !== 'hold', suppress: !exam.book?.suppressingOff },
      holds: departure.holds(),
      voided: exam.voided,
      approval: exam.approval,
      coverage: exam.reading.coverage,
      reviewer: exam.book?.reviewer ?? { name: '', role: '' },
      packs: exam.book?.packs,
      digest: exam.checked && exam.book ? { text: exam.digest, rules: exam.book.rulesetDigest } : undefined,
      record: departure.record(),
    })
  }

  /** A reload, a closed tab: what changed in the last moment is looked at once more. */
  function onLeaving(): void {
    if (exam.onPage()) exam.look(true)
    unseen.went('page', exam.beforeGoing(id))
    known.rememberOrigin(true)
  }

  // ---- deciding -------------------------------------------------------------------------------------------------------------

  function settle(fingerprint: string, outcome: 'kept' | 'dismissed', reason: string): void {
    const decision = settlement.decide(fingerprint, outcome, reason, now())
    if (!decision) return
    scribe.write(port.decided({ session: id, site: core.site.id }, decision))
    if (active === fingerprint) active = null
    exam.decide()
    known.askStanding(false)
    show()
  }

  const departure = createDeparture({
    id, root, core, port, exam, scribe, now,
    look: () => look(true),
    show: () => show(),
    letGo() {
      panelOpen = false
      active = null
    },
    leaves: () => known.rememberOrigin(true),
    passes: () => unseen.passed(),
  })

  const unseen = createUnseenWatch({
    root, core, now,
    stands: (text) => exam.stands(text),
    record: (record, kind, by) => scribe.written(port.sent(record, kind, null, by)),
    tell: () => needReview(),
  })

  // ---- what the page does ---------------------------------------------------------------------------------------------------

  const lookout = createLookout(root, core, {
    look: () => lookAndShow(),
    tick() {
      if (!exam.onPage()) {
        unseen.went('gone', exam.beforeGoing(id))
        core.drop(session)
        return
      }
      core.arm(core.window)
      lookAndShow(true)
      known.rememberOrigin(false)
    },
    clicked(document, x, y) {
      const key = painter.at(document, x, y)
      if (key && key !== active) session.open(key)
    },
    step(back) {
      const order = settlement.findings.filter((finding) => exam.isOpen(finding) || finding.tier === 'note').map((finding) => finding.fingerprint)
      const from = active ? order.indexOf(active) : back ? 0 : -1
      session.open(order[(from + (back ? -1 : 1) + order.length) % order.length] ?? null)
    },
    declare: () => (session.declareOrigin(exam.origin.verdict !== 'ai'), session.openPanel(true)),
  })

  function useRules(next: Rules): void {
    if (disposed) return
    scribe.trouble = null
    exam.use(next)
    look()
    known.recall()
    known.askStanding(false)
    show()
  }

  const session: DraftSession = {
    id,
    root,
    useRules,
    askStanding: () => known.askStanding(true),
    async askApproval(terms) {
      look(true)
      const { digest } = exam
      known.takeApprovals(digest, await port.askApproval(exam.record(id), terms))
    },
    ready: rules.then(async (loaded) => {
      await known.recallOrigin()
      useRules(loaded)
    }, () => {
      exam.fail('rules-missing')
      show()
    }),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot,
    rects(fingerprint) {
      const found = painter.rects(fingerprint)
      return found ? found.rects.map((rect) => rectInRoot(rect, found.node, core.window)) : []
    },
    frameRect: () => rectInRoot(root.getBoundingClientRect(), root, core.window),
    editorBackground() {
      const element = exam.reading.bodies[0]?.element
      // A draft that has left keeps its colour: the words about it are still to be shown.
      if (element?.isConnected) background = backgroundOf(element)
      return background
    },
    reveal(fingerprint) {
      const finding = settlement.findings.find((item) => item.fingerprint === fingerprint)
      const place = finding && placeOf(exam.reading, finding)
      const element = place?.kind === 'range' ? place.range.startContainer.parentElement : place?.field
      element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    },
    focusEditor() {
      const element = exam.reading.bodies[0]?.element
      element?.ownerDocument.defaultView?.focus()
      element?.focus({ preventScroll: true })
    },
    open(fingerprint, beside = false) {
      active = fingerprint
      aside = beside
      if (fingerprint) {
        session.reveal(fingerprint)
        needReview()
      }
      show()
    },
    openPanel(open, beside = false) {
      panelOpen = open
      aside = beside
      if (!open) departure.forgetHeld()
      active = null
      if (open) needReview()
      show()
    },
    async applySuggestion(fingerprint, replacement) {
      look()
      const finding = settlement.findings.find((item) => item.fingerprint === fingerprint)
      const body = finding?.field === 'body' ? bodyAt(exam.reading, finding.span.start) : undefined
      const element = finding?.field === 'subject' ? exam.reading.parts.subjectField : body?.element
      if (!finding || !element) return 'unchanged'
      const offset = body?.offset ?? 0
      const span = { start: finding.span.start - offset, end: finding.span.end - offset }
      core.inputLog(element).explained += replacement.length
      const result = await editorFor(element).replace(element, exam.texts.exclusions.in(element), span, finding.quote, replacement)
      scribe.trouble = result === 'done' ? null : result === 'dirty' ? 'replace-dirty' : 'replace-failed'
      if (result === 'done' && active === fingerprint) active = null
      look()
      show()
      return result
    },
    keep: (fingerprint, reason) => settle(fingerprint, 'kept', reason),
    dismiss: (fingerprint, reason) => settle(fingerprint, 'dismissed', reason),
    async suppress(fingerprint, { words, site, until, reason }) {
      const finding = settlement.findings.find((item) => item.fingerprint === fingerprint)
      if (!finding || !maySuppress(finding, exam.book?.owns ?? [])) throw new Error('This finding cannot be suppressed')
      const choice = { rule: finding.rule, words: words ? suppressedWords(finding.quote) : null, host: site ? core.host : null, until, reason }
      const made = await scribe.written(port.suppressed(choice))
      settle(fingerprint, 'dismissed', reason)
      return async () => {
        await scribe.written(port.unsuppressed(made))
        session.reopen(fingerprint)
      }
    },
    reopen(fingerprint) {
      settlement.reopen(fingerprint)
      scribe.write(port.reopened({ session: id, site: core.site.id }, fingerprint, now()))
      exam.decide()
      show()
    },
    declareOrigin(ai) {
      const correction = exam.declareOrigin(ai)
      if (correction) scribe.write(port.corrected(correction))
      show()
    },
    sign: () => departure.sign(),
    override: (reason) => (exam.failure ? departure.sendUnchecked(reason) : departure.sign({ reason })),
    ask() {
      if (look()) queueMicrotask(show)
      return departure.reminded() ? exam.firmGate() : exam.gate
    },
    hold(action) {
      panelOpen = true
      aside = false
      active = null
      departure.hold(action)
      needReview()
      show()
    },
    passed: (kind) => departure.passed(kind),
    dispose() {
      if (disposed) return
      core.window.removeEventListener('pagehide', onLeaving)
      disposed = true
      known.rememberOrigin(true)
      lookout.stop()
      painter.dispose()
      exam.dispose()
      listeners.clear()
    },
  }
  lookout.watch(exam.reading.parts.bodies)
  core.window.addEventListener('pagehide', onLeaving)
  return session
}

function holdsCaret(range: Range): boolean {
  const selection = range.startContainer.ownerDocument?.getSelection()
  return !!selection?.isCollapsed && !!selection.anchorNode && range.isPointInRange(selection.anchorNode, selection.anchorOffset)
}
