import { foldRange } from './chars.ts'
import { tokenize } from './lexer.ts'
import { LIMITS } from './limits.ts'
import { type CheckedRegex, isRegex, readRegex } from './regex/read.ts'
import { ENDS, NEW_SENTENCE, OPAQUE, Tokens } from './tokens.ts'
import { ENTITY_KINDS, type EntityKind, PatternError } from './types.ts'
import { Vocabulary } from './vocabulary.ts'

/** One element of a pattern. `word` is folded; a sign such as `!` is a word too. */
export type Element =
  | { readonly kind: 'word'; readonly word: string; readonly ends: boolean }
  | { readonly kind: 'entity'; readonly entity: EntityKind }
  | { readonly kind: 'list'; readonly list: string }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'group'; readonly of: readonly (readonly Element[])[]; readonly optional: boolean }

/** A pattern, read and checked. */
export interface Pattern {
  readonly source: string
  /** Empty for a regular expression. */
  readonly elements: readonly Element[]
  readonly regex?: CheckedRegex | undefined
}

const SYNTAX = '()[]{}|'
const nothing = new Vocabulary().freeze()
/** Scratch for reading patterns and entries; nothing of it outlives a call. */
const tokens = new Tokens()

/** The folded words of a plain text such as a list entry, in the form patterns use. */
export function wordsOf(text: string): string[] {
  tokenize(text, nothing, tokens)
  return Array.from({ length: tokens.count }, (_, i) => foldRange(text, tokens.start[i] as number, tokens.end[i] as number))
}

class Parser {
  private at = 0
  private depth = 0

  constructor(private readonly source: string, private readonly lists: Readonly<Record<string, readonly string[]>>) {}

  parse(): Pattern {
    const { source } = this
    if (source.length > LIMITS.patternLength) this.fail(`A pattern has at most ${LIMITS.patternLength} characters; put long alternatives in a list`, LIMITS.patternLength)
    const elements = this.sequence()
    if (this.at < source.length) {
      const char = source.charAt(this.at)
      this.fail(char === '|' ? 'Put alternatives in round brackets: (a|b)' : `There is a "${char}" too many`, this.at)
    }
    if (nullable(elements)) this.fail('The pattern can match nothing at all; give it at least one word or entity that must be there', 0)
    if (edgeGap(elements, false)) this.fail('A pattern cannot begin with ...; begin with the first word', 0)
    if (edgeGap(elements, true)) this.fail('A pattern cannot end with ...; end with the last word', Math.max(0, source.search(/(?:\.{3}|…)(?!.*(?:\.{3}|…))/s)))
    return { source, elements }
  }

  private fail(reason: string, column: number): never {
    throw new PatternError(reason, this.source, Math.min(column, this.source.length))
  }

  private sequence(): Element[] {
    const out: Element[] = []
    while (this.at < this.source.length) {
      const char = this.source.charAt(this.at)
      if (char === ')' || char === ']' || char === '|') break
      if (char === '(' || char === '[') out.push(this.group(char))
      else if (char === '{') out.push(this.braces())
      else if (char === '}') this.fail('There is a "}" too many', this.at)
      else this.plain(out)
    }
    for (let i = 1; i < out.length; i++) if (out[i]?.kind === 'gap' && out[i - 1]?.kind === 'gap') this.fail('Two gaps stand side by side; write one ... with a number, such as ...8', this.at)
    return out
  }

  private group(open: '(' | '['): Element {
    const from = this.at++
    const close = open === '(' ? ')' : ']'
    if (++this.depth > LIMITS.patternNesting) this.fail(`Groups may be nested ${LIMITS.patternNesting} deep; put the alternatives in a list`, from)
    const of = [this.sequence()]
    while (this.source.charAt(this.at) === '|') {
      this.at++
      of.push(this.sequence())
    }
    if (this.source.charAt(this.at) !== close) this.fail(`"${open}" is not closed; add "${close}"`, from)
    this.at++
    this.depth--
    if (of.some((sequence) => sequence.length === 0)) this.fail(open === '(' ? 'An alternative is empty; write [a|b] for words that may be missing' : 'The brackets are empty; write the words that may be missing', from)
    if (open === '(' && of.some(nullable)) this.fail('An alternative can match nothing; write [a|b] for words that may be missing', from)
    this.afterGroup()
    return { kind: 'group', of, optional: open === '[' }
  }

  /** What authors of regular expressions write after a bracket, and letters that touch it. */
  private afterGroup(): void {
    const next = this.source.charAt(this.at)
    if (next === '?') this.fail('"?" here means a question mark in the text; for words that may be missing write [words], for a question mark leave a space before it', this.at)
    if (next === '+' || next === '*') this.fail(`"${next}" is not part of the language; list the forms, or write ... for other words between`, this.at)
    if (/[\p{L}\p{N}]/u.test(next)) this.fail('Leave a space after the bracket; word endings are written out: (guarantee|guarantees|guaranteed)', this.at)
  }

