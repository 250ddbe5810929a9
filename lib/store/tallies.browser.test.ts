import { talliesContract } from './tallies.fixture.ts'

// The same again on Chromium's own IndexedDB and keys.
talliesContract()
