import type { Draft } from '../engine/index.ts'
import { canonicalDigest } from '../policy/index.ts'

/**
 * What a signature is bound to: SHA-256 (hex) of the canonical JSON of subject, text, recipients and the names of attachments. Synchronous, because the gate
 * answers inside the click. A draft without attachments has the digest it always had, so that older records stay comparable.
 *
 * Only line ends are made alike: a page may turn `\r\n` into `\n` by itself. The order of recipients does not matter; their field (to, cc, bcc) does.
 * A recipient is the address; the shown name counts only where the page shows no address, because pages fill in names later.
 */
export function digestDraft(draft: Pick<Draft, 'subject' | 'text' | 'recipients' | 'attachments'>): string {
  const recipients = draft.recipients
    .map(({ field, address, name }) => (address === null ? [field, 'name', name] : [field, 'address', address]))
    .sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)))
  return canonicalDigest({ subject: lineEnds(draft.subject), text: lineEnds(draft.text), recipients, ...(draft.attachments?.length ? { attachments: [...draft.attachments].sort(compare) } : {}) })
}

function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
