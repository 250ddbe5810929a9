import type { Rule, RulePack } from '../../../lib/engine/index.ts'
import type { Proposal } from '../../../lib/learning/index.ts'
import { nameInPack } from '../../../lib/packs/index.ts'
import type { TeamPackView, TeamStatus } from '../../../lib/review/team/index.ts'
import type { TeamService } from '../../../lib/team/service.ts'
import { PERSONAL_PACK, type TeamRuleChange } from '../../../lib/store/index.ts'
import { idOfPack, leads, packIn, prepare } from '../../team/life/model.ts'
import { orThrow } from '../../team/port.ts'
import type { AcceptResult } from './model.ts'

/** What is asked of the team's service. */
export type TeamAsk = Pick<TeamService, 'status' | 'packs' | 'packText' | 'publish' | 'say'>

/** The team, as far as a proposal needs it. */
export interface TeamWay {
  /** This person may publish. */
  readonly leads: boolean
  /** Who may, by name. */
  readonly who: readonly string[]
  readonly packs: readonly TeamPackView[]
}

/** Null where this person is in no team. */
export async function teamWay(ask: Pick<TeamAsk, 'status' | 'packs'>): Promise<TeamWay | null> {
  const status = await ask.status()
  if (!status?.own) return null
  return { leads: leads(status), who: leadNames(status), packs: (await ask.packs()).filter(({ standing }) => standing !== 'withdrawn') }
}

function leadNames({ members }: TeamStatus): string[] {
  return members.filter(({ teamRole }) => teamRole === 'lead' || teamRole === 'administrator').map(({ card }) => card.name)
}

/** A pack that can take what is proposed. `id` null: one that is made for it. */
export interface TeamPlace { readonly id: string | null; readonly title: string }

/**
 * The packs of the team that can take what is proposed, none where it stays with the person: a rule of another pack cannot be switched off for others, and what is
 * lowered here is drawn by lot here. `fresh` is the title of a pack that is made where the team has none.
 */
export function placesFor(proposal: Proposal, { packs }: Pick<TeamWay, 'packs'>, fresh: string): readonly TeamPlace[] {
  if (proposal.kind === 'rule') return packs.length > 0 ? packs.map(({ id, title }) => ({ id, title })) : [{ id: null, title: fresh }]
  if (!('changed' in proposal) || proposal.kind === 'lower') return []
  return packs.filter(({ id }) => proposal.rule.id.startsWith(`${id}/`)).map(({ id, title }) => ({ id, title }))
}

/**
 * Publishes what is proposed as the next version of a pack of the team, for everybody.
 * @param text what is new, for everybody to read
 * @returns the change, to be noted with the answer, or what keeps the rule from being used; nothing is published then
 * @throws an error with the sentence for the person where the store, or the team, refuses
 */
export async function publishProposal(ask: TeamAsk, proposal: Proposal, rule: Rule, place: TeamPlace, text: string): Promise<{ readonly team: TeamRuleChange; readonly rule: Rule } | Extract<AcceptResult, { ok: false }>> {
  const id = place.id ?? idOfPack(place.title)
  // Also one that was withdrawn: its versions are used up, its rules are gone.
  const view = (await ask.packs()).find((each) => each.id === id) ?? null
  const base = view && view.standing !== 'withdrawn' ? await versionOf(ask, view, view.target ?? view.versions[0]?.version ?? '') : null
  const made = next(base, view, { id, title: place.title, take: [rule], lists: 'lists' in proposal ? proposal.lists : {} })
  if (made.problems.length > 0) return { ok: false, problems: made.problems }
  orThrow(await ask.publish(JSON.stringify(made.pack), text, 100))
  const name = nameInPack(id, rule)
  const there = made.pack.rules.find((each) => each.id === `${id}/${name}`) ?? rule
  return { rule: there, team: { pack: id, title: made.pack.title, version: made.pack.version, before: base?.version ?? null, name } }
}

/**
 * Takes a published change back for everybody: the version before is in use again, or, where more was published since, a next version without the change.
 * @throws as `publishProposal`
 */
export async function takeBackFromTeam(ask: TeamAsk, { pack, version, before, name }: TeamRuleChange, text: string): Promise<void> {
  const view = (await ask.packs()).find(({ id }) => id === pack)
  if (!view || view.standing === 'withdrawn') return
  if (view.target === version) {
    orThrow(before === null ? await ask.say(pack, 'withdraw', null, 100, text) : await ask.say(pack, 'roll-back', before, 100, text))
    return
  }
  const [base, old] = [await versionOf(ask, view, view.target ?? version), before === null ? null : await versionOf(ask, view, before)]
  const was = old?.rules.find((rule) => rule.id === `${pack}/${name}`)
  const { pack: made, problems, changes } = next(base, view, { id: pack, title: view.title, take: was ? [was] : [], lists: old?.lists ?? {}, without: was ? [] : [name] })
  if (changes === 0) return // Somebody took it back already.
  if (problems.length > 0) throw new Error(problems.join(' '))
  orThrow(await ask.publish(JSON.stringify(made), text, 100))
}

interface NextPack { readonly id: string; readonly title: string; readonly take: readonly Rule[]; readonly lists: RulePack['lists']; readonly without?: readonly string[] }

function next(base: RulePack | null, view: TeamPackView | null, { id, title, take, lists, without = [] }: NextPack) {
  const nameOf = (rule: Rule): string => rule.id.slice(rule.id.indexOf('/') + 1)
  const own: RulePack = { format: 1, id: PERSONAL_PACK, version: '1.0.0', title, description: title, owner: PERSONAL_PACK, lists: { ...lists }, rules: [...take] }
  const draft = { id, title: base?.title ?? title, description: base?.description ?? '', without, take: take.map(nameOf), version: null, text: '', share: 100 }
  const { pack, problems, changes } = prepare(draft, base, own, view?.versions.map(({ version }) => version) ?? [])
  return { pack, problems, changes: changes.length }
}

async function versionOf(ask: TeamAsk, { id, versions }: TeamPackView, version: string): Promise<RulePack | null> {
  const found = versions.find((each) => each.version === version)
  return found ? packIn(orThrow(await ask.packText(id, found.digest))) : null
}
