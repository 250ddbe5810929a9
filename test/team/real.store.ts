import { describe } from 'vitest'
import type { StoreAddress } from '../../lib/review/team/index.ts'
import { driverPorts, openStore } from '../../lib/team/store/index.ts'
import { storeContract } from './contract.ts'
import { realStores } from './real-stores.ts'

/** The contract on the real servers that `npm run test:team` started. */
describe.each(realStores())('$name', ({ address, credentials, createOnly }) => {
  const own: StoreAddress = { ...address, ...('folder' in address ? { folder: `contract-${Date.now().toString(36)}` } : {}) }
  storeContract({ open: () => openStore(own, credentials, driverPorts()), createOnly, many: 1_200 })
})
