import { useLiveQuery } from 'dexie-react-hooks'
import { countInbox } from '../../lib/store/index.ts'

/** How many requests wait for this person now; undefined until it is read. */
export function useWaiting(): number | undefined {
  return useLiveQuery(countWaiting)
}

function countWaiting(): Promise<number> {
  return countInbox(Date.now())
}
