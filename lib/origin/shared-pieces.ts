/** Shorter pieces are phrases that anybody writes. */
const SHORTEST = 20
/** A longer new text is not searched for pieces of the old: nobody cuts and pastes that much in small parts. */
const LONGEST = 20_000

/** `length` characters at `start` of the new words that stand at `at` in the old text number `text`. */
export interface SharedPiece { readonly start: number; readonly length: number; readonly text: number; readonly at: number }

/**
 * Pieces of `words`, from left to right, that stand in one of `texts`. Both are probed where a word begins, so the time grows with their lengths alone.
 */
export function sharedPieces(words: string, texts: readonly string[]): SharedPiece[] {
  if (words.length > LONGEST) return []
  const index = new Map<string, { readonly text: number; readonly at: number }>()
  texts.forEach((text, number) => {
    for (const at of wordStarts(text)) index.set(text.slice(at, at + SHORTEST), { text: number, at })
  })
  if (index.size === 0) return []
  const pieces: SharedPiece[] = []
  let end = 0
  for (const start of wordStarts(words)) {
    const found = start >= end ? index.get(words.slice(start, start + SHORTEST)) : undefined
    if (!found) continue
    const text = texts[found.text] ?? ''
    let length = SHORTEST
    while (start + length < words.length && found.at + length < text.length && words.charCodeAt(start + length) === text.charCodeAt(found.at + length)) length++
    pieces.push({ start, length, text: found.text, at: found.at })
    end = start + length
  }
  return pieces
}

/** Where a word begins and at least the shortest piece follows; in scripts without spaces only the beginning of the text does. */
function* wordStarts(text: string): Generator<number> {
  let inside = false
  for (let at = 0; at + SHORTEST <= text.length; at++) {
    const letter = text.charCodeAt(at) > 32
    // Letters glued together by an edit ("DanaThank"): a capital after a small letter begins a word, too.
    if (letter && (!inside || isJoint(text, at))) yield at
    inside = letter
  }
}

function isJoint(text: string, at: number): boolean {
  const [before, here] = [text.charAt(at - 1), text.charAt(at)]
  return (before !== before.toUpperCase() && here !== here.toLowerCase()) || '.,;:!?'.includes(before)
}
