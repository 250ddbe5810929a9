import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReviewSession } from '../../lib/guard/index.ts'
import { Button, Icon, Kbd, t } from '../ui/index.ts'
import { useReview, useReviewState } from './context.ts'
import { createFocusKeeper, useFocusTurn, useFollow, viewOf, writePlacement, writeTheme } from './follow.ts'
import { cycleTab, isComposing, isSignKey, plainKey } from './keys.ts'
import type { Placement, Size } from './place.ts'
import { themeFor } from './theme.ts'
import { isBlocked } from './top-layer.ts'

export interface SurfaceProps {
  readonly session: ReviewSession
  readonly cs: string
  readonly role: 'dialog' | 'alertdialog'
  /** Ids of the elements that name and describe it. */
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly className?: string | undefined
  readonly place: (view: Size, size: Size) => Placement
  readonly onKey: (event: KeyboardEvent) => void
  readonly onEscape: () => void
  /** What gets focus when it opens; the surface itself when null. */
  readonly focusFirst?: RefObject<HTMLElement | null> | undefined
  readonly children: ReactNode
}

/** A surface of ours: floating beside the draft on its page, a part of the page in the side panel. */
export function Surface(props: SurfaceProps) {
  return useReview().aside ? <Part {...props} /> : <Floating {...props} />
}

/** Does what Escape and F8 do on every surface. False where it is another key. */
function isCommonKey(event: KeyboardEvent, onEscape: () => void, step: (by: 1 | -1) => void): boolean {
  if (event.key === 'Escape') onEscape()
  else if (plainKey(event) === 'F8') step(event.shiftKey ? -1 : 1)
  else return false
  event.preventDefault()
  return true
}

/** In the side panel, one in the other where a finding is open in the list: keys that it does not know go on to what is around it only where they sign. */
function Part({ cs, labelledBy, describedBy, className = '', onKey, onEscape, focusFirst, children }: SurfaceProps) {
  const { actions } = useReview()
  const ref = useRef<HTMLElement>(null)
  const turn = useReviewState((state) => state.focusTurn)
  useFocusTurn(turn, actions.takeFocus, () => { if (document.hasFocus()) (focusFirst?.current ?? ref.current)?.focus() })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return
    if (event.defaultPrevented || !isSignKey(event)) event.stopPropagation()
    if (event.defaultPrevented) return
    if (!isCommonKey(event, onEscape, (by) => { actions.step(by) })) onKey(event)
  }
  return <section ref={ref} className={`surface float part ${className}`} aria-labelledby={labelledBy} aria-describedby={describedBy} tabIndex={-1} data-cs={cs} onKeyDown={onKeyDown}>{children}</section>
}

/**
 * A floating dialog of ours beside the draft. Not modal, so that the text stays readable and editable; where the page has a modal dialog open, which would
 * make everything outside it dead, it opens as a modal dialog itself.
 */
function Floating({ session, cs, role, labelledBy, describedBy, className = '', place, onKey, onEscape, focusFirst, children }: SurfaceProps) {
  const { host, actions, sight } = useReview()
  const ref = useRef<HTMLDialogElement>(null)
  const turn = useReviewState((state) => state.focusTurn)

  useLayoutEffect(() => {
    const dialog = ref.current
    if (!dialog || dialog.open) return
    if (isBlocked(host)) dialog.showModal()
    else dialog.setAttribute('open', '') // `show()` would take focus, also when the person is in the text.
  }, [host])
  const [keepFocus] = useState(createFocusKeeper)
  useLayoutEffect(() => {
    if (!ref.current) return
    sight.watch(ref.current)
    // At once: a key may come before the next frame does.
    keepFocus(ref.current)
  })
  useFollow(ref, (element) => {
    writePlacement(element, place(viewOf(host), { width: element.offsetWidth, height: element.offsetHeight }))
    writeTheme(element, themeFor(session.editorBackground()))
    keepFocus(element)
  })
  useFocusTurn(turn, actions.takeFocus, () => {
    actions.keepCaret();
    (focusFirst?.current ?? ref.current)?.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (isComposing(event)) return
    if (isCommonKey(event, onEscape, (by) => { actions.step(by) })) return
    if (event.key !== 'Tab') onKey(event)
    else if (ref.current) cycleTab(event, ref.current)
  }
  return (
    <dialog
      ref={ref} className={`surface float ${className}`} role={role} aria-labelledby={labelledBy} aria-describedby={describedBy} tabIndex={-1} data-cs={cs}
      data-theme={themeFor(session.editorBackground())} onKeyDown={onKeyDown} onCancel={(event) => { event.preventDefault() }}
    >
      {children}
    </dialog>
  )
}

/** Cross at the end of a title row. */
export function CloseButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button look="quiet" size="sm" icon className="end" cs="close" aria-label={t('reviewClose')} aria-keyshortcuts="Escape" onClick={onClick}>
      <Icon name="close" />
    </Button>
  )
}

/** A key and what it does, in a foot. */
export function FootKey({ keys, text }: { readonly keys: readonly string[]; readonly text: string }) {
  return <span className="row footkey"><Kbd keys={keys} /> {text}</span>
}
