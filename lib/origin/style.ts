import type { Span } from '../engine/index.ts'
import { STYLE_MARKS } from './marks-data.ts'
import { byId, newest, type MarksUpdate, type StyleMark } from './marks.ts'
import type { Evidence } from './types.ts'

/** Style is looked at in at most this much of a text. */
const LIMIT = 200_000

/** The built-in habits of style, with what packs changed. */
export function styleMarks(updates: readonly MarksUpdate[]): readonly StyleMark[] {
  return newest(STYLE_MARKS, updates, ({ style }) => style, byId)
}

/**
 * Habits of style (class T4) in a text. People have them too, so they are a hint for a person who asked for hints and nothing else: `originOf` decides without them.
 * @param aside stretches that are somebody else's words or code, in order: nothing in them counts.
 */
export function styleIn(text: string, aside: readonly Span[], marks: readonly StyleMark[]): Evidence[] {
  const own = withoutAside(text.slice(0, LIMIT), aside).replace(/[\u2018\u2019\u02bc]/g, "'")
  const lower = own.toLowerCase()
  return marks.flatMap(({ id, phrases = [], character, least, per1000 = 0 }) => {
    const places = phrases.map((phrase) => lower.indexOf(phrase)).filter((at) => at !== -1)
    if (character !== undefined) places.push(...betweenWords(own, character))
    if (places.length < least || places.length * 1_000 < per1000 * own.trim().length) return []
    return [{ class: 'T4', mark: id, product: null, count: places.length } satisfies Evidence]
  })
}

/** Where the character stands with a letter on either side, a space between allowed. */
function betweenWords(text: string, character: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    if (/\p{L} ?$/u.test(text.slice(Math.max(0, at - 3), at)) && /^ ?\p{L}/u.test(text.slice(at + 1, at + 4))) places.push(at)
  }
  return places
}

/** The text without these stretches; what is left need not keep its place, because a habit has none. */
function withoutAside(text: string, aside: readonly Span[]): string {
  let own = ''
  let at = 0
  for (const { start, end } of aside) {
    own += text.slice(at, Math.max(at, start))
    at = Math.max(at, end)
  }
  return own + text.slice(at)
}
