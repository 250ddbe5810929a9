import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { RulePack } from '../../../lib/engine/index.ts'
import type { StoredComparison } from '../../../lib/store/index.ts'
import { messageOf } from '../../shell/files.ts'
import { number } from '../../shell/format.ts'
import { DraftsProgress } from '../../shell/Progress.tsx'
import { routeHref } from '../../shell/router.ts'
import { Button, t, tn } from '../../ui/index.ts'

/** Runs a pack over the drafts of the last month, beside what it was before; ends when `cancel` is called. */
export type TryPack = (base: RulePack | null, pack: RulePack, onProgress: (done: number, total: number) => void) => { readonly done: Promise<StoredComparison>; readonly cancel: () => void }

interface TrialProps { readonly base: RulePack | null; readonly pack: RulePack; readonly tryPack: TryPack }
type State = { readonly kind: 'idle' } | { readonly kind: 'busy'; readonly done: number; readonly total: number } | { readonly kind: 'done'; readonly of: string; readonly result: StoredComparison } | { readonly kind: 'failed'; readonly message: string }

/** What the next version would have done in the last month, before it is published. A result of other rules than those now chosen is not shown. */
export function Trial({ base, pack, tryPack }: TrialProps): ReactNode {
  const [state, setState] = useState<State>({ kind: 'idle' })
  const running = useRef<ReturnType<TryPack> | null>(null)
  useEffect(() => () => running.current?.cancel(), [])
  const of = JSON.stringify([pack.rules, pack.lists])
  const start = (): void => {
    running.current?.cancel()
    setState({ kind: 'busy', done: 0, total: 0 })
    const job = tryPack(base, pack, (done, total) => setState({ kind: 'busy', done, total }))
    running.current = job
    job.done.then((result) => setState({ kind: 'done', of, result }), (error: unknown) => setState({ kind: 'failed', message: messageOf(error) }))
  }
  return (
    <section className="card">
      <div className="sec"><h2>{t('packTrial')}</h2><span className="end"><Button size="sm" off={state.kind === 'busy'} onClick={start}>{t('packTrialButton')}</Button></span></div>
      <div className="pad col small" style={{ gap: 6 }}>
        {state.kind === 'busy' && <DraftsProgress label={t('compareLabel')} done={state.done} total={state.total} />}
        <div className="col" role="status" style={{ gap: 6 }}>{words(state, of)}</div>
      </div>
    </section>
  )
}

function words(state: State, of: string): ReactNode {
  switch (state.kind) {
    case 'idle': return <p className="sub">{t('packTrialHelp')}</p>
    case 'busy': return null
    case 'failed': return <p className="said bad">{state.message}</p>
    case 'done': return state.of === of ? <Result result={state.result} /> : <p className="sub">{t('packTrialOld')}</p>
  }
}

function Result({ result }: { readonly result: StoredComparison }): ReactNode {
  const { looked, foundNow, foundThen, newlyFound, newlyHeld, noLongerHeld, againstDismissed, againstFixed, withoutText } = result
  if (looked === 0) return <p className="sub">{withoutText === 0 ? t('editPastEmpty') : t('editPastNoTexts')} {withoutText > 0 && <a href={routeHref('settings', ['data'])}>{t('settingsTitle')}</a>}</p>
  const lists = [['packTrialFound', newlyFound], ['packTrialHeld', newlyHeld], ['packTrialFree', noLongerHeld], ['packTrialDismissed', againstDismissed], ['packTrialFixed', againstFixed]] as const
  return (
    <>
      <p className="strong">{t('packTrialSum', number(looked), number(foundNow), number(foundThen))}</p>
      {lists.filter(([, { count }]) => count > 0).map(([key, { count, numbers }]) => (
        <p key={key}>{tn(key, count)} {numbers.slice(0, 5).map((each) => <a key={each} href={routeHref('history', [String(each)])} className="num">{number(each)} </a>)}</p>
      ))}
      {withoutText > 0 && <p className="faint">{tn('editPastWithout', withoutText)}</p>}
    </>
  )
}
