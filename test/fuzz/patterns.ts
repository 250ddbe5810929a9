import { createContext, runInContext } from 'node:vm'
import fc from 'fast-check'
import { expect } from 'vitest'
import { compileRuleset, createScanner, PatternError } from '../../lib/engine/index.ts'
import { readRegex } from '../../lib/engine/regex/read.ts'
import { draftOf, packOf, ruleOf } from '../reference/make.ts'
import type { Fuzzer } from './fuzzer.ts'
import { hostileText } from './mutate.ts'

const PIECES = ['(', ')', '[', ']', '{', '}', '|', '...', '...3', '…', 'a', 'free', 'b c', ' ', '!', '?', '+', '*', '\\', '.', '{number}', '{money}', '{list:l}', '{list:', '{nope}', '-', '\'', '"', '\n', '$', '[not]', '{person}', '(free|)', '99']

/** A pattern of any shape is refused with its place, or compiled; what it finds lies in the text. */
export const patterns: Fuzzer<{ readonly pattern: string; readonly text: string }> = {
  name: 'patterns',
  runs: 600,
  input: fc.record({
    pattern: fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: hostileText }), { maxLength: 25 }).map((pieces) => pieces.join('')),
    text: fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c', 'free', '99', '$5', 'Acme', '.', '\n', ' '), hostileText), { maxLength: 40 }).map((words) => words.join(' ')),
  }),
  check({ pattern, text }) {
    const pack = packOf([ruleOf({ match: [pattern] })], { l: ['Acme', 'b c'] })
    try {
      for (const { span, quote } of createScanner(compileRuleset([pack])).scan(draftOf(text)).findings) expect(text.slice(span.start, span.end)).toBe(quote)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      expect(error.message).not.toBe('')
    }
  },
}

const ATOMS = ['a', 'b', '\\d', '\\w', '\\s', '.', '[ab]', '[^a]', 'AB-', 'x1']
const REPEATS = ['', '', '', '?', '*', '+', '{2}', '{1,3}', '{0,20}', '{2,}', '*?', '+?']
const regex = fc.letrec<{ part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(fc.constantFrom(...ATOMS), fc.constantFrom(...REPEATS)).map((both) => both.join('')),
    fc.tuple(fc.array(tie('part'), { minLength: 1, maxLength: 4 }), fc.constantFrom(...REPEATS)).map(([parts, repeat]) => `(?:${parts.join('')})${repeat}`),
    fc.tuple(fc.array(tie('part'), { minLength: 2, maxLength: 3 }), fc.constantFrom(...REPEATS)).map(([parts, repeat]) => `(?:${parts.join('|')})${repeat}`),
    fc.tuple(fc.constantFrom('(?=', '(?!', '(?<=', '(?<!'), tie('part')).map(([open, part]) => `${open}${part})`),
  ),
})).part

/** Whatever regular expression is let in: no text makes it take long. The limit is what a page would call hung, far above the slowest one that should be let in. */
const HUNG_MS = 5_000
const sandbox = createContext({ source: '', flags: '', text: '' })

export const regexes: Fuzzer<{ readonly source: string; readonly pump: string }> = {
  name: 'regexes',
  runs: 300,
  input: fc.record({
    source: fc.array(regex, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('')}/`),
    pump: fc.array(fc.constantFrom('a', 'b', '1', ' ', 'x', 'AB-', 'é'), { minLength: 1, maxLength: 5 }).map((letters) => letters.join('')),
  }),
  check({ source, pump }) {
    let admitted: ReturnType<typeof readRegex>
    try {
      admitted = readRegex(source)
    } catch (error) {
      if (error instanceof PatternError) return
      throw error
    }
    const text = `${pump.repeat(Math.ceil(20_000 / pump.length))}!`
    Object.assign(sandbox, { source: admitted.source, flags: admitted.flags, text })
    runInContext('[...text.matchAll(new RegExp(source, flags))].length', sandbox, { timeout: HUNG_MS })
  },
}
