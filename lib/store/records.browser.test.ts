import { recordsContract } from '../../test/contracts/records.ts'

// The same again on Chromium's own IndexedDB and keys.
recordsContract()
