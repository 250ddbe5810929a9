import type { ApprovalAnswer, ApprovalRequest, Card, Refusal, Signed, Verdict } from '../review/approval/types.ts'
import { approvedAreas, judgeAnswer, type AnswerContext } from '../review/approval/judge.ts'
import type { GivenApproval } from '../review/index.ts'
import type { DraftApprovals, Rulebook } from '../guard/types.ts'
import { db, type ContactRow, type InboxRow, type SentRequestRow } from './db.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { guarded, StoreError } from './errors.ts'
import { appendWith } from './ledger.ts'
import { managedPolicy } from './administrator.ts'
import { loadSettings, policyOf } from './settings.ts'

/** Key in `chrome.storage.local` that changes whenever an approval came, went or ran out: open drafts then ask again. */
export const APPROVALS_KEY = 'approvals'

export function listContacts(): Promise<ContactRow[]> {
  return guarded(async () => (await db.contacts.toArray()).sort((a, b) => a.name.localeCompare(b.name)))
}

/** Keeps a card; one of the same key is replaced. */
export async function saveContact(card: Card, at: number): Promise<void> {
  await guarded(() => db.contacts.put({ ...card, addedAt: at }))
  await tellApprovals()
}

/** Takes a card away. Its answers count no more from now on. */
export async function removeContact(key: string): Promise<void> {
  await guarded(() => db.contacts.delete(key))
  await tellApprovals()
}

/** Requests that this device sent, the latest first. */
export function listRequests(): Promise<SentRequestRow[]> {
  return guarded(() => db.requests.orderBy('at').reverse().limit(500).toArray())
}

export async function saveRequest(row: SentRequestRow): Promise<void> {
  await guarded(() => db.requests.put(row))
  await tellApprovals()
}

/** A request of this device that stands for the same draft under the same rules, so that asking twice asks once. One that was refused is over: asked again, it is a new question. */
export async function standingRequest(session: string, digest: string, now: number): Promise<SentRequestRow | null> {
  const rows = await requestsFor(digest, now)
  return rows.findLast((row) => row.session === session && stands(row) && !row.answers.some(({ content }) => content.verdict === 'refused')) ?? null
}

function stands({ revokedAt, expiredAt }: SentRequestRow): boolean {
  return revokedAt === null && expiredAt === undefined
}

/**
 * Every request for this text, and every one that was answered with it, in the order they were made. What has run out by now is noted as such; only then is anything written, because a person who
 * signs waits for this.
 */
async function requestsFor(digest: string, now: number): Promise<SentRequestRow[]> {
  const rows = await guarded(() => db.requests.where('digest').equals(digest).or('answered').equals(digest).sortBy('at'))
  const over = rows.filter((row) => row.expiredAt === undefined && row.request.until <= now)
  if (over.length === 0) return rows
  await guarded(() => db.requests.where('id').anyOf(over.map(({ id }) => id)).modify((row) => { row.expiredAt ??= now }))
  return rows.map((row) => (over.includes(row) ? { ...row, expiredAt: now } : row))
}

/** Notes which requests have run out: a clock that is set back later does not make them count again. */
export function noteExpired(now: number): Promise<unknown> {
  return guarded(() => db.requests.filter((row) => row.expiredAt === undefined && row.request.until <= now).modify({ expiredAt: now }))
}

/** Requests with an answer that the sender has not been shown yet. */
export function untoldRequests(): Promise<SentRequestRow[]> {
  return guarded(() => db.requests.filter((row) => row.answers.length > (row.told ?? 0)).toArray())
}

/** Notes that the sender has seen every answer there is. */
export async function markTold(): Promise<void> {
  const noted = await guarded(() => db.requests.filter((row) => row.answers.length > (row.told ?? 0)).modify((row) => { row.told = row.answers.length }))
  if (noted > 0) await tellApprovals()
}

/**
 * Requests that wait for an answer which a key that was given up can neither give nor get any more: it was asked, or it asked. Not those that are covered by others' answers, that were
 * refused, or whose draft has left.
 */
