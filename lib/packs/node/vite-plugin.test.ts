import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import builtins from 'virtual:builtin-packs'
import titles from 'virtual:builtin-titles'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CATEGORIES } from '../../engine/index.ts'
import { builtinPacks } from './vite-plugin.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'builtin-'))
  cpSync(fileURLToPath(new URL('../builtin/brand', import.meta.url)), join(dir, 'brand'), { recursive: true })
})
afterEach(() => { rmSync(dir, { recursive: true, force: true }) })

/** Calls the plugin's `load` as the bundler does. */
function load(): { code: string; watched: string[] } {
  const { load } = builtinPacks(dir)
  if (typeof load !== 'function') throw new Error('the plugin has no load function')
  const watched: string[] = []
  const context = {
    addWatchFile: (file: string) => watched.push(file),
    error: (problem: { message: string; loc: { file: string; line: number } }) => { throw new Error(`${problem.loc.file}:${problem.loc.line} ${problem.message}`) },
  }
  const code: unknown = Reflect.apply(load, context, ['\0virtual:builtin-packs'])
  return { code: String(code), watched }
}

test('the virtual module is the fourteen packs as data', () => {
  expect(builtins.map((p) => p.id)).toEqual([...CATEGORIES])
  expect(builtins.every((p) => p.format === 1 && p.rules.every((r) => r.owner !== ''))).toBe(true)
})

test('the titles are those of all their rules', () => {
  const all = builtins.flatMap(({ rules }) => rules)
  expect(Object.keys(titles)).toHaveLength(all.length)
  expect(all.filter(({ id, title }) => titles[id] !== title)).toEqual([])
})

test('every file is watched, and the module is plain data', () => {
  const { code, watched } = load()
  expect(watched).toContain(join(dir, 'brand', 'pack.yaml'))
  expect(code).toMatch(/^export default JSON\.parse\(".*"\)$/)
})

test('a bad file or a failing example stops the build with its place', () => {
  const file = join(dir, 'brand', 'in-order-to.yaml')
  const good = readFileSync(file, 'utf8')
  writeFileSync(file, good.replace('tier: note', 'tier: loud'))
  expect(load).toThrow(/in-order-to\.yaml:4 .*"tier" has a value that does not exist/s)
  writeFileSync(file, good.replace('"The files are in order."', '"In order to win."'))
  expect(load).toThrow(/finds "In order to" in the clean example/)
})
