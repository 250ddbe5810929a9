import type { MessageKey } from '../ui/index.ts'
import { keyPhrase, type Card, type Refusal } from '../../lib/review/approval/index.ts'
import { getInbox, listContacts, listInbox, listRequests, ownCard, seenBefore, type ContactRow, type InboxRow, type SentRequestRow } from '../../lib/store/index.ts'
import { closedBecause, ownAreasOf } from '../../lib/team/approvals/index.ts'

/** All that the list page shows. */
export interface ApprovalsData {
  readonly inbox: readonly InboxRow[]
  readonly sent: readonly SentRequestRow[]
  readonly contacts: readonly ContactRow[]
}

export async function loadApprovals(): Promise<ApprovalsData> {
  const [inbox, sent, contacts] = await Promise.all([listInbox(), listRequests(), listContacts()])
  return { inbox, sent, contacts }
}

/** This person's card. It makes the keys at first need, so it is asked outside of what follows the database. */
export async function loadCard(): Promise<{ readonly card: Card; readonly phrase: string }> {
  const card = await ownCard()
  return { card, phrase: keyPhrase(card.signKey) }
}

/** One request that came, with what this person may do with it. */
export interface RequestData {
  readonly row: InboxRow
  /** The sender's own card, null where it is not among the contacts. */
  readonly known: ContactRow | null
  readonly phrase: string
  /** Areas of it that this person signs for. */
  readonly areas: readonly string[]
  /** Why nobody can answer it from here any more, null where one can. */
  readonly closed: Refusal | null
  /** Text of the same draft as this person saw it last, null the first time. */
  readonly before: string | null
}

export async function loadRequest(id: string): Promise<RequestData | null> {
  const row = await getInbox(id)
  if (!row) return null
  const request = row.request.content
  const [contacts, areas, closed, before] = await Promise.all([listContacts(), ownAreasOf(request), closedBecause(request), seenBefore(row)])
  return {
    row, areas, closed, phrase: keyPhrase(request.from.signKey), known: contacts.find((one) => one.signKey === request.from.signKey) ?? null,
    before: before && `${before.draft.subject}\n\n${before.draft.text}`,
  }
}

/** The sentence for a refusal. Total, so that a new reason without words does not compile. */
export const REFUSAL_WORDS: Readonly<Record<Refusal, MessageKey>> = {
  'not-a-code': 'apprRefusal_not_a_code', cut: 'apprRefusal_cut', altered: 'apprRefusal_altered', doubled: 'apprRefusal_doubled', 'too-large': 'apprRefusal_too_large',
  newer: 'apprRefusal_newer', 'not-for-us': 'apprRefusal_not_for_us', 'unknown-request': 'apprRefusal_unknown_request', 'other-text': 'apprRefusal_other_text', expired: 'apprRefusal_expired',
  revoked: 'apprRefusal_revoked', replayed: 'apprRefusal_replayed', clock: 'apprRefusal_clock', 'wrong-role': 'apprRefusal_wrong_role', self: 'apprRefusal_self', 'unknown-key': 'apprRefusal_unknown_key',
  'too-early': 'apprRefusal_too_early', 'old-key': 'apprRefusal_old_key', 'former-sender': 'apprRefusal_former_sender',
}
