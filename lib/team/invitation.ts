import { z } from 'zod'
import type { Invitation, StoreAddress, StoreCredentials } from '../review/team/index.ts'
import { CodeError, fold, fromCode, toCode, unfold } from './approvals/code.ts'
import { refuse } from './outcome.ts'
import { addressSchema, credentialsSchema } from './store/address.ts'

const key = z.string().length(43)
const schema = z.strictObject({
  v: z.literal(1), team: z.string().regex(/^[a-z0-9]{16}$/), name: z.string().trim().min(1).max(200), store: addressSchema, founder: key,
  lead: z.strictObject({ name: z.string().max(200), signKey: key }), credentials: credentialsSchema.optional(),
})

/** An invitation with the credentials that it may carry. They are apart, so that what shows an invitation never holds them. */
export interface ReadInvitation { readonly invitation: Invitation; readonly credentials: StoreCredentials | null }

/** An invitation as a code to paste, or to show as a QR code. `credentials` only where the lead chose to send them along. */
export async function writeInvitation({ team, name, store, founder, lead }: Omit<Invitation, 'withCredentials'>, credentials: StoreCredentials | null): Promise<string> {
  return toCode('invitation', await fold(JSON.stringify({ v: 1, team, name, store, founder, lead, ...(credentials ? { credentials } : {}) })))
}

/** @throws {TeamError} `bad-invitation` */
export async function readInvitation(text: string): Promise<ReadInvitation> {
  try {
    const { kind, bytes } = fromCode(text)
    const read = kind === 'invitation' ? schema.safeParse(JSON.parse(await unfold(bytes))) : null
    if (!read?.success) throw refuse('bad-invitation')
    const { v: _v, credentials = null, ...invitation } = read.data
    if (credentials && credentials.kind !== invitation.store.kind) throw refuse('bad-invitation')
    return { invitation: { ...invitation, withCredentials: credentials !== null }, credentials }
  } catch (error) {
    if (error instanceof CodeError || error instanceof SyntaxError) throw refuse('bad-invitation')
    throw error
  }
}

/** The part of an address that a person is shown, and that the permission is asked for. */
export function hostOf(store: StoreAddress): string {
  return store.kind === 'memory' ? store.name : new URL(store.kind === 's3' ? store.endpoint : store.url).host
}
