import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { marksInText, originOf, tokensInText, type OriginEvent } from './index.ts'

const seen = (text: string) => marksInText(text).map((one) => `${one.class} ${one.mark}`)
const t1 = (text: string) => marksInText(text).filter((one) => one.class === 'T1')

describe('tokens that assistants leave', () => {
  it.each([
    ['Prices rose :contentReference[oaicite:0]{index=0} last year.', 'oaicite', 'ChatGPT', ':contentReference[oaicite:0]{index=0}'],
    ['See the docs [oai_citation:4‡site.example](https://site.example/a) for more.', 'oai-citation', 'ChatGPT', '[oai_citation:4‡site.example](https://site.example/a)'],
    ['Our rate is low. citeturn0search0turn1view2', 'chatgpt-turn-citation', 'ChatGPT', 'citeturn0search0turn1view2'],
    [':::writing{variant="email" id="48217"}\nHello', 'chatgpt-writing-block', 'ChatGPT', ':::writing{variant="email" id="48217"}'],
    ['As the study says 【3†source】, it helps.', 'source-dagger', null, '【3†source】'],
    ['Grew by a third [cite: 5, 13] in May.', 'gemini-cite', 'Gemini', '[cite: 5, 13]'],
    ['[cite_start]Our team is ready.', 'gemini-cite', 'Gemini', '[cite_start]'],
  ])('in %s', (text, mark, product, token) => {
    const [first] = t1(text)
    expect(first).toMatchObject({ class: 'T1', mark, product, count: 1 })
    expect(text.slice(first?.span?.start, first?.span?.end)).toBe(token)
    expect(originOf([], text).verdict).toBe('ai')
  })

  it('have their exact places, each by itself; of a link only the part that names the assistant', () => {
    const text = 'A【1†source】 and https://a.example/?x=1&utm_source=chatgpt.com#b and 【2†source】.'
    expect(tokensInText(text).map(({ span }) => text.slice(span?.start, span?.end))).toEqual(['【1†source】', '&utm_source=chatgpt.com', '【2†source】'])
  })

  it('do not count in what is quoted, signed or code', () => {
    const text = 'See citeturn0search0 here.\n[Your Name]'
    expect(seen(text)).toEqual(['T1 chatgpt-turn-citation', 'T3 unfilled-placeholder'])
    expect(marksInText(text, [{ start: 0, end: text.length }])).toEqual([])
    expect(marksInText(text, [{ start: 0, end: 26 }]).map(({ mark }) => mark)).toEqual(['unfilled-placeholder'])
  })

  it('are counted, and shown at the first place', () => {
    const [mark] = t1('A 【1†source】 and B 【2†source】.')
    expect(mark).toMatchObject({ count: 2, span: { start: 2 } })
  })

  it.each([
    ['Assistants leave tokens such as `citeturn0search0` in the text.'],
    ['He wrote "[cite: 3]" at the end.'],
    ['Example:\n```\n:contentReference[oaicite:0]{index=0}\n```\nThat is all.'],
    ['See [citation needed] and [1] and 【重要】.'],
    ['Turn 0 search results were shown.'],
  ])('are not evidence where they are written about: %s', (text) => {
    expect(t1(text)).toEqual([])
  })

  it('are told from links that only came through an assistant', () => {
    expect(seen('More at https://example.com/a?utm_source=chatgpt.com today.')).toEqual(['T3 link-via-chatgpt'])
    expect(originOf([{ kind: 'typed', chars: 60, at: 0 }], 'More at https://example.com/a?utm_source=chatgpt.com today.').verdict).toBe('typed')
    expect(seen('More at https://example.com/?utm_source=newsletter')).toEqual([])
  })
})

describe('words around a chat answer', () => {
  it.each([
    ['Certainly! Here is a follow-up email you can send:\n\nHi Ann', 'chat-preamble'],
    ["Sure, here's a polished version of your message:\n\nHi Ann", 'chat-preamble'],
    ['Below is a draft of the letter:\n\nDear Ann', 'chat-preamble'],
    ['Hi Ann,\n\nbest,\nBo\n\nLet me know if you’d like me to adjust the tone.', 'chat-closing-offer'],
    ['Hi Ann,\n\nFeel free to customize this to your needs.', 'chat-closing-offer'],
    ['Hi Ann.\n\nMake sure to replace the placeholders with your details.', 'chat-closing-offer'],
    ['Hi Ann.\n\nWould you like me to make it shorter?', 'chat-closing-offer'],
    ['Subject: Your renewal\n\nHi Ann,', 'subject-in-body'],
    ['**Subject:** Your renewal\n\nHi Ann,', 'subject-in-body'],
    ['Our **plan** has **three** parts.', 'literal-markdown'],
    ['- **Price:** as agreed', 'literal-markdown'],
    ['As an AI language model, I cannot attend.', 'assistant-speaks'],
    ['Best regards,\n[Your Name]', 'unfilled-placeholder'],
    ['Dear [Company],', 'unfilled-placeholder'],
    ["I'm sorry, but I can't directly execute this code.", 'assistant-speaks'],
    ['Based on the given definitions, this is a demo.', 'answer-to-a-prompt'],
    ['The article you provided is clear.', 'answer-to-a-prompt'],
    ['1. "First snow of the year"\n2. “Snow, from my desk”\n3. "Winter is here!"', 'quoted-options'],
  ])('are seen in %j', (text, mark) => {
    expect(marksInText(text)).toContainEqual(expect.objectContaining({ class: 'T3', mark }))
  })

  it.each([
    ['Here is the contract you asked for.'], ['Sure, here are the keys, I left them at the desk.'], ['Of course, Monday works for me.'], ['Certainly not.'],
    ['Sure! See you on Monday.'], ['Here is the list of the hour ahead flows:\n1 MW'], ['Let me know if you would like me to set up a call.'],
    ['Let me know if you need anything further.'], ['Please feel free to contact me.'], ['I hope this helps.'],
    ['From: Ann\nTo: Bo\nSubject: Hello\n\nforwarded text'], ['The **only** bold word.'], ['# Heading of a wiki page'], ['-----\nsent from my phone'],
    ['5 * 3 ** 2 and a ** b'], ['<*****@***********> <****@***>'], ['I would like to use [Link] and [Move] more.'], ['uplevel #0 [list $w invoke]'],
    ['our SLTT [Senior Leadership Technical Team] meets'], ['-----Original Message-----\n\nSubject: please give\n\ntext'], ['Subject: Re: your order\n\nHi'],
    ["Here's a message that works for me:\n\nX-Mailer: exmh\nTo: a@b.example\nSubject: test\n"], ["I'm sorry, but I cannot come on Monday."],
    ['He said:\n1. "yes"\n2. and "no"\n3. nothing'], ['Based on our talk, I would choose the second.'], ['Dear {{first_name}}, welcome.'], ['[EXTERNAL] see below'], ['Please make sure to bring your letter of invitation.'],
  ])('are not seen in %j', (text) => {
    expect(marksInText(text)).toEqual([])
  })
})

