import type { Draft, Finding } from '../../engine/index.ts'
import type { Requirement } from '../../policy/index.ts'
import type { Decision } from '../types.ts'

/** A person's public card: what others need in order to ask them and to check their answer. Keys are base64url. */
export interface Card {
  readonly name: string
  readonly role: string
  /** Areas that the person says they own, as the policy names them. */
  readonly areas: readonly string[]
  /** Areas in which they answer only after the owner's time is over. */
  readonly deputy: readonly string[]
  /** Ed25519 public key, 32 bytes. */
  readonly signKey: string
  /** P-256 public key for HPKE, 65 bytes uncompressed. */
  readonly sealKey: string
}

/** `any`: one owner of each area is enough. `all`: everybody who was asked, deputies aside. */
export type ApprovalMode = 'any' | 'all'

/** A frozen snapshot that somebody is asked to sign for. Times are milliseconds since the epoch. */
export interface ApprovalRequest {
  readonly id: string
  readonly from: Card
  readonly at: number
  /** Answers that come later do not count. */
  readonly until: number
  /** From then on a deputy's answer counts. */
  readonly deputyAfter: number
  readonly mode: ApprovalMode
  /** Sign keys of everybody who is asked. */
  readonly asked: readonly string[]
  /** Areas whose owners must sign. */
  readonly areas: readonly string[]
  readonly session: string
  readonly site: string
  readonly draft: Pick<Draft, 'kind' | 'subject' | 'recipients' | 'text' | 'attachments'>
  /** `digestDraft` of the draft. */
  readonly digest: string
  readonly rulesetDigest: string
  readonly policyDigest: string
  readonly requirement: Requirement
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
}

export type Verdict = 'approved' | 'edited' | 'refused'

/** What an owner answers. `digest` is of the text that is approved: for `edited` that of the text given here. */
export interface ApprovalAnswer {
  readonly request: string
  /** `canonicalDigest` of the whole request, so that an answer fits this request alone. */
  readonly requestDigest: string
  readonly by: Pick<Card, 'name' | 'role' | 'signKey'>
  readonly verdict: Verdict
  readonly areas: readonly string[]
  readonly digest: string
  readonly rulesetDigest: string
  readonly policyDigest: string
  /** Why it is refused, or what the approver wants said; may be ''. */
  readonly reason: string
  /** The text with the approver's changes; null where nothing was changed. */
  readonly edit: { readonly subject: string; readonly text: string } | null
  readonly at: number
}

/** A thing with the Ed25519 signature of its maker, base64url. */
export interface Signed<T> { readonly content: T; readonly signature: string }

/** Why a code, a request or an answer is not taken. The interface has a sentence for each. */
export const REFUSALS = [
  'not-a-code', 'cut', 'altered', 'doubled', 'too-large', 'newer', 'not-for-us', 'unknown-request', 'other-text',
  'expired', 'revoked', 'replayed', 'wrong-role', 'self', 'unknown-key', 'too-early', 'clock', 'old-key', 'former-sender',
] as const
export type Refusal = (typeof REFUSALS)[number]
