import 'fake-indexeddb/auto'
import { talliesContract } from '../../test/contracts/tallies.ts'

talliesContract()
