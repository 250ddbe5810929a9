import { eld } from 'eld/extrasmall'
import { DETECTED_LANGUAGES, type LanguageOf, primaryLanguage } from './language.ts'

/**
 * How far the most likely language must be ahead of the next, in the library's scale from 0 to 1. At this distance 4,395 example sentences of the built-in
 * packs had one wrong language and 169 undecided; a wrong language can hide a finding, an undecided one cannot.
 */
const CERTAIN = 0.1
/** Ahead enough where the page or the sender named that same language. */
const CONFIRMED = 0.02
/** Characters from which the library decides; it reads the first 350 bytes or so by itself. */
const SHORTEST = 12

const detector = eld.newInstance()
detector.setLanguageSubset(DETECTED_LANGUAGES)
// Addresses and codes are in no language, or in another than the text around them.
detector.enableTextCleanup(true)

/** Tells the language of a text, one of `DETECTED_LANGUAGES`, where it is certain. On the device; remembers nothing. */
export const detectLanguage: LanguageOf = (text, locale) => {
  if (text.length < SHORTEST) return null
  const result = detector.detect(text)
  if (result.language === '' || !result.isReliable()) return null
  const [first = 0, second = 0] = Object.values(result.getScores()).sort((a, b) => b - a)
  return first - second > (result.language === primaryLanguage(locale) ? CONFIRMED : CERTAIN) ? result.language : null
}
