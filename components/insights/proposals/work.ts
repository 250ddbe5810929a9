import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import type { Proposal } from '../../../lib/learning/index.ts'
import { answeredProposals, listCorrections, loadSettings, type Settings, type StoredChange } from '../../../lib/store/index.ts'

/** What the dashboard asks of `entrypoints/learning-worker.ts`. */
export type LearningJob = { readonly kind: 'propose'; readonly off: Settings['off'] } | { readonly kind: 'backtest'; readonly change: StoredChange }

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

export interface ProposalsNow { readonly proposals: readonly Proposal[] | null; readonly failed: Error | null }

/** What is proposed now, worked out off the page's thread; again after each correction and each answer. Null until it is known for the first time. */
export function useProposals(): ProposalsNow {
  const [state, setState] = useState<ProposalsNow>({ proposals: null, failed: null })
  useEffect(() => {
    let running: Running<Proposal[]> | null = null
    let turn = 0
    const work = async (): Promise<readonly Proposal[] | null> => {
      const mine = ++turn
      const { off } = await loadSettings()
      if (mine !== turn) return null
      running?.cancel()
      running = startJob<Proposal[]>({ kind: 'propose', off })
      return running.done
    }
    const fail = (failed: unknown): void => setState((last) => ({ ...last, failed: failed instanceof Error ? failed : new Error(String(failed)) }))
    const watch = liveQuery(async () => [(await listCorrections({ limit: 1 })).at(-1)?.id ?? 0, (await answeredProposals()).size] as const).subscribe({
      next: () => { work().then((proposals) => { if (proposals) setState({ proposals, failed: null }) }, fail) },
      error: fail,
    })
    return () => {
      turn++
      watch.unsubscribe()
      running?.cancel()
    }
  }, [])
  return state
}
