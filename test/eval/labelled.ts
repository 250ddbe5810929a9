import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { CATEGORIES, type Category, type Finding, type Span } from '../../lib/engine/index.ts'
import { type EvalSection, type Figure, share } from './figure.ts'
import { plainDraft, scannerOfBuiltin } from './ruleset.ts'

/** A hand-labelled stretch of a draft; `must` has to be found, a may-span may be. */
export interface Label extends Span {
  readonly category: Category
  readonly must: boolean
}

export interface LabelledDraft {
  readonly text: string
  readonly labels: readonly Label[]
  readonly language: string
  /** `later`: written when the rules of its language were there already, and never tuned on. */
  readonly half: 'tuning' | 'untouched' | 'later'
}

const FOLDER = new URL('./labelled/', import.meta.url)

/**
 * One paragraph of `labelled/*.txt`, as its README says; `later` for one of a `later-*.txt`.
 * @throws Error where a mark names no category or is not closed.
 */
export function readLabelled(source: string, language: string, later = false): LabelledDraft {
  const labels: Label[] = []
  let text = ''
  for (let at = 0; at < source.length;) {
    const open = source.indexOf('⟦', at)
    if (open < 0) {
      text += source.slice(at)
      break
    }
    const close = source.indexOf('⟧', open)
    const bar = source.indexOf('|', open)
    if (close < 0 || bar < 0 || bar > close) throw new Error(`A mark is not closed: ${source.slice(open, open + 40)}`)
    const must = source[open + 1] !== '?'
    const name = source.slice(open + (must ? 1 : 2), bar)
    const category = CATEGORIES.find((known) => known === name)
    if (!category) throw new Error(`There is no category "${name}"`)
    text += source.slice(at, open)
    const start = text.length
    text += source.slice(bar + 1, close)
    labels.push({ start, end: text.length, category, must })
    at = close + 1
  }
  if (later) return { text, labels, language, half: 'later' }
  const half = parseInt(createHash('sha256').update(text).digest('hex').slice(0, 8), 16) % 2 === 0 ? 'tuning' : 'untouched'
  return { text, labels, language, half }
}

/** All labelled drafts, in the order of files and paragraphs. */
export function labelledDrafts(): LabelledDraft[] {
  return readdirSync(FOLDER).filter((file) => file.endsWith('.txt')).sort().flatMap((file) => {
    const later = file.startsWith('later-')
    const name = file.replace('later-', '').replace('.txt', '')
    const language = ['de', 'fr', 'es'].includes(name) ? name : 'en'
    return readFileSync(new URL(file, FOLDER), 'utf8').split(/\n{2,}/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '').map((paragraph) => readLabelled(paragraph, language, later))
  })
}

/** What was found and missed of one slice of the drafts. */
interface Score { musts: number; found: number; findings: number; right: number; same: number }

const touches = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end

class Tally {
  private readonly scores = new Map<string, Score>()

  of(key: string): Score {
    let score = this.scores.get(key)
    if (!score) this.scores.set(key, (score = { musts: 0, found: 0, findings: 0, right: 0, same: 0 }))
    return score
  }

  add(draft: LabelledDraft, findings: readonly Finding[]): void {
    for (const label of draft.labels) {
      if (!label.must) continue
      const found = findings.some(({ category, span }) => category === label.category && touches(span, label))
      for (const score of this.slices(draft, label.category)) {
        score.musts++
        if (found) score.found++
      }
    }
    for (const { category, span } of findings) {
      const under = draft.labels.filter((label) => touches(span, label))
      for (const score of this.slices(draft, category)) {
        score.findings++
        if (under.length > 0) score.right++
        if (under.some((label) => label.category === category)) score.same++
      }
    }
  }

  private slices({ half, language }: LabelledDraft, category: Category): Score[] {
    return [this.of(half), this.of(`${half} ${language}`), this.of(`${half} ${category}`)]
  }
}

/** Recall by category of the label; precision: a finding is right where a person marked something. */
function figuresOf(name: string, score: Score, goal: number | null): Figure[] {
  return [
    share(`labelled drafts, ${name}, recall`, score.found, score.musts, goal),
    share(`labelled drafts, ${name}, precision`, score.right, score.findings, goal),
  ]
}

/** The own labelled set: recall and precision of all built-in rules, by half, language and category. */
export function labelled(): Promise<EvalSection> {
  const scanner = scannerOfBuiltin()
  const tally = new Tally()
  const wrong: string[] = []
  const drafts = labelledDrafts()
  for (const draft of drafts) {
    const { findings } = scanner.scan(plainDraft(draft.text, draft.language))
    tally.add(draft, findings)
    if (draft.half === 'tuning') wrong.push(...errorsOf(draft, findings))
  }
  const figures: Figure[] = [...figuresOf('untouched half', tally.of('untouched'), 0.9), ...figuresOf('tuning half', tally.of('tuning'), null)]
  const { same, findings } = tally.of('untouched')
  figures.push(share('labelled drafts, untouched half, precision where the category must agree', same, findings, null))
  for (const language of ['en', 'de', 'fr', 'es']) figures.push(...figuresOf(`untouched half, ${language}`, tally.of(`untouched ${language}`), null))
  for (const category of CATEGORIES) figures.push(...figuresOf(`untouched half, ${category}`, tally.of(`untouched ${category}`), null))
  figures.push(...figuresOf('later drafts', tally.of('later'), null))
  for (const language of ['de', 'fr', 'es']) figures.push(...figuresOf(`later drafts, ${language}`, tally.of(`later ${language}`), null))
  const counts = CATEGORIES.map((category) => `${category} ${drafts.flatMap(({ labels }) => labels).filter((label) => label.must && label.category === category).length}`)
  const notes = [`${drafts.length} drafts; must-spans: ${counts.join(', ')}`, 'drafts and rules have one author: see test/eval/labelled/README.md']
  if (process.env['LABELLED_MISSES']) notes.push(...wrong)
  return Promise.resolve({ title: 'Own labelled drafts', figures, notes })
}

function errorsOf({ text, labels }: LabelledDraft, findings: readonly Finding[]): string[] {
  const missed = labels.filter((label) => label.must && !findings.some(({ category, span }) => category === label.category && touches(span, label)))
  const false_ = findings.filter(({ span }) => !labels.some((label) => touches(label, span)))
  return [
    ...missed.map((label) => `missed ${label.category}: ${text.slice(label.start, label.end)}`),
    ...false_.map(({ rule, quote }) => `wrong ${rule}: "${quote}" in: ${text}`),
  ]
}
