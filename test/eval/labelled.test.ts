import { expect, test } from 'vitest'
import { CATEGORIES } from '../../lib/engine/index.ts'
import { labelledDrafts, readLabelled } from './labelled.ts'

test('marks are read off the text and point at it', () => {
  const { text, labels } = readLabelled('We ⟦pricing|give 5%⟧ and ⟦?promise|smile⟧.', 'en')
  expect(text).toBe('We give 5% and smile.')
  expect(labels.map(({ start, end, category, must }) => [text.slice(start, end), category, must])).toEqual([['give 5%', 'pricing', true], ['smile', 'promise', false]])
})

test('a mark without a category or an end is refused', () => {
  expect(() => readLabelled('a ⟦prices|b⟧', 'en')).toThrow('no category')
  expect(() => readLabelled('a ⟦pricing|b', 'en')).toThrow('not closed')
})

test('there are at least 300 drafts, all different, and 25 must-spans a category', () => {
  const drafts = labelledDrafts()
  expect(new Set(drafts.map(({ text }) => text)).size).toBe(drafts.length)
  expect(drafts.length).toBeGreaterThanOrEqual(300)
  for (const category of CATEGORIES) expect(drafts.flatMap(({ labels }) => labels).filter((label) => label.must && label.category === category).length, category).toBeGreaterThanOrEqual(25)
})
