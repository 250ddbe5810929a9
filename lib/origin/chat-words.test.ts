import { describe, expect, it } from 'vitest'
import { chatContext } from './chat-context.ts'

const seen = (text: string) => chatContext(text).map(({ mark, span }) => `${mark}: ${text.slice(span?.start, span?.end)}`)

/** What an assistant says, the line or sentence that is named being all of the first line. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  'chat-preamble': [
    'Certainly! No.', 'Of course! I can help.', 'Sure, here\'s the list you wanted, Ann.', 'Okay: below is the plan', 'Great!! I\'ve drafted an email', 'Yes. I have put together some ideas for you.',
    'Sure thing, I prepared an email', 'Here are three options:', 'Here is an updated plan for Ann:**', 'This is the revised version:', 'I drafted your cover letter:',
  ],
  'chat-closing-offer': [
    'I can also expand the second part.', 'Do you want me to rewrite it?', 'Let me know if you want another version of it.', 'Let me know if you\'d like a shorter draft', 'Let me know if you have any edits',
    'Feel free to make it shorter!', 'Please fill in the details.', 'You should replace the placeholders first', 'Don\'t forget to customize this template', 'Replace [Company] by yours.', 'Replace the bracketed words',
    'Note: this email is a sample.', '* Please note that the letter is general',
  ],
  'assistant-speaks': ['I\'m just an AI model', 'I am an AI', 'As a large language model', 'As an AI assistant', 'As of my last knowledge update', 'As of my latest cutoff', 'I don\'t have access to the internet', 'I do not have personal', 'Unfortunately, I am unable to browse', 'I apologise, but as an assistant, I cannot assist with'],
  'answer-to-a-prompt': ['According to the provided text, all is well', 'Based on the given plan, yes', 'The given information is short.', 'The provided Python code is short.', 'text you shared', 'paragraph you have provided'],
}

describe.each(Object.entries(SAID))('%s', (mark, lines) => {
  it.each(lines.map((line) => [line]))('is all of %j', (line) => {
    expect(seen(line)).toEqual([`${mark}: ${line}`])
    expect(seen(`${line.toUpperCase()}\n`)).toEqual([`${mark}: ${line.toUpperCase()}`])
  })
})

describe('what people say, too', () => {
  it.each([
    ['Certainly! No'], ['Certainly no.'], ['Great!!! I\'ve drafted an email'], ['Well, great! Here is an email'], ['Great! Here are my keys.'], ['Sure,here is the plan'], ['So here are three options:'], ['Here are three options.'],
    ['Here is an email: hello'], ['This is the version:'], ['Here is an hour:'],
    ['I can also come.'], ['I can also. Expand it.'], ['Let me know if you have any questions'], ['Let me know if you come. Another version'], ['Feel free to call.'], ['Please fill in the blanks.'], ['Replace the lamp.'], ['I note this is a sample'], ['Note: this lamp is a gift'],
    ['I am an aim'], ['I know AI models'], ['As an AI fan'], ['I do not have a personal car'], ['So unfortunately I am unable to browse'], ['Unfortunately. I am unable to browse'],
    ['So the given information is short.'], ['We work from the given plan'], ['The text you gave'], ['context you shared'],
  ])('is not seen in %j', (text) => { expect(seen(text)).toEqual([]) })
})

describe('a subject in the body', () => {
  it.each(['Subject', 'Subject line', 'SUBJECT', 'Betreff', 'Objet', 'Asunto', 'Oggetto', 'Onderwerp', 'Assunto'])('may be called %s', (name) => {
    expect(seen(`${name}: Lamps\n\nHi`)).toEqual([`subject-in-body: ${name}: Lamps`])
    expect(seen(`As asked.\n\n${name} : Lamps\n\nHi`)).toEqual([`subject-in-body: ${name} : Lamps`])
  })

  it.each(['Re', 'RE', 'Fwd', 'Fw', 'AW', 'WG', 'TR', 'SV'])('is none where it answers: %s', (sign) => {
    expect(seen(`Subject: ${sign}: Lamps\n\nHi`)).toEqual([])
    expect(seen(`Subject: ${sign} : Lamps\n\nHi`)).toEqual([])
  })

  it.each(['Subject:\n\nHi', 'Subject: *\n\nHi', 'My subject: Lamps\n\nHi', 'Subjects: Lamps\n\nHi', '    Subject of it\n\nHi'])('is none in %j', (text) => { expect(seen(text)).toEqual([]) })

  it.each(['# Subject: Lamps', '**Subject: Lamps**', '_Subject:_ Lamps', '__Subject:__ Lamps'])('may be marked: %s', (line) => {
    expect(seen(`${line}\n\nHi`)).toEqual([`subject-in-body: ${line}`])
  })

  it.each(['From', 'To', 'Cc', 'Date', 'Sent', 'Reply-To', 'Message-ID', 'X-Mailer', 'Von', 'An', 'Datum', 'Gesendet', 'De', 'Para', 'Fecha', 'À', 'Da', 'A'])('is none beside a line of a mail’s header: %s', (name) => {
    expect(seen(`${name}: x\nSubject: Lamps\n\nHi`)).toEqual([])
    expect(seen(`Subject: Lamps\n> ${name} : x\n\nHi`)).toEqual([])
    expect(seen(`So ${name}: x\nSubject: Lamps\n\nHi`)).toEqual(['subject-in-body: Subject: Lamps'])
  })
})
