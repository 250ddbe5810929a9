import fc from 'fast-check'
import { expect } from 'vitest'
import { marksInHtml } from '../../lib/origin/html-marks.ts'
import { scanHtml } from '../../lib/origin/scan-html.ts'
import type { Fuzzer } from './fuzzer.ts'
import { mutatedText } from './mutate.ts'

const PASTES = [
  '<meta charset="utf-8"><p data-start="1" data-end="40" class="ProseMirror">Hello <strong data-start="8" data-end="12">there</strong></p>',
  '<div class="markdown prose"><p>We <em>guarantee</em> it.</p><ul><li>one</li><li>two</li></ul></div><!--EndFragment-->',
  '<html><head><style>p{color:red}</style></head><body><!--StartFragment--><table><tr><td>1</td></tr></table><script>1</script></body></html>',
]
const PIECES = ['<', '>', '</', '/>', '"', '\'', '=', '<!--', '-->', '<!', '<![CDATA[', ']]>', '<script>', '</script>', '<p ', 'data-start="', 'class=', '&amp;', '&#x0;', '&#1114112;', '<svg><style>', '<textarea>', '<plaintext>', '\0']

/** The most steps a character may cost; see `scanHtml`. */
const STEPS = 4

/** Any clipboard: what is said of it are whole, positive counts; start tags come in turn, and the way through it grows with its length alone. */
export const pastes: Fuzzer<string> = {
  name: 'pastes',
  runs: 600,
  input: fc.oneof(mutatedText(PASTES, PIECES, 12), fc.array(fc.constantFrom(...PIECES, 'a', ' '), { maxLength: 400 }).map((pieces) => pieces.join(''))),
  check(html) {
    for (const { count, mark } of marksInHtml(html)) {
      expect(mark).not.toBe('')
      expect(Number.isInteger(count) && count > 0).toBe(true)
    }
    let last = 0
    const steps = scanHtml(html, {
      start({ name, end }) {
        expect(name).toBe(name.toLowerCase())
        expect(end).toBeGreaterThan(last)
        expect(end).toBeLessThanOrEqual(html.length)
        last = end
      },
    })
    expect(steps).toBeLessThanOrEqual(STEPS * html.length + STEPS)
  },
}
