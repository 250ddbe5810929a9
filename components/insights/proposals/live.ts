import { acceptProposal, answeredProposals, answerProposal, PERSONAL_PACK, reopenProposal, undoProposal } from '../../../lib/store/index.ts'
import { t } from '../../ui/index.ts'
import type { Accepted } from './model.ts'
import type { ProposalPort } from './store.ts'

export const proposalPort: ProposalPort = {
  accept: async (proposal, rule) => {
    const result = await acceptProposal(proposal, rule, t('learnPackTitle'), Date.now())
    return result.ok ? { ok: true, pack: PERSONAL_PACK, rule } : result
  },
  refuse: (proposal) => answerProposal({ id: proposal.id, state: 'refused', at: Date.now(), rule: null }),
  undo: async (id) => {
    const row = (await answeredProposals()).get(id)
    if (row?.state === 'refused') await reopenProposal(id)
    else await undoProposal(id, t('learnPackTitle'), Date.now())
  },
  copy: (text) => navigator.clipboard.writeText(text),
}

/** Accepted changes, the latest first. */
export async function loadAccepted(): Promise<Accepted[]> {
  return [...(await answeredProposals()).values()].filter(({ state, undo }) => state === 'accepted' && undo !== undefined && (undo.added !== null || undo.off !== null))
    .sort((a, b) => b.at - a.at).map(({ id, at, undo, rule }) => ({ id, at, title: undo?.title || rule || id }))
}
