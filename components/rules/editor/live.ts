import type { Rule, RulePack } from '../../../lib/engine/index.ts'
import { getPack, listPacks, listRecords, loadSettings, PERSONAL_PACK, removePersonalRule, savePersonalRule, setRuleOn } from '../../../lib/store/index.ts'
import type { StartComparison } from '../../compare/Compare.tsx'
import { compareRules, withRule } from '../../compare/live.ts'
import { loadBuiltins } from '../../shell/builtins.ts'
import { t } from '../../ui/index.ts'
import { copyId, type PastDrafts } from './model.ts'
import type { RulePort, Saving } from './store.ts'

/** Saves into the own pack; worker and open pages are told by the store. */
export const rulePort: RulePort = {
  save: async ({ rule, lists, off, isNew }) => {
    const result = await savePersonalRule(rule, t('learnPackTitle'), Date.now(), lists)
    if (result.kind === 'keep') return { ok: false, problems: result.problems.map(({ reason, fix }) => `${reason} ${fix}`) }
    // One of the same name may have been switched off long ago.
    if (isNew) await setRuleOn(rule.id, true)
    if (off !== null) await setRuleOn(off, false)
    return { ok: true }
  },
}

/** What the rule that is being written would have made of past drafts: in the own pack, with its original switched off where it stands in for one. */
export function compareWritten({ rule, lists, off }: Pick<Saving, 'rule' | 'lists' | 'off'>): StartComparison {
  return compareRules(({ installed, off: now }) => {
    const own = installed.find(({ id }) => id === PERSONAL_PACK) ?? { format: 1, id: PERSONAL_PACK, version: '0.0.0', title: PERSONAL_PACK, description: '', owner: PERSONAL_PACK, lists: {}, rules: [] }
    return {
      installed: [...installed.filter(({ id }) => id !== PERSONAL_PACK), withRule(own, rule, lists)],
      off: { packs: now.packs.filter((id) => id !== PERSONAL_PACK), rules: [...now.rules.filter((id) => id !== rule.id), ...(off === null ? [] : [off])] },
    }
  })
}

/** What deleting a rule did, and how to take it back. */
export interface Deleted {
  /** The rule that checks again because its changed copy is gone, null where there is none. */
  readonly again: Rule | null
  readonly undo: () => Promise<void>
}

/**
 * Takes a rule out of the own pack. The original that it stood in for checks again: deleting a copy must not leave a hole.
 * @throws an error with the reason when the rest of the pack could not be stored
 */
export async function deleteRule(rule: Rule): Promise<Deleted> {
  const lists = (await getPack(PERSONAL_PACK))?.pack.lists ?? {}
  const { off } = await loadSettings()
  const again = (await otherRules()).find(({ id }) => copyId(id) === rule.id && off.rules.includes(id)) ?? null
  const result = await removePersonalRule(rule.id, t('learnPackTitle'), Date.now())
  if (result?.kind === 'keep') throw new Error(result.problems.map(({ reason }) => reason).join(' '))
  if (again) await setRuleOn(again.id, true)
  return {
    again,
    undo: async () => {
      const back = await savePersonalRule(rule, t('learnPackTitle'), Date.now(), lists)
      if (back.kind === 'keep') throw new Error(back.problems.map(({ reason }) => reason).join(' '))
      if (again) await setRuleOn(again.id, false)
    },
  }
}

async function otherRules(): Promise<readonly Rule[]> {
  const packs: readonly RulePack[] = [...(await loadBuiltins()), ...(await listPacks()).map((row) => row.pack)]
  return packs.filter((pack) => pack.id !== PERSONAL_PACK).flatMap((pack) => pack.rules)
}

/** How far back a rule that is being written is tried, and on how many drafts at most. */
const LOOK_BACK_MS = 30 * 86_400_000
const MOST_DRAFTS = 500

/** The drafts of the last month, newest first. `now` in milliseconds since the epoch. */
export async function pastDrafts(now: number): Promise<PastDrafts> {
  const records = (await listRecords({ limit: MOST_DRAFTS })).filter(({ updated }) => updated >= now - LOOK_BACK_MS)
  const drafts = records.flatMap(({ number, updated, kind, site, subject, recipients, text, blocks }) => (text === null ? [] : [{ number, at: updated, draft: { kind, site, subject, recipients, text, blocks, locale: '' } }]))
  return { drafts, withoutText: records.length - drafts.length }
}
