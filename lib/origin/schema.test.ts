import { describe, expect, it } from 'vitest'
import type { Arrival, Evidence, KnownBlock, Origin } from './index.ts'
import { evidenceSchema, knownBlockSchema, originSchema } from './schema.ts'

const MARK: Evidence = { class: 'T2', mark: 'chatgpt-data-is-last-node', product: 'ChatGPT', count: 1 }
const block = (arrival: unknown = { kind: 'typed', chars: 1, at: 0 }, more: object = {}) => ({ digest: 'a0'.repeat(32), arrival, edited: 0.5, ...more })

/** One arrival of each kind, as a page sends it. */
const ARRIVALS: Readonly<Record<Arrival['kind'], Arrival>> = {
  paste: { kind: 'paste', marks: [MARK], chars: 640, at: 1.5 },
  drop: { kind: 'drop', marks: [], chars: 0, at: 0 },
  typed: { kind: 'typed', chars: 10_000_000, at: 8.64e15 },
  stood: { kind: 'stood', chars: 3, at: 1 },
  template: { kind: 'template', chars: 3, at: 1 },
  inserted: { kind: 'inserted', chars: 200, trusted: false, at: 1 },
  assistant: { kind: 'assistant', product: 'Copilot', chars: 80, at: 1 },
}

describe('what is known of a block', () => {
  it.each(Object.entries(ARRIVALS))('passes as it is with an arrival of kind %s', (_, arrival) => {
    const known: KnownBlock = block(arrival) as KnownBlock
    expect(knownBlockSchema.parse(JSON.parse(JSON.stringify(known)))).toEqual(known)
  })

  it('passes with what the person said', () => {
    for (const declared of [true, false]) expect(knownBlockSchema.parse(block(undefined, { declared }))).toMatchObject({ declared })
  })

  it.each(Object.entries(ARRIVALS))('is refused with more or less than an arrival of kind %s has', (_, arrival) => {
    expect(knownBlockSchema.safeParse(block({ ...arrival, text: 'words' })).success).toBe(false)
    for (const left of Object.keys(arrival)) {
      expect(knownBlockSchema.safeParse(block(Object.fromEntries(Object.entries(arrival).filter(([name]) => name !== left)))).success).toBe(false)
    }
  })

  it.each([
    ['a declaration, which brought no text', { kind: 'declared', ai: true, at: 0 }],
    ['an unknown kind', { kind: 'dictated', chars: 1, at: 0 }],
    ['no arrival', null],
    ['fewer characters than none', { kind: 'typed', chars: -1, at: 0 }],
    ['half a character', { kind: 'typed', chars: 1.5, at: 0 }],
    ['more characters than a text has', { kind: 'typed', chars: 10_000_001, at: 0 }],
    ['a time before time', { kind: 'typed', chars: 1, at: -1 }],
    ['a time after time', { kind: 'typed', chars: 1, at: 8.64e15 + 1 }],
    ['a product without a name', { kind: 'assistant', product: '', chars: 1, at: 0 }],
    ['a product of no end', { kind: 'assistant', product: 'x'.repeat(201), chars: 1, at: 0 }],
    ['a trust that is a word', { kind: 'inserted', chars: 1, trusted: 'yes', at: 0 }],
    ['a mark that is none', { kind: 'paste', marks: [{ ...MARK, class: 'T5' }], chars: 1, at: 0 }],
    ['more marks than there are', { kind: 'paste', marks: Array.from({ length: 201 }, () => MARK), chars: 1, at: 0 }],
  ])('is refused with %s', (_, arrival) => { expect(knownBlockSchema.safeParse(block(arrival)).success).toBe(false) })

  it('may have two hundred marks and names of two hundred characters', () => {
    expect(knownBlockSchema.safeParse(block({ kind: 'paste', marks: Array.from({ length: 200 }, () => MARK), chars: 1, at: 0 })).success).toBe(true)
    expect(knownBlockSchema.safeParse(block({ kind: 'assistant', product: 'x'.repeat(200), chars: 1, at: 0 })).success).toBe(true)
  })

  it.each([
    ['a digest in capitals', { digest: 'A0'.repeat(32) }],
    ['a short digest', { digest: 'a0'.repeat(31) }],
    ['a digest with something before it', { digest: ` ${'a0'.repeat(32)}` }],
    ['a digest with something after it', { digest: `${'a0'.repeat(32)}0` }],
    ['more than all of it edited', { edited: 1.01 }],
    ['less than none of it edited', { edited: -0.01 }],
    ['a declaration that is no yes or no', { declared: null }],
    ['words', { text: 'words' }],
  ])('is refused with %s', (_, more) => { expect(knownBlockSchema.safeParse(block(undefined, more)).success).toBe(false) })

  it('may be edited wholly or not at all', () => {
    for (const edited of [0, 1]) expect(knownBlockSchema.parse(block(undefined, { edited })).edited).toBe(edited)
  })
})

describe('evidence', () => {
  const CLASSES: readonly Evidence['class'][] = ['T1', 'T2', 'T3', 'T4', 'act', 'insertion', 'declared', 'unseen']

  it.each(CLASSES)('of class %s passes as it is', (kind) => {
    const one: Evidence = { class: kind, mark: 'any', product: null, count: 0, span: { start: 3, end: 3 } }
    expect(evidenceSchema.parse(one)).toEqual(one)
  })

  it.each([
    ['a span that ends before it starts', { span: { start: 4, end: 3 } }],
    ['a span that begins before the text', { span: { start: -1, end: 3 } }],
    ['a span with words', { span: { start: 1, end: 3, text: 'ab' } }],
    ['no name', { mark: '' }],
    ['a name of no end', { mark: 'x'.repeat(201) }],
    ['a product of no end', { product: 'x'.repeat(201) }],
    ['no product, not even null', { product: undefined }],
    ['half a count', { count: 0.5 }],
    ['words', { text: 'words' }],
  ])('is refused with %s', (_, wrong) => { expect(evidenceSchema.safeParse({ ...MARK, ...wrong }).success).toBe(false) })
})

describe('an origin', () => {
  const place = { first: 1, last: 2, kind: 'paste', product: null, edited: 0.5 } as const

  it.each(['ai', 'inserted', 'typed', 'unknown'] as const)('that says %s passes as it is', (verdict) => {
    const origin: Origin = { verdict, evidence: [MARK], places: (['paste', 'drop', 'inserted', 'assistant'] as const).map((kind) => ({ ...place, kind })) }
    expect(originSchema.parse(origin)).toEqual(origin)
    expect(originSchema.parse({ verdict, evidence: [] })).toEqual({ verdict, evidence: [] })
  })

  it.each([
    ['a percentage for a verdict', { verdict: 0.9 }],
    ['another verdict', { verdict: 'human' }],
    ['words', { text: 'words' }],
    ['a place of typed words', { places: [{ ...place, kind: 'typed' }] }],
    ['a place edited more than wholly', { places: [{ ...place, edited: 2 }] }],
    ['a place with words', { places: [{ ...place, text: 'words' }] }],
    ['more evidence than can be shown', { evidence: Array.from({ length: 10_001 }, () => MARK) }],
    ['more places than can be shown', { places: Array.from({ length: 10_001 }, () => place) }],
  ])('is refused with %s', (_, wrong) => { expect(originSchema.safeParse({ verdict: 'ai', evidence: [MARK], ...wrong }).success).toBe(false) })
})
