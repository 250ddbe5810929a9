import { foldPhrase, patternOf, piecesOf, templateOf, type Piece } from './template.ts'

/** Words in their sentence. */
export interface Place { readonly sentence: string; readonly before: string }

export interface Widened<T> { readonly pattern: string; readonly cases: readonly T[] }

/** How many words of the sentence, on the left and on the right, are taken along to say what is meant; the fewest first. */
const WIDTHS = [[0, 0], [0, 1], [1, 0], [0, 2], [1, 1], [2, 0], [1, 2], [2, 1], [0, 3], [3, 0], [2, 2], [3, 3]] as const
const ENDS = /^[.!?;:,\n()"“”]$/u

/**
 * Patterns that these cases suggest, the shortest first: their words alone, then with the words beside them that the cases share. Each comes with the cases it was made of, at least
 * `least` and at least half of all. "$49" alone says nothing; "$49 a month" does.
 */
export function widened<T>(cases: readonly T[], placeOf: (one: T) => Place, least: number): Widened<T>[] {
  const found: Widened<T>[] = []
  const known = new Set<string>()
  const cut = cases.map((one) => ({ one, ...around(placeOf(one)) }))
  for (const [left, right] of WIDTHS) {
    const groups = new Map<string, { one: T; pieces: readonly Piece[] }[]>()
    for (const { one, pieces, ahead, behind } of cut) {
      if (ahead.length < left || behind.length < right) continue
      const wide = [...ahead.slice(ahead.length - left), ...pieces, ...behind.slice(0, right)]
      const template = templateOf(wide)
      groups.set(template, [...(groups.get(template) ?? []), { one, pieces: wide }])
    }
    for (const group of groups.values()) {
      if (group.length < least || group.length * 2 < cases.length) continue
      const pattern = patternOf(group.map(({ pieces }) => pieces))
      if (pattern === null || known.has(pattern)) continue
      known.add(pattern)
      found.push({ pattern, cases: group.map(({ one }) => one) })
    }
  }
  return found
}

/** The words and what stands on both sides of them, up to the next sign. */
function around({ sentence, before }: Place): { readonly pieces: readonly Piece[]; readonly ahead: readonly Piece[]; readonly behind: readonly Piece[] } {
  const at = sentence.indexOf(before)
  const said = piecesOf(before.trim())
  if (at < 0) return { pieces: said, ahead: [], behind: [] }
  const ahead = piecesOf(sentence.slice(0, at))
  const behind = piecesOf(sentence.slice(at + before.length))
  const stop = behind.findIndex(({ text }) => ENDS.test(text))
  const start = ahead.findLastIndex(({ text }) => ENDS.test(text))
  return { pieces: said, ahead: ahead.slice(start + 1), behind: stop < 0 ? behind : behind.slice(0, stop) }
}

/** The words that all of these sentences share around the changed ones, with `…` in their place; '' where there are none. */
export function sharedFrame(places: readonly Place[]): string {
  const cut = places.map(around)
  const [first] = cut
  if (!first) return ''
  let [left, right] = [0, 0]
  const same = (pick: (one: ReturnType<typeof around>) => Piece | undefined): boolean => {
    const want = pick(first)
    return want !== undefined && cut.every((one) => foldPhrase(pick(one)?.text ?? '') === foldPhrase(want.text))
  }
  while (same(({ ahead }) => ahead.at(-1 - left))) left++
  while (same(({ behind }) => behind[right])) right++
  const words = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join(' ')
  return left + right === 0 ? '' : `${words(first.ahead.slice(first.ahead.length - left))} … ${words(first.behind.slice(0, right))}`.trim()
}
