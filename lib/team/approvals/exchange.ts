import type { z } from 'zod'
import type { ApprovalTerms, DraftRecord, Rulebook } from '../../guard/types.ts'
import { canonicalDigest } from '../../policy/index.ts'
import { digestDraft } from '../../review/index.ts'
import { answerableAreas, bytesToSign, isSignedBy, type ApprovalAnswer, type ApprovalRequest, type Card, type Refusal, type Signed, type SignedKind, type Verdict } from '../../review/approval/index.ts'
import {
  deviceKey, listContacts, loadSettings, managedPolicy, noteTeam, ownCard, ownKeysBefore, policyOf, removeContact, replaceRequest, revokeRequest, saveAnswer, saveContact, saveInbox, saveRequest, sealKeys,
  standingRequest, StoreError, stuckRequests, takeAnswer, teamFormerKeys, toBase64Url,
  type ContactRow, type InboxRow, type SentRequestRow,
} from '../../store/index.ts'
import { CodeError, fold, fromCode, toCode, unfold } from './code.ts'
import { openSealed, sealFor } from './envelope.ts'
import { signedAnswer, signedCard, signedRequest } from '../../review/approval/schemas.ts'

const HOUR = 3_600_000
/** How long a request stands. Milliseconds. */
export const REQUEST_STANDS = 7 * 24 * HOUR
/** One owner of each area is enough, and has a morning. */
const USUAL: ApprovalTerms = { mode: 'any', deputyHours: 4 }

/** What became of a pasted code or an opened file. */
export type Taken =
  | { readonly kind: 'card'; readonly card: Card; readonly known: ContactRow | null }
  | { readonly kind: 'request'; readonly row: InboxRow }
  | { readonly kind: 'answer'; readonly row: SentRequestRow; readonly answer: ApprovalAnswer }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** This person's card as a code. */
export async function ownCardCode(): Promise<string> {
  return toCode('card', await fold(JSON.stringify(await signed('card', await ownCard()))))
}

/**
 * Reads a code or a file's text and takes in what it carries: a card is only read (a person compares the words first, `acceptCard` keeps it), a request goes
 * into the queue, an answer is judged and opens the gate or not. What is refused changes nothing. `mayAsk`: whose requests are taken, by sign key.
 */
export async function takeCode(text: string, now: number, mayAsk: (signKey: string) => boolean = () => true): Promise<Taken> {
  try {
    const { kind, bytes } = fromCode(text)
    switch (kind) {
      case 'card': return await takeCard(await unfold(bytes))
      case 'request': return await takeRequest(await open(bytes), now, mayAsk)
      case 'answer': return await takeSignedAnswer(await open(bytes), now)
      // Read where one joins a team.
      case 'invitation': return { kind: 'refused', refusal: 'not-a-code' }
    }
  } catch (error) {
    if (error instanceof CodeError) return { kind: 'refused', refusal: error.refusal }
    throw error
  }
}

/** Opens what is sealed to this device, also to a key that it had before: whoever sealed it may not know yet. */
async function open(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  let refused: CodeError | null = null
  for (const pair of await sealKeys()) {
    try {
      return await openSealed(bytes, pair)
    } catch (error) {
      if (!(error instanceof CodeError && error.refusal === 'not-for-us')) throw error
      refused = error
    }
  }
  throw refused ?? new CodeError('not-for-us')
}

async function takeCard(text: string): Promise<Taken> {
  const card = read(signedCard, text)
  if (!isSignedBy('card', card, card.content.signKey)) throw new CodeError('altered')
  if (card.content.signKey === toBase64Url((await deviceKey()).publicKey)) throw new CodeError('self')
  const known = (await listContacts()).find((one) => one.signKey === card.content.signKey) ?? null
  return { kind: 'card', card: card.content, known }
}

/** Keeps a card, after the person has compared its words with its owner. `deputy`: they answer only when the owners' time is over. */
export async function acceptCard(card: Card, deputy: boolean, now: number): Promise<void> {
  await saveContact(deputy ? { ...card, areas: [], deputy: card.areas } : card, now)
}

