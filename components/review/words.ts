import type { FindingState, SessionSnapshot } from '../../lib/guard/index.ts'
import type { SendKind } from '../../lib/sites/index.ts'
import { dateFormat, numberFormat } from '../ui/formats.ts'
import type { IconName, MessageKey, TierMark } from '../ui/index.ts'
import { areaName, failWords, gapSentences, listOf, t, tn, uiLocale } from '../ui/index.ts'
import { highestOpen, needing, sendKind, signState } from './model.ts'

type ByKind = Readonly<Record<SendKind, MessageKey>>

const HELD: ByKind = {
  send: 'reviewHeldSend', schedule: 'reviewHeldSchedule', archive: 'reviewHeldSend',
  publish: 'reviewHeldPublish', update: 'reviewHeldUpdate', submit: 'reviewHeldSubmit',
}
const SIGN: ByKind = {
  send: 'reviewSignSend', schedule: 'reviewSignSchedule', archive: 'reviewSignArchive',
  publish: 'reviewSignPublish', update: 'reviewSignUpdate', submit: 'reviewSignSubmit',
}
const AGAIN: ByKind = {
  send: 'reviewAgainSend', schedule: 'reviewAgainSchedule', archive: 'reviewAgainSend',
  publish: 'reviewAgainPublish', update: 'reviewAgainUpdate', submit: 'reviewAgainSubmit',
}
const READY: ByKind = {
  send: 'reviewChipReadySend', schedule: 'reviewChipReadySend', archive: 'reviewChipReadySend',
  publish: 'reviewChipReadyPublish', update: 'reviewChipReadyUpdate', submit: 'reviewChipReadySubmit',
}
const OVERRIDE: ByKind = {
  send: 'reviewOverrideSend', schedule: 'reviewOverrideSchedule', archive: 'reviewOverrideSend',
  publish: 'reviewOverridePublish', update: 'reviewOverrideUpdate', submit: 'reviewOverrideSubmit',
}

/** "Pricing and Legal". */
export function owners(snapshot: SessionSnapshot): string {
  return listOf(snapshot.requirement.owners.map(areaName))
}

export interface ChipStatus { readonly text: string; readonly icon: IconName | null; readonly mark: TierMark | null; readonly loud: boolean }

/** What the status button of a chip says. */
export function chipStatus(snapshot: SessionSnapshot): ChipStatus {
  const open = needing(snapshot).length
  const plain = (text: string, icon: IconName | null, mark: TierMark | null = null, loud = false): ChipStatus => ({ text, icon, mark, loud })
  switch (snapshot.phase) {
    case 'failed': return plain(t('reviewChipFailed'), 'warning', null, true)
    case 'lost': return plain(t('reviewChipLost'), 'warning', null, true)
    case 'press-again': return plain(t(AGAIN[sendKind(snapshot)]), null, 'signed')
    case 'signed': return plain(t('reviewChipSigned'), null, 'signed')
    case 'checking': return plain(t('reviewChecking'), 'clock')
    case 'ready':
    case 'held':
    case 'open':
    case 'clear':
    case 'sent':
  }
  switch (signState(snapshot)) {
    case 'owner': return plain(t('reviewChipOwner', owners(snapshot)), 'clock')
    case 'checking': return plain(t('reviewChecking'), 'clock')
    case 'not-checked': return plain(t('reviewChipFailed'), 'warning', null, true)
    case 'can': return plain(t(READY[sendKind(snapshot)]), null, 'signed')
    case 'signed': return plain(t('reviewChipSigned'), null, 'signed')
    case 'lost':
    case 'not-needed':
    case 'settle':
    case 'change': return snapshot.held
      ? plain(tn('reviewChipHeld', open), 'lock')
      : plain(tn('reviewChipOpen', open), null, highestOpen(snapshot) ?? 'note')
  }
}

export interface PanelHead { readonly title: string; readonly text: string; readonly icon: IconName | null; readonly mark: TierMark | null }

/** Title and first sentence of the panel. */
export function panelHead(snapshot: SessionSnapshot, settled: number, total: number): PanelHead {
  const head = (title: string, text: string, icon: IconName | null, mark: TierMark | null = null): PanelHead => ({ title, text, icon, mark })
  const left = total - settled
  if (snapshot.phase === 'press-again') return head(t(AGAIN[sendKind(snapshot)]), t('reviewPressAgainText'), null, 'signed')
  switch (signState(snapshot)) {
    case 'lost': return head(t('reviewLostTitle'), t('reviewLostText'), 'warning')
    case 'not-checked': return head(t('reviewFailedTitle'), `${t(failedText(snapshot.trouble))} ${failWords(snapshot.may)}`, 'warning')
    case 'checking': return head(t('reviewChecking'), t('reviewCheckingText'), 'clock')
    case 'owner': return head(t('reviewOwnerTitle', owners(snapshot)), t('reviewOwnerText', owners(snapshot)), 'clock')
    case 'signed': return head(t('reviewSignedTitle', snapshot.reviewer.name || t('reviewYou')), t('reviewSignedText'), null, 'signed')
    case 'not-needed': return head(t('reviewNotNeededTitle'), t('reviewNotNeededText'), null, 'signed')
    case 'can': return head(t('reviewReadyTitle'), readyText(snapshot, settled, total), null, 'signed')
    case 'settle':
    case 'change': {
      const title = snapshot.held ? t(HELD[snapshot.held]) : tn('reviewOpenTitle', left)
      if (snapshot.voided) return head(title, voidText(snapshot.voided), 'lock')
      const some = left < total && t('reviewHeldSome', number(left), number(total))
      if (!snapshot.held) return head(title, some || t('reviewOpenText'), 'pencil')
      return head(title, `${some || tn('reviewHeldAll', left)} ${t('reviewNothingLeft')}`, 'lock')
    }
  }
}

