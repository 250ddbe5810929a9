import { describe, expect, it } from 'vitest'
import { diffTokens, trimContext } from './diff.ts'

const shown = (before: string, after: string): string =>
  diffTokens(before, after).map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `[+${text}+]`)).join('')

describe('diffTokens', () => {
  it('keeps a number and its sign together', () => {
    expect(shown('30% off', '15% off')).toBe('[-30%-][+15%+] off')
    expect(shown('costs $40 now', 'costs $45 now')).toBe('costs [-$40-][+$45+] now')
  })

  it('shows neighbouring changes as one phrase against one phrase', () => {
    expect(shown('we guarantee results', 'you may expect results')).toBe('[-we guarantee-][+you may expect+] results')
  })

  it('shows texts with little in common as one against the other', () => {
    const before = 'We guarantee that our clinics and our partners always win in the end'
    const after = 'Nobody can say whether our plans and much hope would in fact lead to the thing you wish'
    expect(shown(before, after)).toBe(`[-${before}-][+${after}+]`)
  })

  it('gives both texts back when its parts are joined', () => {
    const parts = diffTokens('a b c d', 'a x c y')
    expect(parts.filter(({ kind }) => kind !== 'added').map(({ text }) => text).join('')).toBe('a b c d')
    expect(parts.filter(({ kind }) => kind !== 'removed').map(({ text }) => text).join('')).toBe('a x c y')
  })

  it('shows taking out everything as one removal', () => {
    expect(shown('account 4417', '')).toBe('[-account 4417-]')
  })
})

describe('trimContext', () => {
  it('keeps the eight nearest words', () => {
    expect(trimContext('one two three four five six seven eight nine ten ', 'start')).toBe('… three four five six seven eight nine ten ')
    expect(trimContext(' one two three four five six seven eight nine ten', 'end')).toBe(' one two three four five six seven eight …')
  })

  it('stops at a line break', () => {
    expect(trimContext('above\nhere ', 'start')).toBe('here ')
    expect(trimContext(' here\nbelow', 'end')).toBe(' here')
  })
})
