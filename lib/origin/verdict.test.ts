import { describe, expect, it } from 'vitest'
import type { BlockKind } from '../engine/index.ts'
import { asideOf, originOf, type Evidence, type OriginEvent } from './index.ts'

const typed = (chars: number): OriginEvent => ({ kind: 'typed', chars, at: 0 })
const stood = (chars: number): OriginEvent => ({ kind: 'stood', chars, at: 0 })
const inserted = (chars: number, trusted = true): OriginEvent => ({ kind: 'inserted', chars, trusted, at: 0 })
const paste = (chars: number, ...marks: Evidence[]): OriginEvent => ({ kind: 'paste', marks, chars, at: 0 })
const helped = (product: string, chars: number): OriginEvent => ({ kind: 'assistant', product, chars, at: 0 })
const said = (ai: boolean): OriginEvent => ({ kind: 'declared', ai, at: 0 })
const mark = (product: string | null, count: number, kind: Evidence['class'] = 'T2'): Evidence => ({ class: kind, mark: 'any', product, count })

const WORDS = 'Hi Ann, thanks for your time.'
const SLOT = 'Best regards,\n[Your Name]'
const verdict = (events: readonly OriginEvent[], text = WORDS) => originOf(events, text).verdict
const evidence = (events: readonly OriginEvent[]) => originOf(events, WORDS).evidence.map(({ class: kind, mark: name, product, count }) => `${kind} ${name} ${product} ${count}`)

describe('stretches that are somebody else’s words or code', () => {
  it('are those of quotes, signatures and code, in order', () => {
    const kinds: Readonly<Record<BlockKind, boolean>> = { text: false, heading: false, list: false, quote: true, signature: true, code: true }
    const blocks = Object.keys(kinds).map((kind, at) => ({ kind: kind as BlockKind, span: { start: at * 10, end: at * 10 + 9 } }))
    expect(asideOf(blocks)).toEqual(blocks.filter(({ kind }) => kinds[kind]).map(({ span }) => span))
    expect(asideOf([])).toEqual([])
  })
})

describe('text without typing', () => {
  it('adds up from portions of forty characters', () => {
    expect(evidence(Array.from({ length: 5 }, () => inserted(40)))).toEqual(['insertion inserted-untyped null 200'])
    expect(evidence(Array.from({ length: 9 }, () => inserted(39)))).toEqual([])
    expect(evidence([inserted(190), inserted(39)])).toEqual([])
  })

  it('is by a script where the page sent any of its events', () => {
    expect(evidence([inserted(200), inserted(40, false), inserted(40)])).toEqual(['insertion inserted-by-script null 280'])
    expect(evidence([inserted(200), inserted(39, false)])).toEqual(['insertion inserted-untyped null 200'])
  })

  it('is none where people prepared it', () => {
    expect(originOf([{ kind: 'template', chars: 900, at: 0 }], WORDS)).toEqual({ verdict: 'unknown', evidence: [] })
  })
})

describe('what stood there from the start', () => {
  it('is worth saying from two hundred characters on, and never more than unseen', () => {
    expect(evidence([stood(199)])).toEqual([])
    expect(evidence([stood(120), stood(80)])).toEqual(['unseen stood-before null 200'])
    expect(verdict([stood(900)])).toBe('unknown')
  })
})

describe('a press on an assistant’s control', () => {
  it('says ai and whose, each product once with its characters', () => {
    expect(evidence([helped('Copilot', 100), helped('Grammarly', 90), helped('Copilot', 50)])).toEqual(['act assistant-control Copilot 150', 'act assistant-control Grammarly 90'])
    expect(verdict([typed(900), helped('Copilot', 100)])).toBe('ai')
  })
})

describe('marks of several pastes', () => {
  it('are one where class, name and product are the same', () => {
    const drop: OriginEvent = { kind: 'drop', marks: [mark('ChatGPT', 3)], chars: 9, at: 0 }
    expect(evidence([paste(9, mark('ChatGPT', 1), mark(null, 1)), paste(9, mark('ChatGPT', 2), mark('ChatGPT', 5, 'T3')), drop])).toEqual(['T2 any ChatGPT 6', 'T2 any null 1', 'T3 any ChatGPT 5'])
  })
})

describe('words around a chat answer', () => {
  it('say inserted where text came from elsewhere, and nothing where it stood there or was typed', () => {
    expect([verdict([paste(1)], SLOT), verdict([inserted(40)], SLOT)]).toEqual(['inserted', 'inserted'])
    expect([verdict([inserted(39)], SLOT), verdict([stood(100)], SLOT), verdict([], SLOT)]).toEqual(['unknown', 'unknown', 'unknown'])
    expect(verdict([typed(100)], SLOT)).toBe('typed')
    expect(verdict([typed(900), paste(1)], SLOT)).toBe('inserted')
  })
})

describe('what keys account for', () => {
  it('is typed from half of what came in', () => {
    expect(verdict([typed(100), paste(60), stood(40)])).toBe('typed')
    expect(verdict([typed(99), paste(60), stood(40)])).toBe('unknown')
    expect(verdict([typed(100), inserted(101)])).toBe('unknown')
    expect(verdict([typed(0)])).toBe('unknown')
    expect(verdict([typed(1)])).toBe('typed')
  })

  it('is not made less by an arrival of fewer characters than none', () => {
    expect(verdict([typed(10), typed(-20), paste(10)])).toBe('typed')
    expect(verdict([typed(9), paste(10), paste(-5)])).toBe('unknown')
  })
})

describe('what the person said', () => {
  it('is named, the last counting, and decides', () => {
    expect(originOf([said(false), said(true)], WORDS)).toEqual({ verdict: 'ai', evidence: [{ class: 'declared', mark: 'declared-ai', product: null, count: 1 }] })
    expect(originOf([said(true), said(false)], WORDS)).toEqual({ verdict: 'typed', evidence: [{ class: 'declared', mark: 'declared-not-ai', product: null, count: 1 }] })
    expect(verdict([inserted(900), said(false)])).toBe('typed')
    expect(verdict([inserted(900), said(true)])).toBe('ai')
  })
})
