import { useId, useState, type ReactNode } from 'react'
import { answerRequest, type Reply } from '../../lib/team/approvals/index.ts'
import { itemsOf, markRuns } from '../history/model.ts'
import { dateTime, listOf, shortDigest } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { useAction } from '../shell/useAction.ts'
import { areaName, Button, Icon, outcomeName, TierGlyph, tierName, reasonWords, t, WordDiff } from '../ui/index.ts'
import { CodeButtons } from './CodeButtons.tsx'
import { REFUSAL_WORDS, type RequestData } from './live.ts'

/** One request: the exact text with its marks, what changed since this person last looked, and their answer. */
export function RequestView({ data }: { readonly data: RequestData }): ReactNode {
  const { row, known, phrase } = data
  const { from, draft, findings, decisions, digest, requirement, areas, until } = row.request.content
  const items = itemsOf({ findings, decisions, corrections: [], titleOf: () => null })
  return (
    <article>
      <div className="crumb noprint"><a href={routeHref('approvals')}>{t('apprBack')}</a></div>
      <div className="vh1"><h1 dir="auto">{t('apprRequest', from.name)}</h1></div>
      <div className="g2">
        <div className="stack">
          <section className="card">
            <div className="sec"><h2>{t('apprExact')}</h2></div>
            <p className="pad strong" dir="auto">{draft.subject || t('historyNoSubject')}</p>
            <div className="paper isolate" dir="auto" data-cs="request-text">
              {markRuns(draft.text, items).map(({ text, mark }, index) => (mark
                ? <mark key={index} className={`m t-${mark.tier}${mark.settled ? ' t-done' : ''}`}>{text}</mark>
                : <span key={index}>{text}</span>))}
            </div>
          </section>
          <section className="card">
            <div className="sec"><h2>{t('apprDiff')}</h2></div>
            <div className="pad">
              {data.before === null ? <p className="small sub">{t('apprDiffNone')}</p>
                : data.before === `${draft.subject}\n\n${draft.text}` ? <p className="small sub">{t('apprDiffSame')}</p>
                  : <WordDiff before={data.before} after={`${draft.subject}\n\n${draft.text}`} />}
            </div>
          </section>
          <section className="card">
            <div className="sec"><h2>{t('apprFindings')}</h2></div>
            {items.length === 0 ? <p className="pad small sub">{t('apprNoFindings')}</p> : items.map((item) => (
              <div className="dec" key={item.key}>
                <TierGlyph tier={item.tier} />
                <h3><span className="vh">{tierName(item.tier)}: </span><bdi>{item.title}</bdi></h3>
                <span className="small sub" dir="auto">{item.outcome === 'open' || item.outcome === 'shown' ? t('apprUndecided') : t('apprDecided', outcomeName(item.outcome), item.reason)}</span>
                <div className="d"><q dir="auto">{item.quote}</q>{item.finding && <span><bdi>{item.finding.message}</bdi></span>}</div>
              </div>
            ))}
          </section>
          <Answer data={data} />
        </div>
        <aside className="card">
          <dl className="kv small">
            <dt>{t('apprFrom', '')}</dt><dd dir="auto">{[from.name, from.role].filter(Boolean).join(', ')}{!known && <span className="faint"> ({t('apprFromUnknown')})</span>}<br /><span className="mono">{phrase}</span></dd>
            <dt>{t('apprTo')}</dt><dd dir="auto">{draft.recipients.map((person) => person.address ?? person.name).join(', ') || t('historyNobody')}</dd>
            {draft.attachments && draft.attachments.length > 0 && <><dt>{t('apprAttachments')}</dt><dd dir="auto">{listOf(draft.attachments)}</dd></>}
            <dt>{t('apprAsksFor')}</dt><dd>{listOf(areas.map(areaName))}</dd>
            <dt>{t('apprBecause')}</dt><dd><ul>{requirement.reasons.map((reason, index) => <li key={index}>{reasonWords(reason)}</li>)}</ul></dd>
            <dt>{t('apprUntil', '')}</dt><dd>{dateTime(until)}</dd>
            <dt>{t('apprDigest')}</dt><dd className="mono" dir="ltr" title={digest}>{shortDigest(digest)}</dd>
          </dl>
        </aside>
      </div>
    </article>
  )
}

