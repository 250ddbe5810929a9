/** What an amount of money, a percentage or a date that `findEntities` found is worth. Figures only; words give null. */

export interface Money { readonly amount: number; readonly currency: string }

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/CHF|fr\.|franken|francs? suisses?/i, 'CHF'], [/€|\beur(?:os?)?\b/i, 'EUR'], [/£|\bgbp\b|\bpounds?\b|\bquid\b/i, 'GBP'], [/¥|\bjpy\b|\byen\b/i, 'JPY'],
  [/R\$|\bbrl\b/i, 'BRL'], [/(?:CA|C)\$|\bcad\b/i, 'CAD'], [/(?:AU|A)\$|\baud\b/i, 'AUD'], [/\$|\busd\b|\bdollars?\b|\bbucks?\b/i, 'USD'],
]
const SCALES: readonly (readonly [RegExp, number])[] = [[/^(?:k|thousand|tausend|mille|mil)\b/i, 1e3], [/^(?:m|mio|mn|million|millions|millionen|millones)\b/i, 1e6], [/^(?:bn|billion|billions|mrd|milliarden|milliards)\b/i, 1e9]]

/** A number in the notation of any of our languages: the last separator is the decimal one when one or two digits follow it and it stands once. Null for none. */
export function numberOf(text: string): number | null {
  const found = /\d[\d.,'’\s\u00a0\u202f]*/.exec(text)
  if (!found) return null
  const digits = found[0].replace(/[\s\u00a0\u202f'’]/g, '').replace(/[.,]+$/, '')
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  const sign = digits.charAt(last)
  const decimal = last >= 0 && digits.indexOf(sign) === last && digits.length - last - 1 !== 3
  const plain = decimal ? `${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}` : digits.replace(/[.,]/g, '')
  const value = Number(plain)
  if (!Number.isFinite(value)) return null
  const rest = text.slice(found.index + found[0].length).trimStart()
  return value * (SCALES.find(([scale]) => scale.test(rest))?.[1] ?? 1)
}

/** Null for words, ranges and currencies that we cannot tell. */
export function moneyOf(text: string): Money | null {
  const amount = numberOf(text)
  const currency = CURRENCIES.find(([pattern]) => pattern.test(text))?.[1] ?? /\b[A-Z]{3}\b/.exec(text)?.[0]
  if (amount === null || currency === undefined || /\d\s?[-–—]\s?[$€£\d]/.test(text.replace(/[.,]\s?[-–—]/, ''))) return null
  return { amount, currency }
}

export const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|gen)/i, /^(?:feb|fév|fev)/i, /^(?:mar|mär)/i, /^(?:apr|avr|abr)/i, /^(?:may|mai|mayo|mag)/i, /^(?:jun|juin|giu)/i,
  /^(?:jul|juil|lug)/i, /^(?:aug|août|aou|ago)/i, /^(?:sep|set)/i, /^(?:oct|okt|ott|out)/i, /^(?:nov)/i, /^(?:dec|dez|déc|dic)/i,
]
export const WEEKDAYS: readonly (readonly string[])[] = [
  ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'], ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'], ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
]

/** For each language of `WEEKDAYS` what a text begins with that begins with one of its days. */
const DAYS = WEEKDAYS.map((names) => names.map((name) => new RegExp(`^${name}`, 'i')))
const YEAR = /\b(?:19|20|21)\d\d\b/

/** Weekday and full date in one text: the weekday that is written, and the one the date has. Null where one of the two is missing. */
export function weekdayOf(text: string): { readonly said: string; readonly is: string } | null {
  const year = YEAR.exec(text)
  if (!year) return null
  const language = DAYS.findIndex((days) => days.some((day) => day.test(text)))
  const names = WEEKDAYS[language]
  const said = names?.[(DAYS[language] ?? []).findIndex((day) => day.test(text))]
  const day = /\b(\d{1,2})(?!\d)/.exec(text.replace(year[0], ' '))
  const words = text.slice(said?.length ?? 0).match(/\p{L}{3,}/gu) ?? []
  const month = MONTHS.findIndex((pattern) => words.some((word) => pattern.test(word)))
  if (!names || !said || !day || month < 0) return null
  const date = new Date(Date.UTC(Number(year[0]), month, Number(day[1])))
  return date.getUTCMonth() === month ? { said, is: names[date.getUTCDay()] as string } : null
}
