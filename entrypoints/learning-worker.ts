import builtins from 'virtual:builtin-packs'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startJob, type Learned, type LearningJob } from '../components/insights/proposals/job.ts'
import { propose, scoresOf, sumTallies } from '../lib/learning/index.ts'
import { backtestStored, listTallies, loadExperience, storedRanges, sumStored, type StoredChange, type StoredComparison } from '../lib/store/index.ts'

/** Drafts that one worker looks at before another one is worth its start. */
const WORTH = 5_000
/** Workers at once, at most: the database behind them is one. */
const MOST = 4

/**
 * Learns off the dashboard's thread: scorecards from all days, proposals from all that is kept, and a changed rule, pack or policy over past drafts. Started by `components/insights/proposals/job.ts`.
 * A running job is ended by ending the worker. Says `{progress}` now and then, and `{value}` or `{failed}` at the end.
 */
export default defineUnlistedScript(() => {
  addEventListener('message', ({ data }: MessageEvent<LearningJob>) => {
    run(data).then((value) => postMessage({ value }), (error: unknown) => postMessage({ failed: error instanceof Error ? error.message : String(error) }))
  })
})

async function run(job: LearningJob): Promise<unknown> {
  switch (job.kind) {
    case 'cards': {
      const days = await listTallies()
      return { cards: scoresOf(days), corrected: sumTallies(days, { of: 'drafts', by: [] })[0]?.counts.corrected ?? 0 } satisfies Learned
    }
    case 'propose': return propose(await loadExperience(builtins, job.off, Date.now()))
    case 'backtest': return compare(job.change)
    case 'backtest-part': return backtestStored(job.change, { range: job.range, onProgress: telling() })
  }
}

/** A long history in parts, by workers of this worker, which end with it. */
async function compare(change: StoredChange): Promise<StoredComparison> {
  const ranges = await storedRanges(change.since, Math.min(MOST, navigator.hardwareConcurrency), WORTH)
  const [first] = ranges
  if (!first || ranges.length === 1) return backtestStored(change, { ...(first ? { range: first } : {}), onProgress: telling() })
  const tell = telling()
  const done = ranges.map(() => 0)
  const total = ranges.reduce((sum, range) => sum + range.total, 0)
  return sumStored(await Promise.all(ranges.map((range, index) => startJob<StoredComparison>({ kind: 'backtest-part', change, range }, (count) => {
    done[index] = count
    tell(done.reduce((sum, each) => sum + each, 0), total)
  }, self.location.href).done)))
}

/** Tells how far a job is; a page has nothing from being told more often than ten times a second. */
function telling(): (done: number, total: number) => void {
  let last = 0
  return (done, total) => {
    if (Date.now() - last < 100 && done < total) return
    last = Date.now()
    postMessage({ progress: { done, total } })
  }
}
