import { talliesContract } from '../../test/contracts/tallies.ts'

// The same again on Chromium's own IndexedDB and keys.
talliesContract()
