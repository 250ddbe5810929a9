import type { Rule } from '../../../lib/engine/index.ts'
import type { Proposal } from '../../../lib/learning/index.ts'
import { acceptProposal, answeredProposals, answerProposal, PERSONAL_PACK, reopenProposal, undoProposal } from '../../../lib/store/index.ts'
import type { StartComparison } from '../../compare/Compare.tsx'
import { compareWritten } from '../../rules/editor/live.ts'
import { t } from '../../ui/index.ts'
import { teamPagePort } from '../../team/service.ts'
import type { Accepted } from './model.ts'
import { publishProposal, takeBackFromTeam } from './team.ts'
import type { ProposalPort } from './store.ts'

export const proposalPort: ProposalPort = {
  accept: async (proposal, rule, place) => {
    if (rule && place) {
      const published = await publishProposal(teamPagePort, proposal, rule, place, t('learnTeamText', rule.title))
      if ('ok' in published) return published
      const { team, rule: made } = published
      await answerProposal({ id: proposal.id, state: 'accepted', at: Date.now(), rule: made.id, undo: { title: made.title, added: null, replaced: null, off: null, team } })
      return { ok: true, pack: team.pack, rule: made, team }
    }
    const result = await acceptProposal(proposal, rule, t('learnPackTitle'), Date.now())
    return result.ok ? { ok: true, pack: PERSONAL_PACK, rule } : result
  },
  refuse: (proposal) => answerProposal({ id: proposal.id, state: 'refused', at: Date.now(), rule: null }),
  undo: async (id) => {
    const row = (await answeredProposals()).get(id)
    if (row?.undo?.team) await takeBackFromTeam(teamPagePort, row.undo.team, t('learnTeamBack', row.undo.title))
    if (row?.state === 'refused') await reopenProposal(id)
    else await undoProposal(id, t('learnPackTitle'), Date.now())
  },
  copy: (text) => navigator.clipboard.writeText(text),
}

/** Accepted changes, the latest first. */
export async function loadAccepted(): Promise<Accepted[]> {
  return [...(await answeredProposals()).values()].filter(({ state, undo }) => state === 'accepted' && undo !== undefined && (undo.added !== null || undo.off !== null || undo.team !== undefined))
    .sort((a, b) => b.at - a.at).map(({ id, at, undo, rule }) => ({ id, at, title: undo?.title || rule || id }))
}

/** What accepting a proposal would have made of past drafts: its rule in the person's own pack, and the one that it came from switched off. */
export function compareProposal(proposal: Proposal, rule: Rule): StartComparison {
  const from = 'changed' in proposal ? proposal.rule.id : rule.id
  return compareWritten({ rule, lists: 'changed' in proposal ? proposal.lists : {}, off: from === rule.id ? null : from })
}
