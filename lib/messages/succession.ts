/** Key in `chrome.storage.local`. */
const KEY = 'succession'

/** The word by which a guard ends one that an update left behind; the same for as long as the extension is installed. Pages cannot read it. */
export async function successionWord(): Promise<string> {
  const known = await read()
  if (known) return known
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const word = `countersign-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
  await chrome.storage.local.set({ [KEY]: word })
  // Another frame may have written its own at the same moment: the one that stayed is the word.
  return (await read()) ?? word
}

async function read(): Promise<string | null> {
  const stored = await chrome.storage.local.get(KEY)
  const word: unknown = stored[KEY]
  return typeof word === 'string' ? word : null
}
