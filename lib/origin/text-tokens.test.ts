import { describe, expect, it } from 'vitest'
import { marksInText, textMarks, tokensInText } from './index.ts'

/** Marks of a pack, checked a day after the built-in ones. */
const pack = (...contains: string[]) => textMarks([{ checked: '2999-01-01', text: [{ id: 'nova', product: 'Nova', class: 'T1', contains }] }])
const seen = (text: string, marks = textMarks([])) => tokensInText(text, [], marks).map(({ mark, span }) => `${mark} ${text.slice(span?.start, span?.end)}`)

describe('tokens of a pack', () => {
  it('are not named a second time where they are part of a known one', () => {
    expect(seen('It grew [cite: 5] in May.', pack('cite: #'))).toEqual(['gemini-cite [cite: 5]'])
    expect(seen('It grew [cite: 5] in May.', pack('grew [cite'))).toEqual(['gemini-cite [cite: 5]'])
    expect(seen('It grew [cite: 5] in May.', pack('5] in'))).toEqual(['gemini-cite [cite: 5]'])
  })

  it('are named beside a known one, in the order of the text', () => {
    expect(seen('It {nova:1}[cite: 5]{nova:22} grew.', pack('{nova:#}'))).toEqual(['nova {nova:1}', 'gemini-cite [cite: 5]', 'nova {nova:22}'])
  })

  it('have up to nine digits, in any case of letters, and signs as they stand', () => {
    expect(seen('a (Nova.#) b', pack('(nova.'))).toEqual(['nova (Nova.'])
    expect(seen('a novax b', pack('nov.x'))).toEqual([])
    expect(seen('a <nova123456789> <nova1234567890> <nova> b', pack('<nova#>'))).toEqual(['nova <nova123456789>'])
  })

  it('do not count in code or quotation marks', () => {
    expect(seen('a `{nova:1}` "{nova:2}" «{nova:3}» b', pack('{nova:#}'))).toEqual([])
    expect(seen('a\n```\n{nova:1}\n```\n{nova:2}', pack('{nova:#}'))).toEqual(['nova {nova:2}'])
    expect(seen('a "{nova:1} b', pack('{nova:#}'))).toEqual(['nova {nova:1}'])
  })
})

describe('code', () => {
  const cite = '[cite: 5]'

  it('lies between a fence and the next, and not after it', () => {
    const text = `${cite}\n\`\`\`\n${cite}\n\`\`\`\n${cite}\n   \`\`\`js\n${cite}\n   \`\`\`\n${cite}`
    const places = tokensInText(text).map(({ span }) => span?.start)
    expect(places).toEqual([0, text.indexOf(cite, text.indexOf('```\n', 20)), text.lastIndexOf(cite)])
  })

  it('goes on to the end where it is not closed', () => {
    expect(seen(`${cite}\n\`\`\`\n${cite}\n${cite}`)).toEqual([`gemini-cite ${cite}`])
  })

  it('does not begin inside a line, nor set in by four blanks', () => {
    expect(seen(`a \`\`\`\n${cite}`)).toEqual([`gemini-cite ${cite}`])
    expect(seen(`    \`\`\`\n${cite}`)).toEqual([`gemini-cite ${cite}`])
  })
})

describe('stretches that are aside', () => {
  const text = 'a [cite: 5] b'
  const [start, end] = [2, 11]
  const left = (from: number, to: number) => marksInText(text, [{ start: from, end: to }]).map(({ mark }) => mark)

  it('take what begins in them', () => {
    expect([left(start, end), left(start, start + 1), left(0, start + 1)]).toEqual([[], [], []])
    expect([left(0, start), left(start + 1, end), left(end, 13)]).toEqual([['gemini-cite'], ['gemini-cite'], ['gemini-cite']])
  })
})

describe('an unfilled placeholder', () => {
  it.each(['[Your Name]', '[Insert date here]', '[Recipient Name]', "[Client's company]", '[Company Address]', '[Date]', '[e.g. lamps]', '[E.g., a discount]'])('is %s', (slot) => {
    expect(seen(`Dear ${slot}, hello.`)).toEqual([`unfilled-placeholder ${slot}`])
  })

  it.each(['[Yourself]', '[Inserted]', '[Senior Leadership]', '[Update]', '[name@here]', '[1 name]', '{{first_name}}', '{Your Name}', '[see e.g. the manual]'])('is not %s', (words) => {
    expect(seen(`Dear ${words}, hello.`)).toEqual([])
  })
})

describe('the length of a placeholder', () => {
  it('is three to eighty-one characters between the brackets', () => {
    const slot = (chars: number) => `[Your ${'n'.repeat(chars - 5)}]`
    expect([seen(slot(81)), seen(slot(82))]).toEqual([[`unfilled-placeholder ${slot(81)}`], []])
    expect(seen('[Day]')).toEqual(['unfilled-placeholder [Day]'])
  })
})

describe('a link', () => {
  it('that came through an assistant is named by that part alone', () => {
    expect(seen('At https://a.example/b?utm_source=chatgpt.com&x=1 now')).toEqual(['link-via-chatgpt ?utm_source=chatgpt.com'])
    expect(seen('At https://a.example/b?x=1&referrer=grok.com#y now')).toEqual(['link-via-grok &referrer=grok.com'])
  })

  it('to an assistant’s own store is a token', () => {
    const link = 'https://ppl-ai-file-upload.s3.amazonaws.com/a/b.png'
    expect(tokensInText(`At ${link} now`)).toEqual([{ class: 'T1', mark: 'perplexity-upload-link', product: 'Perplexity', count: 1, span: { start: 3, end: 3 + link.length } }])
  })
})
