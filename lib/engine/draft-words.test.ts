import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Blocks } from './blocks.ts'
import { DraftWords } from './draft-words.ts'
import type { Draft } from './types.ts'

const PHRASES = ['ko', 'ko li', 'li mu ko', 'mu, mu']
const block = fc.array(fc.constantFrom('ko', 'Li', 'mu', 'ko-li', '!', 'komu'), { maxLength: 3 }).map((words) => words.join(' '))
const edit = fc.tuple(fc.nat(9), fc.nat(3), fc.array(block, { maxLength: 3 }), fc.constantFrom('', 'ko'), fc.subarray(PHRASES))

function draftOf(lines: readonly string[], subject: string): Draft {
  let at = 0
  const blocks = lines.map((line) => ({ kind: 'text' as const, span: { start: at, end: (at += line.length + 1) - 1 } }))
  return { kind: 'email', site: '', subject, recipients: [], text: lines.join('\n'), blocks, locale: '' }
}

it('finds a phrase wherever it stands, also over several blocks and after any edits, and only then', () => {
  fc.assert(fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
    const words = new DraftWords()
    const body = new Blocks()
    const lines = [...first]
    for (const [at, gone, come, subject, asked] of edits) {
      words.edited(body.take(draftOf(lines, subject)))
      // A question is not asked at every edit.
      const all = ` ${`${subject} ${lines.join(' ')}`.toLowerCase().replace(/[^a-z]+/g, ' ').trim()} `
      for (const phrase of asked) expect(words.has(phrase, subject, body), phrase).toBe(all.includes(` ${phrase.replace(',', '')} `))
      lines.splice(Math.min(at, lines.length), gone, ...come)
      if (lines.length === 0) lines.push('')
    }
  }), { numRuns: 3_000 })
})
