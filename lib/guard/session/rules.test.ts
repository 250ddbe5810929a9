import { describe, expect, it } from 'vitest'
import { compileRuleset, encodeRuleset, RulesetError } from '../../engine/index.ts'
import { makeRulebook } from '../../store/draft.fixture.ts'
import { loadRules } from './rules.ts'

const good = makeRulebook({ ruleset: encodeRuleset(compileRuleset([])) })
const bad = { ...good, ruleset: new ArrayBuffer(64) }

describe('loading rules into a frame', () => {
  it('asks anew once for bytes that are no ruleset, and gives up at the second', async () => {
    const asked: (boolean | undefined)[] = []
    const port = (...answers: (typeof good)[]) => ({ loadRulebook: (anew?: boolean) => { asked.push(anew); return Promise.resolve(answers.shift() ?? bad) } })
    expect((await loadRules(port(bad, good))).ruleset.count).toBe(0)
    expect(asked).toEqual([undefined, true])
    await expect(loadRules(port(bad, bad))).rejects.toThrow(RulesetError)
  })

  it('does not ask again when the worker is gone', async () => {
    let asked = 0
    await expect(loadRules({ loadRulebook: () => { asked++; return Promise.reject(new Error('gone')) } })).rejects.toThrow('gone')
    expect(asked).toBe(1)
  })
})
