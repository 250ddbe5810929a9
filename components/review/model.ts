import type { Tier } from '../../lib/engine/index.ts'
import type { FindingState, SessionSnapshot } from '../../lib/guard/index.ts'
import type { Decision } from '../../lib/review/index.ts'
import type { SendKind } from '../../lib/sites/index.ts'

/** The most serious first. */
const WEIGHT: Readonly<Record<Tier, number>> = { block: 0, approve: 1, review: 2, note: 3 }

/** Fingerprints of findings that still hold this draft, in reading order. One may have a decision that does not settle it: a block that was called a false alarm. */
export function needing(snapshot: SessionSnapshot): readonly string[] {
  const { gate, states } = snapshot
  if (gate.kind === 'allow') return []
  const open = new Set(gate.open)
  return states.map(({ finding }) => finding.fingerprint).filter((fingerprint) => open.has(fingerprint))
}

/** The most serious tier among findings that need this person; null when none does. */
export function highestOpen(snapshot: SessionSnapshot): Tier | null {
  const open = new Set(needing(snapshot))
  const tiers = snapshot.states.filter(({ finding }) => open.has(finding.fingerprint)).map(({ finding }) => finding.tier)
  return tiers.length === 0 ? null : tiers.reduce((a, b) => (WEIGHT[a] <= WEIGHT[b] ? a : b))
}

export type PanelRow =
  | { readonly kind: 'open' | 'settled' | 'note'; readonly state: FindingState }
  | { readonly kind: 'fixed'; readonly decision: Decision }

/** Rows of the panel: what needs the person first, the most serious on top; then what is settled; then notes. */
export function panelRows(snapshot: SessionSnapshot): readonly PanelRow[] {
  const open = new Set(needing(snapshot))
  const weight = (state: FindingState): number => WEIGHT[state.finding.tier]
  const rank = { open: 0, settled: 1, fixed: 2, note: 3 } as const
  const rows: PanelRow[] = snapshot.states.map((state) => ({
    kind: open.has(state.finding.fingerprint) ? 'open' : state.decision ? 'settled' : 'note', state,
  }))
  const fixed: PanelRow[] = snapshot.fixed.map((decision) => ({ kind: 'fixed', decision }))
  return [...rows, ...fixed].sort((a, b) => rank[a.kind] - rank[b.kind] || (a.kind === 'open' && b.kind === 'open' ? weight(a.state) - weight(b.state) : 0))
}

/** How many findings asked for a decision in this draft, and how many have it. */
export function progress(snapshot: SessionSnapshot): { readonly settled: number; readonly total: number } {
  const open = needing(snapshot).length
  const settled = snapshot.fixed.length + snapshot.states.filter(({ finding, decision }) => decision && !isOpen(snapshot, finding.fingerprint)).length
  return { settled, total: settled + open }
}

function isOpen(snapshot: SessionSnapshot, fingerprint: string): boolean {
  return needing(snapshot).includes(fingerprint)
}

/** Findings that are shown and ask for nothing. */
export function noteCount(snapshot: SessionSnapshot): number {
  return panelRows(snapshot).filter((row) => row.kind === 'note').length
}

/** The finding with this fingerprint and its place among all, counted from 1. */
export function findingAt(snapshot: SessionSnapshot, fingerprint: string | null): { readonly state: FindingState; readonly place: number } | null {
  const index = snapshot.states.findIndex(({ finding }) => finding.fingerprint === fingerprint)
  const state = snapshot.states[index]
  return state ? { state, place: index + 1 } : null
}

/** The neighbour of a finding, going round at the ends; null when it is alone. */
export function neighbour(snapshot: SessionSnapshot, fingerprint: string, step: 1 | -1): string | null {
  const { states } = snapshot
  const index = states.findIndex(({ finding }) => finding.fingerprint === fingerprint)
  if (states.length < 2 || index < 0) return null
  return states[(index + step + states.length) % states.length]?.finding.fingerprint ?? null
}

/** The next finding after this one that waits for a decision, going round; null when this is the last. */
export function nextOpen(snapshot: SessionSnapshot, fingerprint: string): string | null {
  const from = snapshot.states.findIndex(({ finding }) => finding.fingerprint === fingerprint)
  const open = new Set(needing(snapshot))
  const order = [...snapshot.states.slice(from + 1), ...snapshot.states.slice(0, Math.max(from, 0))]
  return order.find(({ finding, decision }) => decision === null && open.has(finding.fingerprint))?.finding.fingerprint ?? null
}

/** Whether the signature may be given now, and if not, why not. */
export type SignState = 'can' | 'settle' | 'change' | 'owner' | 'checking' | 'not-checked' | 'signed' | 'not-needed' | 'lost'

