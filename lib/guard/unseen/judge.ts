/** What a pressed control says that it does: lets words out, keeps them (save, discard, close), something else, or it has no words at all. */
export type Said = 'sends' | 'stays' | 'other' | 'nothing'

/** By what a send was known that passed no gate of ours. */
export const SEEN_BY = ['said', 'pressed', 'form', 'enter', 'emptied'] as const
export type SeenBy = (typeof SEEN_BY)[number]

/** The last thing that was done on the page before a draft went. */
export interface Act {
  readonly kind: 'press' | 'enter' | 'key' | 'form'
  readonly said: Said
  /** In the draft's own root, and for `form` the form that holds it. */
  readonly inside: boolean
  /** Milliseconds since. */
  readonly ago: number
}

export interface Signs {
  /** How the draft went: its root left the page, its text was emptied, the page itself was left. */
  readonly went: 'gone' | 'emptied' | 'page'
  readonly act: Act | null
  /** A line came after the act in which the page says that something was sent. */
  readonly said: boolean
  /** Its text was last changed by a person's own editing: deleted, undone, written over. */
  readonly edited: boolean
}

/** How long before the going an act counts, milliseconds: a server may answer slowly, and drafts are looked at once a second. */
const CAUSE_MS = 6_000
/** Keys and icons act at once or have another meaning. */
const AT_ONCE_MS = 2_500

/**
 * By what signs a draft that went was sent past the gate, or null where discarding, saving, closing or moving it would look the same. A false alarm costs more
 * than a send that is not noticed, so each yes needs a going, an act that can have caused it, and something that only a send does.
 */
export function judgeUnseen({ went, act, said, edited }: Signs): SeenBy | null {
  if (!act || act.ago > CAUSE_MS || act.said === 'stays' || (went === 'emptied' && edited)) return null
  if (said) return 'said'
  if (act.said === 'sends') return 'pressed'
  if (act.kind === 'form' && act.inside) return 'form'
  if (went !== 'emptied' || !act.inside || act.ago > AT_ONCE_MS) return null
  if (act.kind === 'enter') return 'enter'
  return act.kind === 'press' && act.said === 'nothing' ? 'emptied' : null
}
