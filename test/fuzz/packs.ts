import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { compileRuleset, createScanner, PatternError } from '../../lib/engine/index.ts'
import { installPack, readPack, type PackProblem, type PackSource } from '../../lib/packs/index.ts'
import { draftOf, packOf, ruleOf } from '../reference/make.ts'
import type { Fuzzer } from './fuzzer.ts'
import { asJson, mutated, mutatedText } from './mutate.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'lib', 'packs', 'builtin', 'pricing')
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml')).map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }))
const MAIN = FILES.find(({ file }) => file === 'pack.yaml') as PackSource
const RULES = FILES.filter(({ file }) => file !== 'pack.yaml')
const YAML = ['&a ', '*a', '<<: ', '!!js/function ', '!!binary ', '- ', ': ', '\t', '|\n', '>-\n', '---\n', '...\n', '%YAML 1.2\n', '{', '}', '[', ']', '"', '\'', '#', 'match:', 'tier: block', '{money}', '(a|b)', '\ufffd', '? ']

/** Every problem says where, what and what to do. */
function expectWorded(problems: readonly PackProblem[]): void {
  expect(problems.length).toBeGreaterThan(0)
  for (const { file, line, column, reason, fix } of problems) {
    expect(file).not.toBe('')
    expect(line).toBeGreaterThanOrEqual(1)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(reason.trim()).not.toBe('')
    expect(fix.trim()).not.toBe('')
  }
}

/** A pack folder in which one file was damaged is read, or refused in words; never anything else. */
export const packFiles: Fuzzer<{ readonly main: string; readonly rule: string; readonly file: string }> = {
  name: 'pack-files',
  runs: 300,
  input: fc.record({ main: mutatedText([MAIN.text], YAML, 2), rule: mutatedText(RULES.map(({ text }) => text), YAML), file: fc.constantFrom(...RULES.map(({ file }) => file)) }),
  check({ main, rule, file }) {
    const read = readPack([{ file: 'pack.yaml', text: main }, { file, text: rule }], 'pricing')
    if (!read.ok) return expectWorded(read.problems)
    try {
      createScanner(compileRuleset([read.value])).scan(draftOf('We offer 20% off, guaranteed, for $12 a month.'))
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
    }
  },
}

const PACK = {
  ...packOf([
    ruleOf({ id: 'test/free', match: ['free', 'we guarantee', '{money}'], unless: ['free of'], examples: { flagged: ['It is free.'], clean: ['Free of doubt.'] } }),
    ruleOf({ id: 'test/code', match: ['/AB-\\d{4}/'], examples: { flagged: ['AB-1234'], clean: ['AB'] } }),
  ], { names: ['Acme', 'Foo'] }), description: 'for tests',
}

/** A pack as JSON from anywhere is taken in whole, or refused in words. What was taken in can be used. */
export const packJson: Fuzzer<unknown> = {
  name: 'pack-json',
  runs: 400,
  input: mutated([PACK], 5),
  check(value) {
    const decision = installPack({ json: asJson(value), file: 'pack.json', active: null, trust: { kind: 'local' } })
    if (decision.kind === 'keep') return expectWorded(decision.problems)
    createScanner(compileRuleset([decision.pack])).scan(draftOf('It is free of doubt. AB-1234 costs $5.'))
  },
}
