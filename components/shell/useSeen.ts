import { useEffect, useState } from 'react'

/** True a moment after something is there and was painted: for what takes long, and what nobody looks at first. */
export function useSeen(there: boolean): boolean {
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!there) return undefined
    const waiting = requestIdleCallback(() => setSeen(true), { timeout: 1_500 })
    return () => cancelIdleCallback(waiting)
  }, [there])
  return seen
}
