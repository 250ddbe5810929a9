import { recordsContract } from './records.fixture.ts'

// The same again on Chromium's own IndexedDB and keys.
recordsContract()
