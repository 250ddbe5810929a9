import { diffArrays } from 'diff'

export interface DiffPart { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }

/** More pieces than this, with less than half in common, read better as one text against the other. */
const FRAGMENTS = 5
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * Changed words between two short texts, in reading order, whole words only; a run of changes is one removed and one added part, so that
 * "30% off" to "15% back" reads as two phrases and not as four fragments.
 */
export function diffTokens(before: string, after: string): readonly DiffPart[] {
  const parts = mergeRuns(before, after)
  const shared = parts.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.length, 0)
  if (parts.length <= FRAGMENTS || shared * 2 >= Math.max(before.length, after.length)) return parts
  return [{ kind: 'removed', text: before }, { kind: 'added', text: after }]
}

function mergeRuns(before: string, after: string): readonly DiffPart[] {
  const parts: DiffPart[] = diffArrays(split(before), split(after)).map((change) => ({
    kind: change.added ? 'added' : change.removed ? 'removed' : 'same', text: change.value.join(''),
  }))
  const out: DiffPart[] = []
  let removed = ''
  let added = ''
  const flush = (): void => {
    const gap = /\s*$/.exec(removed)?.[0] ?? ''
    const shared = gap !== '' && added.endsWith(gap) ? gap : ''
    if (removed) out.push({ kind: 'removed', text: removed.slice(0, removed.length - shared.length) })
    if (added) out.push({ kind: 'added', text: added.slice(0, added.length - shared.length) })
    if (shared) out.push({ kind: 'same', text: shared })
    removed = added = ''
  }
  parts.forEach((part, index) => {
    const bridge = part.kind === 'same' && part.text.trim() === '' && index > 0 && index < parts.length - 1
    if (part.kind === 'removed' || bridge) removed += part.text
    if (part.kind === 'added' || bridge) added += part.text
    if (part.kind === 'same' && !bridge) {
      flush()
      out.push(part)
    }
  })
  flush()
  return out
}

/** Number and sign stay one token: "30%" is one word to a reader, "30" and "%" to a segmenter. */
function split(text: string): string[] {
  const out: string[] = []
  for (const { segment } of words.segment(text)) {
    const last = out.at(-1)
    if (last !== undefined && !/\s$/.test(last) && !/^\s/.test(segment) && (/[\p{Sc}%‰°\p{N}][.,]?$/u.test(last) && /^[\p{Sc}%‰°\p{N}]/u.test(segment))) out[out.length - 1] = last + segment
    else out.push(segment)
  }
  return out
}

/** The `limit` words nearest to the change: the last ones of a `start`, the first ones of an `end`. Line breaks end the context. */
export function trimContext(text: string, side: 'start' | 'end', limit = 8): string {
  const line = side === 'start' ? text.slice(text.lastIndexOf('\n') + 1) : text.split('\n', 1)[0] ?? ''
  const starts = [...words.segment(line)].filter((part) => part.isWordLike).map((part) => part.index)
  if (starts.length <= limit) return line
  const cut = side === 'start' ? starts[starts.length - limit] ?? 0 : starts[limit] ?? line.length
  return side === 'start' ? `… ${line.slice(cut)}` : `${line.slice(0, cut).trimEnd()} …`
}
