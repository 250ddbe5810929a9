import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { Announcement, Icon, TierGlyph, t } from '../ui/index.ts'
import { useReview } from './context.ts'
import { viewOf } from './follow.ts'
import { needing, wantsChip } from './model.ts'
import { placeChip } from './place.ts'
import { isFreeSpot } from './probe.ts'
import { themeFor } from './theme.ts'
import { originShort } from './origin-words.ts'
import { chipStatus } from './words.ts'

/** A draft's chip comes this long after its first finding and goes this long after nothing is open. Milliseconds. */
const APPEAR_MS = 600
const LEAVE_MS = 160

interface ChipProps { readonly session: ReviewSession; readonly snapshot: SessionSnapshot }

/** The two small buttons at a draft: where the text came from, and what it needs. */
export function Chip({ session, snapshot }: ChipProps) {
  const wanted = wantsChip(snapshot)
  const shown = useLater(wanted, wanted ? (snapshot.held || snapshot.phase !== 'open' ? 0 : APPEAR_MS) : LEAVE_MS)
  const status = chipStatus(snapshot)
  return (
    <>
      {shown && wanted && <ChipView session={session} snapshot={snapshot} />}
      <Announcement text={shown && wanted ? status.text : ''} />
    </>
  )
}

function ChipView({ session, snapshot }: ChipProps) {
  const { actions, dir, host, layout } = useReview()
  const ref = useRef<HTMLDivElement>(null)
  const status = chipStatus(snapshot)
  const origin = status.loud ? { head: '', tail: '' } : originShort(snapshot.origin)
  const opensFinding = snapshot.held === null && needing(snapshot).length > 0

  const place = useEffectEvent(() => {
    const chip = ref.current
    if (!chip) return
    chip.classList.remove('dot', 'short')
    const frame = session.frameRect()
    const view = viewOf(host)
    const isFree = (box: Parameters<typeof isFreeSpot>[1]): boolean => isFreeSpot(host.ownerDocument, box, host)
    const end = dir === 'rtl' ? 'left' : 'right'
    chip.style.maxWidth = `${Math.max(120, Math.min(frame.width, view.width) - 28)}px`
    let at = placeChip(view, frame, { width: chip.offsetWidth, height: chip.offsetHeight }, end, isFree)
    if (at?.dot) {
      chip.classList.add('short')
      at = placeChip(view, frame, { width: chip.offsetWidth, height: chip.offsetHeight }, end, isFree)
    }
    chip.classList.toggle('dot', at?.dot ?? false)
    chip.style.visibility = at ? 'visible' : 'hidden'
    if (at) chip.style.translate = `${Math.round(at.left)}px ${Math.round(at.top)}px`
  })
  useEffect(() => { place() }, [snapshot.revision, status.text])
  useEffect(() => layout.subscribe(() => { place() }), [layout])

  const open = (): void => {
    const first = needing(snapshot)[0]
    if (opensFinding && first) actions.openFinding(session, first)
    else actions.openPanel(session)
  }
  return (
    <div ref={ref} className={status.loud ? 'surface chip loud' : 'surface chip'} role="group" aria-label={t('reviewChipName')} data-cs="chip" data-theme={themeFor(session.editorBackground())}>
      {origin.head && (
        <>
          <button type="button" className="chip-o" data-cs="chip-origin" aria-label={`${t('reviewChipOpenOrigin')}: ${[origin.head, origin.tail].filter(Boolean).join(', ')}`} onClick={() => { actions.openOrigin(session) }}>
            <Icon name="clipboard" size={14} />
            <span className="clip">{origin.head}<span className="long">{origin.tail && `: ${origin.tail}`}</span></span>
          </button>
          <span className="sep" />
        </>
      )}
      <button type="button" data-cs="chip-status" title={status.text} aria-keyshortcuts={opensFinding ? 'F8' : undefined} onClick={open}>
        {status.mark && <TierGlyph tier={status.mark} size={12} />}
        {status.icon && <Icon name={status.icon} size={14} />}
        <span className="clip num">{status.text}</span>
        <span className="vh">. {t(opensFinding ? 'reviewChipOpenFindings' : 'reviewChipOpenPanel')}</span>
      </button>
    </div>
  )
}

/** `value`, some milliseconds late. */
function useLater(value: boolean, delay: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => { setLate(value) }, delay)
    return () => { clearTimeout(timer) }
  }, [value, delay])
  return late
}