function Answer({ data }: { readonly data: RequestData }): ReactNode {
  const { row } = data
  const request = row.request.content
  if (row.answer && row.code) {
    return (
      <section className="card" aria-label={t('apprAnswer')}>
        <div className="sec"><h2>{t('apprAnswer')}</h2><span className="end">{row.state !== 'open' && t(`apprState_${row.state}`)}</span></div>
        <div className="pad col" style={{ gap: 8 }}>
          {row.answer.content.reason !== '' && <p dir="auto">{row.answer.content.reason}</p>}
          <p>{t('apprAnswered', request.from.name)}</p>
          <textarea className="input mono code" rows={3} readOnly dir="ltr" value={row.code} aria-label={t('apprTakeLabel')} data-cs="answer-code" />
          <CodeButtons code={row.code} name={`countersign-answer-${row.id.slice(0, 8)}`} />
        </div>
      </section>
    )
  }
  if (data.closed) return <div className="banner t-review" role="status"><Icon name="warning" /><span>{t(REFUSAL_WORDS[data.closed])}</span></div>
  if (data.areas.length === 0) return <div className="banner t-review" role="status"><Icon name="warning" /><span>{t('apprNotYours', listOf(request.areas.map(areaName)))}</span></div>
  return <AnswerForm data={data} />
}

function AnswerForm({ data }: { readonly data: RequestData }): ReactNode {
  const { draft } = data.row.request.content
  const field = useId()
  const [reason, setReason] = useState('')
  const [edit, setEdit] = useState<Reply['edit']>(null)
  const [state, answer] = useAction(async (verdict: Reply['verdict']) => { await answerRequest(data.row, { verdict, reason, edit: verdict === 'refuse' ? null : edit }, Date.now()) })
  const changed = edit !== null && (edit.text !== draft.text || edit.subject !== draft.subject)
  const noReason = reason.trim() === ''
  return (
    <section className="card" aria-label={t('apprAnswer')}>
      <div className="sec"><h2>{t('apprAnswer')}</h2></div>
      <div className="pad col" style={{ gap: 12 }}>
        {edit === null ? <span><Button size="sm" onClick={() => setEdit({ subject: draft.subject, text: draft.text })}><Icon name="pencil" size={14} />{t('apprEdit')}</Button></span> : (
          <>
            <div className="field"><label htmlFor={`${field}-s`}>{t('apprEditSubject')}</label><input id={`${field}-s`} className="input" dir="auto" value={edit.subject} onChange={(event) => setEdit({ ...edit, subject: event.currentTarget.value })} /></div>
            <div className="field"><label htmlFor={`${field}-t`}>{t('apprEditText')}</label><textarea id={`${field}-t`} className="input" dir="auto" rows={8} value={edit.text} onChange={(event) => setEdit({ ...edit, text: event.currentTarget.value })} /></div>
            {changed && <WordDiff before={draft.text} after={edit.text} />}
            <span><Button size="sm" look="quiet" onClick={() => setEdit(null)}>{t('apprEditStop')}</Button></span>
          </>
        )}
        <div className="field"><label htmlFor={`${field}-r`}>{t('apprReason')}</label><textarea id={`${field}-r`} className="input" dir="auto" rows={2} maxLength={4_000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} /></div>
        <div className="row wrap">
          <Button look="primary" size="lg" off={state.kind === 'busy'} onClick={(event) => { if (event.nativeEvent.isTrusted) answer('approve') }}>{t(changed ? 'apprApproveEdited' : 'apprApprove')}</Button>
          <Button look="danger" size="lg" off={state.kind === 'busy' || noReason} aria-describedby={`${field}-n`} onClick={(event) => { if (event.nativeEvent.isTrusted) answer('refuse') }}>{t('apprRefuse')}</Button>
        </div>
        <p className="small sub" id={`${field}-n`}>{noReason ? t('apprReasonNeeded') : ''}</p>
        {state.kind === 'failed' && <p className="said bad" role="alert">{t('dashNotSaved', state.message)}</p>}
      </div>
    </section>
  )
}
