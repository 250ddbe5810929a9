import type { KeyboardEvent, ReactNode } from 'react'
import { useId, useRef } from 'react'
import type { ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { listFormat } from '../ui/formats.ts'
import { Button, Icon, SettledBar, TierGlyph, WordDiff, needsWords, t, tierWords, tn, uiLocale, watchedWords } from '../ui/index.ts'
import { OriginRow } from './OriginRow.tsx'
import { OverrideForm } from './OverrideForm.tsx'
import { PanelRows } from './PanelRows.tsx'
import { SignBlock } from './SignBlock.tsx'
import { CloseButton, Surface } from './Surface.tsx'
import { useReview, useReviewState } from './context.ts'
import { inTextField, isSignKey, onControl, plainKey } from './keys.ts'
import { mayOverride, progress, sinceLook, type Since } from './model.ts'
import { placePanel } from './place.ts'
import { coverageSentences, number, panelHead, troubleSentence } from './words.ts'

/** What holds the draft, how much is left, and the signature. */
export function Panel({ session, snapshot }: { readonly session: ReviewSession; readonly snapshot: SessionSnapshot }) {
  const { actions, beside, dir } = useReview()
  const overriding = useReviewState((state) => state.overriding) && mayOverride(snapshot)
  const look = useReviewState((state) => state.looks[session.id])
  const since = look ? sinceLook(look, snapshot) : null
  const id = useId()
  const firstRow = useRef<HTMLButtonElement>(null)

  const onKey = (event: KeyboardEvent): void => {
    if (isSignKey(event)) {
      event.preventDefault()
      if (!overriding) actions.sign(event.nativeEvent)
    } else if (event.key === 'Enter' && event.repeat && onControl(event)) {
      event.preventDefault() // A key that is still down from the page's own send must press nothing of ours.
    } else if (plainKey(event) === '?' && !inTextField(event)) {
      event.preventDefault()
      actions.setHelp(true)
    }
  }
  const onEscape = (): void => {
    if (overriding) actions.setOverriding(false)
    else actions.backToText()
  }
  return (
    <Surface
      session={session} cs="panel" role="alertdialog" labelledBy={`${id}-t`} describedBy={`${id}-d`} className="held" onKey={onKey} onEscape={onEscape} focusFirst={firstRow}
      place={(view, size) => placePanel(view, session.frameRect(), size, dir === 'rtl' ? 'right' : 'left')}
    >
      {overriding
        ? <OverrideForm session={session} snapshot={snapshot} titleId={`${id}-t`} textId={`${id}-d`} />
        : (
            <>
              <PanelHead snapshot={snapshot} titleId={`${id}-t`} textId={`${id}-d`}>
                {beside && <Button look="quiet" size="sm" icon className="end" cs="beside" aria-label={t('reviewBeside')} title={t('reviewBeside')} onClick={(event) => { actions.openBeside(event.nativeEvent) }}><Icon name="side" /></Button>}
                <CloseButton onClick={actions.backToText} />
              </PanelHead>
              {since && <SinceLook since={since} />}
              <PanelRows session={session} snapshot={snapshot} firstRow={firstRow} fresh={since?.fresh ?? []} />
              <PanelCover snapshot={snapshot} />
              <SignBlock snapshot={snapshot} />
              {snapshot.phase !== 'lost' && snapshot.phase !== 'failed' && <OriginRow session={session} snapshot={snapshot} />}
            </>
          )}
    </Surface>
  )
}

interface HeadProps { readonly snapshot: SessionSnapshot; readonly titleId: string; readonly textId: string; readonly children?: ReactNode }

/** What holds the draft and why, and how much is settled. `children` stand at the end of the title. */
export function PanelHead({ snapshot, titleId, textId, children }: HeadProps) {
  const { settled, total } = progress(snapshot)
  const head = panelHead(snapshot, settled, total)
  return (
    <div className="hd">
      <div className="row">
        {head.mark && <TierGlyph tier={head.mark} size={18} />}
        {head.icon && <Icon name={head.icon} size={18} />}
        <h2 id={titleId}>{head.title}</h2>
        {children}
      </div>
      <p className="sub" id={textId}>{head.text}</p>
      {snapshot.gate.kind === 'hold' && snapshot.requirement.tier !== 'note' && <p className="small" data-cs="needs">{needsWords(snapshot.requirement)}</p>}
      {snapshot.held && snapshot.mode === 'remind' && <p className="small sub">{t('reviewReminder')}</p>}
      {total > 0 && <SettledBar settled={settled} total={total} label={t('reviewBar', number(settled), number(total))} />}
    </div>
  )
}

/** What of the draft is not watched or did not work, then what is. */
export function PanelCover({ snapshot }: { readonly snapshot: SessionSnapshot }) {
  if (snapshot.phase === 'lost') return null
  return <><Warnings sentences={[troubleSentence(snapshot), ...coverageSentences(snapshot)].filter(Boolean)} /><Watched snapshot={snapshot} /></>
}

/** What is different since the panel was last closed. */
function SinceLook({ since: { fresh, gone, text, words } }: { readonly since: Since }) {
  const parts = [fresh.length > 0 && tn('reviewSinceNew', fresh.length), gone > 0 && tn('reviewSinceGone', gone), text && t('reviewSinceText')].filter((part) => part !== false)
  return (
    <div className="since" data-cs="since" role="group" aria-label={t('reviewSince')}>
      <p className="small sub"><b>{t('reviewSince')}</b> {listFormat(uiLocale(), { type: 'unit', style: 'short' }).format(parts)}</p>
      {words && <WordDiff {...words} label={t('reviewSince')} />}
    </div>
  )
}

/** What could not be read or did not work: said before the signature, with what to do. */
function Warnings({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    // It scrolls where the screen is small, so keys must reach it.
    <ul className="warns" tabIndex={0} aria-label={t('reviewWarnings')}>
      {sentences.map((sentence) => <li key={sentence} className="row top small"><Icon name="warning" size={14} /><span>{sentence}</span></li>)}
    </ul>
  )
}

/** What of this draft is watched, and what the policy makes of the rest. */
function Watched({ snapshot: { coverage } }: { readonly snapshot: SessionSnapshot }) {
  const words = [tierWords(coverage), watchedWords(coverage)].filter(Boolean).join(' ')
  return words === '' ? null : <p className="watched tiny faint" data-cs="watched">{words}</p>
}
