import type { Reviewer } from '../review/index.ts'
import { db } from './db.ts'
import { guarded } from './errors.ts'
import { appendWith } from './ledger.ts'

const NOTED = 'policy-noted'

/**
 * Notes in the ledger that another policy is in force than at the last time, whoever changed it: person, team or administrator. A device's first policy is only
 * remembered: each sign-off names the one it was given under.
 */
export function notePolicy(digest: string, reviewer: Reviewer, at: number): Promise<void> {
  const done = queue.then(() => note(digest, reviewer, at))
  queue = done.catch(() => undefined) // Whoever asked for it is told.
  return done
}

/** Several settings may change at once: each change is compared with the one before. */
let queue: Promise<void> = Promise.resolve()

async function note(digest: string, reviewer: Reviewer, at: number): Promise<void> {
  const noted = (await guarded(() => db.meta.get(NOTED)))?.value
  if (noted === digest) return
  const remember = () => db.meta.put({ key: NOTED, value: digest })
  if (typeof noted !== 'string') await guarded(remember)
  else await appendWith({ kind: 'policy', at, body: { from: noted, policyDigest: digest, reviewer }, once: `policy:${digest}:${at}` }, [], remember)
}
