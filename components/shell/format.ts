import { agoFormat, dateFormat, numberFormat } from '../ui/formats.ts'
import { uiLocale } from '../ui/i18n.ts'

export { listOf } from '../ui/i18n.ts'

const DAY = 86_400_000

/** A number as the person's language writes it. */
export function number(value: number): string {
  return numberFormat(uiLocale()).format(value)
}

/** A share, `0.5` as `50%`. */
export function percent(value: number): string {
  return numberFormat(uiLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(value)
}

/** Date and time, to the minute or, with `exact`, to the second. `at` in milliseconds since the epoch. */
export function dateTime(at: number, exact = false): string {
  return dateFormat(uiLocale(), { dateStyle: 'medium', timeStyle: exact ? 'medium' : 'short' }).format(at)
}

/** A day. `at` in milliseconds since the epoch. */
export function day(at: number): string {
  return dateFormat(uiLocale(), { dateStyle: 'medium' }).format(at)
}

/** The shortest unambiguous form for a list: the time today, else the day, with the year where it is another one. */
export function listTime(at: number, now: number): string {
  const then = new Date(at)
  const today = new Date(now)
  if (then.toDateString() === today.toDateString()) return dateFormat(uiLocale(), { timeStyle: 'short' }).format(at)
  const year = then.getFullYear() === today.getFullYear() ? {} : { year: '2-digit' as const }
  return dateFormat(uiLocale(), { day: 'numeric', month: 'short', ...year }).format(at)
}

/** "5 minutes ago", "in 2 days". */
export function ago(at: number, now: number): string {
  const format = agoFormat(uiLocale(), { numeric: 'auto' })
  const distance = at - now
  const minutes = Math.round(distance / 60_000)
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const hours = Math.round(distance / 3_600_000)
  if (Math.abs(hours) < 36) return format.format(hours, 'hour')
  return format.format(Math.round(distance / DAY), 'day')
}

/** A digest's first `groups` groups of four, as people compare them; the whole is given as a title or in a file. */
export function shortDigest(digest: string, groups = 4): string {
  return (digest.match(/.{1,4}/g) ?? []).slice(0, groups).join(' ')
}

/** Midnight of the day that holds `now`, in the person's time zone. */
export function startOfDay(now: number): number {
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  return day.getTime()
}
