import { describe, expect, it } from 'vitest'
import { compileRuleset, createScanner, type Draft } from '../engine/index.ts'
import { packOf, ruleOf } from '../../test/reference/make.ts'
import { backtest } from './backtest.ts'

const draft = (text: string): Draft => ({ kind: 'email', site: 'gmail', subject: '', recipients: [], text, blocks: [{ span: { start: 0, end: text.length }, kind: 'text' }], locale: '' })

describe('a rule over past drafts', () => {
  const scanner = createScanner(compileRuleset([packOf([ruleOf({ id: 'acme/half', match: ['half price'] })])]))
  const scan = (one: Draft) => scanner.scan(one).findings

  it('says in how many of them it finds something, newest first', () => {
    const past = ['All at half price, half price today.', 'See you on Monday.', 'It is half price.'].map((text, index) => ({ number: index + 1, at: index * 1_000, draft: draft(text) }))
    const { looked, caught } = backtest(scan, past)
    expect(looked).toBe(3)
    expect(caught.map(({ number, findings }) => [number, findings.length])).toEqual([[3, 1], [1, 2]])
  })

  it('leaves out what the engine refuses as too long, and nothing else that goes wrong', () => {
    expect(backtest(scan, [{ number: 1, at: 0, draft: draft('x '.repeat(600_000)) }])).toEqual({ looked: 0, caught: [] })
    expect(() => backtest(() => { throw new TypeError('broken') }, [{ number: 1, at: 0, draft: draft('a') }])).toThrow('broken')
  })
})
