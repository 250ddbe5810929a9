import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = new URL('../../public/_locales/', import.meta.url)

interface Entry { readonly message: string; readonly description?: string }
export type Messages = Readonly<Record<string, Entry>>

/** Codes of the languages that come with the extension, as the browser names their folders. */
export const LOCALES: readonly string[] = readdirSync(fileURLToPath(FOLDER)).sort()

/** The language that all others are compared with. */
export const SOURCE = 'en'

/** The keys of a language as they stand in its file, one a line; a key that stands there twice comes twice. */
export function keysWrittenIn(locale: string): string[] {
  const text = readFileSync(new URL(`${locale}/messages.json`, FOLDER), 'utf8')
  return [...text.matchAll(/^ {2}"(\w+)":/gm)].map(([, key]) => key ?? '')
}

/** The texts of a language. */
export function messagesOf(locale: string): Messages {
  return JSON.parse(readFileSync(new URL(`${locale}/messages.json`, FOLDER), 'utf8')) as Messages
}

/** Plural forms of a language: what its whole numbers can be, such as `one` and `other`. */
export function formsOf(locale: string): readonly string[] {
  return new Intl.PluralRules(locale).resolvedOptions().pluralCategories
}

/** Stems of texts that depend on a number: `historyCount` of `historyCount_one` and `historyCount_other`. */
export function stemsOf(messages: Messages): readonly string[] {
  return Object.keys(messages).filter((key) => key.endsWith('_one') && `${key.slice(0, -4)}_other` in messages).map((key) => key.slice(0, -4))
}

/** The places for values in a text, sorted and each once: `['$1', '$2']`. */
export function slotsOf(text: string): readonly string[] {
  return [...new Set(text.match(/\$\d/g) ?? [])].sort()
}
