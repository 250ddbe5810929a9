import { canonicalDigest } from '../../policy/index.ts'
import { isSignedOnce } from './looked.ts'
import type { FormerKey, FormerReason, ManifestStep, StoredManifest, StoredStep, TeamChange, TeamManifest, TeamMember, TeamRefusal, TeamRole } from './types.ts'

/** Notes that were answered are remembered so long that nobody sees them twice; a note is looked at for 30 days. */
const MOST_ANSWERED = 500
/** Members of one team: nobody fills every device of a team by a flood of them. */
const MOST_MEMBERS = 10_000

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
    format: 1, team, name, version: 1, previous: null, at, by: founder.card.signKey, members: [founder], former: [], answered: [], settings: { askCorrections: false }, store: null,
    changes: [{ kind: 'create', name, founder }],
  }
}

/**
 * The version that follows, unsigned. Changes that change nothing any more (a member added twice, one who is gone already) are left out.
 * @returns null where nothing is left to change
 * @throws {RangeError} where nobody would be left who may lead
 */
export function nextManifest(before: StoredManifest, changes: readonly TeamChange[], by: string, at: number): TeamManifest | null {
  const base = before.content
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
    case 'add': return addMember(state, change)
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
        former: [...state.former, formerKey(member, at, 'rotated', change.keep, change.card.signKey)], ...answeredField(state, change.note),
      }
    }
    case 'decline': return answered(state, change.note)
    case 'settings': return canonicalDigest(state.settings) === canonicalDigest(change.settings) ? null : { ...state, settings: change.settings }
    case 'store': return canonicalDigest(state.store) === canonicalDigest(change.store) ? null : { ...state, store: change.store }
  }
}

function addMember(state: TeamManifest, { member, note, instead }: Extract<TeamChange, { kind: 'add' }>): TeamManifest | null {
  const { signKey } = member.card
  const lost = instead === undefined ? undefined : state.former.find((one) => one.signKey === instead && one.why === 'lost' && one.next === null)
  // Nobody takes a place that is not free.
  if (instead !== undefined && !lost) return null
  // A key that was given up or lost never comes back.
  if (memberOf(state, signKey) || isFormer(state, signKey) || state.members.length >= MOST_MEMBERS) return answered(state, note)
  return {
    ...state, members: [...state.members, member], former: lost ? state.former.map((one) => (one === lost ? { ...one, next: signKey } : one)) : state.former, ...answeredField(state, note),
  }
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

function formerKey({ card }: TeamMember, at: number, why: FormerReason, keep: readonly string[], next: string | null = null): FormerKey {
  return { signKey: card.signKey, name: card.name, at, why, keep, next }
}

/** Keys that count no more: of who is no member any more, or is one by another key. */
export function formerKeys({ former, members }: TeamManifest): ReadonlySet<string> {
  const now = new Set(members.map(({ card }) => card.signKey))
  return new Set(former.flatMap(({ signKey }) => (now.has(signKey) ? [] : signKey)))
}

/** What is signed and stored of a manifest. */
export function stepOf({ format, team, version, previous, at, by, changes }: ManifestStep): ManifestStep {
  return { format, team, version, previous, at, by, changes }
}

/** The team that a good first version makes, founded by this key; else why it is none. */
export function judgeFirst(step: StoredStep, team: string, founder: string): StoredManifest | TeamRefusal {
  const { content } = step.signed
  if (content.team !== team) return 'other-team'
  if (content.by !== founder) return 'unknown-key'
  if (!isSignedOnce('manifest', step.signed, content.by)) return 'bad-signature'
  const [change] = content.changes
  if (content.version !== 1 || content.previous !== null || content.changes.length !== 1 || change?.kind !== 'create') return 'malformed'
  if (change.founder.card.signKey !== founder || !mayLead(change.founder.teamRole)) return 'wrong-role'
  return { ...step, content: foundTeam(team, change.name, change.founder, content.at) }
}

/** The team that a good successor makes of the one before: of this team, the next version, signed by who may, and every change of it changes something; else why it is none. */
export function judgeNext(before: StoredManifest, next: StoredStep): StoredManifest | TeamRefusal {
  const known = judged.get(next)
  if (known?.before === before.digest) return known.judged
  const made = manifestAfter(before, next)
  judged.set(next, { before: before.digest, judged: made })
  return made
}

/** Judgements that were made: a long chain is looked at often, and never changes. */
const judged = new WeakMap<StoredStep, { readonly before: string; readonly judged: StoredManifest | TeamRefusal }>()

function manifestAfter(before: StoredManifest, step: StoredStep): StoredManifest | TeamRefusal {
  const [base, { content }] = [before.content, step.signed]
  if (content.team !== base.team) return 'other-team'
  if (content.previous !== before.digest || content.version !== base.version + 1) return 'broken-chain'
  const signer = memberOf(base, content.by)
  if (!signer) return base.former.some(({ signKey }) => signKey === content.by) ? 'former-key' : 'unknown-key'
  if (!mayLead(signer.teamRole)) return 'wrong-role'
  if (!isSignedOnce('manifest', step.signed, content.by)) return 'bad-signature'
  try {
    const made = nextManifest(before, content.changes, content.by, content.at)
    return made?.changes.length === content.changes.length ? { ...step, content: made } : 'malformed'
  } catch {
    return 'malformed' // Nobody would be left who may lead.
  }
}