export async function stuckRequests(former: ReadonlySet<string>, now: number): Promise<SentRequestRow[]> {
  await noteExpired(now)
  const people = await whoIsWho()
  const stuck: SentRequestRow[] = []
  for (const row of await guarded(() => db.requests.filter(stands).sortBy('at'))) {
    const { asked, from, areas } = row.request
    if (!asked.some((key) => former.has(key)) && !former.has(from.signKey)) continue
    if (row.answers.some(({ content }) => content.verdict === 'refused')) continue
    const covered = approvedAreas(row.digest, row.request, contextOf(row, now, people)).areas
    if (areas.every((area) => covered.includes(area))) continue
    const left = await guarded(() => db.records.where('session').equals(row.session).and(({ sent, digest }) => sent !== null && digest === row.digest).count())
    if (left === 0) stuck.push(row)
  }
  return stuck
}

/** A request in the place of another, which is taken back: both or neither. */
export async function replaceRequest(old: string, row: SentRequestRow, at: number): Promise<void> {
  await guarded(() => db.transaction('rw', db.requests, async () => {
    await db.requests.where('id').equals(old).modify((one) => { one.revokedAt ??= at })
    await db.requests.put(row)
  }))
  await tellApprovals()
}

/** Takes a request back: answers to it count no more. */
export async function revokeRequest(id: string, at: number): Promise<void> {
  await guarded(() => db.requests.where('id').equals(id).modify((row) => { row.revokedAt ??= at }))
  await tellApprovals()
}

/**
 * Takes an answer to one of our requests, or says why not. Taken ones are in the ledger and with the request in one transaction.
 * @returns the request it belongs to, or the reason it does not count
 */
export async function takeAnswer(answer: Signed<ApprovalAnswer>, now: number): Promise<{ readonly row: SentRequestRow } | { readonly refusal: Refusal }> {
  await noteExpired(now)
  const row = await guarded(() => db.requests.get(answer.content.request))
  if (!row) return { refusal: 'unknown-request' }
  const refusal = judgeAnswer(answer, contextOf(row, now, await whoIsWho()))
  if (refusal !== null) return { refusal }
  const { by, verdict, areas, digest, reason } = answer.content
  const body = { as: 'asker', request: row.id, session: row.session, digest, by, areas, verdict, reason }
  const taken: SentRequestRow = { ...row, answers: [...row.answers, answer], answered: [...row.answered, digest] }
  await appendWith({ kind: verdict === 'refused' ? 'refused' : 'approved', at: now, body, once: `${row.session}:answer:${row.id}:${by.signKey}` }, [db.requests], () => db.requests.put(taken))
  await tellApprovals()
  return { row: taken }
}

/** Every answer is checked again, each time: what ran out, was taken back, or came from a contact who is gone counts no more. */
export async function approvalsOf(digest: string, rules: Pick<Rulebook, 'rulesetDigest' | 'policyDigest'>, now: number): Promise<DraftApprovals> {
  const rows = await requestsFor(digest, now)
  if (rows.length === 0) return { areas: [], given: [], waiting: [], refused: null, code: null }
  const people = await whoIsWho()
  const areas = new Set<string>()
  const given: GivenApproval[] = []
  let refused: DraftApprovals['refused'] = null
  for (const row of rows) {
    const standing = approvedAreas(digest, rules, contextOf(row, now, people))
    for (const area of standing.areas) areas.add(area)
    for (const { content } of row.answers) {
      const counts = content.areas.filter((area) => standing.areas.includes(area))
      if (counts.length > 0 && content.verdict !== 'refused') given.push({ ...content.by, areas: counts, request: row.id, at: content.at })
    }
    // Asked again, what was answered to the question before is no longer the answer.
    const no = standing.refused.at(-1)
    refused = no ? { name: no.by.name, reason: no.reason } : row.digest === digest && stands(row) ? null : refused
  }
  const open = rows.findLast((row) => row.digest === digest && stands(row) && row.answers.length === 0)
  const waiting = open ? people.contacts.filter((contact) => open.request.asked.includes(contact.signKey)).map((contact) => contact.name) : []
  return { areas: [...areas], given, waiting, refused, code: open?.code ?? null }
}

type People = Pick<AnswerContext, 'contacts' | 'policy' | 'self'>

