import { findEntities, type EntityKind, type Span } from '../engine/index.ts'

/** Entities that say who somebody is, or open something of theirs. */
const PERSONAL: ReadonlySet<EntityKind> = new Set<EntityKind>(['phone', 'email', 'iban', 'card', 'ssn', 'id', 'ip', 'secret'])
/** A name of one letter is an initial and stands in too many words. */
const SHORTEST_NAME = 2

/** Words of people's names, as they are looked for in texts: "Ines Roy" gives Ines and Roy. Addresses give the parts before the `@`. */
export function namesFrom(people: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const person of people) {
    for (const [word] of (person.split('@')[0] ?? '').matchAll(/[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu)) if (word.length >= SHORTEST_NAME) names.add(word.toLowerCase())
  }
  return names
}

/** Where personal data stands in a text, in order, not overlapping; `label` is what is kept in its place. `names` as `namesFrom` gives them. */
function personalSpans(text: string, names: ReadonlySet<string>): (Span & { readonly label: string })[] {
  const found = findEntities(text).filter(({ kind }) => PERSONAL.has(kind)).map(({ kind, span }) => ({ ...span, label: `[${kind}]` }))
  // A name is written with a capital: "will" and "mark" are words.
  if (names.size > 0) for (const match of text.matchAll(/\p{Lu}[\p{L}\p{M}'’-]*/gu)) {
    const name = names.has(match[0].toLowerCase()) ? match[0] : match[0].replace(/['’]s$/u, '')
    if (names.has(name.toLowerCase())) found.push({ start: match.index, end: match.index + name.length, label: '[name]' })
  }
  const spans: (Span & { label: string })[] = []
  for (const span of found.sort((a, b) => a.start - b.start || b.end - a.end)) if (span.start >= (spans.at(-1)?.end ?? 0)) spans.push(span)
  return spans
}

/** A text with personal data replaced by what kind of data it was: `[email]`, `[phone]`, `[card]`, `[name]`. Pure; what is masked cannot be had back. */
export function maskPersonal(text: string, names: ReadonlySet<string> = new Set()): string {
  return masked(text, { start: 0, end: text.length }, personalSpans(text, names))
}

/** The same for a stretch of a text: what is cut by its ends counts as masked on both sides. */
function masked(text: string, { start, end }: Span, spans: readonly (Span & { readonly label: string })[]): string {
  let [out, at] = ['', start]
  for (const span of spans) {
    if (span.end <= start || span.start >= end) continue
    out += text.slice(at, Math.max(at, span.start)) + span.label
    at = Math.min(end, span.end)
  }
  return out + text.slice(at, end)
}

/** A change in its sentence, masked so that the words before still stand in the sentence before. */
export function maskChange(change: { readonly before: string; readonly after: string; readonly sentence: string }, names: ReadonlySet<string>): { before: string; after: string; sentence: string } {
  const { before, after, sentence } = change
  const at = before === '' ? -1 : sentence.indexOf(before)
  if (at < 0) return { before: maskPersonal(before, names), after: maskPersonal(after, names), sentence: maskPersonal(sentence, names) }
  const [lead, tail] = [sentence.slice(0, at), sentence.slice(at + before.length)]
  const spans = personalSpans(sentence, names)
  const part = (start: number, end: number): string => masked(sentence, { start, end }, spans)
  const changed = `${lead}${after}${tail}`
  return {
    before: part(at, at + before.length), sentence: part(0, at) + part(at, at + before.length) + part(at + before.length, sentence.length),
    after: masked(changed, { start: at, end: at + after.length }, personalSpans(changed, names)),
  }
}
