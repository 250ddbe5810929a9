import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Counted } from '../../lib/learning/index.ts'
import type { StoredComparison } from '../../lib/store/index.ts'
import type { Running } from '../insights/proposals/job.ts'
import { messageOf } from '../shell/files.ts'
import { number } from '../shell/format.ts'
import { DraftsProgress } from '../shell/Progress.tsx'
import { routeHref } from '../shell/router.ts'
import { Button, Icon, t, type MessageKey } from '../ui/index.ts'

/** Starts the comparison; `cancel` ends it, and `done` then never settles. */
export type StartComparison = (onProgress: (done: number, total: number) => void) => Running<StoredComparison>

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly result: StoredComparison }
  | { readonly kind: 'failed'; readonly message: string }

const IDLE: State = { kind: 'idle' }

/** Tries a change on the drafts that are kept, before it is switched on: by itself, beside what holds now, and to be stopped at any time. Give it a new `key` with every other change. */
export function Compare({ start, label }: { readonly start: StartComparison; readonly label?: string }): ReactNode {
  const [state, setState] = useState<State>(IDLE)
  const cancel = useRef<() => void>(() => undefined)
  useEffect(() => () => cancel.current(), [])
  const begin = (): void => {
    setState({ kind: 'running', done: 0, total: 0 })
    const running = start((done, total) => setState({ kind: 'running', done, total }))
    cancel.current = running.cancel
    running.done.then((result) => setState({ kind: 'done', result }), (error: unknown) => setState({ kind: 'failed', message: messageOf(error) }))
  }
  const stop = (): void => {
    cancel.current()
    setState(IDLE)
  }
  return (
    <div className="col compare" style={{ gap: 10 }}>
      {state.kind === 'running'
        ? <DraftsProgress label={t('compareLabel')} done={state.done} total={state.total} onStop={stop} />
        : <div><Button size="sm" onClick={begin}><Icon name="history" />{label ?? t('compareStart')}</Button></div>}
      <div role="status">
        {state.kind === 'failed' && <p className="small bad">{t('compareFailed', state.message)}</p>}
        {state.kind === 'done' && <Result result={state.result} />}
      </div>
    </div>
  )
}

const ROWS = [['compareFound', 'foundNow', 'foundThen'], ['compareHeld', 'heldNow', 'heldThen'], ['compareOwned', 'ownedNow', 'ownedThen']] as const
const LISTS = [['compareNewlyFound', 'newlyFound'], ['compareNewlyHeld', 'newlyHeld'], ['compareNoLongerHeld', 'noLongerHeld'], ['compareAgainstDismissed', 'againstDismissed'], ['compareAgainstFixed', 'againstFixed']] as const

function Result({ result }: { readonly result: StoredComparison }): ReactNode {
  const without = result.withoutText > 0 && <p className="small faint">{t('compareWithout', number(result.withoutText))}</p>
  if (result.looked === 0) return <><p className="small sub">{t('compareNone')}</p>{without}</>
  return (
    <div className="col" style={{ gap: 8 }}>
      <table className="cmp">
        <caption className="small sub">{t('compareLooked', number(result.looked))}</caption>
        <thead><tr><th>{t('compareDrafts')}</th><th className="num">{t('compareNow')}</th><th className="num">{t('compareThen')}</th></tr></thead>
        <tbody>{ROWS.map(([key, now, then]) => <tr key={key}><th scope="row">{t(key)}</th><td className="num">{number(result[now])}</td><td className="num">{number(result[then])}</td></tr>)}</tbody>
      </table>
      {LISTS.map(([key, name]) => result[name].count > 0 && <Drafts key={key} name={key} drafts={result[name]} />)}
      {without}
    </div>
  )
}

function Drafts({ name, drafts: { count, numbers } }: { readonly name: MessageKey; readonly drafts: Counted }): ReactNode {
  return (
    <details>
      <summary className="sum">{t(name)} ({number(count)})</summary>
      <p className="row wrap small" style={{ gap: '2px 10px', paddingTop: 4 }}>
        {numbers.map((each) => <a key={each} href={routeHref('history', [String(each)])}>{t('compareDraft', number(each))}</a>)}
        {count > numbers.length && <span className="faint">{t('compareMore', number(count - numbers.length))}</span>}
      </p>
    </details>
  )
}
