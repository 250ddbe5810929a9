import { sentenceAt } from './spans.ts'
import type { Span } from './types.ts'

/** Tells the language of a text (ISO 639-1), or null where it is not sure. `locale` is what the draft says of itself (BCP 47, or ''): a hint, no more. */
export type LanguageOf = (text: string, locale: string) => string | null

/** Languages that can be told apart; rules in any other language run on every text. */
export const DETECTED_LANGUAGES = ['en', 'de', 'fr', 'es'] as const

/** ISO 639-2 "multiple languages": a rule for what is the same in all of them, such as card numbers and unfilled fields. */
const ANY_LANGUAGE = 'mul'

const detected: ReadonlySet<string> = new Set(DETECTED_LANGUAGES)

/** The language without its region: `pt-BR` is `pt`. */
export function primaryLanguage(tag: string): string {
  return (/^[a-z]+/i.exec(tag)?.[0] ?? '').toLowerCase()
}

/** True where a rule runs whatever language a text is in. */
function runsEverywhere(languages: readonly string[]): boolean {
  return languages.length === 0 || languages.some((language) => language === ANY_LANGUAGE || !detected.has(primaryLanguage(language)))
}

/** True where a rule in `languages` runs on text in `language`, which is null where that is not certain. */
export function runsOn(languages: readonly string[], language: string | null): boolean {
  return language === null || runsEverywhere(languages) || languages.some((tag) => primaryLanguage(tag) === language)
}

/**
 * Keeps the hits whose rules speak the language of the block, or of the hit's own sentence: in a German paragraph an English sentence is still checked as English.
 * Where the language is not certain the hit stays. Asked only for blocks with hits, and one answer serves all hits of a block.
 * `languagesOf` gives the languages of a hit's rule.
 */
export function inTheirLanguage<Hit extends Span>(hits: readonly Hit[], text: string, languagesOf: (hit: Hit) => readonly string[], languageOf: (text: string) => string | null): readonly Hit[] {
  let spoken: string | null | undefined
  return hits.filter((hit) => {
    const languages = languagesOf(hit)
    if (runsEverywhere(languages)) return true
    if (spoken === undefined) spoken = languageOf(text)
    if (runsOn(languages, spoken)) return true
    const sentence = sentenceAt(text, hit.start)
    if (sentence.start === 0 && sentence.end === text.length) return false
    const own = languageOf(text.slice(sentence.start, sentence.end))
    return own !== null && runsOn(languages, own)
  })
}
