import { describe, expect, it } from 'vitest'
import { chatContext } from './chat-context.ts'

/** The marks of a text with the words that each names. */
const seen = (text: string) => chatContext(text).map(({ mark, span }) => [mark, span && text.slice(span.start, span.end)])
const marks = (text: string) => chatContext(text).map(({ mark }) => mark)
/** Words without any mark, as long as that, a blank last. */
const filler = (chars: number) => `${'We light rooms. '.repeat(Math.ceil(chars / 16)).slice(0, chars - 1)} `

describe('the words around a chat answer', () => {
  it('are named from their first letter to their last, without the blanks around them', () => {
    expect(seen('\n  Certainly! Here is an email for you. \t\n\nHi Ann')).toEqual([['chat-preamble', 'Certainly! Here is an email for you.']])
    expect(seen('   Based on the given plan, it is late.  \nHi')).toEqual([['answer-to-a-prompt', 'Based on the given plan, it is late.']])
    expect(seen('Hi Ann.\n\nFeel free to adjust it   ')).toEqual([['chat-closing-offer', 'Feel free to adjust it']])
  })

  it('have their place in a long text, too', () => {
    const text = `${filler(2_000)}\nWould you like me to make it shorter?`
    expect(seen(text)).toEqual([['chat-closing-offer', 'Would you like me to make it shorter?']])
  })

  it('stand at its edges: nine hundred characters from either end', () => {
    const says = 'As an AI language model'
    expect(marks(`${filler(900 - says.length)}${says} ${filler(900)}`)).toEqual(['assistant-speaks'])
    expect(marks(`${filler(901 - says.length)}${says} ${filler(900)}`)).toEqual([])
    const offers = 'Feel free to adjust it.'
    expect(marks(`${filler(900)}${offers}${filler(900 - offers.length)}`)).toEqual(['chat-closing-offer'])
    expect(marks(`${filler(900)}${offers}${filler(901 - offers.length)}`)).toEqual([])
  })

  it('are known with typographic signs and spaces, which keep their places', () => {
    expect(seen('Here\u2019s a\u00a0draft for you:\nHi')).toEqual([['chat-preamble', 'Here\u2019s a\u00a0draft for you:']])
  })

  it('are no preamble above the header of a mail', () => {
    const preamble = 'Certainly! Here is the mail:\n'
    expect(marks(`${preamble}\nHi Ann`)).toEqual(['chat-preamble'])
    expect(marks(`${preamble}From: Ann\nHi`)).toEqual(['chat-preamble'])
    expect(marks(`${preamble}From: Ann\nTo: Bo\nHi`)).toEqual([])
  })

  it('are one mark of each sort', () => {
    expect(chatContext('As an AI language model, I am an AI.')).toEqual([{ class: 'T3', mark: 'assistant-speaks', product: null, count: 1, span: { start: 0, end: 'As an AI language model'.length } }])
  })
})

describe('a subject in the body', () => {
  it('is named without the blanks around it', () => {
    expect(seen('  Subject: Your renewal  \n\nHi Ann,')).toEqual([['subject-in-body', 'Subject: Your renewal']])
    expect(seen('**Subject:** Your renewal\n\nHi Ann,')).toEqual([['subject-in-body', '**Subject:** Your renewal']])
  })

  it('may have four lines before it, however they are spaced, and not five', () => {
    expect(marks('\n\nFor Ann.\nAs asked.\n\nThe second.\nIt is short.\n\nSubject: Your renewal\n\nHi')).toEqual(['subject-in-body'])
    expect(marks('For Ann.\nAs asked.\nThe second.\nIt is short.\nAnd kind.\nSubject: Your renewal\n\nHi')).toEqual([])
  })

  it.each([
    ['a line of signs', '-----\nSubject: Your renewal\n\nHi'],
    ['a line of underlines', '_____\nSubject: Your renewal\n\nHi'],
    ['a quoted line', '> hello\nSubject: Your renewal\n\nHi'],
    ['the words of a mail program', 'On Monday Ann wrote:\nSubject: Your renewal\n\nHi'],
    ['a forwarded message', 'Forwarded message\nSubject: Your renewal\n\nHi'],
    ['an original message', 'Original Message\nSubject: Your renewal\n\nHi'],
    ['a line of a header before it', 'Date: Monday\nSubject: Your renewal\n\nHi'],
    ['a line of a header after it', 'Subject: Your renewal\nTo: Ann\n\nHi'],
  ])('is none with %s', (_, text) => { expect(marks(text)).toEqual([]) })

  it('is one where a header stands three hundred characters further down', () => {
    const subject = 'Subject: Your renewal'
    const between = (chars: number) => `${subject}\n${filler(chars - '\n\nTo:'.length)}\nTo: Ann`
    expect(marks(between(300))).toEqual([])
    expect(marks(between(301))).toEqual(['subject-in-body'])
  })
})

