import { canonicalDigest } from '../../policy/index.ts'
import { isSignedBy } from '../approval/seal.ts'
import type { FormerKey, FormerReason, StoredManifest, TeamChange, TeamManifest, TeamMember, TeamRefusal, TeamRole } from './types.ts'

/** Notes that were answered are remembered so long that nobody sees them twice; a note is looked at for 30 days. */
const MOST_ANSWERED = 500

/** May this role change the manifest and publish packs? */
export function mayLead(role: TeamRole): boolean {
  return role === 'lead' || role === 'administrator'
}

export function memberOf(manifest: TeamManifest, signKey: string): TeamMember | null {
  return manifest.members.find(({ card }) => card.signKey === signKey) ?? null
}

/** The first version of a team, unsigned. */
export function foundTeam(team: string, name: string, founder: TeamMember, at: number): TeamManifest {
  return {
    format: 1, team, name, version: 1, previous: null, at, by: founder.card.signKey, members: [founder], former: [], answered: [], settings: { askCorrections: false },
    changes: [{ kind: 'create', name }],
  }
}

/**
 * The version that follows, unsigned. Changes that change nothing any more (a member added twice, one who is gone already) are left out.
 * @returns null where nothing is left to change
 * @throws {RangeError} where nobody would be left who may lead
 */
export function nextManifest(before: StoredManifest, changes: readonly TeamChange[], by: string, at: number): TeamManifest | null {
  const base = before.signed.content
  let state = base
  const done: TeamChange[] = []
  for (const change of changes) {
    const changed = withChange(state, change, at)
    if (changed === null) continue
    state = changed
    done.push(change)
  }
  if (done.length === 0) return null
  if (!state.members.some(({ teamRole }) => mayLead(teamRole))) throw new RangeError('nobody would be left who may lead the team')
  return { ...state, version: base.version + 1, previous: before.digest, at, by, changes: done }
}

/** What a change makes of a manifest; null where it changes nothing. */
function withChange(state: TeamManifest, change: TeamChange, at: number): TeamManifest | null {
  switch (change.kind) {
    case 'create': return null
    case 'add': return addMember(state, change.member, change.note)
    case 'change': {
      const member = memberOf(state, change.signKey)
      if (!member) return null
      const { teamRole, areas, deputy } = change
      if (canonicalDigest([member.teamRole, member.card.areas, member.card.deputy]) === canonicalDigest([teamRole, areas, deputy])) return null
      const demoted = mayLead(member.teamRole) && !mayLead(teamRole)
      return {
        ...state, members: state.members.map((one) => (one === member ? { ...one, teamRole, card: { ...one.card, areas, deputy } } : one)),
        former: demoted ? [...state.former, formerKey(member, at, 'demoted', change.keep)] : state.former,
      }
    }
    case 'remove': {
      const member = memberOf(state, change.signKey)
      if (!member) return answered(state, change.note)
      return { ...state, members: state.members.filter((one) => one !== member), former: [...state.former, formerKey(member, at, change.why, change.keep)], ...answeredField(state, change.note) }
    }
    case 'rotate': {
      const member = memberOf(state, change.from)
      if (!member || memberOf(state, change.card.signKey) || isFormer(state, change.card.signKey)) return answered(state, change.note)
      return {
        ...state, members: state.members.map((one) => (one === member ? { ...one, card: { ...one.card, signKey: change.card.signKey, sealKey: change.card.sealKey } } : one)),
        former: [...state.former, formerKey(member, at, 'rotated', change.keep)], ...answeredField(state, change.note),
      }
    }
    case 'decline': return answered(state, change.note)
    case 'settings': return canonicalDigest(state.settings) === canonicalDigest(change.settings) ? null : { ...state, settings: change.settings }
  }
}

function addMember(state: TeamManifest, member: TeamMember, note: string | null): TeamManifest | null {
  const { signKey } = member.card
  // A key that was given up or lost never comes back.
  if (memberOf(state, signKey) || isFormer(state, signKey)) return answered(state, note)
  return { ...state, members: [...state.members, member], ...answeredField(state, note) }
}

function answered(state: TeamManifest, note: string | null): TeamManifest | null {
  return note === null || state.answered.includes(note) ? null : { ...state, ...answeredField(state, note) }
}

function answeredField(state: TeamManifest, note: string | null): Pick<TeamManifest, 'answered'> {
  return { answered: note === null || state.answered.includes(note) ? state.answered : [...state.answered, note].slice(-MOST_ANSWERED) }
}

function isFormer(state: TeamManifest, signKey: string): boolean {
  return state.former.some((one) => one.signKey === signKey && one.why !== 'demoted')
}

function formerKey({ card }: TeamMember, at: number, why: FormerReason, keep: readonly string[]): FormerKey {
  return { signKey: card.signKey, name: card.name, at, why, keep }
}

/** Whether a manifest is a good first version, founded by this key. */
export function judgeFirst({ signed }: StoredManifest, team: string, founder: string): TeamRefusal | null {
  const { content } = signed
  if (content.team !== team) return 'other-team'
  if (content.by !== founder) return 'unknown-key'
  if (!isSignedBy('manifest', signed, content.by)) return 'bad-signature'
  const [member] = content.members
  if (!member || member.card.signKey !== founder || !mayLead(member.teamRole)) return 'wrong-role'
  return canonicalDigest(foundTeam(team, content.name, member, content.at)) === canonicalDigest(content) ? null : 'malformed'
}

/** Whether a manifest is a good successor of another: of this team, the next version, signed by who may, and nothing but what its changes say. */
export function judgeNext(before: StoredManifest, next: StoredManifest): TeamRefusal | null {
  const known = judged.get(next)
  if (known?.before === before.digest) return known.refusal
  const refusal = refusalOf(before, next)
  judged.set(next, { before: before.digest, refusal })
  return refusal
}

/** Judgements that were made: a long chain is looked at often, and never changes. */
const judged = new WeakMap<StoredManifest, { readonly before: string; readonly refusal: TeamRefusal | null }>()

function refusalOf(before: StoredManifest, { signed }: StoredManifest): TeamRefusal | null {
  const [base, content] = [before.signed.content, signed.content]
  if (content.team !== base.team) return 'other-team'
  if (content.previous !== before.digest || content.version !== base.version + 1) return 'broken-chain'
  const signer = memberOf(base, content.by)
  if (!signer) return base.former.some(({ signKey }) => signKey === content.by) ? 'former-key' : 'unknown-key'
  if (!mayLead(signer.teamRole)) return 'wrong-role'
  if (!isSignedBy('manifest', signed, content.by)) return 'bad-signature'
  try {
    const expected = nextManifest(before, content.changes, content.by, content.at)
    return expected !== null && canonicalDigest(expected) === canonicalDigest(content) ? null : 'malformed'
  } catch {
    return 'malformed' // Nobody would be left who may lead.
  }
}
