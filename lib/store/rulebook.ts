import type { RulePack } from '../engine/index.ts'
import type { Rulebook } from '../guard/types.ts'
import { rulesetDigest } from '../packs/index.ts'
import { ownedAreas, policyDigest, teamSuppressions } from '../policy/index.ts'
import { listPacks, PERSONAL_PACK, rulebookMark } from './packs.ts'
import { packsInUse, provenanceOf } from './packs-in-use.ts'
import { countRecords, knownDomains } from './records.ts'
import { compiledRuleset } from './ruleset.ts'
import { administratorByNow } from './administrator.ts'
import { loadSettings, policyOf, type Settings } from './settings.ts'

/** All that drafts are checked with, from settings and packs as they are now. `anew`: also the ruleset that was kept is compiled again. */
export async function buildRulebook(builtins: readonly RulePack[], settings: Settings, anew = false): Promise<Rulebook> {
  const administrator = await administratorByNow()
  const rows = await listPacks()
  const installed = rows.map((row) => row.pack).filter(({ id }) => id !== PERSONAL_PACK || !administrator.off.includes('rules'))
  const packs = packsInUse(builtins, installed, settings.off)
  const policy = policyOf(settings, administrator.policy)
  const digest = rulesetDigest(packs)
  return {
    policy, ruleset: await compiledRuleset(packs, digest, anew), rulesetDigest: digest, policyDigest: policyDigest(policy),
    suppressions: [...teamSuppressions(packs), ...settings.suppressions],
    suppressingOff: administrator.off.includes('suppressions') || undefined,
    known: policy.recipients.firstMail === null ? undefined : await knownDomains(),
    samples: settings.samples,
    packs: rows.filter(({ id }) => id !== PERSONAL_PACK).map(provenanceOf),
    styleHints: settings.styleHints,
    marks: packs.flatMap(({ marks }) => marks ?? []),
    reviewer: settings.reviewer, owns: ownedAreas(settings.reviewer.name, policy),
  }
}

/** Gives the rulebook, made anew only when settings or packs have changed since the last time, or when asked to. */
export function createRulebookSource(builtins: readonly RulePack[]): (anew?: boolean) => Promise<Rulebook> {
  let cached: { readonly key: string; readonly book: Promise<Rulebook> } | null = null
  return async (anew = false) => {
    const [settings, mark, administrator] = await Promise.all([loadSettings(), rulebookMark(), administratorByNow()])
    // What was written to is read anew for each page where the policy asks for it.
    const sent = policyOf(settings, administrator.policy).recipients.firstMail === null ? 0 : await countRecords()
    const key = JSON.stringify([settings.policy, settings.teamPolicy, administrator, sent, settings.reviewer, settings.off, settings.suppressions, settings.samples, settings.styleHints, mark])
    if (cached?.key !== key || anew) {
      const made = { key, book: buildRulebook(builtins, settings, anew) }
      cached = made
      // What failed once (a locked database) is tried again at the next call.
      made.book.catch(() => { if (cached === made) cached = null })
    }
    return cached.book
  }
}
