import { useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react'

/** A screen reader hears a change once things have been quiet for this long. Milliseconds. */
const QUIET_MS = 1200

/** What `read` gives once nothing was drawn for a while, so that nothing is said in the middle of typing and a change that is taken back is not said at all. */
function useQuiet(read: () => string): string {
  const [said, say] = useState('')
  // No list of dependencies: each drawing starts the wait anew.
  useEffect(() => {
    const timer = setTimeout(() => { say(read()) }, QUIET_MS)
    return () => { clearTimeout(timer) }
  })
  return said
}

/** `text` as a polite status that is heard and not seen. */
export function Announcement({ text }: { readonly text: string }): ReactNode {
  return <span className="vh" role="status">{useQuiet(() => text)}</span>
}

/** What changes while somebody writes: seen at once, heard when it is quiet. */
export function Calm({ as: Tag = 'div', ...shown }: ComponentProps<'div'> & { readonly as?: 'div' | 'span' }): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const said = useQuiet(() => place.current?.innerText ?? '')
  return (
    <>
      <Tag ref={place} {...shown} />
      <span className="vh" role="status">{said}</span>
    </>
  )
}
