import { diffArrays } from 'diff'

export interface DiffPart { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }

/** Beyond this many changes the middle is shown as replaced as a whole: nobody reads more, and the search grows with the square. */
const MAX_CHANGES = 600
const words = /* @__PURE__ */ new Intl.Segmenter('en', { granularity: 'word' })

/**
 * What changed between two texts, by whole words; languages without spaces are cut into words as well.
 * The parts that are not `added` give `before` when joined, those that are not `removed` give `after`.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const [a, b] = [split(before), split(after)]
  const changes = diffArrays(a, b, { maxEditLength: MAX_CHANGES })
  if (changes === undefined) return replacedMiddle(a, b)
  return changes.map((change) => ({ kind: change.added ? 'added' : change.removed ? 'removed' : 'same', text: change.value.join('') }))
}

function split(text: string): string[] {
  return Array.from(words.segment(text), (part) => part.segment)
}

function replacedMiddle(a: readonly string[], b: readonly string[]): DiffPart[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  const parts: DiffPart[] = [
    { kind: 'same', text: a.slice(0, head).join('') },
    { kind: 'removed', text: a.slice(head, a.length - tail).join('') },
    { kind: 'added', text: b.slice(head, b.length - tail).join('') },
    { kind: 'same', text: a.slice(a.length - tail).join('') },
  ]
  return parts.filter((part) => part.text !== '')
}
