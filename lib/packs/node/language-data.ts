import type { Plugin } from 'vite'
import { DETECTED_LANGUAGES } from '../../engine/language.ts'

/** The language library's smallest database, as its package names it. */
const DATABASE = /[\\/]eld[\\/]src[\\/]ngrams[\\/]extrasmall\.js$/

/** Parts n-grams from each other: none holds a line end. */
const BETWEEN = '\n'

interface Database {
  readonly type: string
  readonly languages: Readonly<Record<string, string>>
  readonly ngrams: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/**
 * Leaves in the bundle only the part of the language library's database that is about the languages we tell apart, written so that it packs well: 30 KB instead of 280.
 * The library scores each language by itself, so the answers among them stay the same.
 */
export function languageData(): Plugin {
  return {
    name: 'countersign:language-data',
    apply: 'build',
    async transform(_code, id) {
      if (!DATABASE.test(id)) return null
      const { ngramsData } = (await import(/* @vite-ignore */ new URL(`file://${id.split('?')[0]}`).href)) as { ngramsData: Database }
      return { code: moduleOf(onlyLanguages(ngramsData, DETECTED_LANGUAGES)), map: null }
    },
  }
}

/** The database as a module: n-grams with the same scores stand together, in order, which packs to three quarters of what it does one by one. */
export function moduleOf({ ngrams, ...rest }: Database): string {
  const groups = new Map<string, string[]>()
  for (const [ngram, scores] of Object.entries(ngrams)) groups.set(JSON.stringify(scores), [...(groups.get(JSON.stringify(scores)) ?? []), ngram])
  const lines = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([scores, members]) => [JSON.parse(scores) as Record<string, number>, members.sort().join(BETWEEN)])
  const text = JSON.stringify([rest, lines])
  return `const [rest, groups] = JSON.parse(${JSON.stringify(text)})
const ngrams = {}
for (const [scores, members] of groups) for (const ngram of members.split(${JSON.stringify(BETWEEN)})) ngrams[ngram] = scores
export const ngramsData = { ...rest, ngrams }`
}

/** The part of a database that is about `wanted`, which are numbered anew from 0, as the library expects. @throws Error where one is not in it. */
export function onlyLanguages(database: Database, wanted: readonly string[]): Database & { readonly isSubset: true } {
  const numbers = wanted.map((language) => {
    const number = Object.keys(database.languages).find((key) => database.languages[key] === language)
    if (number === undefined) throw new Error(`The language database knows no "${language}".`)
    return number
  })
  const ngrams: Record<string, Record<string, number>> = {}
  for (const [ngram, scores] of Object.entries(database.ngrams)) {
    const kept = numbers.flatMap((number, index) => (scores[number] === undefined ? [] : [[index, scores[number]] as const]))
    if (kept.length > 0) ngrams[ngram] = Object.fromEntries(kept)
  }
  return { type: database.type, isSubset: true, languages: Object.fromEntries(wanted.entries()), ngrams }
}
