import type { RulePack } from '../../lib/engine/index.ts'
import { proposeRules, ruleFromProposal, scoreRules } from '../../lib/learning/index.ts'
import { formatProblem } from '../../lib/packs/index.ts'
import { answeredProposals, answerProposal, listCorrections, listPacks, listRecords, savePersonalRule, type CorrectionRow } from '../../lib/store/index.ts'
import { BUILTINS } from '../shell/builtins.ts'
import { t } from '../ui/index.ts'
import type { ProposalView, ScoreView } from './model.ts'
import type { ProposalPort } from './store.ts'

/** Records that scorecards look back on. */
const LOOK_BACK = 5_000

/** What the Insights page shows. Corrections are newest first. */
export interface InsightsData {
  readonly proposals: readonly ProposalView[]
  readonly corrections: readonly CorrectionRow[]
  readonly scores: readonly ScoreView[]
}

export async function loadInsights(): Promise<InsightsData> {
  const [corrections, answered, installed, records] = await Promise.all([listCorrections(), answeredProposals(), listPacks(), listRecords({ limit: LOOK_BACK })])
  const packs: readonly RulePack[] = [...BUILTINS, ...installed.map((row) => row.pack)]
  const titles = new Map(packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, rule.title] as const)))
  const proposals = proposeRules(corrections, packs.flatMap((pack) => pack.rules), answered.keys()).map((proposal): ProposalView => ({
    id: proposal.id, before: proposal.evidence.before, after: proposal.suggest ?? '', count: proposal.evidence.count, rule: ruleFromProposal(proposal),
    sentences: proposal.flagged.map((before, index) => ({ before, after: proposal.clean[index] ?? before })),
  }))
  const scores = scoreRules(records.flatMap((record) => record.decisions)).map((score): ScoreView => ({
    rule: score.rule, title: titles.get(score.rule) ?? score.rule, fixed: score.fixed, kept: score.kept, dismissed: score.dismissed,
    right: score.precision && { share: score.precision.value, low: score.precision.low, high: score.precision.high },
  }))
  return { proposals, corrections: [...corrections].reverse(), scores }
}

export const proposalPort: ProposalPort = {
  accept: async (proposal, rule) => {
    const at = Date.now()
    const result = await savePersonalRule(rule, t('learnPackTitle'), at)
    if (result.kind === 'keep') return { ok: false, problems: result.problems.map(formatProblem) }
    await answerProposal({ id: proposal.id, state: 'accepted', at, rule: rule.id })
    return { ok: true, pack: result.pack.id, rule }
  },
  refuse: (proposal) => answerProposal({ id: proposal.id, state: 'refused', at: Date.now(), rule: null }),
}
