import type messages from '../../public/_locales/en/messages.json'

/** Every key of `_locales`; a typing error does not compile. */
export type MessageKey = keyof typeof messages

type PluralKey = MessageKey extends infer K ? (K extends `${infer Stem}_other` ? Stem : never) : never

/** Private-use characters that stand for `$1` to `$9` in a remembered text. */
const SLOTS = Array.from({ length: 9 }, (_, index) => String.fromCharCode(0xe100 + index))
const SLOT = /[\uE100-\uE108]/g

/** Texts already asked for. After an update of the extension the page's copy of us can ask no more, and still has to say so in words. */
const known = new Map<string, string>()
let locale = ''

/** The person's language as the browser gives it. */
export function uiLocale(): string {
  try {
    locale = chrome.i18n.getUILanguage() || locale
  } catch {
    locale ||= navigator.language // The extension was updated or removed under us.
  }
  return locale
}

/** Reading direction of the language the texts are in, which may be another than the page's. */
export function uiDirection(): 'ltr' | 'rtl' {
  return template('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr'
}

/** Text of a key; `$1` to `$9` are replaced by `values` in order. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  return fill(template(key) || key, values)
}

/** Text of `stem_one`, `stem_few`, ... by the plural rules of the language; `$1` is the number, formatted, then `values`. */
export function tn(stem: PluralKey, count: number, ...values: (string | number)[]): string {
  const form = new Intl.PluralRules(uiLocale()).select(count)
  const number = new Intl.NumberFormat(uiLocale()).format(count)
  return fill(template(`${stem}_${form}`) || template(`${stem}_other`) || stem, [number, ...values])
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
  return text.replace(SLOT, (slot) => String(values[slot.charCodeAt(0) - 0xe100] ?? ''))
}