  private braces(): Element {
    const from = this.at
    const close = this.source.indexOf('}', from)
    if (close < 0) this.fail('"{" is not closed; add "}"', from)
    const name = this.source.slice(from + 1, close)
    this.at = close + 1
    this.afterGroup()
    if (name.startsWith('list:')) {
      const list = name.slice(5)
      if (!Object.hasOwn(this.lists, list)) this.fail(`There is no list "${list}" in this pack; it has ${Object.keys(this.lists).join(', ') || 'none'}`, from + 6)
      return { kind: 'list', list }
    }
    const entity = ENTITY_KINDS.find((kind) => kind === name)
    if (!entity) this.fail(`There is no entity "${name}"; write one of ${ENTITY_KINDS.join(', ')} or list:name`, from + 1)
    return { kind: 'entity', entity }
  }

  /** Plain words and gaps up to the next bracket. */
  private plain(out: Element[]): void {
    const { source } = this
    const from = this.at
    while (this.at < source.length && !SYNTAX.includes(source.charAt(this.at))) this.at++
    const next = source.charAt(this.at)
    const chunk = source.slice(from, this.at)
    if ((next === '(' || next === '[' || next === '{') && /[\p{L}\p{N}]$/u.test(chunk)) this.fail(`Leave a space before "${next}"; word endings are written out: (guarantee|guarantees|guaranteed)`, this.at)
    const odd = /[*\\^]/.exec(chunk)
    if (odd) this.fail(odd[0] === '*' ? '"*" is not part of the language; list the forms: (guarantee|guarantees|guaranteed)' : `"${odd[0]}" is not part of the language; patterns are words, not regular expressions`, from + odd.index)
    let start = 0
    const gaps = chunk.includes('...') || chunk.includes('…') ? chunk.matchAll(/(?:\.{3}|…)(\d*)/g) : []
    for (const gap of gaps) {
      this.words(chunk.slice(start, gap.index), from + start, out)
      const most = gap[1] ? Number(gap[1]) : LIMITS.defaultGap
      if (most < 1 || most > LIMITS.gap) this.fail(`A gap may skip 1 to ${LIMITS.gap} words`, from + gap.index)
      out.push({ kind: 'gap', most })
      start = gap.index + gap[0].length
    }
    this.words(chunk.slice(start), from + start, out)
  }

  private words(chunk: string, column: number, out: Element[]): void {
    // A hyphen that touches a bracket, as in (risk|hassle)-free, joins two words and is nothing, as everywhere.
    const text = /[-‐‑]/.test(chunk) ? chunk.replace(/^[-‐‑](?=[\p{L}\p{N}])/u, ' ').replace(/(?<=[\p{L}\p{N}])[-‐‑]$/u, ' ') : chunk
    if (text === '' || text === ' ') return
    tokenize(text, nothing, tokens)
    for (let i = 0; i < tokens.count; i++) {
      const flags = tokens.flags[i] as number
      const start = tokens.start[i] as number
      if (flags & OPAQUE) {
        const kind = ENTITY_KINDS[tokens.entity[i] as number] as EntityKind
        this.fail(`"${text.slice(start, tokens.end[i])}" is never seen as words in a text; write {${kind}}`, column + start)
      }
      if (flags & NEW_SENTENCE && i > 0 && !((tokens.flags[i - 1] as number) & ENDS)) this.fail('A full stop ends the sentence and a phrase does not go past it; write two patterns', column + start)
      out.push({ kind: 'word', word: foldRange(text, start, tokens.end[i] as number), ends: (flags & ENDS) !== 0 })
    }
  }
}

function nullable(elements: readonly Element[]): boolean {
  return elements.every((element) => element.kind === 'gap' || (element.kind === 'group' && (element.optional || element.of.some(nullable))))
}

/** True where a gap can be the first (or, from the end, the last) thing matched. */
function edgeGap(elements: readonly Element[], fromEnd: boolean): boolean {
  for (const element of fromEnd ? [...elements].reverse() : elements) {
    if (element.kind === 'gap') return true
    if (element.kind === 'group' && element.of.some((sequence) => edgeGap(sequence, fromEnd))) return true
    if (element.kind !== 'group' || !(element.optional || element.of.some(nullable))) return false
  }
  return false
}

/**
 * Reads a pattern of the language described in README.md, or a regular expression between slashes. `lists` are the pack's word lists, of which only the names matter here.
 * @throws PatternError with the column and what to write instead.
 */
export function parsePattern(source: string, lists: Readonly<Record<string, readonly string[]>>): Pattern {
  return isRegex(source) ? { source, elements: [], regex: readRegex(source) } : new Parser(source, lists).parse()
}
