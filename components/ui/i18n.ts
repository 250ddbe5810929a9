import type messages from '../../public/_locales/en/messages.json'
import { listFormat, numberFormat, pluralRules } from './formats.ts'

/** Every key of `_locales`; a typing error does not compile. */
export type MessageKey = keyof typeof messages

type StemOf<Key> = Key extends `${infer Stem}_one` ? (`${Stem}_other` extends MessageKey ? Stem : never) : never
type PluralKey = StemOf<MessageKey>

/** Private-use characters that stand for `$1` to `$9` in a remembered text. */
const SLOTS = Array.from({ length: 9 }, (_, index) => String.fromCharCode(0xe100 + index))
const SLOT = /[\uE100-\uE108]/g
/** Around what is put into a right-to-left sentence, so that an English name in it turns nothing round: first strong isolate, pop. */
const ISOLATE = ['\u2068', '\u2069'] as const

/** Texts already asked for. After an update of the extension the page's copy of us can ask no more, and still has to say so in words. */
const known = new Map<string, string>()
let asked = ''

/**
 * The language that texts, numbers, dates and plural forms are in: the browser's with its region where we have its texts, else the one
 * that stands in for it. Plural forms of one language do not fit texts of another.
 */
export function uiLocale(): string {
  try {
    asked = chrome.i18n.getUILanguage() || asked
  } catch {
    asked ||= navigator.language // The extension was updated or removed under us.
  }
  const texts = template('uiLanguage')
  return texts === '' || asked.split(/[-_]/)[0] === texts ? asked : texts
}

/** Reading direction of the language the texts are in, which may be another than the page's or the browser's. */
export function uiDirection(): 'ltr' | 'rtl' {
  return template('uiDirection') === 'rtl' ? 'rtl' : 'ltr'
}

/** Text of a key; `$1` to `$9` are replaced by `values` in order, numbers in the digits of the language and without groups. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  return fill(template(key) || key, values)
}

/** Text of `stem_one`, `stem_few`, ... by the plural rules of the language; `$1` is the number, formatted, then `values`. */
export function tn(stem: PluralKey, count: number, ...values: (string | number)[]): string {
  const form = pluralRules(uiLocale()).select(count)
  const number = numberFormat(uiLocale()).format(count)
  return fill(template(`${stem}_${form}`) || template(`${stem}_other`) || stem, [number, ...values])
}

/** A list in a sentence: "a, b and c", or with `disjunction` "a, b or c". */
export function listOf(parts: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return listFormat(uiLocale(), { type }).format(parts.map(shown))
}

/** `text` without the marks that keep directions apart: for what leaves us as text, such as a line for an assistant. */
export function withoutIsolates(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '')
}

/** Asks for texts now that must still be there when the extension no longer answers. */
export function keepTexts(keys: readonly MessageKey[]): void {
  for (const key of keys) template(key)
}

function template(key: string): string {
  const text = known.get(key)
  if (text !== undefined) return text
  const found = ask(key)
  if (found) known.set(key, found)
  return found
}

function ask(key: string): string {
  try {
    return chrome.i18n.getMessage(key, SLOTS)
  } catch {
    return '' // As above: the caller falls back to the key.
  }
}

function fill(text: string, values: readonly (string | number)[]): string {
  return text.replace(SLOT, (slot) => shown(values[slot.charCodeAt(0) - 0xe100] ?? ''))
}

function shown(value: string | number): string {
  if (typeof value === 'number') return numberFormat(uiLocale(), { useGrouping: false, maximumFractionDigits: 20 }).format(value)
  // What is composed of such values already is of our words, and runs as they do.
  return value !== '' && !value.includes(ISOLATE[0]) && uiDirection() === 'rtl' ? ISOLATE.join(value) : value
}
