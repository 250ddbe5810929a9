import type { Capabilities } from '../../review/team/index.ts'
import { refuse } from '../outcome.ts'
import type { GetOptions, Got, Listed, ListOptions, PutOptions, TeamStore } from './types.ts'

const PAGE = 1_000

/** The objects of stores in memory, by name, so that several devices of one test meet in one. */
const shelves = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>()

/** A stand-in for a store, in this process's memory: for tests and simulations. It honours every condition. */
export function memoryStore(name: string): TeamStore & { readonly objects: Map<string, Uint8Array<ArrayBuffer>> } {
  const objects = shelves.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>()
  shelves.set(name, objects)
  const etagOf = (bytes: Uint8Array): string => `"${bytes.length}-${bytes.reduce((sum, byte) => (sum * 31 + byte) % 4_294_967_291, 7)}"`
  return {
    kind: 'memory',
    objects,
    async *list(prefix: string, { startAfter = '', limit = Infinity }: ListOptions = {}): AsyncGenerator<readonly Listed[], void, undefined> {
      const found = [...objects].filter(([key]) => key.startsWith(prefix) && key > startAfter).sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit)
      for (let at = 0; at < found.length; at += PAGE) yield await Promise.resolve(found.slice(at, at + PAGE).map(([key, bytes]) => ({ key, size: bytes.length })))
    },
    get: (key: string, { etag, maxBytes }: GetOptions): Promise<Got> => {
      const bytes = objects.get(key)
      if (!bytes) return Promise.resolve({ kind: 'missing' })
      if (bytes.length > maxBytes) return Promise.reject(refuse('too-large', String(maxBytes)))
      return Promise.resolve(etag === etagOf(bytes) ? { kind: 'unchanged' } : { kind: 'object', bytes: bytes.slice(), etag: etagOf(bytes) })
    },
    put: (key: string, bytes: Uint8Array<ArrayBuffer>, { overwrite = false }: PutOptions = {}): Promise<'written' | 'exists'> => {
      if (objects.has(key) && !overwrite) return Promise.resolve('exists')
      objects.set(key, bytes.slice())
      return Promise.resolve('written')
    },
    probe: (): Promise<Capabilities> => Promise.resolve({ read: true, write: true, createOnly: true, ifMatch: true, startAfter: true, clockAhead: null }),
    clockAhead: () => null,
  }
}
