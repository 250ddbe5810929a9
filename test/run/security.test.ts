import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')
const rows = text.split('## Who attacks, and what stops it')[1]!.split('\n## ')[0]!.split('\n').filter((line) => line.startsWith('|')).slice(2)

describe('SECURITY.md', () => {
  it('names a test for every claim of the threat model', () => {
    expect(rows.length).toBeGreaterThan(15)
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