/** Whose signature counts for what, as it is now. */
async function whoIsWho(): Promise<People> {
  const [settings, administrator, contacts, key] = await Promise.all([loadSettings(), managedPolicy(), listContacts(), deviceKey()])
  return { contacts, policy: policyOf(settings, administrator), self: { signKey: toBase64Url(key.publicKey), name: settings.reviewer.name } }
}

function contextOf(row: SentRequestRow, now: number, people: People): AnswerContext {
  return { ...people, request: row.request, revokedAt: row.revokedAt, taken: row.answers, now: Math.max(now, row.expiredAt ?? 0) }
}

/** Row of `meta` with the keys that the team gave up. */
export const FORMER = 'team-former'

/** Keys that the team gave up: what they ask is not answered any more. */
export async function saveFormerKeys(keys: readonly string[]): Promise<void> {
  await guarded(() => db.meta.put({ key: FORMER, value: keys }))
}

/** The keys that the team gave up; none without a team. */
export async function teamFormerKeys(): Promise<ReadonlySet<string>> {
  const value = await guarded(async () => (await db.meta.get(FORMER))?.value)
  return new Set(Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [])
}

// ---- the approver's side --------------------------------------------------------------------------------------------------------

/** Requests that came to this device, the latest first. */
export function listInbox(): Promise<InboxRow[]> {
  return guarded(() => db.inbox.orderBy('at').reverse().limit(500).toArray())
}

/** Keeps a request that came; one that is there already stays as it is, answered or not. */
export async function saveInbox(request: Signed<ApprovalRequest>, at: number): Promise<InboxRow> {
  return guarded(() => db.transaction('rw', db.inbox, async () => {
    const known = await db.inbox.get(request.content.id)
    if (known) return known
    const { id, session } = request.content
    const row: InboxRow = { id, session, at, request, state: 'open', answer: null, code: null, openedAt: null }
    await db.inbox.put(row)
    return row
  }))
}

/** How many requests wait for this person. */
export async function countInbox(now: number): Promise<number> {
  const former = await teamFormerKeys()
  return guarded(() => db.inbox.where('state').equals('open').and(({ request: { content } }) => content.until > now && !former.has(content.from.signKey)).count())
}

export function getInbox(id: string): Promise<InboxRow | null> {
  return guarded(async () => (await db.inbox.get(id)) ?? null)
}

/** What this approver saw last of the same draft, for the comparison; null the first time. */
export function seenBefore(row: InboxRow): Promise<ApprovalRequest | null> {
  return guarded(async () => {
    const rows = await db.inbox.where('session').equals(row.session).sortBy('at')
    const before = rows.filter((one) => one.id !== row.id && one.at <= row.at && one.request.content.from.signKey === row.request.content.from.signKey && one.openedAt !== null)
    return before.at(-1)?.request.content ?? null
  })
}

/** Notes that the approver has looked at a request. */
export async function markOpened(id: string, at: number): Promise<void> {
  await guarded(() => db.inbox.where('id').equals(id).modify((row) => { row.openedAt ??= at }))
}

/** Keeps this approver's answer and the code that carries it, with its ledger entry. An answer once given stays. */
export async function saveAnswer(id: string, verdict: Verdict, answer: Signed<ApprovalAnswer>, code: string, at: number): Promise<void> {
  const row = await guarded(() => db.inbox.get(id))
  if (!row) throw new StoreError('not-found', 'this request is not here any more')
  if (row.answer) throw new StoreError('not-signable', 'this request is answered already')
  const { areas, digest, reason } = answer.content
  const body = { as: 'owner', request: id, from: { name: row.request.content.from.name, signKey: row.request.content.from.signKey }, digest, areas, verdict, reason, ms: row.openedAt === null ? null : at - row.openedAt }
  await appendWith({ kind: verdict === 'refused' ? 'refused' : 'approved', at, body, once: `answered:${id}` }, [db.inbox], () => db.inbox.put({ ...row, state: verdict, answer, code }))
}

/** Tells open drafts to ask again. Where there is no such storage (a test in Node) nobody listens. */
export async function tellApprovals(): Promise<void> {
  await guarded(() => chrome.storage.local.set({ [APPROVALS_KEY]: crypto.randomUUID() }))
}
