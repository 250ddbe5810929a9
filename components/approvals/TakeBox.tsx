import { useId, useRef, useState, type ReactNode } from 'react'
import { acceptCard, CODE_LIMIT, takeCode, type Taken } from '../../lib/team/approvals/index.ts'
import { keyPhrase } from '../../lib/review/approval/index.ts'
import { messageOf } from '../shell/files.ts'
import { routeHref } from '../shell/router.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { REFUSAL_WORDS } from './live.ts'
import { areasLine } from './words.ts'

type Outcome = { readonly kind: 'busy' } | { readonly kind: 'failed'; readonly message: string } | Taken | null

/** The one place where codes and files come in. */
export function TakeBox(): ReactNode {
  const field = useId()
  const file = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<Outcome>(null)
  const take = async (code: string): Promise<void> => {
    setOutcome({ kind: 'busy' })
    try {
      const taken = await takeCode(code, Date.now())
      setOutcome(taken)
      // What was refused stays, so that it can be compared and mended.
      if (taken.kind !== 'refused') setText('')
    } catch (error) {
      setOutcome({ kind: 'failed', message: messageOf(error) })
    }
  }
  const open = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return
    if (chosen.size > CODE_LIMIT + 10_000) setOutcome({ kind: 'refused', refusal: 'too-large' })
    else await take(await chosen.text())
  }
  return (
    <section className="card">
      <div className="sec"><h2>{t('apprTake')}</h2></div>
      <form className="pad col" style={{ gap: 10 }} onSubmit={(event) => { event.preventDefault(); if (outcome?.kind !== 'busy') void take(text) }}>
        <p className="small sub" id={`${field}-h`}>{t('apprTakeHelp')}</p>
        <label htmlFor={field} className="vh">{t('apprTakeLabel')}</label>
        <textarea
          id={field} className="input mono code" rows={3} dir="ltr" spellCheck={false} autoComplete="off" placeholder="CS1." value={text} aria-describedby={`${field}-h ${field}-o`}
          aria-invalid={outcome?.kind === 'refused' || undefined} onChange={(event) => { setText(event.currentTarget.value); if (outcome?.kind === 'refused') setOutcome(null) }}
        />
        <div className="row wrap">
          <Button type="submit" look="primary" off={outcome?.kind === 'busy'}>{t('apprTakeButton')}</Button>
          <Button onClick={() => file.current?.click()}><Icon name="upload" size={14} />{t('apprOpenFile')}</Button>
          <input ref={file} type="file" className="vh" tabIndex={-1} aria-hidden="true" accept=".countersign,.txt" onChange={(event) => { void open(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
        </div>
        <div id={`${field}-o`} role="status">{outcome && <Said outcome={outcome} onDone={() => setOutcome(null)} />}</div>
      </form>
    </section>
  )
}

function Said({ outcome, onDone }: { readonly outcome: NonNullable<Outcome>; readonly onDone: () => void }): ReactNode {
  switch (outcome.kind) {
    case 'busy': return <p className="small sub">{t('apprTaking')}</p>
    case 'failed': return <p className="said bad">{t('dashNotSaved', outcome.message)}</p>
    case 'refused': return <p className="said bad">{t(REFUSAL_WORDS[outcome.refusal])}</p>
    case 'request': return <p className="small">{t('apprTookRequest', outcome.row.request.content.from.name)} <a href={routeHref('approvals', [outcome.row.id])}>{t('apprLook')}</a></p>
    case 'answer': {
      const { by, verdict, reason } = outcome.answer
      return <p className={verdict === 'refused' ? 'said bad' : 'small'}>{verdict === 'refused' ? t('apprTookRefused', by.name, reason) : t(verdict === 'edited' ? 'apprTookEdited' : 'apprTookApproved', by.name)}</p>
    }
    case 'card': return <CardOffer taken={outcome} onDone={onDone} />
  }
}

function CardOffer({ taken, onDone }: { readonly taken: Extract<Taken, { kind: 'card' }>; readonly onDone: () => void }): ReactNode {
  const { card, known } = taken
  const [deputy, setDeputy] = useState(false)
  const [failed, setFailed] = useState('')
  const keep = (): void => { acceptCard(card, deputy, Date.now()).then(onDone, (error: unknown) => setFailed(messageOf(error))) }
  return (
    <div className="offer col" style={{ gap: 8 }}>
      <p>{t('apprTookCard', card.name)}</p>
      <p className="strong isolate">{[card.name, card.role].filter(Boolean).join(', ')}</p>
      <p className="small sub">{areasLine(card)}</p>
      <p className="mono">{t('apprPhrase', keyPhrase(card.signKey))}</p>
      <p className="small sub">{t('apprPhraseHelp')}</p>
      {known && <p className="small">{t('apprChanged')}</p>}
      <label className="row small"><input type="checkbox" checked={deputy} onChange={(event) => setDeputy(event.currentTarget.checked)} />{t('apprKeepDeputy')}</label>
      <div className="row wrap"><Button look="primary" onClick={keep}>{t('apprKeep')}</Button><Button look="quiet" onClick={onDone}>{t('apprDrop')}</Button></div>
      {failed !== '' && <p className="said bad">{t('dashNotSaved', failed)}</p>}
    </div>
  )
}
