import { describe, expect, it } from 'vitest'
import { blocksOfText, htmlToText } from './html-text.ts'

const text = (html: string) => htmlToText(html).text
const kinds = (html: string) => htmlToText(html).blocks.map((block) => block.kind)

describe('htmlToText', () => {
  it.each([
    ['<p>Hi <b>Ann</b>,</p><p>it is&nbsp;20&#37; off &amp; more</p>', 'Hi Ann,\nit is\u00a020% off & more'],
    ['one<br>two<br/>three', 'one\ntwo\nthree'],
    ['<div>\n  <p>  a\n  b </p>\n</div>', 'a b'],
    ['a<!-- c --><script>x < y</script><style>p{}</style>b', 'ab'],
    ['<html><head><title>t</title><meta charset=utf-8></head><body>x</body></html>', 'x'],
    ['<ul><li>one<li>two</ul>after', 'one\ntwo\nafter'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<table><tr><td>Plan</td><td>49</td></tr></table>', 'Plan\n49'],
    ['<p>never <b>closed', 'never closed'],
    ['</div></p>stray &lt;p&gt; &unknown; &amp', 'stray <p> &unknown; &'],
    ['<p></p><p> </p>', ''],
    ['x <template><p>hidden</p></template>y', 'x y'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ])('%j', (html, expected) => {
    expect(text(html)).toBe(expected)
  })

  it('knows what is quoted, signature, heading, list and code', () => {
    const html = '<h2>Offer</h2><p>Hi</p><ul><li>One</li></ul><pre>x</pre><div class="gmail_signature">Bo</div><div class="gmail_quote"><h1>Old</h1><ul><li>older</li></ul></div><p>end</p>'
    expect(kinds(html)).toEqual(['heading', 'text', 'list', 'code', 'signature', 'quote', 'quote', 'text'])
  })

  it('gives blocks that tile the text', () => {
    const { text: body, blocks } = htmlToText('<p>a</p>b<blockquote>c<br>d</blockquote>')
    expect(blocks.map(({ span }) => body.slice(span.start, span.end)).join('\n')).toBe(body)
  })

  it('takes deeply nested and unclosed markup in its stride', () => {
    expect(text('<div>'.repeat(100_000) + 'x' + '</div>'.repeat(50_000) + '</p>'.repeat(50_000) + 'y')).toBe('x\ny')
  })
})

describe('blocksOfText', () => {
  it('tells lines apart by how they begin', () => {
    const lines = ['Hi', '', '# Head', '- one', '2) two', '> old', '```', '> code', '```', '-- ', 'Bo']
    const found = blocksOfText(lines.join('\n'))
    expect(found.map((block) => block.kind)).toEqual(['text', 'text', 'heading', 'list', 'list', 'quote', 'code', 'code', 'code', 'signature', 'signature'])
    expect(found.map(({ span }) => lines.join('\n').slice(span.start, span.end))).toEqual(lines)
  })
})
