import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { messagesOf } from '../../test/locales/locales.ts'
import type * as I18n from './i18n.ts'

/** A browser in the language `asked` that has found the texts in `texts`, as it does by itself: those of the language, else the English ones. */
async function inLanguage(asked: string, texts: string): Promise<typeof I18n> {
  vi.resetModules()
  const messages = messagesOf(texts)
  vi.stubGlobal('chrome', {
    i18n: {
      getUILanguage: () => asked,
      getMessage: (key: string, values: readonly string[]) => (messages[key]?.message ?? '').replace(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? ''),
    },
  })
  return import('./i18n.ts')
}

beforeEach(() => { vi.resetModules() })
afterEach(() => { vi.unstubAllGlobals() })

describe('the language of numbers and plural forms', () => {
  test('is the browser\'s, with its region, where we have texts in it', async () => {
    expect((await inLanguage('de-AT', 'de')).uiLocale()).toBe('de-AT')
    expect((await inLanguage('en-GB', 'en')).uiLocale()).toBe('en-GB')
  })

  test('is that of the texts where we have none in the browser\'s: "1 record" also on a Japanese browser', async () => {
    const { tn, uiLocale, uiDirection } = await inLanguage('ja', 'en')
    expect(uiLocale()).toBe('en')
    expect(tn('historyCount', 1)).toBe('1 record')
    expect(tn('historyCount', 1234)).toBe('1,234 records')
    expect(uiDirection()).toBe('ltr')
  })

  test('is read from left to right with English texts on a Hebrew browser', async () => {
    expect((await inLanguage('he', 'en')).uiDirection()).toBe('ltr')
  })
})

describe('plural forms', () => {
  test('German has two', async () => {
    const { tn } = await inLanguage('de', 'de')
    expect([1, 2, 1234].map((count) => tn('historyCount', count))).toEqual(['1 Aufzeichnung', '2 Aufzeichnungen', '1.234 Aufzeichnungen'])
  })

  test('French counts nothing as one', async () => {
    const { tn } = await inLanguage('fr', 'fr')
    expect([0, 1, 2].map((count) => tn('historyCount', count))).toEqual(['0 enregistrement', '1 enregistrement', '2 enregistrements'])
  })

  test('Arabic has six', async () => {
    const { tn } = await inLanguage('ar-EG', 'ar')
    const said = [1, 2, 3, 11, 100].map((count) => withoutMarks(tn('historyCount', count)))
    expect(said).toEqual(['سجل واحد', 'سجلان', '٣ سجلات', '١١ سجلًا', '١٠٠ سجل'])
  })
})

describe('values in a text', () => {
  test('stand apart from a right-to-left sentence, and can be taken out of it for what leaves us as text', async () => {
    const { t, withoutIsolates } = await inLanguage('ar', 'ar')
    const said = t('reviewSignedTitle', 'Dana Whitfield')
    expect(said).toContain('\u2068Dana Whitfield\u2069')
    expect(withoutIsolates(said)).not.toMatch(/[\u2068\u2069]/)
    expect(t('apprFrom', '')).not.toMatch(/[\u2068\u2069]/)
  })

  test('stand apart once only: a sentence in a sentence runs as its own words do', async () => {
    const { t } = await inLanguage('ar', 'ar')
    const inner = t('reviewSignedTitle', 'Dana Whitfield')
    expect(t('needsYou', inner).match(/\u2068/g)).toHaveLength(1)
  })

  test('stand in a left-to-right sentence as they are', async () => {
    expect((await inLanguage('en', 'en')).t('reviewSignedTitle', 'Dana Whitfield')).toBe('Signed by Dana Whitfield')
  })

  test('are in the digits of the language where they are numbers, without groups', async () => {
    const first = (await inLanguage('ar-EG', 'ar')).t('welcomeSteps', 1234)
    expect(first).toContain('١٢٣٤')
    expect((await inLanguage('en', 'en')).t('welcomeSteps', 1234)).toBe('Step 1234 of 4')
  })

  test('that look like places for values are left alone', async () => {
    expect((await inLanguage('en', 'en')).t('reviewSignedTitle', '$1 $2')).toBe('Signed by $1 $2')
  })
})

test('a text that was asked for is still there when the extension answers no more', async () => {
  const { keepTexts, t, tn } = await inLanguage('de', 'de')
  keepTexts(['reviewLostTitle'])
  tn('historyCount', 2)
  vi.stubGlobal('chrome', { i18n: { getUILanguage: () => { throw new Error('gone') }, getMessage: () => { throw new Error('gone') } } })
  expect(t('reviewLostTitle')).toBe('Nicht geschützt')
  expect(tn('historyCount', 3)).toBe('3 Aufzeichnungen')
  expect(t('reviewBroken')).toBe('reviewBroken')
})

const withoutMarks = (text: string): string => text.replace(/[\u200e\u200f\u061c\u2068\u2069]/g, '')
