import { useState, type ReactNode } from 'react'
import type { PackProvenance } from '../../lib/guard/types.ts'
import { keyPhrase } from '../../lib/review/approval/index.ts'
import { Confirm } from '../shell/Dialog.tsx'
import { dateTime, listOf, number, shortDigest } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Said } from '../shell/Said.tsx'
import { useAction } from '../shell/useAction.ts'
import { originWords, requirementWords, sendName, siteName, verdictName } from '../shell/words.ts'
import { Button, EmptyState, Icon, SignatureLine, areaName, placeLine, reasonWords, seenWords, t, tn, type MessageKey } from '../ui/index.ts'
import { OutcomeGlyph } from './HistoryList.tsx'
import { markRuns, type HistoryRecord } from './model.ts'
import { RecordItems } from './RecordItems.tsx'
import { recordText } from './record-text.ts'

interface RecordViewProps {
  readonly record: HistoryRecord
  /** Who stands behind the packs that are here, also in their version before. */
  readonly packs?: readonly PackProvenance[]
  readonly onForget: () => Promise<void>
  /** Takes the dismissal of a place back, by its fingerprint. */
  readonly onTakeBack: (fingerprint: string) => Promise<void>
}

const copyRecord = (record: HistoryRecord): Promise<void> => navigator.clipboard.writeText(recordText(record))

/** One record whole: text or quotes, what was decided, who signed, and what proves it. */
export function RecordView({ record, packs = [], onForget, onTakeBack }: RecordViewProps): ReactNode {
  const { row } = record
  const [asking, setAsking] = useState(false)
  const [forgetting, forget] = useAction(onForget)
  const [copying, copy] = useAction(copyRecord)
  return (
    <article>
      <Crumb id={row.id} />
      <div className="vh1">
        <h1 dir="auto">{row.subject || t('historyNoSubject')}</h1>
        <span className={row.outcome === 'signed' ? 'tier soft t-signed' : 'pill'}><OutcomeGlyph outcome={row.outcome} />{t(`historyOutcome_${row.outcome}`)}</span>
        <span className="row wrap end noprint"><Said state={forgetting} /><Said state={copying} done={t('historyCopied')} /><Button look="quiet" onClick={() => copy(record)}><Icon name="clipboard" />{t('historyCopy')}</Button><Button look="quiet" onClick={() => setAsking(true)}><Icon name="trash" />{t('historyForget')}</Button><Button onClick={() => print()}><Icon name="print" />{t('historyPrint')}</Button></span>
      </div>
      <div className="g2">
        <div className="stack">
          <Text record={record} />
          <RecordItems items={record.items} packs={packs} onTakeBack={onTakeBack} />
          <Signature record={record} />
        </div>
        <aside className="stack">
          <Facts record={record} />
          <Proof record={record} />
        </aside>
      </div>
      {asking && (
        <Confirm
          title={t('historyForgetTitle')} body={t('historyForgetBody')} action={t('historyForget')}
          onConfirm={() => { setAsking(false); forget() }} onClose={() => setAsking(false)}
        />
      )}
    </article>
  )
}

/** In place of a record that is not there. */
export function RecordMissing({ id }: { readonly id: string }): ReactNode {
  return (
    <>
      <h1 className="vh">{t('historyTitle')}</h1>
      <div className="card">
        <EmptyState icon="history" level={2} title={t('historyMissing', id)}>
          <p>{t('historyMissingHelp')}</p>
          <a className="btn" href={routeHref('history')}>{t('historyBack')}</a>
        </EmptyState>
      </div>
    </>
  )
}

function Crumb({ id }: { readonly id: number }): ReactNode {
  return (
    <div className="crumb noprint">
      <a href={routeHref('history')}>{t('historyTitle')}</a><Icon name="chevronRight" size={12} /><span className="num">{t('historyRecord', number(id))}</span>
    </div>
  )
}

function Text({ record }: { readonly record: HistoryRecord }): ReactNode {
  const { text } = record.draft
  const when = dateTime(record.sent?.at ?? record.row.at, true)
  return (
    <section className="card">
      <div className="sec"><h2>{t('historyExactText')}</h2><span className="end small faint">{t(record.sent ? 'historyAsItLeft' : 'historyAsHeld', when)}</span></div>
      {text === null
        ? <p className="pad small sub">{t('historyNotKept')}</p>
        : (
          <div className="paper isolate" dir="auto">
            {markRuns(text, record.items).map(({ text: run, mark }, index) => (mark
              ? <mark key={index} className={`m t-${mark.tier}${mark.settled ? ' t-done' : ''}`}>{run}</mark>
              : <span key={index}>{run}</span>))}
          </div>
        )}
    </section>
  )
}