/** The one truth behind the sign button: what it shows is what pressing it does. */
export function signState(snapshot: SessionSnapshot): SignState {
  if (snapshot.phase === 'lost') return 'lost'
  if (snapshot.gate.kind === 'allow') return snapshot.gate.because === 'nothing-to-review' ? 'not-needed' : 'signed'
  switch (snapshot.gate.because) {
    case 'must-change': return 'change'
    case 'open-findings': return highestOpen(snapshot) === 'block' ? 'change' : 'settle'
    case 'needs-owner': return 'owner'
    case 'not-ready': return 'checking'
    case 'failed': return 'not-checked'
    case 'void':
    case 'needs-signature': return needing(snapshot).length > 0 ? 'settle' : 'can'
  }
}

/** A person may send without the owner's signature or the check, never past words that must change. */
export function mayOverride(snapshot: SessionSnapshot): boolean {
  if (snapshot.gate.kind === 'allow' || snapshot.phase === 'lost') return false
  if (snapshot.states.some(({ finding }) => finding.tier === 'block' && isOpen(snapshot, finding.fingerprint))) return false
  if (snapshot.gate.because === 'failed') return snapshot.may?.unchecked !== false
  return snapshot.gate.because === 'needs-owner' && snapshot.may?.override !== false
}

/** What a person saw of a draft when they last looked: its text, and which findings stood in the list. */
export interface Look { readonly text: string; readonly findings: readonly string[] }

export function lookOf({ draft, states }: SessionSnapshot): Look {
  return { text: draft.text, findings: states.map(({ finding }) => finding.fingerprint) }
}

/** What is different now. `words`: the place in the text from the first to the last change with the words around it, null where the text is the same or the place is too long to be read. */
export interface Since {
  readonly fresh: readonly string[]
  readonly gone: number
  readonly text: boolean
  readonly words: { readonly before: string; readonly after: string; readonly lead: string; readonly tail: string } | null
}

/** The difference between a look and the draft as it stands; null where there is none. */
export function sinceLook(look: Look, snapshot: SessionSnapshot): Since | null {
  const now = lookOf(snapshot)
  const fresh = snapshot.states.filter(({ finding }) => finding.tier !== 'note' && !look.findings.includes(finding.fingerprint)).map(({ finding }) => finding.fingerprint)
  const gone = look.findings.filter((fingerprint) => !now.findings.includes(fingerprint)).length
  const text = look.text !== now.text
  return fresh.length > 0 || gone > 0 || text ? { fresh, gone, text, words: text ? changedWords(look.text, now.text) : null } : null
}

/** Longer places are not shown as a comparison. Characters. */
const READABLE = 400

function changedWords(before: string, after: string): Since['words'] {
  const least = Math.min(before.length, after.length)
  let [start, end] = [0, 0]
  while (start < least && before[start] === after[start]) start++
  while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  // Whole words.
  while (start > 0 && /\S/.test(before[start - 1] ?? '')) start--
  while (end > 0 && /\S/.test(before[before.length - end] ?? '')) end--
  const [was, is] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  if (was.length > READABLE || is.length > READABLE) return null
  return { before: was, after: is, lead: after.slice(Math.max(0, start - CONTEXT), start), tail: after.slice(after.length - end, after.length - end + CONTEXT) }
}

/** What the person is about to do with the draft. */
export function sendKind(snapshot: SessionSnapshot): SendKind {
  return snapshot.held ?? (snapshot.draft.kind === 'post' ? 'publish' : 'send')
}

/** Words of the same sentence on both sides of a finding, for the comparison; from the field the finding is in. */
export function around(snapshot: SessionSnapshot, state: FindingState): { readonly lead: string; readonly tail: string } {
  const text = state.finding.field === 'subject' ? snapshot.draft.subject : snapshot.draft.text
  const { start, end } = state.finding.span
  const before = text.slice(Math.max(0, start - CONTEXT), start)
  // The segmenter sees the finding too: a lead that ends in "approx." is not the end of a sentence.
  const sentences = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(before + text.slice(start, end + CONTEXT))]
  const first = sentences.findLast(({ index }) => index <= before.length)?.index ?? 0
  const close = before.length + end - start
  const last = sentences.find(({ index, segment }) => index + segment.length >= close)
  const stop = last ? last.index + last.segment.length : close
  return { lead: before.slice(first), tail: text.slice(end, end + Math.max(0, stop - close)).trimEnd() }
}

/** Characters looked at on each side of a finding for its sentence. */
const CONTEXT = 200

/** A suggestion goes in through the editor's own input path, one line at a time. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}

/** Phases in which a draft shows its chip. Quiet otherwise: a clean draft shows nothing. */
export function wantsChip(snapshot: SessionSnapshot): boolean {
  switch (snapshot.phase) {
    case 'checking': return snapshot.held !== null
    case 'clear':
    case 'sent': return false
    case 'open':
    case 'ready':
    case 'held':
    case 'signed':
    case 'press-again':
    case 'failed':
    case 'lost': return true
  }
}
