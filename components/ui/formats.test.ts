import { afterEach, expect, it } from 'vitest'
import { agoFormat, dateFormat, listFormat, numberFormat, pluralRules } from './formats.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

it('makes a formatter once for each language and form', () => {
  expect(numberFormat('de')).toBe(numberFormat('de'))
  expect(numberFormat('de', { style: 'percent' })).toBe(numberFormat('de', { style: 'percent' }))
  expect(numberFormat('de').format(1234.5)).toBe('1.234,5')
  expect(numberFormat('en').format(1234.5)).toBe('1,234.5')
  expect(numberFormat('de', { style: 'percent' }).format(0.5)).toBe('50\u00a0%')
  expect(pluralRules('ar').select(2)).toBe('two')
  expect(listFormat('en', { type: 'disjunction' }).format(['a', 'b'])).toBe('a or b')
  expect(agoFormat('en', { numeric: 'auto' }).format(-1, 'day')).toBe('yesterday')
})

it('writes dates in the time zone that the machine has now', () => {
  const at = Date.UTC(2026, 0, 31, 23, 30)
  process.env['TZ'] = 'UTC'
  expect(dateFormat('en', { dateStyle: 'medium' }).format(at)).toBe('Jan 31, 2026')
  process.env['TZ'] = 'Asia/Tokyo'
  expect(dateFormat('en', { dateStyle: 'medium' }).format(at)).toBe('Feb 1, 2026')
})
