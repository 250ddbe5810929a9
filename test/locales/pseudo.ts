import { SOURCE, messagesOf, type Messages } from './locales.ts'

/** How much longer a translation may get before a screen must still hold it. */
const LONGER = 0.4

const ACCENTS: Readonly<Record<string, string>> = { a: 'à', c: 'ç', e: 'é', i: 'î', n: 'ñ', o: 'ö', s: 'š', u: 'ü', y: 'ý', z: 'ž', A: 'Å', C: 'Ç', E: 'É', I: 'Î', N: 'Ñ', O: 'Ö', S: 'Š', U: 'Ü', Y: 'Ý', Z: 'Ž' }
/** What stays as it is: places for values, addresses, commands, and what a person copies or types. */
const KEPT = /(\$\d|https?:\S+|\S+@\S+|npm run[^.,;]*|F8|CS1)/
/** Drafts to practise on are data of the rules, and a language and a direction are none of words. */
const DATA = /^(workflowDraft_|welcomePracticeDraft|welcomePracticeRecipient|welcomeSample_|uiLanguage$|uiDirection$)/

/** English that looks foreign, is 40 % longer and stands in brackets: what is cut, too narrow or not from `_locales` shows at once. Never shipped. */
export function pseudoMessages(): Messages {
  return Object.fromEntries(Object.entries(messagesOf(SOURCE)).map(([key, { message }]) => [key, { message: DATA.test(key) ? message : pseudo(message) }]))
}

/** One text in the pseudo-language. */
export function pseudo(text: string): string {
  const foreign = text.split(KEPT).map((part, at) => (at % 2 === 1 ? part : part.replace(/[a-z]/gi, (letter) => ACCENTS[letter] ?? letter))).join('')
  const more = Math.ceil(text.length * LONGER)
  // One word grows; a sentence gets further words, so that it can still break where a translation could.
  const tail = text.includes(' ') ? ` ${'ẋẋẋẋẋẋẋ '.repeat(Math.ceil(more / 8)).slice(0, more).trim()}` : 'ẋ'.repeat(more)
  return `[${foreign}${tail}]`
}
