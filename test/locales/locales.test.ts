import { describe, expect, test } from 'vitest'
import { LOCALES, SOURCE, formsOf, keysWrittenIn, messagesOf, slotsOf, stemsOf } from './locales.ts'

/** Longest sentence that the browsers' lists of extensions take. */
const DESCRIPTION_MOST = 132
/** Whole numbers up to here are tried for the plural form that they take. */
const NUMBERS = 200

const source = messagesOf(SOURCE)
const stems = stemsOf(source)
const isPlural = (key: string): boolean => stems.some((stem) => key.startsWith(`${stem}_`) && formsOf('ar').includes(key.slice(stem.length + 1)))

/** The keys that a language must have, and no others. */
function keysOf(locale: string): string[] {
  return [...Object.keys(source).filter((key) => !isPlural(key)), ...stems.flatMap((stem) => formsOf(locale).map((form) => `${stem}_${form}`))].sort()
}

test('there are texts in English, German, French, Spanish and Arabic', () => {
  expect(LOCALES).toEqual(expect.arrayContaining(['ar', 'de', 'en', 'es', 'fr']))
})

test('each text says for translators what it is for', () => {
  expect(Object.keys(source).filter((key) => !source[key]?.description)).toEqual([])
})

describe.each(LOCALES)('%s', (locale) => {
  const messages = messagesOf(locale)
  const text = (key: string): string => messages[key]?.message ?? ''

  test('has every text in every plural form of the language, and none too many', () => {
    expect(Object.keys(messages).sort()).toEqual(keysOf(locale))
  })

  test('has no key twice: the browsers would take one of the two texts, and the stores refuse the file', () => {
    const keys = keysWrittenIn(locale)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    expect(keys.length).toBe(Object.keys(messages).length)
  })

  test('says which language it is in and which way that is read', () => {
    expect(text('uiLanguage')).toBe(locale)
    expect(text('uiDirection')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  })

  test('has no empty text and no stray space', () => {
    expect(Object.keys(messages).filter((key) => text(key) === '' || text(key) !== text(key).trim())).toEqual([])
  })

  test('leaves every place for a value where it was', () => {
    const wrong = Object.keys(source).filter((key) => !isPlural(key)).filter((key) => slotsOf(text(key)).join() !== slotsOf(source[key]?.message ?? '').join())
    expect(wrong).toEqual([])
  })

  test('names the number in each plural form that stands for more than one, and every other value', () => {
    const rules = new Intl.PluralRules(locale)
    const wrong: string[] = []
    for (const stem of stems) {
      const needed = slotsOf(source[`${stem}_other`]?.message ?? '')
      for (const form of formsOf(locale)) {
        const covers = Array.from({ length: NUMBERS }, (_, at) => at).filter((number) => rules.select(number) === form).length
        const slots = slotsOf(text(`${stem}_${form}`))
        const missing = needed.filter((slot) => !slots.includes(slot) && (slot !== '$1' || covers !== 1))
        const extra = slots.filter((slot) => !needed.includes(slot) && slot !== '$1')
        if (missing.length + extra.length > 0) wrong.push(`${stem}_${form}: ${[...missing, ...extra].join()}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('has signs of the browser\'s own in no text', () => {
    // `$` before anything but a digit would be read as the name of a value or doubled.
    expect(Object.keys(messages).filter((key) => /\$(?!\d)/.test(text(key)))).toEqual([])
  })

  test('describes the extension in a sentence that the browsers\' lists take', () => {
    expect(text('extDescription').length).toBeLessThanOrEqual(DESCRIPTION_MOST)
  })
})
