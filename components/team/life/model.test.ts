import { describe, expect, it } from 'vitest'
import { packOf, ruleOf } from '../../../test/reference/make.ts'
import { prepare, type PublishDraft } from './model.ts'

const own = packOf([{ ...ruleOf({ id: 'personal/lamp', sources: [{ title: 'House rule' }], match: ['sunrise lamp'] }), examples: { flagged: ['The sunrise lamp is here.'], clean: ['The lamp is here.'] } }])
const draft: PublishDraft = { id: 'house-rules', title: 'House rules', description: '', without: [], take: ['lamp'], version: null, text: 'New.', share: 100 }

describe('what would be published', () => {
  it('is described by its title where nobody described it, and so nothing keeps it back', () => {
    const { pack, problems } = prepare(draft, null, own, [])
    expect(problems).toEqual([])
    expect(pack).toMatchObject({ id: 'house-rules', description: 'House rules', rules: [{ id: 'house-rules/lamp' }] })
  })

  it('keeps the description that it was given', () => {
    expect(prepare({ ...draft, description: 'How we speak of lamps.' }, null, own, []).pack.description).toBe('How we speak of lamps.')
  })
})
