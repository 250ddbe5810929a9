import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

describe('CSV', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`], ['+1', "'+1"], ['-2+3', "'-2+3"], ['@SUM(A1)', "'@SUM(A1)"], ['  =1', "'  =1"], ['\t=1', "'\t=1"], ['\uFF1D1', "'\uFF1D1"],
    ['a,b', '"a,b"'], ['say "hi"', '"say ""hi"""'], ['two\nlines', '"two\nlines"'], ['plain - text', 'plain - text'], ['', ''],
  ])('writes %j as %j', (text, cell) => expect(csvCell(text)).toBe(cell))

  it('leaves numbers numbers, also negative ones, and holes empty', () => {
    expect(csvLine([-1, 0.5, null, undefined, Infinity, {}])).toBe('-1,0.5,,,,\r\n')
  })
})
