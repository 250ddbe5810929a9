import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packOf, ruleOf } from '../../../test/reference/make.ts'
import { compileRuleset, createScanner, type Draft, type Scanner } from '../../engine/index.ts'
import { Settlement } from './settlement.ts'

/** A scanner for typing gives the same finding again with its span moved: what was settled on it must not notice. */
const ruleset = compileRuleset([packOf([ruleOf({ id: 'a/off', match: ['{percent} off'] }), ruleOf({ id: 'a/free', match: ['free'] })])])

const draftOf = (lines: readonly string[]): Draft => {
  let at = 0
  const blocks = lines.map((line) => ({ kind: 'text' as const, span: { start: at, end: (at += line.length + 1) - 1 } }))
  return { kind: 'email', site: 'test', subject: '', recipients: [], text: lines.join('\n'), blocks, locale: 'en' }
}

const open = (live: boolean) => ({ scanner: createScanner(ruleset, { live }), settlement: new Settlement(new Map()) })
const read = ({ scanner, settlement }: { scanner: Scanner; settlement: Settlement }, lines: readonly string[]): void => {
  const draft = draftOf(lines)
  settlement.update(draft, scanner.scan(draft).findings)
}
const said = ({ settlement }: { settlement: Settlement }) => ({
  findings: settlement.findings.map(({ span, fingerprint }) => ({ span: { ...span }, fingerprint })), standing: settlement.standing(), fixed: settlement.fixed(9),
  corrections: settlement.corrections('test', 9).map(({ before, after, sentence }) => ({ before, after, sentence })),
})

const line = fc.constantFrom('We give 20% off.', 'It is free.', 'Free and 20% off, free.', 'Nothing here.', '', 'Hello Dana,')
type Change = { readonly kind: 'put' | 'take' | 'edit' | 'decide' | 'look'; readonly at: number; readonly line: string }
const change: fc.Arbitrary<Change> = fc.record({ kind: fc.constantFrom('put' as const, 'put' as const, 'take' as const, 'edit' as const, 'edit' as const, 'decide' as const, 'look' as const), at: fc.nat(5), line })

describe('Settlement on findings that are moved in place', () => {
  it('keeps a decision on words that move, though the finding is the same object', () => {
    const live = open(true)
    read(live, ['We give 20% off.'])
    const [before] = live.settlement.findings
    live.settlement.decide(before?.fingerprint ?? '', 'kept', 'on the price list', 1)
    read(live, ['Hello Dana,', 'We give 20% off.'])
    expect(live.settlement.findings[0]).toBe(before)
    expect(before?.span.start).toBe(20)
    expect(live.settlement.standing()).toMatchObject([{ outcome: 'kept', reason: 'on the price list' }])
  })

  it('says what became of words that had moved before they were changed', () => {
    const live = open(true)
    read(live, ['We give 20% off.'])
    read(live, ['Hello Dana,', 'We give 20% off.'])
    read(live, ['Hello Dana,', 'We give a fair price.'])
    expect(said(live)).toMatchObject({ findings: [], corrections: [{ before: '20% off', after: 'a fair price', sentence: 'We give 20% off.' }] })
  })

  it('knows where words stood when it last read them, though the scanner has been asked of another text since', () => {
    const live = open(true)
    read(live, ['We give 20% off.', 'It is free.'])
    live.scanner.scan(draftOf(['Hello Dana,', 'We give 20% off.', 'It is free.']))
    read(live, ['We give a fair price.', 'It is free.'])
    expect(said(live)).toMatchObject({ findings: [{ span: { start: 28, end: 32 } }], corrections: [{ before: '20% off', after: 'a fair price', sentence: 'We give 20% off.' }] })
  })

  it('says after any edits what it says of findings that never move', () => {
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.array(change, { maxLength: 8 }), (first, changes) => {
      const both = [open(true), open(false)]
      let lines: readonly string[] = first
      both.forEach((one) => read(one, lines))
      for (const { kind, at, line: text } of changes) {
        const place = at % Math.max(1, lines.length)
        // A reading that nothing is settled by, which moves findings all the same.
        if (kind === 'look') both.forEach(({ scanner }) => scanner.scan(draftOf([text, ...lines])))
        else if (kind === 'decide') for (const { settlement } of both) settlement.decide(settlement.findings[at % Math.max(1, settlement.findings.length)]?.fingerprint ?? '', 'kept', `for ${text}`, 1)
        else lines = kind === 'put' ? lines.toSpliced(place, 0, text) : kind === 'take' ? lines.toSpliced(place, 1) : lines.map((old, i) => (i === place ? old.replace('20% off', 'a fair price') : old))
        if (kind === 'look') continue
        both.forEach((one) => read(one, lines))
        expect(said(both[0] as (typeof both)[0])).toEqual(said(both[1] as (typeof both)[0]))
      }
    }), { numRuns: 400 })
  })
})
