/** Geometry in CSS pixels of the frame's viewport. Pure: boxes in, boxes out. */
export interface Box { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
export interface Size { readonly width: number; readonly height: number }

export const CARD_WIDTH = 376
/** Room that a gutter needs: card, gap and a margin. */
const GUTTER = 390
const GAP = 14
const EDGE = 12
/** Below this width of the viewport cards are sheets at the bottom. */
export const SHEET_UNDER = 600

export type Placement =
  | { readonly kind: 'gutter'; readonly side: 'left' | 'right'; readonly left: number; readonly top: number; readonly leader: number | null }
  | { readonly kind: 'near'; readonly left: number; readonly top: number }
  | { readonly kind: 'sheet' }

/**
 * Where a card goes so that it covers no flagged text: the gutter beside the draft, start side first, level with the span; without a gutter under
 * (else over) the span's lines; else, and on narrow screens, a sheet at the bottom. `start` is the side where reading starts.
 */
export function placeCard(view: Size, frame: Box, span: readonly Box[], card: Size, start: 'left' | 'right'): Placement {
  if (view.width < SHEET_UNDER) return { kind: 'sheet' }
  const gutter = gutterSide(view, frame, start)
  const first = span[0]
  const last = span.at(-1)
  if (gutter) {
    const want = first ? first.top - 56 : frame.top
    const top = clamp(want, EDGE, view.height - card.height - EDGE)
    const line = first ? (first.top + first.bottom) / 2 - top : 0
    return { kind: 'gutter', ...gutter, top, leader: first && line > 12 && line < card.height - 12 ? line : null }
  }
  if (!first || !last) return bottomCorner(view, card)
  const left = clamp(first.left - EDGE, EDGE, view.width - CARD_WIDTH - EDGE)
  if (last.bottom + GAP + card.height + EDGE <= view.height) return { kind: 'near', left, top: last.bottom + GAP }
  if (first.top - GAP - card.height >= EDGE) return { kind: 'near', left, top: first.top - GAP - card.height }
  return { kind: 'sheet' }
}

/** Where the panel goes: the gutter, at the bottom of the draft where its send button is; else the corner at the end; a sheet on narrow screens. */
export function placePanel(view: Size, frame: Box, panel: Size, start: 'left' | 'right'): Placement {
  if (view.width < SHEET_UNDER) return { kind: 'sheet' }
  const gutter = gutterSide(view, frame, start)
  if (!gutter) return bottomCorner(view, panel)
  const bottom = Math.min(frame.bottom, view.height) - GAP
  return { kind: 'gutter', ...gutter, top: clamp(bottom - panel.height, EDGE, view.height - panel.height - EDGE), leader: null }
}

function gutterSide(view: Size, frame: Box, start: 'left' | 'right'): { side: 'left' | 'right'; left: number } | null {
  const room = { left: frame.left, right: view.width - frame.right }
  const side = room[start] >= GUTTER ? start : room[other(start)] >= GUTTER ? other(start) : null
  if (!side) return null
  return { side, left: side === 'left' ? frame.left - GAP - CARD_WIDTH : frame.right + GAP }
}

function other(side: 'left' | 'right'): 'left' | 'right' {
  return side === 'left' ? 'right' : 'left'
}

function bottomCorner(view: Size, size: Size): Placement {
  return { kind: 'near', left: view.width - CARD_WIDTH - EDGE, top: Math.max(EDGE, view.height - size.height - EDGE) }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

export interface ChipPlace { readonly left: number; readonly top: number; readonly dot: boolean }

/**
 * First place for the chip that `isFree` allows: inside the draft near its lower edge at the end side (over its toolbar), below it, past its end edge;
 * else a dot in the corner. Null when the draft is not on screen.
 */
export function placeChip(view: Size, frame: Box, chip: Size, end: 'left' | 'right', isFree: (box: Box) => boolean): ChipPlace | null {
  if (frame.right - frame.left < 8 || frame.bottom <= 0 || frame.top >= view.height || frame.right <= 0 || frame.left >= view.width) return null
  const atEnd = (width: number): number => (end === 'right' ? Math.min(frame.right, view.width) - GAP - width : Math.max(frame.left, 0) + GAP)
  const left = clamp(atEnd(chip.width), 2, view.width - chip.width - 2)
  const fits = (at: { left: number; top: number }): boolean =>
    at.top >= 2 && at.top + chip.height <= view.height - 2 && at.left >= 2 && at.left + chip.width <= view.width - 2
    && isFree({ left: at.left, top: at.top, right: at.left + chip.width, bottom: at.top + chip.height })
  const bottom = Math.min(frame.bottom, view.height)
  const reach = Math.min(150, (frame.bottom - frame.top) / 2)
  for (let up = chip.height + 8; up <= reach; up += 6) if (fits({ left, top: bottom - up })) return { left, top: bottom - up, dot: false }
  if (fits({ left, top: frame.bottom + 4 })) return { left, top: frame.bottom + 4, dot: false }
  const beside = { left: end === 'right' ? frame.right + 4 : frame.left - 4 - chip.width, top: bottom - chip.height - 8 }
  if (fits(beside)) return { ...beside, dot: false }
  return { left: clamp(atEnd(22) + (end === 'right' ? 10 : -10), 2, view.width - 24), top: clamp(bottom - 24, 2, view.height - 24), dot: true }
}

const TOAST_EDGE = 24
/** As high as the notice of a page, with its gap. */
const TOAST_STEP = 64

/**
 * Where a toast goes: the bottom corner on the start side, raised above what the page itself says there (an "Undo" must stay in reach), the first place
 * that `isFree` allows; under 900 px below the page's title bar, lower if that is taken.
 */
export function placeToast(view: Size, toast: Size, start: 'left' | 'right', isFree: (box: Box) => boolean): { readonly left: number; readonly top: number } {
  const wide = view.width > 900
  const left = !wide ? EDGE : start === 'left' ? TOAST_EDGE : view.width - TOAST_EDGE - toast.width
  const first = wide ? view.height - TOAST_EDGE - toast.height : 56
  const places = [0, 1, 2, 3].map((step) => ({ left, top: first + (wide ? -step : step) * TOAST_STEP }))
  const free = places.find(({ top }) => top >= 0 && top + toast.height <= view.height && isFree({ left, top, right: left + toast.width, bottom: top + toast.height }))
  return free ?? { left, top: first }
}
