import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')

describe('SECURITY.md', () => {
  it.each([['Who attacks, and what stops it', 15], ['When something is broken', 20]])('names a test for every line of "%s"', (section, least) => {
    const lines = text.split(`## ${section}`)[1]!.split('\n## ')[0]!.split('\n')
    const rows = lines.filter((line, at) => line.startsWith('|') && !line.startsWith('|---') && !lines[at + 1]?.startsWith('|---'))
    expect(rows.length).toBeGreaterThan(least)
    for (const row of rows) {
      const [, file, title] = /\| `([^`]+)`: (.+) \|$/.exec(row) ?? []
      if (!file || !title) throw new Error(`No test is named: ${row}`)
      expect(existsSync(join(ROOT, file)), file).toBe(true)
      expect(readFileSync(join(ROOT, file), 'utf8'), `${file} has no such test`).toContain(title)
    }
  })

  it('names no file that is not there', () => {
    const named = [...text.matchAll(/`((?:test|lib|components|entrypoints)\/[\w./-]+)`/g)].map(([, path]) => path!)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})
