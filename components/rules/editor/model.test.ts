import { describe, expect, it } from 'vitest'
import type { Rule, RulePack } from '../../../lib/engine/index.ts'
import { copyId, copySheet, correctionSheet, examine, examineText, freeId, idOfTitle, newSheet, reasonsClosed } from './model.ts'

const RULE: Rule = {
  id: 'pricing/gift', title: 'Gift', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }],
  match: ['{list:gifts}'], unless: ['no {list:gifts}'], near: [], negation: 'lowers', hedge: 'lowers', question: 'lowers', quoted: 'lowers', where: ['subject', 'text', 'heading', 'list'],
  once: false, reasons: [], examples: { flagged: ['A mug for you.'], clean: ['A mat for you.'] },
}
const pack = (id: string, lists: RulePack['lists'], rules: readonly Rule[] = []): RulePack => ({ format: 1, id, version: '1.0.0', title: id, description: id, owner: id, lists, rules })

describe('ids in the own pack', () => {
  it('are made of the title, are free, and fit', () => {
    expect(idOfTitle('Half Price!', [])).toBe('personal/half-price')
    expect(idOfTitle('Half price', ['personal/half-price', 'personal/half-price-2'])).toBe('personal/half-price-3')
    const long = `personal/${'x'.repeat(63)}`
    expect(freeId(long, [long])).toBe(`personal/${'x'.repeat(61)}-2`)
    expect(copyId('pricing/gift')).toBe('personal/pricing-gift')
  })
})

describe('a copy', () => {
  it('brings its word lists, under another name where the own pack has other words under that one', () => {
    expect(copySheet(RULE, pack('pricing', { gifts: ['mug'] }), null)).toMatchObject({ lists: { gifts: ['mug'] }, fields: { id: 'personal/pricing-gift', match: ['{list:gifts}'] } })
    expect(copySheet(RULE, pack('pricing', { gifts: ['mug'] }), pack('personal', { gifts: ['mug'] })).fields.match).toEqual(['{list:gifts}'])
    const renamed = copySheet(RULE, pack('pricing', { gifts: ['mug'] }), pack('personal', { gifts: ['hat'] }))
    expect(renamed).toMatchObject({ lists: { gifts: ['hat'], 'pricing-gifts': ['mug'] }, fields: { match: ['{list:pricing-gifts}'], unless: ['no {list:pricing-gifts}'] } })
    const { rule, examples } = examine(renamed, renamed.fields, renamed.lists)
    expect(rule?.id).toBe('personal/pricing-gift')
    expect(examples.every(({ ok }) => ok)).toBe(true)
  })
})

describe('why a rule cannot be saved', () => {
  const check = (sheet = newSheet(null), fields = sheet.fields, lists = sheet.lists) => ({ ...examine(sheet, fields, lists), placed: [], readable: true })

  it('names every field that a new rule lacks, and nothing when it is whole', () => {
    expect(reasonsClosed(check()).map(({ path }) => path?.join('.'))).toEqual(['title', 'message', 'match', 'examples.flagged', 'examples.clean'])
    const made = correctionSheet(1, { rule: '', category: 'pricing', before: '30% off', after: '15% off', sentence: 'Get 30% off.', site: 'gmail', at: 0 }, null)
    expect(reasonsClosed(check(made))).toEqual([])
  })

  it('names an empty word list, a foreign id and a taken one', () => {
    const sheet = { ...copySheet(RULE, pack('pricing', {}), null), taken: ['personal/there'] }
    expect(reasonsClosed(check(sheet)).map(({ path }) => path?.join('.'))).toEqual(['list.gifts', 'examples.flagged.0'])
    for (const id of ['pricing/gift', 'personal/there']) expect(reasonsClosed(check(sheet, { ...sheet.fields, id }, { gifts: ['mug'] })).map(({ path }) => path?.join('.'))).toEqual(['id'])
  })

  it('is only that the text cannot be read, while it cannot', () => {
    const read = examineText(newSheet(null), 'match: [', {})
    expect(read.fields).toBeNull()
    expect(reasonsClosed(read)).toHaveLength(1)
  })
})