function failedText(trouble: SessionSnapshot['trouble']): MessageKey {
  switch (trouble) {
    case 'rules-missing':
    case null: return 'reviewFailedRules'
    case 'too-long': return 'reviewFailedLong'
    case 'unreadable': return 'reviewFailedUnreadable'
    default: return 'reviewFailedText'
  }
}

function readyText(snapshot: SessionSnapshot, settled: number, total: number): string {
  if (snapshot.voided) return voidText(snapshot.voided)
  if (total > 0) return t('reviewReadyText', number(settled), number(total))
  const isPublic = snapshot.requirement.reasons.some((reason) => reason.code === 'ai-public')
  return t(isPublic ? 'reviewReadyPublic' : 'reviewReadyNothing')
}

function voidText(voided: { readonly fresh: number; readonly settled: number }): string {
  return voided.fresh === 0 ? t('reviewVoidNone') : `${tn('reviewVoidFresh', voided.fresh)} ${voided.settled > 0 ? tn('reviewVoidSettled', voided.settled) : ''}`.trim()
}

/** Why the sign button is closed, next to it; empty when it is open. */
export function signReason(snapshot: SessionSnapshot): string {
  const open = needing(snapshot).length
  switch (signState(snapshot)) {
    case 'settle': return tn('reviewWhySettle', open)
    case 'change': return t('reviewWhyChange', number(open))
    case 'owner': return t('reviewWhyOwner', owners(snapshot))
    case 'checking': return t('reviewWhyChecking')
    case 'not-checked': return t('reviewWhyFailed')
    case 'lost': return t('reviewLostText')
    case 'signed':
    case 'not-needed':
    case 'can': return ''
  }
}

/** The sign button: what it does when it is open. Without a held send it signs and nothing leaves. */
export function signLabel(snapshot: SessionSnapshot): string {
  return snapshot.held ? t(SIGN[snapshot.held]) : t('reviewSign')
}

export function overrideLabel(snapshot: SessionSnapshot): string {
  return t(OVERRIDE[sendKind(snapshot)])
}

/** What a signature binds, in words: it must say exactly what a change of would void it. */
export function signedParts(snapshot: SessionSnapshot): string {
  const { draft, coverage } = snapshot
  const hasSubject = draft.subject !== '' && !coverage.missing.includes('subject')
  if (draft.kind === 'post') return t(hasSubject ? 'reviewSignsPost' : 'reviewSignsText')
  if (draft.recipients.length === 0) return t(hasSubject ? 'reviewSignsSubject' : 'reviewSignsText')
  return tn(hasSubject ? 'reviewSignsMail' : 'reviewSignsRecipients', draft.recipients.length)
}

/** What is not watched, hidden or not listed: the person looks at it before signing. */
export function coverageSentences(snapshot: SessionSnapshot): readonly string[] {
  const out = [...gapSentences(snapshot.coverage)]
  if (snapshot.suppressed > 0) out.push(tn('reviewSuppressed', snapshot.suppressed))
  if (snapshot.more > 0) out.push(tn('reviewMore', snapshot.more))
  return out
}

const TROUBLE: Readonly<Record<NonNullable<SessionSnapshot['trouble']>, MessageKey>> = {
  'worker-gone': 'reviewTroubleWorker', 'rules-missing': 'reviewTroubleRules', 'storage-full': 'reviewTroubleStorage',
  'replace-dirty': 'reviewTroubleDirty', 'replace-failed': 'reviewTroubleReplace', unreadable: 'reviewTroubleUnreadable', 'too-long': 'reviewTroubleLong', 'check-failed': 'reviewTroubleCheck',
}

/** One sentence for what went wrong last, with what still works; empty when all is well. */
export function troubleSentence(snapshot: SessionSnapshot): string {
  // The head of the panel says it already.
  if (snapshot.phase === 'failed' && failedText(snapshot.trouble) !== 'reviewFailedText') return ''
  return snapshot.trouble ? t(TROUBLE[snapshot.trouble]) : ''
}

/** Who decides about this finding. */
export function whoSigns(state: FindingState): string {
  switch (state.finding.tier) {
    case 'note': return t('reviewWhoNote')
    case 'review': return t('reviewWhoReview')
    case 'approve': return t(state.owned ? 'reviewWhoOwn' : 'reviewWhoApprove', areaName(state.finding.owner))
    case 'block': return t('reviewWhoBlock')
  }
}

/** What moved a finding's tier, from the engine's short code; unknown codes are shown as they are. */
export function evidenceWords(code: string): string {
  const words: Readonly<Record<string, MessageKey>> = {
    'lowered: hedged': 'reviewLoweredHedged', 'lowered: negated': 'reviewLoweredNegated',
    'raised: sample': 'reviewRaisedSample', 'lowered: question': 'reviewLoweredQuestion', 'lowered: quoted': 'reviewLoweredQuoted',
  }
  const key = words[code]
  return key ? t(key) : code
}

/** A number as the person's language writes it. */
export function number(value: number): string {
  return numberFormat(uiLocale()).format(value)
}

/** The time now, hours and minutes. */
export function clockNow(): string {
  return dateFormat(uiLocale(), { hour: '2-digit', minute: '2-digit' }).format(Date.now())
}

/** An ISO date as the person's language writes it. */
export function day(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? iso : dateFormat(uiLocale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(date)
}
