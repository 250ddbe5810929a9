import { db, type ProposalRow } from './db.ts'
import { guarded } from './errors.ts'

// Apart from what carries an answer out: that takes the check of packs, and most ask only what was answered.

/** What was answered to proposals so far, by their id: an answered one is not asked again. */
export async function answeredProposals(): Promise<ReadonlyMap<string, ProposalRow>> {
  const rows = await guarded(() => db.proposals.toArray())
  return new Map(rows.map((row) => [row.id, row]))
}

export async function answerProposal(row: ProposalRow): Promise<void> {
  await guarded(() => db.proposals.put(row))
}

/** Takes an answer back: the proposal is offered again. */
export async function reopenProposal(id: string): Promise<void> {
  await guarded(() => db.proposals.delete(id))
}
