import { canonicalDigest, ownedAreas, type Policy } from '../../policy/index.ts'
import { digestDraft } from '../digest.ts'
import { isSignedBy } from './seal.ts'
import type { ApprovalAnswer, ApprovalRequest, Card, Refusal, Signed } from './types.ts'

/** A clock is corrected by as much without anybody noticing. Milliseconds. */
const CLOCK_SLACK = 5 * 60_000

/** What the sender's device knows when an answer comes. */
export interface AnswerContext {
  readonly request: ApprovalRequest
  /** When the sender took the request back, null while it stands. */
  readonly revokedAt: number | null
  /** Answers to this request that were taken before. */
  readonly taken: readonly Signed<ApprovalAnswer>[]
  /** The sender's contacts. */
  readonly contacts: readonly Card[]
  /** The sender's own key and name: nobody approves their own draft. */
  readonly self: { readonly signKey: string; readonly name: string }
  readonly policy: Policy
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Whether an answer counts, or why not. What is asked, in this order: is it signed by the key it names; for this request as it stands; from a contact
 * who was asked, and not the sender; for an area that this person may sign for; for this text; in time, by a clock that was not set back before the request; taken back; new.
 */
export function judgeAnswer(answer: Signed<ApprovalAnswer>, context: AnswerContext): Refusal | null {
  const { content } = answer
  const { request, contacts, self, now } = context
  if (!isSignedBy('answer', answer, content.by.signKey)) return 'altered'
  if (content.request !== request.id) return 'unknown-request'
  if (content.requestDigest !== canonicalDigest(request)) return 'other-text'
  if (content.by.signKey === self.signKey || sameName(content.by.name, self.name)) return 'self'
  const contact = contacts.find((one) => one.signKey === content.by.signKey)
  if (!contact || !request.asked.includes(contact.signKey)) return 'unknown-key'
  const areas = answerableAreas(contact, request.areas, context.policy)
  if (content.areas.length === 0 || !content.areas.every((area) => areas.includes(area))) return 'wrong-role'
  if (content.rulesetDigest !== request.rulesetDigest || content.policyDigest !== request.policyDigest || content.digest !== digestOfAnswer(content, request)) return 'other-text'
  if (now < request.at - CLOCK_SLACK) return 'clock'
  if (now >= request.until || content.at >= request.until) return 'expired'
  if (context.revokedAt !== null) return 'revoked'
  if (context.taken.some((one) => one.content.by.signKey === content.by.signKey)) return 'replayed'
  // Our own clock is asked, not the time that the answer says: a deputy's clock could be wrong, or wished wrong.
  if (isDeputyOnly(contact, content.areas, context.policy) && now < request.deputyAfter) return 'too-early'
  return null
}

/** Of these areas, those that the contact may sign for: their card says so, and where the policy names people for the area, it names them. */
export function answerableAreas(contact: Card, areas: readonly string[], policy: Policy): string[] {
  const named = ownedAreas(contact.name, policy)
  return areas.filter((area) => (contact.areas.includes(area) && named.includes(area)) || contact.deputy.includes(area))
}

/** Whether any of these areas is the contact's only as a deputy. */
function isDeputyOnly(contact: Card, areas: readonly string[], policy: Policy): boolean {
  const named = ownedAreas(contact.name, policy)
  return areas.some((area) => !(contact.areas.includes(area) && named.includes(area)))
}

/** Digest of the text that an answer speaks of: the request's, or the one the approver wrote in its place. */
function digestOfAnswer({ verdict, edit }: ApprovalAnswer, request: ApprovalRequest): string | null {
  if ((verdict === 'edited') !== (edit !== null)) return null
  return digestDraft(edit ? { ...request.draft, ...edit } : request.draft)
}

/** What taken answers amount to for one text under the rules in force. */
export interface ApprovalStanding {
  /** Areas whose owners have signed for exactly this text. */
  readonly areas: readonly string[]
  readonly refused: readonly ApprovalAnswer[]
}

/**
 * The areas that answers to one request cover for the draft with this digest. With `all`, an area counts once everybody who owns it and was asked has approved the same text.
 * A refusal closes its areas whoever else approves. Asked again each time: rules or policy that changed since, a time that ran out, a contact who was removed, void it.
 */
export function approvedAreas(digest: string, rules: { readonly rulesetDigest: string; readonly policyDigest: string }, context: AnswerContext): ApprovalStanding {
  const { request, policy } = context
  const valid = context.taken.filter((answer) => judgeAnswer(answer, { ...context, taken: [] }) === null).map((answer) => answer.content)
  const refused = valid.filter((answer) => answer.verdict === 'refused')
  if (rules.rulesetDigest !== request.rulesetDigest || rules.policyDigest !== request.policyDigest) return { areas: [], refused }
  const closed = new Set(refused.flatMap((answer) => answer.areas))
  const given = valid.filter((answer) => answer.verdict !== 'refused' && answer.digest === digest)
  const signed = (area: string): string[] => given.filter((answer) => answer.areas.includes(area)).map((answer) => answer.by.signKey)
  const everyone = (area: string): string[] =>
    context.contacts.filter((contact) => request.asked.includes(contact.signKey) && contact.areas.includes(area) && ownedAreas(contact.name, policy).includes(area)).map((contact) => contact.signKey)
  const areas = request.areas.filter((area) => {
    if (closed.has(area)) return false
    const by = signed(area)
    return request.mode === 'any' ? by.length > 0 : by.length > 0 && everyone(area).every((key) => by.includes(key))
  })
  return { areas, refused }
}

function sameName(a: string, b: string): boolean {
  const fold = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
  return fold(a) !== '' && fold(a) === fold(b)
}
