import type { StoreAddress, StoreCredentials, StoreKind } from '../../review/team/index.ts'
import { refuse } from '../outcome.ts'
import { memoryStore } from './memory.ts'
import { s3Store } from './s3.ts'
import type { DriverPorts, TeamStore } from './types.ts'
import { webdavStore } from './webdav.ts'

type Driver<K extends StoreKind> = (address: Extract<StoreAddress, { kind: K }>, credentials: Extract<StoreCredentials, { kind: K }>, ports: DriverPorts) => TeamStore

/** Every driver, by kind of store. */
const DRIVERS: { readonly [K in StoreKind]: Driver<K> } = {
  s3: s3Store,
  webdav: webdavStore,
  memory: ({ name }) => memoryStore(name),
}

/** What drivers use unless a test says otherwise. */
export function driverPorts(): DriverPorts {
  return { fetch: (...args) => fetch(...args), now: Date.now, random: Math.random, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)), timeout: 30_000, tries: 4 }
}

/** The store at an address. @throws {TeamError} `no-credentials` where the credentials are for another kind */
export function openStore(address: StoreAddress, credentials: StoreCredentials, ports: DriverPorts = driverPorts()): TeamStore {
  if (address.kind === 's3' && credentials.kind === 's3') return DRIVERS.s3(address, credentials, ports)
  if (address.kind === 'webdav' && credentials.kind === 'webdav') return DRIVERS.webdav(address, credentials, ports)
  if (address.kind === 'memory' && credentials.kind === 'memory') return DRIVERS.memory(address, credentials, ports)
  throw refuse('no-credentials')
}

export * from './types.ts'
export { checkAddress, checkCredentials, storeOrigins } from './address.ts'
