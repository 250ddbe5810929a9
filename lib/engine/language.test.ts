import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileRuleset } from './compile.ts'
import { detectLanguage } from './detect-language.ts'
import { createScanner } from './scanner.ts'
import type { Block, Draft, Rule } from './types.ts'

const ENGLISH = 'Please find the offer for your new machines below, as we discussed on the phone.'
const GERMAN = 'In der Sendung ist Gift enthalten, bitte öffnen Sie sie nur mit Handschuhen.'
const TEXTS = {
  en: [ENGLISH, 'We will send the gift with your order.', 'Thanks for your time yesterday, it was good to meet the whole team.'],
  de: [GERMAN, 'Wir schicken Ihnen das Angebot bis Freitag zu.', 'Vielen Dank für das gute Gespräch gestern Nachmittag.'],
  fr: ['Nous vous envoyons notre offre avant la fin de la semaine.', 'Merci beaucoup pour votre temps hier après-midi.'],
  es: ['Le enviaremos nuestra oferta antes del final de la semana.', 'Muchas gracias por su tiempo ayer por la tarde.'],
}

describe('telling the language of a text', () => {
  test.each(Object.entries(TEXTS).flatMap(([language, texts]) => texts.map((text) => [language, text] as const)))('%s: %s', (language, text) => {
    expect(detectLanguage(text, '')).toBe(language)
  })

  test.each(['', 'OK.', 'Ref. 4711-22 / A', '12.03.2026 – 14.03.2026', '👍👍👍', 'https://example.com/'])('is not certain of "%s"', (text) => {
    expect(detectLanguage(text, '')).toBeNull()
  })

  test('what a page says of its language never turns a certain answer round', () => {
    const texts = fc.constantFrom(...Object.values(TEXTS).flat(), 'Steuer-ID 86 095 742 719', 'Double the recipe.', 'Version 2: Dear colleagues')
    fc.assert(fc.property(texts, fc.constantFrom('en', 'de-DE', 'fr', 'es', 'pt-BR', ''), (text, locale) => {
      const alone = detectLanguage(text, '')
      if (alone !== null) expect(detectLanguage(text, locale)).toBe(alone)
    }))
  })
})

const RULE: Rule = {
  id: 'p/gift', title: 'Gift', category: 'promise', tier: 'review', owner: 'promise', languages: ['en'], message: 'm', sources: [], match: ['gift'], unless: [], near: [],
  negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text', 'subject'], once: false, reasons: [], examples: { flagged: [], clean: [] },
}

function draftOf(lines: readonly string[], locale = ''): Draft {
  let start = 0
  const blocks = lines.map((line): Block => {
    const span = { start, end: start + line.length }
    start = span.end + 1
    return { span, kind: 'text' }
  })
  return { kind: 'email', site: '', subject: '', recipients: [], text: lines.join('\n'), blocks, locale }
}

function rulesetFor(languages: readonly string[]) {
  return compileRuleset([{ format: 1, id: 'p', version: '1.0.0', title: 'P', description: '', owner: 'o', lists: {}, rules: [{ ...RULE, languages }] }])
}

const found = (languages: readonly string[], lines: readonly string[]) => createScanner(rulesetFor(languages), { languageOf: detectLanguage }).scan(draftOf(lines)).findings.map(({ span }) => span.start)

describe('rules run on text in their language', () => {
  const english = 'We will send the gift with your order.'
  const at = english.indexOf('gift')

  test('in a draft of two languages, only on the blocks that are in theirs', () => {
    expect(found(['en'], [GERMAN, english])).toEqual([GERMAN.length + 1 + at])
    expect(found(['de'], [GERMAN, english])).toEqual([GERMAN.indexOf('Gift')])
  })

  test('also on a sentence in theirs in a block of another language', () => {
    const block = `${'Vielen Dank für das gute Gespräch gestern Nachmittag. '.repeat(3)}${english}`
    expect(found(['en'], [block])).toEqual([block.indexOf('gift')])
  })

  test('on every text where the language is not certain', () => {
    expect(found(['de'], ['Gift!'])).toEqual([0])
    expect(found(['en'], ['Gift!'])).toEqual([0])
  })

  test.each([['mul'], ['it'], ['de', 'en'], ['de', 'pt-BR'], ['en-GB']])('%s: on English text', (...languages) => {
    expect(found(languages, [english])).toEqual([at])
  })

  test('the same text is judged anew when the page says another language', () => {
    const scanner = createScanner(rulesetFor(['en']), { languageOf: (_text, locale) => (locale === 'de' ? 'de' : null) })
    expect(scanner.scan(draftOf(['gift'])).findings).toHaveLength(1)
    expect(scanner.scan(draftOf(['gift'], 'de')).findings).toHaveLength(0)
  })

  test('a sentence that stays as it is while its block is written is asked about once, and anew under another locale', () => {
    const asked: string[] = []
    const scanner = createScanner(rulesetFor(['en']), { languageOf: (text) => {
      asked.push(text)
      return text.startsWith('We will') ? 'en' : 'de'
    } })
    const scan = (last: string, locale = '') => {
      asked.length = 0
      const block = `${GERMAN} We will send the gift and the gift. ${last}`
      return { count: scanner.scan(draftOf([block], locale)).findings.length, asked: asked.map((text) => (text === block ? 'block' : text)) }
    }
    const sentence = 'We will send the gift and the gift.'
    expect(scan('Danke')).toEqual({ count: 2, asked: ['block', GERMAN, sentence] })
    expect(scan('Danke!')).toEqual({ count: 2, asked: ['block'] })
    expect(scan('Danke', 'de')).toEqual({ count: 2, asked: ['block', GERMAN, sentence] })
  })
})
