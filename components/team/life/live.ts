import { changedRules } from '../../../lib/learning/index.ts'
import { getPack, loadSettings, managedPolicy, PERSONAL_PACK, policyOf, removePersonalRule, type StoredComparison } from '../../../lib/store/index.ts'
import { startJob, type Running } from '../../insights/proposals/job.ts'
import { t } from '../../ui/index.ts'
import type { TryPack } from './Trial.tsx'

/** How far back a pack is tried. Milliseconds. */
const MONTH = 30 * 86_400_000

/** Tries a pack over the drafts of the last month in a worker of its own. */
export const tryPack: TryPack = (base, pack, onProgress) => {
  let running: Running<StoredComparison> | null = null
  let over = false
  const done = (async () => {
    const policy = policyOf(await loadSettings(), await managedPolicy())
    const change = { ...changedRules(base ? [base] : [], [pack]), present: policy, other: policy, since: Date.now() - MONTH }
    // Cancelled before it began: what is never started never ends, and nobody waits for it.
    if (over) return new Promise<StoredComparison>(() => undefined)
    running = startJob<StoredComparison>({ kind: 'backtest', change }, onProgress)
    return running.done
  })()
  return { done, cancel: () => { over = true; running?.cancel() } }
}

/** Takes rules out of one's own pack by name, because the team's has them now. Those that are gone already are left alone. */
export async function removeOwn(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const id = `${PERSONAL_PACK}/${name}`
    if ((await getPack(PERSONAL_PACK))?.pack.rules.some((rule) => rule.id === id)) await removePersonalRule(id, t('learnPackTitle'), Date.now())
  }
}
