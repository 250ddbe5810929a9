import { useState, type ReactNode } from 'react'
import { revokeRequest } from '../../lib/team/approvals/index.ts'
import type { ContactRow, InboxRow, SentRequestRow } from '../../lib/store/index.ts'
import { dateTime, listOf } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Said } from '../shell/Said.tsx'
import { useAction } from '../shell/useAction.ts'
import { areaName, Button, EmptyState, Icon, TierGlyph, t, WordDiff } from '../ui/index.ts'
import { CodeButtons } from './CodeButtons.tsx'
import { sentState } from './words.ts'
import { TellMe } from './TellMe.tsx'

/** What others ask of this person. */
export function Queue({ rows, now }: { readonly rows: readonly InboxRow[]; readonly now: number }): ReactNode {
  return (
    <section className="card" aria-label={t('apprQueue')}>
      <div className="sec"><h2>{t('apprQueue')}</h2></div>
      {rows.length === 0 ? <EmptyState icon="inbox" title={t('apprQueueEmpty')}><p>{t('apprQueueEmptyHelp', t('apprTake'))}</p></EmptyState> : rows.map((row) => {
        const { from, draft, areas, until } = row.request.content
        const state = row.state === 'open' && until <= now ? 'expired' : row.state
        return (
          <div className="line" key={row.id}>
            <a className="strong isolate clip" href={routeHref('approvals', [row.id])}>{draft.subject || t('historyNoSubject')}</a>
            <span className="d">{t('apprFrom', from.name)} · {listOf(areas.map(areaName))} · {state === 'open' ? t('apprUntil', dateTime(until)) : dateTime(row.at)}</span>
            <span className="r"><State state={state} />{state === 'open' && <a className="btn sm" href={routeHref('approvals', [row.id])}>{t('apprLook')}</a>}</span>
          </div>
        )
      })}
    </section>
  )
}

interface SentProps { readonly rows: readonly SentRequestRow[]; readonly contacts: readonly ContactRow[]; readonly now: number }

/** What this person asked of others. */
export function SentRequests({ rows, contacts, now }: SentProps): ReactNode {
  return (
    <section className="card" aria-label={t('apprSent')}>
      <div className="sec"><h2>{t('apprSent')}</h2></div>
      {rows.length === 0
        ? <EmptyState icon="mail" title={t('apprSentEmpty')}><p>{t('apprSentEmptyHelp')}</p></EmptyState>
        : rows.map((row) => <Sent key={row.id} row={row} contacts={contacts} now={now} />)}
      {rows.some((row) => sentState(row, now) === 'waiting') && <TellMe />}
    </section>
  )
}

async function revoke(id: string): Promise<void> {
  await revokeRequest(id, Date.now())
}

function Sent({ row, contacts, now }: Omit<SentProps, 'rows'> & { readonly row: SentRequestRow }): ReactNode {
  const [taking, takeBack] = useAction(revoke)
  const state = sentState(row, now)
  const asked = contacts.filter((contact) => row.request.asked.includes(contact.signKey)).map((contact) => contact.name)
  const edited = row.answers.findLast((answer) => answer.content.edit !== null)?.content.edit
  return (
    <div className="line sent">
      <span className="strong isolate clip">{row.request.draft.subject || t('historyNoSubject')}</span>
      <span className="d">
        {listOf(asked)} · {listOf(row.request.areas.map(areaName))} · {t('apprUntil', dateTime(row.request.until))}
        {row.answers.map(({ content }) => content.reason !== '' && <span key={content.by.signKey} dir="auto"><br />{content.by.name}: {content.reason}</span>)}
      </span>
      <span className="r">
        <State state={state} />
        {state === 'waiting' && <CodeButtons code={row.code} name={`countersign-request-${row.id.slice(0, 8)}`} />}
        {(state === 'waiting' || state === 'approved' || state === 'edited') && <Button size="sm" look="quiet" onClick={() => takeBack(row.id)}>{t('apprRevoke')}</Button>}
        <Said state={taking} done="" />
      </span>
      {state === 'edited' && edited && <Edited before={row.request.draft.text} text={edited.text} />}
    </div>
  )
}

function Edited({ before, text }: { readonly before: string; readonly text: string }): ReactNode {
  const [said, setSaid] = useState('')
  return (
    <div className="more col" style={{ gap: 8 }}>
      <h3>{t('apprChangedText')}</h3>
      <WordDiff before={before} after={text} />
      <span className="row"><Button size="sm" onClick={() => { navigator.clipboard.writeText(text).then(() => setSaid(t('apprCopied')), (error: unknown) => setSaid(String(error))) }}><Icon name="clipboard" size={14} />{t('apprCopyText')}</Button><span role="status" className="said">{said}</span></span>
    </div>
  )
}

function State({ state }: { readonly state: 'open' | 'approved' | 'edited' | 'refused' | 'waiting' | 'revoked' | 'expired' }): ReactNode {
  switch (state) {
    case 'approved':
    case 'edited': return <span className="tier soft t-signed"><TierGlyph tier="signed" size={12} />{t(`apprState_${state}`)}</span>
    case 'refused': return <span className="tier soft t-block"><Icon name="warning" size={12} />{t('apprState_refused')}</span>
    case 'open':
    case 'waiting': return <span className="tier soft t-review"><Icon name="clock" size={12} />{t(`apprState_${state}`)}</span>
    case 'revoked':
    case 'expired': return <span className="pill">{t(`apprState_${state}`)}</span>
  }
}
