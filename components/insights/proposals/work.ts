import { liveQuery } from 'dexie'
import { useEffect, useState } from 'react'
import type { Proposal } from '../../../lib/learning/index.ts'
import { answeredProposals, listCorrections, loadSettings } from '../../../lib/store/index.ts'
import { startJob, type Learned, type LearningJob, type Running } from './job.ts'

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
