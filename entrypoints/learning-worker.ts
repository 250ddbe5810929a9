import builtins from 'virtual:builtin-packs'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import type { Learned, LearningJob } from '../components/insights/proposals/work.ts'
import { propose, scoresOf, sumTallies } from '../lib/learning/index.ts'
import { backtestStored, listTallies, loadExperience } from '../lib/store/index.ts'

/**
 * Learns off the dashboard's thread: scorecards from all days, proposals from all that is kept, and a changed rule, pack or policy over past drafts. Started by `components/insights/proposals/work.ts`.
 * A running job is ended by ending the worker. Says `{progress}` now and then, and `{value}` or `{failed}` at the end.
 */
export default defineUnlistedScript(() => {
  addEventListener('message', ({ data }: MessageEvent<LearningJob>) => {
    run(data).then((value) => postMessage({ value }), (error: unknown) => postMessage({ failed: error instanceof Error ? error.message : String(error) }))
  })
})

async function run(job: LearningJob): Promise<unknown> {
  if (job.kind === 'cards') {
    const days = await listTallies()
    return { cards: scoresOf(days), corrected: sumTallies(days, { of: 'drafts', by: [] })[0]?.counts.corrected ?? 0 } satisfies Learned
  }
  if (job.kind === 'propose') return propose(await loadExperience(builtins, job.off, Date.now()))
  let last = 0
  return backtestStored(job.change, {
    onProgress: (done, total) => {
      // A page has nothing from being told more often.
      if (Date.now() - last < 100 && done < total) return
      last = Date.now()
      postMessage({ progress: { done, total } })
    },
  })
}
