import 'fake-indexeddb/auto'
import { recordsContract } from '../../test/contracts/records.ts'

recordsContract()
