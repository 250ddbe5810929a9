import type { RuleCard } from '../../../lib/learning/index.ts'
import type { Settings, StoredChange, StoredRange } from '../../../lib/store/index.ts'

// Apart from what uses React: the worker starts workers of its own.

/** What the dashboard asks of `entrypoints/learning-worker.ts`. */
export type LearningJob = { readonly kind: 'cards' } | { readonly kind: 'propose'; readonly off: Settings['off'] } | { readonly kind: 'backtest'; readonly change: StoredChange }
  /** A part of one, as the worker hands it to workers of its own. */
  | { readonly kind: 'backtest-part'; readonly change: StoredChange; readonly range: StoredRange }

/** What all days together say: the scorecards of rules, and how many corrections are counted. */
export interface Learned { readonly cards: readonly RuleCard[]; readonly corrected: number }

export interface Running<T> { readonly done: Promise<T>; readonly cancel: () => void }

type Said<T> = { readonly progress: { readonly done: number; readonly total: number } } | { readonly value: T } | { readonly failed: string }

/** Starts a job in a worker of its own. `cancel` ends the worker; `done` then never settles. A worker knows no `chrome` and gives its own `address`. */
export function startJob<T>(job: LearningJob, onProgress: (done: number, total: number) => void = () => undefined, address: string = chrome.runtime.getURL('/learning-worker.js')): Running<T> {
  const worker = new Worker(address)
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
