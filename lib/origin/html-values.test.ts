import { describe, expect, it } from 'vitest'
import { HTML_MARKS, htmlMarkTable, marksInHtml } from './index.ts'
import type { HtmlMark, ValueTest } from './marks.ts'

/** Marks by name and number, such as `gemini-angular 1`. */
const seen = (html: string) => marksInHtml(html).map(({ mark, count }) => `${mark} ${count}`)
/** The marks that this element brings beside one that is enough for ChatGPT, Gemini and Claude. */
const SURE = '<i data-is-last-node=""></i><i data-path-to-node="1"></i><i class="font-claude-x"></i>'
const beside = (html: string) => seen(SURE + html).filter((one) => !seen(SURE).includes(one))

/** A value that passes. */
function passing(test: ValueTest): string {
  switch (test.is) {
    case 'present': case 'flag': return ''
    case 'number': case 'path': return '1'
    case 'oneOf': return test.values[0]!
    case 'prefix': return `${test.value}x`
  }
}

/** The smallest element that has a mark. */
function element({ tags = ['p'], attributes = {}, classes = [], text = '' }: HtmlMark): string {
  const values = Object.entries(attributes).map(([name, test]) => ` ${name.replace('*', 'x')}="${passing(test)}"`)
  return `<${tags[0]!}${values.join('')}${classes.length > 0 ? ` class="${classes.map((name) => name.replace('*', 'x').replace('#', '1')).join(' ')}"` : ''}>${text}`
}

describe('each mark of the table', () => {
  it.each(HTML_MARKS.map((mark) => [mark.id, mark] as const))('%s counts by itself where it is sure, and only then', (id, mark) => {
    expect(seen(element(mark)).includes(`${id} 1`)).toBe(mark.strength === 'sure')
  })
})

describe('marks that other pages have, too', () => {
  it('are not even looked for where none stands that counts by itself', () => {
    const { signs } = htmlMarkTable()
    for (const html of ['<p data-start="1" data-end="2">', '<p _ngcontent-ng-c1="">', '<sup>1</sup>']) expect(signs.test(html)).toBe(false)
    for (const html of ['<P DATA-IS-LAST-NODE>', '<p class="citation-1">', '<span style="display:none">[^1]']) expect(signs.test(html)).toBe(true)
  })

  it('count beside one that is enough, or beside each other where two are halves', () => {
    expect(seen('<p class="markdown prose">')).toEqual([])
    expect(seen('<p data-message-id="a">')).toEqual([])
    expect(seen('<p class="markdown prose" data-start="1" data-end="2">')).toEqual([])
    expect(seen('<p class="markdown prose"></p><p data-message-id="a" data-start="1" data-end="2">')).toEqual(['chatgpt-markdown-prose 1', 'chatgpt-message-id 1', 'chatgpt-offsets 1'])
  })

  it('are known by the beginning of an attribute’s name, once for an element', () => {
    expect(beside('<p _ngcontent-ng-c1="">')).toEqual(['gemini-angular 1'])
    expect(beside('<p _ngcontent-a="" _ngcontent-b=""><b _ngcontent-a>')).toEqual(['gemini-angular 2'])
    for (const other of ['x_ngcontent-', '_ngcontent', 'data_ngcontent-']) expect(beside(`<p ${other}="">`)).toEqual([])
  })
})

