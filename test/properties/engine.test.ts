import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRuleset, createScanner, type Draft, findEntities, parsePattern, PatternError, remapSpan } from '../../lib/engine/index.ts'
import { referenceHits, referenceMatches, type RefMention } from '../reference/matcher.ts'
import { type RefToken, sentenceTokens } from '../reference/tokens.ts'
import { draftOf, packOf, ruleOf } from '../reference/make.ts'

const LISTS = { things: ['ko li', 'mu', 'ko li nu', 'x'], none: [] }
const word = fc.constantFrom('ko', 'li', 'mu', 'nu', 'x', 'ko-li', '20', '!', ',', '%')
const patterns = fc.letrec<{ sequence: string; item: string; group: string }>((tie) => ({
  sequence: fc.array(tie('item'), { minLength: 1, maxLength: 4 }).map((items) => items.join(' ')),
  item: fc.oneof({ depthSize: 'small', withCrossShrink: true }, { weight: 6, arbitrary: word }, { weight: 1, arbitrary: fc.constantFrom('...', '...1', '...2') },
    { weight: 1, arbitrary: fc.constantFrom('{number}', '{percent}', '{list:things}', '{list:none}') }, { weight: 2, arbitrary: tie('group') }),
  group: fc.tuple(fc.constantFrom('()', '[]'), fc.array(tie('sequence'), { minLength: 1, maxLength: 3 })).map(([brackets, of]) => `${brackets[0]}${of.join('|')}${brackets[1]}`),
})).sequence.filter((source) => {
  try {
    parsePattern(source, LISTS)
    return true
  } catch (error) {
    if (error instanceof PatternError) return false
    throw error
  }
})
const text = fc.array(fc.constantFrom('ko ', 'li ', 'mu ', 'nu ', 'x ', 'Ko ', 'Li', 'ko', 'mu', '-', ' ', ', ', '! ', '? ', '. ', '\n', '20 ', '20% ', '"', '**', ' - ', 'zz ', ': '), { maxLength: 24 }).map((pieces) => pieces.join(''))
  // Minus signs and ranges belong to the entities' own tests.
  .filter((one) => !/-[^a-z]*\d/i.test(one))

/** Numbers, percentages and list entries, said plainly for the texts above. */
function mentions(tokens: readonly RefToken[]): RefMention[] {
  const out: RefMention[] = []
  tokens.forEach((token, at) => {
    if (/^\d/.test(token.word)) {
      out.push({ name: 'number', from: at, to: at + 1 })
      const next = tokens[at + 1]
      if (next?.word === '%' && !next.newSentence && next.start - token.end < 2) out.push({ name: 'percent', from: at, to: at + 2 })
    }
    for (const entry of LISTS.things) {
      const words = entry.split(' ')
      if (words.every((one, i) => tokens[at + i]?.word === one && (i === 0 || !tokens[at + i]?.newSentence))) out.push({ name: 'list:things', from: at, to: at + words.length })
    }
  })
  return out
}

describe('the engine against the reference matcher', () => {
  it('finds exactly the same spans in 10,000 random texts under random patterns', { timeout: 120_000 }, () => {
    fc.assert(fc.property(fc.array(patterns, { minLength: 1, maxLength: 3 }), fc.array(patterns, { maxLength: 1 }), fc.array(patterns, { maxLength: 1 }), fc.array(text, { minLength: 8, maxLength: 8 }), (match, unless, other, texts) => {
      const rule = ruleOf({ id: 'p/one', match, unless })
      const second = ruleOf({ id: 'p/two', match: other.length > 0 ? other : ['never seen'], near: match })
      const scanner = createScanner(compileRuleset([packOf([rule, second], LISTS)]))
      for (const input of texts) {
        const tokens = sentenceTokens(input)
        const all = (sources: readonly string[]) => referenceMatches(input, sources.map((source) => parsePattern(source, LISTS)), mentions)
        const hits = referenceHits(all(match), all(unless))
        const found = scanner.scan(draftOf(input)).findings
        const spans = (id: string) => found.filter((finding) => finding.rule === id).map(({ span }) => [span.start, span.end])
        expect(spans('p/one')).toEqual(hits.map(({ from, to }) => [tokens[from]?.start, tokens[to - 1]?.end]))

        const sentence = (at: number): number => tokens.slice(0, at + 1).filter((token) => token.newSentence).length
        const near = new Set(all(match).flatMap(({ from, to }) => [sentence(from), sentence(to - 1)]))
        const kept = referenceHits(all(second.match), [], ({ from, to }) => near.has(sentence(from)) || near.has(sentence(to - 1)))
        expect(spans('p/two')).toEqual(kept.map(({ from, to }) => [tokens[from]?.start, tokens[to - 1]?.end]))
      }
    }), { numRuns: 1_250 })
  })
})

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.constantFrom('$', '1', ',', '.', ' ', '€', '[', 'Your Name', ']', '{', '}', '%', 'turn0search1', '\ud83d', '\ude00', '😀', '\u0301', 'e', '@', 'a.com', 'https://', '-', '\n', '"', '“', '”', '`', '\u200b', '2026', '/', ':', '+49', '(', ')', '\u202e', 'ﬁ', '20% off', 'risk-free'), { maxLength: 40 }).map((pieces) => pieces.join('')))

const scanned = compileRuleset([packOf([
  ruleOf({ id: 'a/off', match: ['{percent} [...2] off', '{money}', 'risk-free', '(a|e|é) ... {number}'] }),
  ruleOf({ id: 'a/left', match: ['{placeholder}', '{leftover}', '{url}', '{email}', '{date}', '{secret}'] }),
])])

/** Draft with one block a line. */
function lines(body: string): Draft {
  return { ...draftOf(body), blocks: [] }
}

describe('whatever the text', () => {
  it('spans lie inside, quote their text and come sorted', () => {
    const scanner = createScanner(scanned)
    fc.assert(fc.property(anyText, (input) => {
      const { findings } = scanner.scan(lines(input))
      let last = 0
      for (const { span, quote } of findings) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(input.length)
        expect(input.slice(span.start, span.end)).toBe(quote)
        last = span.start
      }
      last = 0
      for (const { span } of findEntities(input)) {
        expect(span.start).toBeGreaterThanOrEqual(last)
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(input.length)
        last = span.start
      }
    }), { numRuns: 3_000 })
  })

  it('a scanner that has seen other drafts finds what a fresh one finds', () => {
    fc.assert(fc.property(fc.array(fc.array(anyText, { maxLength: 6 }), { minLength: 2, maxLength: 5 }), (drafts) => {
      const scanner = createScanner(scanned)
      for (const blocks of drafts) {
        const draft = lines(blocks.join('\n'))
        expect(scanner.scan(draft)).toEqual(createScanner(scanned).scan(draft))
      }
    }), { numRuns: 500 })
  })

  it('a span is moved only to the same characters', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 30 }), fc.nat(29), fc.nat(10), fc.array(fc.tuple(fc.nat(30), fc.nat(4), fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 })), { maxLength: 3 }), (before, start, length, edits) => {
      let after = before
      for (const [at, cut, put] of edits) after = after.slice(0, at) + put + after.slice(at + cut)
      const span = { start, end: start + length }
      const moved = remapSpan(before, after, span)
      if (span.end > before.length || length === 0) expect(moved).toBeNull()
      else if (moved) expect(after.slice(moved.start, moved.end)).toBe(before.slice(span.start, span.end))
    }), { numRuns: 3_000 })
  })
})
