import { afterEach, describe, expect, it } from 'vitest'
import { editorFor, type EditorText } from './index.ts'

afterEach(() => document.body.replaceChildren())

function host(html: string, style = ''): HTMLElement {
  const element = document.createElement('div')
  element.contentEditable = 'true'
  element.style.cssText = style
  element.innerHTML = html
  document.body.append(element)
  return element
}

function read(html: string, options: { style?: string; excluded?: string } = {}): EditorText {
  const element = host(html, options.style)
  return editorFor(element).read(element, options.excluded ?? '')
}

/** Every character of the text must lead back to the same character on the page. */
function expectMapped(now: EditorText): void {
  for (let at = 0; at < now.text.length; at += 1) {
    if (now.text[at] === '\n') continue
    const place = now.locate({ start: at, end: at + 1 })
    const shown = place?.kind === 'range' ? place.range.toString() : null
    expect(shown?.replace(/\s/, ' '), `offset ${at} of ${JSON.stringify(now.text)}`).toBe(now.text[at]!.replace(/\s/, ' '))
  }
}

describe('the text a reader sees', () => {
  it.each<[name: string, html: string, text: string]>([
    ['nothing in an empty editor', '<p><br></p>', ''],
    ['nothing where only fillers are', '<p>\ufeff</p><p>\u200b<br></p><p>&nbsp;</p>', ''],
    ['one newline between blocks, whatever their gap', '<p>One</p><div>Two</div><h2>Three</h2>\n\n<p></p><p>Four</p>', 'One\nTwo\nThree\nFour'],
    ['a newline for a break with text behind it, none for a trailing one', '<p>One<br>Two<br></p><p>Three<br class="ProseMirror-trailingBreak"></p>', 'One\nTwo\nThree'],
    ['white space as it is drawn', '<p>  One \n\t two <b> three</b> </p>\n  <p> four</p>', 'One two three\nfour'],
    ['a space beside a no-break space', '<p>One \u00a0two\u00a0\u00a0three</p>', 'One  two  three'],
    ['a space that stands alone between runs', '<p><b>One</b> <i>two</i></p>', 'One two'],
    ['words across runs as one', '<p>un<b>believ</b>able</p>', 'unbelievable'],
    ['no zero-width fillers, but joined emoji', '<p>a\u200bb\u00adc\u2060d \ud83d\udc69\u200d\ud83d\udcbb</p>', 'abcd \ud83d\udc69\u200d\ud83d\udcbb'],
    ['cells and items as blocks', '<ul><li>One</li><li>Two</li></ul><table><tr><td>A</td><td>B</td></tr></table>', 'One\nTwo\nA\nB'],
    ['text below text of its own block', '<div>One<p>Two</p>Three</div>', 'One\nTwo\nThree'],
    ['no hidden text', '<p>One<span style="display:none">x</span><span style="visibility:hidden">y<b style="visibility:visible">z</b></span></p><details><summary>S</summary>closed</details>', 'Onez\nS'],
    ['text marked hidden for screen readers, which readers see', '<p>One <span aria-hidden="true">two</span></p>', 'One two'],
    ['no placeholders, labels or controls', '<p><span data-slate-placeholder="true">Write</span>One</p><span class="cm-placeholder">Type</span><button>Copy</button><style>p{}</style><svg><text>x</text></svg>', 'One'],
    ['other people\'s names at their carets not', '<p>One<span class="collaboration-carets__label">Bob</span> two</p>', 'One two'],
    ['emphasis in a fixed island', '<p>Dear <span contenteditable="false">@Ann</span>,</p>', 'Dear @Ann,'],
    ['right-to-left text in its own order', '<p dir="rtl">شكرا لك</p>', 'شكرا لك'],
  ])('reads %s', (_name, html, text) => {
    const now = read(html)
    expect(now.text).toBe(text)
    expect(now.blocks.map(({ span }) => now.text.slice(span.start, span.end)).join('\n')).toBe(text)
    expectMapped(now)
  })

  it('keeps lines and spaces where the editor does', () => {
    const now = read('<p>One  two \n three</p>', { style: 'white-space: pre-wrap' })
    expect(now.text).toBe('One  two \n three')
    expectMapped(now)
    expect(read('<p>One  two\nthree</p>', { style: 'white-space: pre-line' }).text).toBe('One two\nthree')
  })

  it('leaves out what the site says is not the author\'s', () => {
    const now = read('<div>Yes<div class="quote">On Monday<br>Bob wrote</div>below</div>', { excluded: '.quote' })
    expect(now.text).toBe('Yes\nbelow')
    expectMapped(now)
  })

  it('names the kinds of blocks', () => {
    const now = read('<h1>A</h1><ul><li><p>B</p></li></ul><blockquote>C</blockquote><blockquote type="cite">D<p>E</p></blockquote><pre>F</pre><div role="heading">G</div><div class="gmail_signature"><p>H</p></div><p>I <code>i</code></p>')
    expect(now.blocks.map(({ kind, span }) => `${now.text.slice(span.start, span.end)}:${kind}`)).toEqual(
      ['A:heading', 'B:list', 'C:text', 'D:quote', 'E:quote', 'F:code', 'G:heading', 'H:signature', 'I i:text'])
  })

  it('says when lines are missing or something cannot be read', () => {
    expect(read('<div class="cm-line">One</div>').complete).toBe(true)
    expect(read('<div class="cm-gap" style="height:900px"></div><div class="cm-line">One</div>').complete).toBe(false)
    expect(read('<p>One</p><iframe></iframe><canvas></canvas>').unread).toBe(2)
  })

  it('finds a place across blocks and runs, and none for a break alone', () => {
    const now = read('<p>One <b>two</b></p><p>three</p>')
    const place = now.locate({ start: 4, end: 10 })
    expect(place?.kind === 'range' && place.range.toString()).toBe('twoth')
    expect(now.locate({ start: 7, end: 8 })).toBeNull()
    expect(now.locate({ start: -1, end: 2 })).toBeNull()
  })

  it('no longer finds a place whose node left the editor', () => {
    const element = host('<p>One</p>')
    const now = editorFor(element).read(element, '')
    document.body.append(element.firstElementChild!)
    expect(now.locate({ start: 0, end: 3 })).toBeNull()
  })

  it('reads a closed or hidden editor all the same', () => {
    const element = host('<p>It is guaranteed.</p>')
    element.style.display = 'none'
    expect(editorFor(element).read(element, '').text).toBe('It is guaranteed.')
    element.style.cssText = 'visibility: hidden'
    expect(editorFor(element).read(element, '').text).toBe('It is guaranteed.')
  })
})
