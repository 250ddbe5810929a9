import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import type { Proposal, RuleCard } from '../../../lib/learning/index.ts'
import { answeredProposals, listCorrections, loadSettings, type Settings, type StoredChange } from '../../../lib/store/index.ts'

/** What the dashboard asks of `entrypoints/learning-worker.ts`. */
export type LearningJob = { readonly kind: 'cards' } | { readonly kind: 'propose'; readonly off: Settings['off'] } | { readonly kind: 'backtest'; readonly change: StoredChange }

/** What all days together say: the scorecards of rules, and how many corrections are counted. */
export interface Learned { readonly cards: readonly RuleCard[]; readonly corrected: number }

export interface Running<T> { readonly done: Promise<T>; readonly cancel: () => void }

type Said<T> = { readonly progress: { readonly done: number; readonly total: number } } | { readonly value: T } | { readonly failed: string }

/** Starts a job in a worker of its own. `cancel` ends the worker; `done` then never settles. */
export function startJob<T>(job: LearningJob, onProgress: (done: number, total: number) => void = () => undefined): Running<T> {
  const worker = new Worker(chrome.runtime.getURL('/learning-worker.js'))
  const done = new Promise<T>((resolve, reject) => {
    worker.onerror = (event) => { reject(new Error(event.message)); worker.terminate() }
    worker.onmessage = ({ data }: MessageEvent<Said<T>>) => {
      if ('progress' in data) onProgress(data.progress.done, data.progress.total)
      else {
        worker.terminate()
        if ('value' in data) resolve(data.value)
        else reject(new Error(data.failed))
      }
    }
  })
  worker.postMessage(job)
  return { done, cancel: () => worker.terminate() }
}

export interface LearningNow { readonly learned: Learned | null; readonly proposals: readonly Proposal[] | null; readonly failed: Error | null }

/**
 * Scorecards, and what is proposed now, worked out off the page's thread from when `ready`, one after the other; again after each correction and each answer. Null until they are known
 * for the first time.
 */
export function useLearning(ready: boolean): LearningNow {
  const [state, setState] = useState<LearningNow>({ learned: null, proposals: null, failed: null })
  useEffect(() => {
    if (!ready) return undefined
    let running: Running<unknown> | null = null
    let turn = 0
    const run = <T,>(job: LearningJob): Promise<T> => {
      const started = startJob<T>(job)
      running = started
      return started.done
    }
    const work = async (): Promise<void> => {
      const mine = ++turn
      running?.cancel()
      const learned = await run<Learned>({ kind: 'cards' })
      if (mine !== turn) return
      setState((last) => ({ ...last, learned }))
      const { off } = await loadSettings()
      if (mine !== turn) return
      const proposals = await run<Proposal[]>({ kind: 'propose', off })
      if (mine === turn) setState({ learned, proposals, failed: null })
    }
    const fail = (failed: unknown): void => setState((last) => ({ ...last, failed: failed instanceof Error ? failed : new Error(String(failed)) }))
    const watch = liveQuery(async () => [(await listCorrections({ limit: 1 })).at(-1)?.id ?? 0, (await answeredProposals()).size] as const).subscribe({
      next: () => { work().catch(fail) },
      error: fail,
    })
    return () => {
      turn++
      watch.unsubscribe()
      running?.cancel()
    }
  }, [ready])
  return state
}