async function takeRequest(text: string, now: number, mayAsk: (signKey: string) => boolean): Promise<Taken> {
  const request = read(signedRequest, text)
  const { content } = request
  if (!isSignedBy('request', request, content.from.signKey)) throw new CodeError('altered')
  if (content.digest !== digestDraft(content.draft)) throw new CodeError('altered')
  const [own, before] = [await ownCard(), await ownKeysBefore()]
  if (content.from.signKey === own.signKey) throw new CodeError('self')
  if (!mayAsk(content.from.signKey)) throw new CodeError('unknown-key')
  if (!content.asked.includes(own.signKey)) throw new CodeError(content.asked.some((key) => before.includes(key)) ? 'old-key' : 'not-for-us')
  if (content.until <= now) throw new CodeError('expired')
  return { kind: 'request', row: await saveInbox(request, now) }
}

async function takeSignedAnswer(text: string, now: number): Promise<Taken> {
  const answer = read(signedAnswer, text)
  const taken = await takeAnswer(answer, now)
  return 'refusal' in taken ? { kind: 'refused', refusal: taken.refusal } : { kind: 'answer', row: taken.row, answer: answer.content }
}

/** What a request could not be made for. */
export type AskProblem = 'no-approver' | 'too-large'
export class AskError extends Error {
  override readonly name = 'AskError'
  constructor(readonly code: AskProblem, message: string) {
    super(message)
  }
}

/**
 * Makes a request for the second signature of a draft: frozen, signed by this device, sealed to every contact who may sign for one of the areas.
 * Asked again for the same text, it gives the request that stands, whatever the terms.
 * @throws {AskError} `no-approver` where an area has nobody among the contacts, named in the message
 */
export async function askApproval(record: DraftRecord, areas: readonly string[], book: Pick<Rulebook, 'rulesetDigest' | 'policyDigest'>, now: number, { mode, deputyHours }: ApprovalTerms = USUAL): Promise<SentRequestRow> {
  const standing = await standingRequest(record.session, record.digest, now)
  if (standing && standing.request.rulesetDigest === book.rulesetDigest && standing.request.policyDigest === book.policyDigest) return standing
  const { kind, subject, recipients, text, attachments } = record.draft
  const row = await makeRequest({
    id: crypto.randomUUID(), at: now, until: now + REQUEST_STANDS, deputyAfter: deputyHours === null ? now + REQUEST_STANDS : now + deputyHours * HOUR, mode, areas: [...areas],
    session: record.session, site: record.site, draft: { kind, subject, recipients, text, ...(attachments ? { attachments } : {}) }, digest: record.digest, rulesetDigest: book.rulesetDigest, policyDigest: book.policyDigest,
    requirement: record.requirement, findings: record.findings, decisions: record.decisions,
  })
  await saveRequest(row)
  return row
}

/** A request from this person, as they are now, to every contact who may answer for one of its areas: signed and sealed, kept nowhere yet. @throws {AskError} as `askApproval` */
async function makeRequest(about: Omit<ApprovalRequest, 'from' | 'asked'>): Promise<SentRequestRow> {
  const [contacts, settings, administrator, from] = await Promise.all([listContacts(), loadSettings(), managedPolicy(), ownCard()])
  const policy = policyOf(settings, administrator)
  const { areas } = about
  const alone = areas.filter((area) => !contacts.some((contact) => answerableAreas(contact, [area], policy).length > 0))
  if (alone.length > 0) throw new AskError('no-approver', alone.join(', '))
  const asked = contacts.filter((contact) => answerableAreas(contact, areas, policy).length > 0)
  const request: ApprovalRequest = plain({ ...about, from, asked: asked.map((contact) => contact.signKey) })
  const code = await sealedCode('request', asked.map((contact) => contact.sealKey), await signed('request', request))
  return { id: request.id, session: request.session, digest: request.digest, at: request.at, request, code, revokedAt: null, answers: [], answered: [] }
}

