import 'fake-indexeddb/auto'
import { recordsContract } from './records.fixture.ts'

recordsContract()
