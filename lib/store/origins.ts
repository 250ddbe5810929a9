import type { OriginEvent } from '../origin/index.ts'

/** What was seen of one text: never the text, only its digest. */
interface KnownOrigin { readonly key: string; readonly events: readonly OriginEvent[] }

const KEY = 'origins'
/** As many open and lately closed drafts as anybody has at once; the oldest are forgotten first. */
const MOST = 300

let writing: Promise<unknown> = Promise.resolve()

/**
 * Remembers where a text came from, so that the same words in another window (pop-out, reopened draft) are known again.
 * Kept in memory by the browser until it is closed (`chrome.storage.session`), out of reach for pages and content scripts.
 * @param digest SHA-256 (hex) of the body.
 */
export function rememberOrigin(site: string, digest: string, events: readonly OriginEvent[]): Promise<void> {
  const key = `${site} ${digest}`
  const written = writing.then(async () => {
    const known = (await all()).filter((entry) => entry.key !== key)
    await chrome.storage.session.set({ [KEY]: [...known, { key, events }].slice(-MOST) })
  })
  writing = written.catch(() => undefined) // The caller is told; the next one starts afresh.
  return written
}

/** What was seen of this text before; empty when nothing was. */
export async function recallOrigin(site: string, digest: string): Promise<readonly OriginEvent[]> {
  return (await all()).find((entry) => entry.key === `${site} ${digest}`)?.events ?? []
}

async function all(): Promise<readonly KnownOrigin[]> {
  const stored = await chrome.storage.session.get<{ [KEY]?: readonly KnownOrigin[] }>(KEY)
  return stored[KEY] ?? []
}
