import type { KnownBlock } from '../origin/index.ts'

/** Blocks of one site by their digest, the latest last. Never the text. */
type Known = Readonly<Record<string, KnownBlock>>

const KEY = 'origins'
/** Blocks of as many open and lately closed drafts as anybody has at once; the oldest are forgotten first. */
const MOST = 3_000

let writing: Promise<unknown> = Promise.resolve()

/**
 * Remembers how blocks of text arrived, so that the same words in another window, or in a draft that is opened again, are known.
 * Kept in memory by the browser until it is closed (`chrome.storage.session`), out of reach for pages and content scripts.
 */
export function rememberOrigin(site: string, blocks: readonly KnownBlock[]): Promise<void> {
  const written = writing.then(async () => {
    const known = new Map(Object.entries(await all()))
    for (const block of blocks) {
      const key = `${site} ${block.digest}`
      known.delete(key) // So that it goes to the end again.
      known.set(key, block)
    }
    await chrome.storage.session.set({ [KEY]: Object.fromEntries([...known].slice(-MOST)) })
  })
  writing = written.catch(() => undefined) // The caller is told; the next one starts afresh.
  return written
}

/** What was seen of these blocks before; those of which nothing is known are left out. */
export async function recallOrigin(site: string, digests: readonly string[]): Promise<readonly KnownBlock[]> {
  const known = await all()
  return digests.flatMap((digest) => known[`${site} ${digest}`] ?? [])
}

async function all(): Promise<Known> {
  const stored = await chrome.storage.session.get<{ [KEY]?: Known }>(KEY)
  return stored[KEY] ?? {}
}
