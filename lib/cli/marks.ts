import { readFileSync, writeFileSync } from 'node:fs'
import { marksModule, readMarks } from './marks-module.ts'

// `npm run -s marks`: checks marks.yaml and writes marks-data.ts.
const at = (name: string) => new URL(`../origin/${name}`, import.meta.url)
const marks = readMarks(readFileSync(at('marks.yaml'), 'utf8'))
writeFileSync(at('marks-data.ts'), marksModule(marks))
console.warn(`${marks.html.length + marks.text.length} marks and ${marks.assistants.length} assistants, checked ${marks.checked}`)