describe('values', () => {
  it.each(['0', '9', '123456789', ' 12 '])('that are numbers: "%s"', (value) => { expect(beside(`<p data-start="${value}" data-end="1">`)).toEqual(['chatgpt-offsets 1']) })

  it.each(['', 'x1', '1x', '1 2', '-1', '1.5', '1234567890'])('that are none: "%s"', (value) => {
    expect(beside(`<p data-start="${value}" data-end="1">`)).toEqual([])
    expect(beside(`<p data-start="1" data-end="${value}">`)).toEqual([])
  })

  it('that are flags', () => {
    for (const value of ['', 'true', ' true ']) expect(seen(`<p data-is-last-node="${value}">`)).toEqual(['chatgpt-data-is-last-node 1'])
    for (const value of ['false', 'truer', '1']) expect(seen(`<p data-is-last-node="${value}">`)).toEqual([])
  })

  it('that are paths, shorter than sixty characters', () => {
    for (const value of ['0', '5,0,1', '5.0', '5, 0', `1${',1'.repeat(29)}`]) expect(seen(`<p data-path-to-node="${value}">`)).toEqual(['gemini-path-to-node 1'])
    for (const value of ['', ',1', '1,', '1,,2', 'a,1', '1,b', `11${',1'.repeat(29)}`]) expect(seen(`<p data-path-to-node="${value}">`)).toEqual([])
  })

  it('that are one of a few, in any case', () => {
    for (const value of ['sm', 'XL']) expect(seen(`<td data-col-size="${value}">`)).toEqual(['chatgpt-table-column 1'])
    expect(seen('<td data-col-size="smaller">')).toEqual([])
  })

  it('that begin with something, whatever the blanks around a colon', () => {
    for (const style of ['display:none', 'display : none; color: red']) expect(seen(`<span style="${style}">[^1]</span>`)).toEqual(['perplexity-hidden-notes 1'])
    expect(seen('<span style="color:red;display:none">[^1]</span>')).toEqual([])
    expect(seen('<p id="p-rc_1">')).toEqual(['gemini-response-id 1'])
    expect(seen('<p id="xp-rc_1">')).toEqual([])
  })
})

describe('classes', () => {
  it('are whole words, all that a mark names', () => {
    expect(seen('<p class="a standard-markdown grid-cols-1 b">')).toEqual(['claude-answer-grid 1', 'claude-standard-markdown 1'])
    expect(seen('<p class="standard-markdown grid-cols-12">')).toEqual([])
    expect(seen('<p class="a\n\tRESPONSE-CONTENT-MARKDOWN\nb">')).toEqual(['grok-answer-body 1'])
    expect(seen('<p class="response-content-markdowns">')).toEqual([])
  })

  it('may end in anything, or in a number', () => {
    for (const name of ['font-claude-', 'font-claude-x']) expect(seen(`<p class="${name}">`)).toEqual(['claude-response-font 1'])
    expect(seen('<p class="my-font-claude-x">')).toEqual([])
    expect(beside('<p class="citation-12">')).toEqual(['gemini-citation 1'])
    for (const name of ['citation-', 'citation-x', 'citation-1x', 'a-citation-1']) expect(beside(`<p class="${name}">`)).toEqual([])
  })

  it('are read up to four thousand characters', () => {
    const classes = (before: number) => `<p class="${'x '.repeat(before / 2)}response-content-markdown">`
    expect(seen(classes(4_000 - 'response-content-markdown'.length - 1))).toEqual(['grok-answer-body 1'])
    expect(seen(classes(4_000))).toEqual([])
    expect(seen(classes(4_000 - 10))).toEqual([])
  })

  it('are counted each time they stand there', () => {
    expect(seen('<p class="font-claude-x"></p><b class="font-claude-y"></b><p class="font-claude-x">')).toEqual(['claude-response-font 3'])
  })
})

describe('elements', () => {
  it('are known by name, with attributes or without', () => {
    for (const html of ['<grok-card>', '<grok-card data-id="1">']) expect(seen(html)).toEqual(['grok-card 1'])
    for (const html of ['<grok-cards>', '<p title="grok-card">']) expect(seen(html)).toEqual([])
  })

  it('must have the name that a mark asks for', () => {
    expect(seen('<th data-col-size="md">')).toEqual(['chatgpt-table-column 1'])
    expect(seen('<div data-col-size="md">')).toEqual([])
    expect(beside('<sup class="superscript">')).toEqual(['gemini-superscript 1'])
    expect(beside('<b class="superscript">')).toEqual([])
  })

  it('must be followed by the words that a mark asks for, blanks before them', () => {
    for (const html of ['<div align="center">⁂</div>', '<div align="center">\n  ⁂</div>']) expect(seen(html)).toEqual(['perplexity-end-sign 1'])
    for (const html of ['<div align="center">x ⁂</div>', '<div align="left">⁂</div>', `<div align="center">${' '.repeat(40)}⁂</div>`]) expect(seen(html)).toEqual([])
  })
})
