import { parse } from 'yaml'
import { z } from 'zod'
import type { Marks } from '../marks.ts'

const word = z.string().min(1).max(200)
const words = z.array(word).min(1).max(200).readonly()
const valueTest = z.discriminatedUnion('is', [
  z.strictObject({ is: z.enum(['present', 'flag', 'number', 'path']) }),
  z.strictObject({ is: z.literal('oneOf'), values: words }),
  z.strictObject({ is: z.literal('prefix'), value: word }),
])
const label = word.refine((text) => text === text.toLowerCase() && text !== 'ai', 'a label is lower case and never the bare word "ai"')
const unique = (marks: readonly { readonly id: string }[]): boolean => new Set(marks.map(({ id }) => id)).size === marks.length

const marks: z.ZodType<Marks> = z.strictObject({
  format: z.literal(1),
  checked: z.iso.date(),
  html: z.array(z.strictObject({
    id: word, product: word, strength: z.enum(['sure', 'half', 'context']),
    tags: words.optional(), attributes: z.record(word, valueTest).optional(), classes: words.optional(), text: word.optional(),
  })).refine(unique, 'two marks with one id'),
  text: z.array(z.strictObject({ id: word, product: word.nullable(), class: z.enum(['T1', 'T3']), contains: words })).refine(unique, 'two marks with one id'),
  assistants: z.array(z.strictObject({ product: word, hosts: words.optional(), labels: z.array(label).min(1).readonly() })),
  templates: z.array(label).readonly(),
})

/** `marks.yaml` as data. Throws a ZodError that names the field, or the YAML parser's error with the line. */
export function readMarks(yaml: string): Marks {
  return marks.parse(parse(yaml))
}

/** The module that pages are built with: each part a constant of its own, so that a script carries only what it uses. */
export function marksModule({ checked, html, text, assistants, templates }: Marks): string {
  const rows = (name: string, type: string, list: readonly unknown[]): string => `export const ${name}: ${type} = [\n${list.map((row) => `  ${JSON.stringify(row)},`).join('\n')}\n]\n`
  return [
    '// Written from marks.yaml by "npm run -s marks"; change that file, not this one.',
    "import type { AssistantMark, HtmlMark, TextMark } from './marks.ts'\n",
    `export const MARKS_CHECKED = '${checked}'\n`,
    rows('HTML_MARKS', 'readonly HtmlMark[]', html),
    rows('TEXT_MARKS', 'readonly TextMark[]', text),
    rows('ASSISTANT_MARKS', 'readonly AssistantMark[]', assistants),
    rows('TEMPLATE_LABELS', 'readonly string[]', templates),
  ].join('\n')
}
