import { describe, expect, it } from 'vitest'
import { judgeUnseen, type Act, type Signs } from './judge.ts'

const act = (change: Partial<Act> = {}): Act => ({ kind: 'press', said: 'other', inside: true, ago: 500, ...change })
const signs = (change: Partial<Signs> = {}): Signs => ({ went: 'gone', act: act(), said: false, edited: false, ...change })

describe('judgeUnseen', () => {
  it.each<[string, Signs, ReturnType<typeof judgeUnseen>]>([
    ['the page says so after a press', signs({ said: true }), 'said'],
    ['a button that says Send', signs({ act: act({ said: 'sends', inside: false }) }), 'pressed'],
    ['a button that says Send, and another page', signs({ went: 'page', act: act({ said: 'sends' }) }), 'pressed'],
    ['the form around it goes', signs({ act: act({ kind: 'form', said: 'nothing' }) }), 'form'],
    ['the form around it goes with the page', signs({ went: 'page', act: act({ kind: 'form', said: 'nothing' }) }), 'form'],
    ['Enter empties the editor', signs({ went: 'emptied', act: act({ kind: 'enter', said: 'nothing' }) }), 'enter'],
    ['an icon in the draft empties the editor', signs({ went: 'emptied', act: act({ said: 'nothing' }) }), 'emptied'],
  ])('is a send: %s', (_name, given, by) => {
    expect(judgeUnseen(given)).toBe(by)
  })

  it.each<[string, Signs]>([
    ['nothing was done', signs({ act: null, said: true })],
    ['what was done is long ago', signs({ act: act({ said: 'sends', ago: 6_001 }), said: true })],
    ['Discard, whatever the page says of another mail', signs({ act: act({ said: 'stays' }), said: true })],
    ['Save and close of a form', signs({ act: act({ kind: 'form', said: 'stays' }) })],
    ['a press on something else closes it', signs()],
    ['a link leads to another page', signs({ went: 'page' })],
    ['a key closes it', signs({ act: act({ kind: 'key' }) })],
    ['an icon closes it', signs({ act: act({ said: 'nothing' }) })],
    ['Enter outside', signs({ went: 'emptied', act: act({ kind: 'enter', said: 'nothing', inside: false }) })],
    ['an icon outside', signs({ went: 'emptied', act: act({ said: 'nothing', inside: false }) })],
    ['an icon pressed well before', signs({ went: 'emptied', act: act({ said: 'nothing', ago: 2_600 }) })],
    ['a tab empties it', signs({ went: 'emptied', act: act({ said: 'other' }) })],
    ['the form of another draft goes', signs({ act: act({ kind: 'form', said: 'nothing', inside: false }) })],
    ['a person empties it while the page speaks of another mail', signs({ went: 'emptied', edited: true, said: true })],
  ])('is none: %s', (_name, given) => {
    expect(judgeUnseen(given)).toBeNull()
  })
})
