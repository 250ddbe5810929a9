import { describe, expect, test } from 'vitest'
import { arrowsOf, withoutShortcuts } from './house.mjs'

describe('the drawing of the house', () => {
  test('has one arrow from room to room, and none for tests, for a room itself or for what is not of the house', () => {
    const files = [
      { source: 'lib/guard/gate.ts', targets: ['lib/sites/index.ts', 'lib/guard/core.ts', 'node_modules/zod/index.js'] },
      { source: 'lib/guard/start.ts', targets: ['lib/sites/types.ts'] },
      { source: 'lib/guard/gate.browser.test.ts', targets: ['lib/store/index.ts'] },
      { source: 'components/popup/Popup.tsx', targets: ['lib/guard/index.ts', 'components/ui/index.ts'] },
    ]
    expect(arrowsOf(files)).toEqual([['components', 'guard'], ['guard', 'sites']])
  })

  test('leaves out what a longer way says, however long it is, and keeps two ways of the same length', () => {
    const arrows = [['a', 'b'], ['b', 'c'], ['c', 'd'], ['a', 'd'], ['a', 'e'], ['e', 'd']] as const
    expect(withoutShortcuts(arrows)).toEqual([['a', 'b'], ['b', 'c'], ['c', 'd'], ['a', 'e'], ['e', 'd']])
  })
})