function Signature({ record }: { readonly record: HistoryRecord }): ReactNode {
  const { signOff, unchecked } = record
  if (!signOff) {
    return (
      <section className="card">
        <div className="sec"><h2>{t('historySignature')}</h2></div>
        <p className="pad small sub">{t(unsigned(record))}</p>
        {record.sent?.seen && <p className="pad small">{seenWords(record.sent.seen)}</p>}
        {unchecked && <p className="pad small">{unchecked.person ? t('historyUncheckedBy', unchecked.person, unchecked.reason) : t('historyUncheckedReason', unchecked.reason)}</p>}
      </section>
    )
  }
  const when = dateTime(signOff.at, true)
  const { name, role } = signOff.reviewer
  return (
    <section className="card">
      <div className="sec"><h2>{t('historySignature')}</h2></div>
      <div className="sigs">
        <SignatureLine name={name} signed />
        <p className="cap">{signOff.override ? t('historyOverride', signOff.override.reason) : role ? t('historyStatementRole', when, role) : t('historyStatement', when)}</p>
        {signOff.reading && signOff.reading.ms < signOff.reading.least && <p className="cap">{t('historyHasty', seconds(signOff.reading.ms), seconds(signOff.reading.least))}</p>}
        {!signOff.override && <p className="cap">{t('historyEvidence', name)}</p>}
        {signOff.approvals?.map((one) => (
          <p className="cap" key={one.signKey}>
            {t('historyApprovedBy', [one.name, one.role].filter(Boolean).join(', '), listOf(one.areas.map(areaName)), dateTime(one.at, true))} <span className="mono isolate">{keyPhrase(one.signKey)}</span>
          </p>
        ))}
      </div>
    </section>
  )
}

function unsigned({ row: { outcome }, sent }: HistoryRecord): MessageKey {
  if (outcome === 'unreviewed') return sent?.seen ? 'historyUnsignedSeen' : 'historyUnsignedUnchecked'
  return outcome === 'held' ? 'historyUnsignedHeld' : 'historyUnsigned'
}

function Facts({ record }: { readonly record: HistoryRecord }): ReactNode {
  const { row, origin, requirement, draft } = record
  const seen = [...originWords(origin), ...(origin.places ?? []).map(placeLine)]
  const reasons = requirement.reasons.map(reasonWords)
  return (
    <div className="card">
      <dl className="kv small">
        <dt>{t('historyTo')}</dt>
        <dd dir="auto">{draft.recipients.map((person) => person.name || person.address).filter(Boolean).join(', ') || <span className="faint">{t('historyNobody')}</span>}</dd>
        <dt>{t('historySite')}</dt><dd>{row.host}<span className="faint"> · {siteName(row.site)}</span></dd>
        <dt>{t('historyOrigin')}</dt>
        <dd>
          {verdictName(origin.verdict)}
          {seen.length > 0 ? <ul>{seen.map((words) => <li key={words} className="sub">{words}</li>)}</ul> : <span className="sub">. {t('dashSeenNothing')}</span>}
        </dd>
        <dt>{t('historyRequired')}</dt>
        <dd>
          {requirementWords(requirement)}
          {reasons.length > 0 && <ul>{reasons.map((words) => <li key={words} className="sub">{words}</li>)}</ul>}
        </dd>
        {record.heldFor !== null && <><dt>{t('historyTimeHeld')}</dt><dd className="num">{duration(record.heldFor)}</dd></>}
        {record.sent && <><dt>{t('historySent')}</dt><dd>{t('uiPair', sendName(record.sent.kind), dateTime(record.sent.at))}</dd></>}
      </dl>
    </div>
  )
}

function Proof({ record }: { readonly record: HistoryRecord }): ReactNode {
  const { signOff, entry } = record
  return (
    <div className="card">
      <div className="sec"><h2>{t('historyProof')}</h2></div>
      <dl className="kv small">
        <dt>{t('historyProofText')}</dt><Digest value={record.digest} />
        {signOff && <><dt>{t('historyProofRules')}</dt><Digest value={signOff.rulesetDigest} /><dt>{t('historyProofPolicy')}</dt><Digest value={signOff.policyDigest} /></>}
        <dt>{t('historyProofEntry')}</dt>
        <dd>
          {entry === null ? <span className="faint">{t('historyNoEntry')}</span> : (
            <a href={routeHref('ledger')}>
              {entry.prev === '' ? t('historyEntryFirst', number(entry.seq)) : t('historyEntry', number(entry.seq), shortDigest(entry.prev, 2))}
            </a>
          )}
        </dd>
      </dl>
    </div>
  )
}

function Digest({ value }: { readonly value: string }): ReactNode {
  return <dd className="mono isolate" title={value} dir="ltr"><span className="noprint">{shortDigest(value)}</span><span className="printonly">{value}</span></dd>
}

function seconds(ms: number): string {
  return tn('historySeconds', Math.round(ms / 1000))
}

/** Whole minutes from one minute on; a shorter hold is told in seconds. */
function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  return seconds < 60 ? tn('historySeconds', seconds) : tn('historyMinutes', Math.round(seconds / 60))
}
