import type { GuardPort } from '../guard/types.ts'
import { bytesOf } from './bytes.ts'
import { send } from './client.ts'

/** The guard's way to the worker. Every method rejects with a `MessageError`. */
export function createGuardPort(): GuardPort {
  return {
    loadRulebook: async (anew = false) => {
      const book = await send('rulebook/load', { anew, probe: new ArrayBuffer(0) })
      return { ...book, ruleset: bytesOf(book.ruleset) }
    },
    recall: (site, fingerprints) => (fingerprints.length === 0 ? Promise.resolve([]) : send('record/recall', { site, fingerprints })),
    rememberOrigin: async (site, blocks) => void (await send('origin/remember', { site, blocks })),
    recallOrigin: (site, digests) => send('origin/recall', { site, digests }),
    held: async (record, kind) => void (await send('record/held', { record, kind })),
    decided: async ({ session, site }, decision) => void (await send('record/decided', { session, site, decision })),
    reopened: async ({ session, site }, fingerprint, at) => void (await send('record/reopened', { session, site, fingerprint, at })),
    suppressed: (choice) => send('suppression/add', choice),
    unsuppressed: async (id) => void (await send('suppression/remove', { id })),
    corrected: async (correction) => void (await send('record/corrected', correction)),
    taught: async (lesson) => void (await send('record/taught', lesson)),
    signed: (record, signOff) => send('record/signed', { record, signOff }),
    approvals: (digest) => send('approval/standing', { digest }),
    askApproval: (record, terms) => send('approval/ask', { record, terms }),
    unchecked: async (record, reason) => void (await send('record/unchecked', { record, reason })),
    sent: (record, kind, signedAs, seen) => send('record/sent', { record, kind, signedAs, ...(seen ? { seen } : {}) }),
    loadReview: async () => void (await send('inject/review', null)),
  }
}

/** Runs the draft script in this frame: the checking itself, loaded when a draft first gets focus. */
export async function loadDraftScript(): Promise<void> {
  await send('inject/draft', null)
}
