import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OPTIONAL, PERMISSIONS } from './manifest.mjs'

const text = readFileSync(join(import.meta.dirname, '../store/LISTING.md'), 'utf8')
const part = (name: string): string => text.split(`\n## ${name}\n`)[1]?.split('\n## ')[0]?.trim() ?? ''

describe('what the stores are told', () => {
  it('fits where it goes', () => {
    expect(part('Name').length).toBeLessThanOrEqual(75)
    expect(part('Summary').length).toBeGreaterThan(0)
    expect(part('Summary').length).toBeLessThanOrEqual(132)
    expect(part('Description').length).toBeGreaterThan(500)
    expect(part('Description').length).toBeLessThanOrEqual(16_000)
  })

  it('explains every permission that a build may ask for, and no other', () => {
    expect([...part('Permissions').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).sort()).toEqual([...PERMISSIONS, ...OPTIONAL].sort())
  })
})