describe('versions to choose from', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `${at + 1}. "Snow, version ${at}"  `).join('\n')

  it('are three or more, shown at the first', () => {
    const text = `Choose:\n${lines(4)}\nBye`
    expect(chatContext(text)).toEqual([{ class: 'T3', mark: 'quoted-options', product: null, count: 4, span: { start: 8, end: 8 + '1. "Snow, version 0"'.length } }])
    expect(marks(lines(3))).toEqual(['quoted-options'])
    expect(marks(lines(2))).toEqual([])
  })
})

describe('Markdown that stands as text', () => {
  const counts = (text: string) => chatContext(text).map(({ mark, count }) => `${mark} ${count}`)

  it.each([
    ['two bold runs', 'Our **plan** has **three parts** now.', 2],
    ['two headings of the second level', '## Plan\ntext\n## Price\ntext', 2],
    ['two headings below that', '### Plan\ntext\n###### Price\ntext', 2],
    ['a bullet that begins in bold', '- **Price:** as agreed', 1],
    ['a numbered one', '  1. **Price:** as agreed', 1],
    ['a fenced block', '```\nx\n```', 2],
    ['a fenced block that is set in', '   ```\nx\n   ```', 2],
    ['a table', '| Plan | Price |\n| --- | --- |\n| A | 4 |', 1],
    ['a table without outer bars', 'Plan | Price\n--- | ---\nA | 4', 1],
    ['a table with sides', 'Plan | Price\n:---: | ---:\nA | 4', 1],
  ])('is %s', (_, text, count) => { expect(counts(text)).toEqual([`literal-markdown ${count}`]) })

  it('is counted with all its signs but bullets', () => {
    expect(counts('## Plan\n## Price\n- **A:** 4\n- **B:** 5\n```\nx\n```\n--- | ---')).toEqual(['literal-markdown 7'])
  })

  it.each([
    ['one bold run', 'Our **plan** is ready.'],
    ['one heading', '## Plan\ntext'],
    ['two headings of the first level', '# Plan\ntext\n# Price\ntext'],
    ['two rows of seven signs', '####### Plan\n####### Price'],
    ['headings without a space', '##Plan\n##Price'],
    ['headings inside a line', 'see ## Plan\nsee ## Price'],
    ['one fence', '```\nx'],
    ['a short row of dashes', 'Plan | Price\n-- | --\nA | 4'],
    ['a row of dashes', '-----\nA'],
    ['a bullet with bold words further on', '- the **price**'],
    ['powers', '2**3**4 and a**b**c and d ** e ** f'],
  ])('is not %s', (_, text) => { expect(counts(text)).toEqual([]) })

  it('is looked for in the first two hundred thousand characters', () => {
    const bold = '**a** **b**'
    expect(counts(`${'x'.repeat(200_000 - bold.length - 1)} ${bold}`)).toEqual(['literal-markdown 2'])
    expect(counts(`${'x'.repeat(200_000 - bold.length)} ${bold}`)).toEqual([])
  })
})
