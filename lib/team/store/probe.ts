import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Capabilities } from '../../review/team/index.ts'
import { TeamError } from '../outcome.ts'
import type { TeamStore } from './types.ts'

const FOLDER = 'probe/'

/** What only the probe does, which no driver offers. Both give or take HTTP statuses as the store answers them. */
export interface ProbePorts {
  readonly conditionalPut: (key: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => Promise<number>
  readonly remove: (key: string) => Promise<void>
}

/**
 * Tries out a store on an object of its own: read, write, and whether conditions are honoured or only taken.
 * A store that answers 2xx to a stale condition does not honour it. @throws {TeamError} where it cannot even be read
 */
export async function tryOut(store: TeamStore, { conditionalPut, remove }: ProbePorts): Promise<Capabilities> {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const [first, second] = [`${FOLDER}${random}-a`, `${FOLDER}${random}-b`]
  for await (const _page of store.list(FOLDER, { limit: 1 })) break
  const none: Capabilities = { read: true, write: false, createOnly: false, ifMatch: false, startAfter: false, clockAhead: store.clockAhead() }
  try {
    await store.put(first, utf8ToBytes('one').slice())
    await store.put(second, utf8ToBytes('two').slice())
  } catch (error) {
    if (error instanceof TeamError && error.problem.code === 'read-only') return none
    throw error
  }
  try {
    const refused = async (headers: Record<string, string>): Promise<boolean> => (await conditionalPut(first, utf8ToBytes('three').slice(), headers)) === 412
    const createOnly = await refused({ 'if-none-match': '*' })
    const ifMatch = await refused({ 'if-match': '"00000000000000000000000000000000"' })
    const keys: string[] = []
    for await (const page of store.list(FOLDER, { startAfter: first })) keys.push(...page.map(({ key }) => key))
    const back = await store.get(second, { maxBytes: 1_000 })
    return { ...none, write: back.kind === 'object', createOnly, ifMatch, startAfter: keys.includes(second) && !keys.includes(first), clockAhead: store.clockAhead() }
  } finally {
    // Who may write but not remove leaves two small objects behind, which nobody reads.
    await Promise.all([first, second].map((key) => remove(key).catch((error: unknown) => { if (!(error instanceof TeamError)) throw error })))
  }
}
