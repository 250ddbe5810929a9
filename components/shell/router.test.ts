import { describe, expect, it } from 'vitest'
import { parseRoute, routeHref } from './router.ts'

describe('routes', () => {
  it('reads section, path and query', () => {
    expect(parseRoute('#/rules/pricing/percent-off?try=20%25')).toEqual({
      section: 'rules', path: ['pricing', 'percent-off'], query: { try: '20%' },
    })
  })

  it.each(['', '#', '#/', '#/nowhere/7', '#nonsense'])('leads %j to an open History without a record', (hash) => {
    expect(parseRoute(hash)).toMatchObject({ section: 'history', path: [] })
  })

  it('survives a broken percent sign in an address', () => {
    expect(parseRoute('#/history/100%').path).toEqual(['100%'])
  })

  it('writes what it reads, whatever is in the parts', () => {
    const href = routeHref('rules', ['my pack/ü', 'a?b#c'], { q: 'a & b', empty: '' })
    expect(parseRoute(href)).toEqual({ section: 'rules', path: ['my pack/ü', 'a?b#c'], query: { q: 'a & b' } })
  })
})
