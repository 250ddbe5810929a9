import { parse } from 'yaml'
import type { z } from 'zod'
import { marksFileSchema } from '../packs/marks-schema.ts'

type Marks = z.infer<typeof marksFileSchema>

/** `marks.yaml` as data. Throws a ZodError that names the field, or the YAML parser's error with the line. */
export function readMarks(yaml: string): Marks {
  return marksFileSchema.parse(parse(yaml))
}

/** The module that pages are built with: each part a constant of its own, so that a script carries only what it uses. */
export function marksModule({ checked, html, text, assistants, templates, style }: Marks): string {
  const rows = (name: string, type: string, list: readonly unknown[]): string => `export const ${name}: ${type} = [\n${list.map((row) => `  ${JSON.stringify(row)},`).join('\n')}\n]\n`
  return [
    '// Written from marks.yaml by "npm run -s marks"; change that file, not this one.',
    "import type { AssistantMark, HtmlMark, StyleMark, TextMark } from '../engine/index.ts'\n",
    `export const MARKS_CHECKED = '${checked}'\n`,
    rows('HTML_MARKS', 'readonly HtmlMark[]', html),
    rows('TEXT_MARKS', 'readonly TextMark[]', text),
    rows('ASSISTANT_MARKS', 'readonly AssistantMark[]', assistants),
    rows('TEMPLATE_LABELS', 'readonly string[]', templates),
    rows('STYLE_MARKS', 'readonly StyleMark[]', style),
  ].join('\n')
}
