import type { Rule } from '../engine/index.ts'
import type { Proposal } from '../learning/index.ts'
import { formatProblem, listsIn } from '../packs/index.ts'
import { answeredProposals, answerProposal, reopenProposal } from './answers.ts'
import type { ProposalUndo } from './db.ts'
import { StoreError } from './errors.ts'
import { getPack, PERSONAL_PACK, setRuleOn } from './packs.ts'
import { removePersonalRule, savePersonalRule, type PersonalResult } from './personal.ts'
import { changeSettings } from './settings.ts'

export type Acceptance = { readonly ok: true; readonly undo: ProposalUndo } | { readonly ok: false; readonly problems: readonly string[] }

/**
 * Carries out what a proposal proposes, as a new version of the personal pack, and notes how to take it back. A changed rule stands in the personal pack, and the one it came from
 * is switched off; a lowered one is noted as to be sampled.
 * @param rule the rule as the person left it, null for proposals that change no rule
 * @param title of the personal pack, where it is made anew
 * @returns the problems of a rule that cannot be used; nothing has changed then.
 */
export async function acceptProposal(proposal: Proposal, rule: Rule | null, title: string, at: number): Promise<Acceptance> {
  const before = (await getPack(PERSONAL_PACK))?.pack.rules ?? []
  const changes = 'changed' in proposal ? proposal : null
  let undo: ProposalUndo = { title: rule?.title ?? '', added: null, replaced: null, off: null }
  if (rule) {
    const lists = changes ? Object.fromEntries(Object.entries(changes.lists).filter(([name]) => listsIn(rule).includes(name))) : {}
    const made = await savePersonalRule(rule, title, at, lists)
    if (made.kind === 'keep') return { ok: false, problems: made.problems.map(formatProblem) }
    undo = { ...undo, added: rule.id, replaced: before.find(({ id }) => id === rule.id) ?? null, off: changes && changes.rule.id !== rule.id ? changes.rule.id : null }
  } else if (proposal.kind === 'silent') undo = { ...undo, title: proposal.rule.title, off: proposal.rule.id }
  if (undo.off !== null) await setRuleOn(undo.off, false)
  const { sample = null } = changes ?? {}
  if (sample !== null && rule) await changeSettings((settings) => ({ ...settings, samples: [...settings.samples.filter((one) => one.rule !== rule.id), { rule: rule.id, share: sample }] }))
  await answerProposal({ id: proposal.id, state: 'accepted', at, rule: rule?.id ?? null, undo })
  return { ok: true, undo }
}

/**
 * Takes an accepted proposal back: the rules are as they were before, as a new version of the pack, and the proposal is offered again.
 * @throws {StoreError} `not-found` where it is not accepted, `malformed` where the rule from before cannot be used any more; nothing has changed then.
 */
export async function undoProposal(id: string, title: string, at: number): Promise<void> {
  const row = (await answeredProposals()).get(id)
  if (row?.state !== 'accepted') throw new StoreError('not-found', `no accepted proposal ${id}`)
  const { added, replaced, off } = row.undo ?? { added: row.rule, replaced: null, off: null }
  if (added !== null) {
    const back: PersonalResult | null = replaced ? await savePersonalRule(replaced, title, at) : await removePersonalRule(added, title, at)
    if (back?.kind === 'keep') throw new StoreError('malformed', back.problems.map(formatProblem).join('\n'))
    await changeSettings((settings) => ({ ...settings, samples: settings.samples.filter((one) => one.rule !== added) }))
  }
  if (off !== null) await setRuleOn(off, true)
  await reopenProposal(id)
}
