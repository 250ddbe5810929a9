import { z } from 'zod'
import { SITE_IDS } from '../sites/types.ts'

/** An address prefix: scheme and host at least, no name and password, no question mark. */
export const prefixField = z.string().max(2_000).refine((text) => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' && url.username === '' && url.search === '' && url.hash === ''
}, 'not the start of a web address')

export const siteField = z.strictObject({ prefix: prefixField, adapter: z.enum(SITE_IDS), on: z.boolean() })

/** Days, or numbers of rows, after which what is kept is removed; 0 keeps it. */
export const retentionDaysField = z.number().int().min(0).max(36_500)
export const retentionCountField = z.number().int().min(0).max(100_000_000)
