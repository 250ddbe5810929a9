import type { RulePack, Tier } from '../../lib/engine/index.ts'
import { changedRules } from '../../lib/learning/index.ts'
import type { Policy } from '../../lib/policy/index.ts'
import { listPacks, loadSettings, managedPolicy, packsInUse, policyOf, type Settings, type StoredChange, type StoredComparison } from '../../lib/store/index.ts'
import { startJob, type Running } from '../insights/proposals/job.ts'
import { loadBuiltins } from '../shell/builtins.ts'
import type { StartComparison } from './Compare.tsx'

/** What a change is made to: the packs that are installed, and what is switched off of them. */
export interface InUse { readonly installed: readonly RulePack[]; readonly off: Settings['off'] }

/** Rules as they are beside rules as they would be, under the policy in force. `change` gives what would be in use. */
export function compareRules(change: (now: InUse) => InUse): StartComparison {
  return started(async () => {
    const { builtins, now, policy } = await present()
    const then = change(now)
    const [before, after] = [now, then].map(({ installed, off }) => packsInUse(builtins, installed, off)) as [RulePack[], RulePack[]]
    return { ...changedRules(before, after), present: policy, other: policy, since: 0, tiers: tiersOf([...builtins, ...now.installed]) }
  })
}

/** Past drafts with a pack that is not in use yet, in place of the one of its name. */
export function compareNewPack(pack: RulePack): StartComparison {
  return compareRules(({ installed, off }) => ({ installed: [...installed.filter(({ id }) => id !== pack.id), pack], off: { ...off, packs: off.packs.filter((id) => id !== pack.id) } }))
}

/** Another policy beside the one in force, over what was found at the time. */
export function comparePolicies(other: Policy): StartComparison {
  return started(async () => {
    const { builtins, now, policy } = await present()
    return { before: [], after: [], present: policy, other, since: 0, tiers: tiersOf([...builtins, ...now.installed]) }
  })
}

/** A pack with a rule put in, in place of the one of the same name. */
export function withRule(pack: RulePack, rule: RulePack['rules'][number], lists: RulePack['lists'] = {}): RulePack {
  return { ...pack, lists: { ...pack.lists, ...lists }, rules: [...pack.rules.filter(({ id }) => id !== rule.id), rule] }
}

async function present(): Promise<{ readonly builtins: readonly RulePack[]; readonly now: InUse; readonly policy: Policy }> {
  const [builtins, rows, settings, administrator] = await Promise.all([loadBuiltins(), listPacks(), loadSettings(), managedPolicy()])
  return { builtins, now: { installed: rows.map(({ pack }) => pack), off: settings.off }, policy: policyOf(settings, administrator) }
}

function tiersOf(packs: readonly RulePack[]): Record<string, Tier> {
  return Object.fromEntries(packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, rule.tier] as const)))
}

/** In a worker of its own once it is known what to compare; `cancel` counts from the first moment. */
function started(make: () => Promise<StoredChange>): StartComparison {
  return (onProgress) => {
    let running: Running<StoredComparison> | null = null
    let open = true
    const never = new Promise<StoredComparison>(() => undefined)
    const done = make().then((change) => {
      if (!open) return never
      running = startJob<StoredComparison>({ kind: 'backtest', change }, onProgress)
      return running.done
    })
    return { done, cancel: () => { open = false; running?.cancel() } }
  }
}
