import 'fake-indexeddb/auto'
import { talliesContract } from './tallies.fixture.ts'

talliesContract()
