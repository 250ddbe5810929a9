import { describe, expect, it } from 'vitest'
import type { RulePack } from '../../lib/engine/index.ts'
import { patternParts, safeUrl, sortPacks, type PackOrigin, type PackView } from './model.ts'

function view(title: string, origin: PackOrigin): PackView {
  const pack: RulePack = { format: 1, id: title.toLowerCase(), version: '1.0.0', title, description: '', owner: 'pricing', lists: {}, rules: [] }
  return { pack, origin, on: true, rulesOff: new Set(), signedBy: null, fingerprint: null, url: null }
}

describe('rules page', () => {
  it('puts a person\'s own and the team\'s packs before the built-in ones', () => {
    const sorted = sortPacks([view('Zeta', 'builtin'), view('Alpha', 'builtin'), view('Mine', 'personal'), view('Team', 'team'), view('File', 'installed')])
    expect(sorted.map((each) => each.pack.title)).toEqual(['Mine', 'Team', 'File', 'Alpha', 'Zeta'])
  })

  it('cuts a pattern without losing a character', () => {
    const pattern = 'save [up to] {percent} ... (off|discount)'
    const parts = patternParts(pattern)
    expect(parts.map((part) => part.text).join('')).toBe(pattern)
    expect(parts.filter((part) => part.kind === 'entity').map((part) => part.text)).toEqual(['{percent}'])
    expect(parts.filter((part) => part.kind === 'sign').map((part) => part.text)).toEqual(['[', ']', '...', '(', '|', ')'])
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://', undefined])('makes no link of %s', (url) => {
    expect(safeUrl(url)).toBeNull()
  })

  it('keeps a web address', () => {
    expect(safeUrl('https://www.ecfr.gov/current/title-16')).toBe('https://www.ecfr.gov/current/title-16')
  })
})