describe('originOf', () => {
  const page: OriginEvent = { kind: 'paste', marks: [{ class: 'T2', mark: 'chatgpt-data-is-last-node', product: 'ChatGPT', count: 1 }], chars: 640, at: 0 }
  const paste = (chars: number): OriginEvent => ({ kind: 'paste', marks: [], chars, at: 0 })
  const typed = (chars: number): OriginEvent => ({ kind: 'typed', chars, at: 0 })
  const inserted = (chars: number): OriginEvent => ({ kind: 'inserted', chars, trusted: true, at: 0 })
  const verdict = (events: readonly OriginEvent[], text = 'Hi Ann, thanks for your time.') => originOf(events, text).verdict

  it('says ai for page marks, and adds marks of several pastes up', () => {
    expect(verdict([typed(900), page])).toBe('ai')
    expect(originOf([page, page], 'x').evidence).toEqual([{ class: 'T2', mark: 'chatgpt-data-is-last-node', product: 'ChatGPT', count: 2 }])
  })

  it('says inserted from 200 characters, in one or several portions of some size', () => {
    expect(verdict([inserted(199)])).toBe('unknown')
    expect(verdict([inserted(200)])).toBe('inserted')
    expect(verdict([inserted(120), typed(20), inserted(120)])).toBe('inserted')
  })

  it('does not add up words that were corrected here and there while typing', () => {
    expect(verdict(Array.from({ length: 80 }, (_, index) => (index % 2 ? inserted(8) : typed(20))))).toBe('typed')
  })

  it('does not call a paste without marks AI, nor wording alone', () => {
    expect(verdict([paste(2_000)])).toBe('unknown')
    expect(verdict([], 'Certainly! Here is an email for you:\n\nHi')).toBe('unknown')
    expect(verdict([typed(300)], 'Best,\n[Your Name]')).toBe('typed')
    expect(verdict([paste(300)], 'Best,\n[Your Name]')).toBe('inserted')
  })

  it('says typed for what was mostly typed, and unknown for nothing', () => {
    expect(verdict([typed(300), paste(40)])).toBe('typed')
    expect(verdict([typed(10), paste(40)])).toBe('unknown')
    expect(verdict([])).toBe('unknown')
  })

  it('takes the last declaration', () => {
    const declared = (ai: boolean): OriginEvent => ({ kind: 'declared', ai, at: 0 })
    expect(verdict([declared(false), declared(true)])).toBe('ai')
    const origin = originOf([page, declared(false)], 'x')
    expect(origin.verdict).toBe('typed')
    expect(origin.evidence.map((one) => one.mark)).toEqual(['chatgpt-data-is-last-node', 'declared-not-ai'])
  })
})

const DATA = join(process.env.COUNTERSIGN_DATA ?? '../shared', 'data')
const here = existsSync(join(DATA, 'artefact_forms.dev.jsonl'))
const rows = <T>(name: string): T[] => (here ? readFileSync(join(DATA, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as T) : [])

describe.skipIf(!here)(`collected leftovers${here ? '' : ` (skipped: ${DATA} is not here)`}`, () => {
  const forms = rows<{ id: string; text: string; spans: { start: number; end: number; category: string }[] }>('artefact_forms.dev.jsonl')
  it.each(forms.map((row) => [row.id, row] as const))('%s', (_, { text, spans }) => {
    const marks = marksInText(text).filter((one) => one.class === 'T1' || one.mark.startsWith('link-via'))
    expect(marks.map((one) => one.class)).toEqual(spans.map((span) => (span.category === 'artefact:utm_ai' ? 'T3' : 'T1')))
    if (spans.length === 0) expect(marksInText(text)).toEqual([])
  })

  it('sees evidence in most raw chat answers', () => {
    const chat = rows<{ text: string; domain: string }>('rawchat.dev.jsonl')
    const share = (list: readonly { text: string }[]) => list.filter(({ text }) => marksInText(text).length > 0).length / list.length
    expect(share(chat.filter((row) => row.domain === 'email/letter'))).toBeGreaterThanOrEqual(0.85)
    expect(share(chat)).toBeGreaterThanOrEqual(0.5)
  })
})