/** What an approver decided. `edit` is the text in the place of the old one; without changes it is an approval. */
export interface Reply { readonly verdict: 'approve' | 'refuse'; readonly reason: string; readonly edit: { readonly subject: string; readonly text: string } | null }

/**
 * Signs this approver's answer and seals it to the sender.
 * @returns the code that carries it
 * @throws {StoreError} `not-signable` where the request has run out, is answered, asks for no area of this person, or is between keys of which one was given up
 */
export async function answerRequest(row: InboxRow, reply: Reply, now: number): Promise<string> {
  const request = row.request.content
  if (now >= request.until) throw new StoreError('not-signable', 'expired')
  const closed = await closedBecause(request)
  if (closed !== null) throw new StoreError('not-signable', closed)
  const own = await ownCard()
  const areas = await ownAreasOf(request)
  if (areas.length === 0) throw new StoreError('not-signable', 'wrong-role')
  const changed = reply.verdict === 'approve' && reply.edit !== null && (reply.edit.text !== request.draft.text || reply.edit.subject !== request.draft.subject)
  const edit = changed ? reply.edit : null
  const verdict: Verdict = reply.verdict === 'refuse' ? 'refused' : edit ? 'edited' : 'approved'
  const { name, role, signKey } = own
  const content: ApprovalAnswer = {
    request: request.id, requestDigest: canonicalDigest(request), by: { name, role, signKey }, verdict, areas, digest: digestDraft(edit ? { ...request.draft, ...edit } : request.draft),
    rulesetDigest: request.rulesetDigest, policyDigest: request.policyDigest, reason: reply.reason.trim(), edit, at: now,
  }
  const answer = await signed('answer', content)
  const code = await sealedCode('answer', [request.from.sealKey], answer)
  await saveAnswer(row.id, verdict, answer, code, now)
  return code
}

/** The areas of a request that this person may sign for: where their policy names people, those that name them. A deputy signs for all that is asked; the sender's device knows which count. */
export async function ownAreasOf(request: ApprovalRequest): Promise<string[]> {
  const { areas, deputy } = await ownCard()
  return request.areas.filter((area) => areas.includes(area) || deputy.includes(area))
}

/** Why a request cannot be answered any more though it is open: it asks a key of this device that was given up, or its sender's was. Null where it can. */
export async function closedBecause({ asked, from }: ApprovalRequest): Promise<Refusal | null> {
  if ((await teamFormerKeys()).has(from.signKey)) return 'former-sender'
  const own = toBase64Url((await deviceKey()).publicKey)
  return asked.includes(own) ? null : 'old-key'
}

/**
 * Asks again, of whoever may answer now, what waits for keys that were given up; each old request is taken back in the same moment. Where nobody may answer for an area any more it is
 * only taken back: the person sees that a signature is missing, and asks. In the ledger either way.
 */
export async function askAnew(former: ReadonlySet<string>, now: number): Promise<void> {
  for (const row of await stuckRequests(former, now)) {
    const { request } = row
    const made = await makeRequest({ ...request, id: crypto.randomUUID(), at: now, until: now + REQUEST_STANDS, deputyAfter: now + (request.deputyAfter - request.at) }).catch((error: unknown) => {
      if (error instanceof AskError) return null
      throw error
    })
    if (made) await replaceRequest(row.id, made, now)
    else await revokeRequest(row.id, now)
    await noteTeam('asked-anew', { request: row.id, by: made?.id ?? null, session: row.session, digest: row.digest }, now)
  }
}

export { removeContact, revokeRequest }

async function sealedCode(kind: 'request' | 'answer', keys: readonly string[], content: Signed<unknown>): Promise<string> {
  return toCode(kind, await sealFor(keys, JSON.stringify(content)))
}

async function signed<T>(kind: SignedKind, content: T): Promise<Signed<T>> {
  const key = await deviceKey()
  return { content, signature: toBase64Url(await key.sign(bytesToSign(kind, content))) }
}

/** As JSON holds it, so that what is kept here has the digest of what arrives there. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new CodeError('altered') // Not JSON, or not of the shape: made by hand, or by a version that says so in the code's head.
  }
}
