import { z } from 'zod'
import type { MarksUpdate } from '../engine/index.ts'

/** The marks of chat pages and assistants, as `lib/origin/marks.yaml` and the `marks` of a pack write them: data in a closed set of tests, no expression and no code. */

const word = z.string().min(1).max(200)
const words = z.array(word).min(1).max(200).readonly()
const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)
const valueTest = z.discriminatedUnion('is', [
  z.strictObject({ is: z.enum(['present', 'flag', 'number', 'path']) }),
  z.strictObject({ is: z.literal('oneOf'), values: words }),
  z.strictObject({ is: z.literal('prefix'), value: word }),
])
const label = word.refine((text) => text === text.toLowerCase(), { message: 'A label is written in lower case.', params: { fix: 'Write it in lower case.' } })
  .refine((text) => text !== 'ai', { message: 'The bare word "ai" is in too many other words and names to be a label.', params: { fix: 'Write the name of the product.' } })

/** Refuses the second of two rows with one id, at its place. */
function noDoubles(rows: readonly { readonly id: string }[], ctx: z.RefinementCtx): void {
  const seen = new Set<string>()
  rows.forEach(({ id }, at) => {
    if (seen.has(id)) ctx.addIssue({ code: 'custom', path: [at, 'id'], message: `Two marks have the id "${id}".`, params: { fix: 'Remove one of the two.' } })
    seen.add(id)
  })
}

const htmlMark = z.strictObject({
  id: name, product: word, strength: z.enum(['sure', 'half', 'context']),
  tags: words.optional(), attributes: z.record(word, valueTest).optional(), classes: words.optional(), text: word.optional(),
}).superRefine((mark, ctx) => {
  if (mark.strength !== 'context' && !isTelling(mark)) {
    ctx.addIssue({
      code: 'custom', path: [], message: `The mark "${mark.id}" fits ordinary pages.`,
      params: { fix: 'Name an attribute that begins with data-, a class, an element with a hyphen in its name, or the beginning of a value.' },
    })
  }
})

/** Ordinary pages do not have it by chance: they all have paragraphs, ids and addresses. */
function isTelling({ tags = [], attributes = {}, classes = [], text }: Partial<Record<'tags' | 'classes', readonly string[]>> & { attributes?: Record<string, z.infer<typeof valueTest>> | undefined; text?: string | undefined }): boolean {
  const own = Object.entries(attributes).some(([key, test]) => key.startsWith('data-') || test.is === 'oneOf' || (test.is === 'prefix' && test.value.length > 3))
  return own || text !== undefined || classes.some((one) => one.replace(/[*#]$/, '').length > 2) || (tags.length > 0 && tags.every((tag) => tag.includes('-')))
}

const parts = {
  html: z.array(htmlMark).max(500).superRefine(noDoubles),
  text: z.array(z.strictObject({ id: name, product: word.nullable(), class: z.enum(['T1', 'T3']), contains: words })).max(500).superRefine(noDoubles),
  assistants: z.array(z.strictObject({ product: word, hosts: words.optional(), labels: z.array(label).min(1).max(200).readonly() })).max(500),
  templates: z.array(label).max(500),
  style: z.array(z.strictObject({ id: name, phrases: words.optional(), character: z.string().length(1).optional(), least: z.number().int().min(1).max(1_000), per1000: z.number().positive().max(100).optional() })
    .refine(({ phrases, character }) => (phrases === undefined) !== (character === undefined), { message: 'A habit has either phrases or a character.', params: { fix: 'Give one of the two.' } })).max(200).superRefine(noDoubles),
}
const checked = z.iso.date().describe('Day on which a person last checked these marks. Of two marks with one id the later one counts.')

/** `lib/origin/marks.yaml`: every part is there. */
export const marksFileSchema = z.strictObject({ format: z.literal(1), checked, ...parts })

/** Shorter tokens stand in ordinary words; the few that the built-in table has are signs of their own. */
const TOKEN_LENGTH = 5
const packText = parts.text.superRefine((marks, ctx) => {
  marks.forEach(({ contains }, at) => contains.forEach((part, nth) => {
    if (part !== part.toLowerCase()) ctx.addIssue({ code: 'custom', path: [at, 'contains', nth], message: `"${part}" is not in lower case.`, params: { fix: 'Write it in lower case, and # for a number.' } })
    if (part.length < TOKEN_LENGTH || /^[a-z]+$/.test(part)) ctx.addIssue({ code: 'custom', path: [at, 'contains', nth], message: `"${part}" could stand in ordinary words.`, params: { fix: 'Give five characters or more, one of them not a letter.' } })
  }))
})

/** What a pack may carry: the parts that it changes. */
export const marksUpdateSchema: z.ZodType<MarksUpdate> = z.strictObject({
  checked, html: parts.html.optional(), text: packText.optional(), assistants: parts.assistants.optional(), templates: parts.templates.optional(), style: parts.style.optional(),
  withdrawn: z.array(name).max(500).optional().describe('Ids of marks that are no longer to be believed.'),
})

/** Fields of a row in a part of the marks, or of the marks themselves: to name the one that was probably meant. */
export const MARK_FIELDS: Readonly<Record<string, readonly string[]>> = {
  marks: ['checked', ...Object.keys(parts), 'withdrawn'], html: Object.keys(htmlMark.shape), text: ['id', 'product', 'class', 'contains'],
  assistants: ['product', 'hosts', 'labels'], style: ['id', 'phrases', 'character', 'least', 'per1000'],
}
