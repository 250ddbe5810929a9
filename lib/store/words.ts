/** A word longer than this is an address, a number or noise: its start is enough to find it by. */
const LONGEST = 40
/** Of one record. Enough for subject, people, rules and quotes of a long review. */
const MOST = 400

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Lower case without accents, so that `Cafe` finds `Café`. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase()
}

/** The distinct words of some texts, folded, in order; also of languages that write without spaces. */
export function wordsOf(texts: Iterable<string>): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const { segment, isWordLike } of segmenter.segment(fold(text))) {
      if (!isWordLike) continue
      found.add(segment.slice(0, LONGEST))
      // An address or a host is one word to the segmenter; people look for its parts.
      for (const part of segment.split(/[^\p{L}\p{N}]+/u)) if (part !== '' && part !== segment) found.add(part.slice(0, LONGEST))
      if (found.size >= MOST) return [...found].slice(0, MOST)
    }
  }
  return [...found]
}
