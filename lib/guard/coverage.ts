import type { DraftParts } from '../sites/types.ts'

/** A part of a draft that is looked at when it is there. */
export const WATCHED_PARTS = ['text', 'subject', 'recipients', 'send'] as const
export type WatchedPart = (typeof WATCHED_PARTS)[number]

/** What of a draft is watched and what is not. Counts say how much. */
export interface Coverage {
  readonly watched: readonly WatchedPart[]
  readonly missing: DraftParts['missing']
  /** Blocks that could not be read, of `blocks`. */
  readonly unread: number
  readonly blocks: number
  /** False where the editor shows only part of its text. */
  readonly complete: boolean
  /** Pictures in the text. Words in them are read by nobody. */
  readonly images: number
  /** Attached files, as far as the page shows them; null where a mail may have some and the page's list of them is not known. At most their names are read. */
  readonly attachments: number | null
  /** Frames of another site in the draft, outside its text. */
  readonly frames: number
}

/** What is not watched, the gravest first. Each has one wording in the interface (`gapWords`). */
export const GAPS = ['send', 'body', 'frames', 'blocks', 'part', 'recipients', 'subject', 'images', 'attachments'] as const
export type Gap = (typeof GAPS)[number]

/** The gaps of a draft, the gravest first. */
export function gapsOf({ missing, unread, complete, images, attachments, frames }: Coverage): readonly Gap[] {
  const open: Readonly<Record<Gap, boolean>> = {
    send: missing.includes('send'), body: missing.includes('body'), frames: frames > 0, blocks: unread > 0, part: unread === 0 && !complete,
    recipients: missing.includes('recipients'), subject: missing.includes('subject'), images: images > 0, attachments: attachments !== 0,
  }
  return GAPS.filter((gap) => open[gap])
}
