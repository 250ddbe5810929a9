import type { TrackedBlock } from './provenance.ts'
import type { Arrival, Place } from './types.ts'

/** Of a longer arrival at least so many characters in one stretch must stand, or it is gone: coincidences of an edit are shorter. */
const STANDS = 10
/** Characters that appear without key, paste, drop or input method before it is called an insertion: less is a name, a date, a corrected word. */
export const INSERTION_MINIMUM = 200

/** What of the arrivals still stands in these blocks, in the order of the text, `chars` being what is left of each. */
export function standingArrivals(blocks: readonly TrackedBlock[]): Arrival[] {
  const standing = new Map<Arrival, { chars: number; longest: number }>()
  for (const { counted, runs } of blocks) {
    if (!counted) continue
    for (const { length, arrival } of runs) {
      const known = standing.get(arrival) ?? { chars: 0, longest: 0 }
      standing.set(arrival, { chars: known.chars + length, longest: Math.max(known.longest, length) })
    }
  }
  return [...standing].filter(([arrival, { longest }]) => longest >= Math.min(STANDS, Math.ceil(arrival.chars / 2)))
    .map(([arrival, { chars }]) => ({ ...arrival, chars }))
}

interface Share { readonly kind: Place['kind']; readonly product: string | null; stands: number; edited: number; first: number; last: number }

/** Which paragraphs came from elsewhere and how much of them was edited since. Empty lines are not counted; small insertions are no place. */
export function placesIn(blocks: readonly TrackedBlock[]): Place[] {
  const inserted = new Set(standingArrivals(blocks).filter(({ kind, chars }) => kind === 'inserted' && chars >= INSERTION_MINIMUM).map(({ at }) => at))
  const places: Share[] = []
  let paragraph = 0
  for (const block of blocks) {
    if (block.text.trim() === '') continue
    paragraph += 1
    const part = block.counted ? shareOf(block, inserted) : null
    const last = places.at(-1)
    if (!part) continue
    if (last?.last === paragraph - 1 && last.kind === part.kind && last.product === part.product) {
      last.last = paragraph
      last.stands += part.stands
      last.edited += part.edited
    } else places.push({ ...part, first: paragraph, last: paragraph })
  }
  return places.map(({ first, last, kind, product, stands, edited }) => ({ first, last, kind, product, edited: edited / (stands + edited) }))
}

/** The arrival that most of a block's text from elsewhere came with. */
function shareOf(block: TrackedBlock, inserted: ReadonlySet<number>): Omit<Share, 'first' | 'last'> | null {
  const sums = new Map<Arrival, number>()
  for (const { length, arrival } of block.runs) {
    if (arrival.kind === 'typed' || arrival.kind === 'stood' || arrival.kind === 'template') continue
    if (arrival.kind === 'inserted' && !inserted.has(arrival.at)) continue
    sums.set(arrival, (sums.get(arrival) ?? 0) + length)
  }
  const most = [...sums].sort(([, a], [, b]) => b - a)[0]
  if (!most || most[1] < Math.min(STANDS, block.text.length / 2)) return null
  const [arrival, stands] = most
  return { kind: arrival.kind as Place['kind'], product: productOf(arrival), stands, edited: editedIn(block, stands) }
}

/** Characters typed in or over, or taken out, whichever is more: a replaced word is one edit, not two. */
function editedIn({ text, lost }: TrackedBlock, stands: number): number {
  return Math.max(lost, text.length - stands)
}

/** Share of a block that is no longer as it arrived, 0 to 1. */
export function editedShare(block: TrackedBlock, arrival: Arrival): number {
  const stands = block.runs.reduce((sum, run) => (run.arrival === arrival ? sum + run.length : sum), 0)
  const edited = editedIn(block, stands)
  return edited === 0 ? 0 : edited / (stands + edited)
}

function productOf(arrival: Arrival): string | null {
  if (arrival.kind === 'assistant') return arrival.product
  return 'marks' in arrival ? (arrival.marks.find(({ product }) => product !== null)?.product ?? null) : null
}
