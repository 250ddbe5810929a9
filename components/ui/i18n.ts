import type messages from '../../public/_locales/en/messages.json'

/** Every key of `_locales`; a typing error does not compile. */
export type MessageKey = keyof typeof messages

type PluralKey = MessageKey extends infer K ? (K extends `${infer Stem}_other` ? Stem : never) : never

/** The person's language as the browser gives it. */
export function uiLocale(): string {
  return chrome.i18n.getUILanguage()
}

/** Text of a key; `$1` to `$9` are replaced by `values` in order. */
export function t(key: MessageKey, ...values: (string | number)[]): string {
  return chrome.i18n.getMessage(key, values.map(String)) || key
}

/** Text of `stem_one`, `stem_few`, ... by the plural rules of the language; `$1` is the number, formatted, then `values`. */
export function tn(stem: PluralKey, count: number, ...values: (string | number)[]): string {
  const form = new Intl.PluralRules(uiLocale()).select(count)
  const number = new Intl.NumberFormat(uiLocale()).format(count)
  const text = chrome.i18n.getMessage(`${stem}_${form}`, [number, ...values.map(String)])
  return text || t(`${stem}_other` as MessageKey, number, ...values)
}
