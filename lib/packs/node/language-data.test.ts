import { expect, test } from 'vitest'
import { moduleOf, onlyLanguages } from './language-data.ts'

const database = { type: 'X', languages: { 0: 'am', 1: 'de', 2: 'en' }, ngrams: { ' the': { 2: 90 }, ' die': { 1: 80, 2: 5 }, ' ሰላ': { 0: 70 } } }

test('keeps what is about the wanted languages, with their scores, and numbers them from 0', () => {
  expect(onlyLanguages(database, ['en', 'de'])).toEqual({ type: 'X', isSubset: true, languages: { 0: 'en', 1: 'de' }, ngrams: { ' the': { 0: 90 }, ' die': { 0: 5, 1: 80 } } })
})

test('a language that the database has not is an error of the build, not a language never found', () => {
  expect(() => onlyLanguages(database, ['en', 'fr'])).toThrow('The language database knows no "fr".')
})

test('is the same database once the module that holds it has run', async () => {
  const kept = onlyLanguages({ ...database, ngrams: { ...database.ngrams, '\u2028"\\': { '1': 7 }, ' zw': { '1': 80 } } }, ['en', 'de'])
  const { ngramsData } = (await import(`data:text/javascript,${encodeURIComponent(moduleOf(kept))}`)) as { ngramsData: unknown }
  expect(ngramsData).toEqual(kept)
})
