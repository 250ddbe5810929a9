import { describe, expect, it } from 'vitest'
import { compileRuleset, createScanner, type Draft, type Finding, type Rule, type RuleCheck, withoutDoubles } from './index.ts'
import { moneyOf, numberOf, weekdayOf } from './values.ts'

const draft = (text: string): Draft => ({ kind: 'email', site: 'generic', subject: '', recipients: [], text, blocks: [], locale: 'en' })

function rule(match: string[], check?: RuleCheck, more: Partial<Rule> = {}): Rule {
  return {
    id: 'p/r', title: 'r', category: 'pricing', tier: 'approve', owner: 'pricing', languages: ['en'], message: 'm', sources: [], match, unless: [], near: [],
    negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['subject', 'text', 'list'], once: false, reasons: [], examples: { flagged: [], clean: [] }, check, ...more,
  }
}

function found(text: string, ...rules: Rule[]): Finding[] {
  const pack = { format: 1 as const, id: 'p', version: '1.0.0', title: 'p', description: '', owner: 'p', lists: {}, rules }
  return [...createScanner(compileRuleset([pack])).scan(draft(text)).findings]
}

describe('values', () => {
  it.each<[string, number, string]>([
    ['$1,299.00', 1299, 'USD'], ['1.299,00 €', 1299, 'EUR'], ['1 299,50 €', 1299.5, 'EUR'], ["CHF 1'299.-", 1299, 'CHF'], ['$1.2k', 1200, 'USD'], ['1.299 EUR', 1299, 'EUR'], ['£5', 5, 'GBP'], ['R$ 2,50', 2.5, 'BRL'], ['3 million dollars', 3e6, 'USD'],
  ])('%s', (text, amount, currency) => {
    expect(moneyOf(text)).toEqual({ amount, currency })
  })

  it('gives up on words and ranges instead of guessing', () => {
    expect([moneyOf('five dollars'), moneyOf('$10-20'), moneyOf('12')]).toEqual([null, null, null])
    expect(numberOf('none')).toBeNull()
  })

  it('knows the weekday of a full date and of nothing less', () => {
    expect(weekdayOf('Monday, 13 November 2026')).toEqual({ said: 'Monday', is: 'Friday' })
    expect(weekdayOf('Montag, 2. März 2026')).toEqual({ said: 'Montag', is: 'Montag' })
    expect([weekdayOf('Monday, 13 November'), weekdayOf('13 November 2026'), weekdayOf('Monday, 31 February 2026')]).toEqual([null, null, null])
  })
})

describe('price book', () => {
  const team = rule(['team plan ...5 {money}'], { kind: 'price', amount: 49, currency: 'EUR', text: '€49' })

  it('is a quiet note where the amount is right, in any notation', () => {
    for (const text of ['The team plan costs €49.', 'The team plan costs 49,00 EUR.']) expect(found(text, team).map(({ tier, evidence }) => [tier, evidence])).toEqual([['note', ['equals the price book']]])
  })

  it('suggests the right price where it is wrong, in amount or currency', () => {
    expect(found('The team plan costs €59 today.', team).map(({ tier, suggest, evidence }) => [tier, suggest, evidence])).toEqual([['approve', 'team plan costs €49', ['price book: €49']]])
    expect(found('The team plan costs $49.', team)[0]?.tier).toBe('approve')
  })

  it('says so where the amount cannot be read', () => {
    expect(found('The team plan costs fifty euros.', team)[0]?.evidence).toEqual(['the amount could not be read'])
  })

  it('silences the rules that only ask to check the price, and none that asks for more', () => {
    const ask = rule(['{money}'], undefined, { id: 'p/ask', tier: 'review' })
    const owner = rule(['{money}'], undefined, { id: 'p/owner', tier: 'approve' })
    const ids = (text: string, ...rules: Rule[]): string[] => withoutDoubles(found(text, team, ...rules)).map(({ rule: id }) => id)
    expect(ids('The team plan costs €49.', ask)).toEqual(['p/r'])
    expect(ids('The team plan costs €49.', owner)).toContain('p/owner')
    expect(ids('Support costs €49.', ask)).toEqual(['p/ask'])
  })
})

describe('a price book with dates', () => {
  const team = rule(['team plan ...5 {money}'], { kind: 'price', amount: 49, currency: 'EUR', text: '€49', from: '2026-01-01', until: '2026-06-30' })
  const pack = { format: 1 as const, id: 'p', version: '1.0.0', title: 'p', description: '', owner: 'p', lists: {}, rules: [team] }
  const on = (today?: string) => createScanner(compileRuleset([pack]), today === undefined ? {} : { today: () => today }).scan(draft('The team plan costs €49.')).findings.map(({ tier, evidence, suggest }) => [tier, evidence, suggest])

  it('is quiet from the first to the last day', () => {
    for (const today of ['2026-01-01', '2026-06-30']) expect(on(today)).toEqual([['note', ['equals the price book'], null]])
  })

  it('asks the owner before and after, also about the amount in the book', () => {
    expect(on('2025-12-31')).toEqual([['approve', ['price book: €49 from 2026-01-01 on'], null]])
    expect(on('2026-07-01')).toEqual([['approve', ['price book: €49 until 2026-06-30, which is past'], null]])
  })

  it('does not look at dates where the day is not known', () => {
    expect(on()).toEqual([['note', ['equals the price book'], null]])
  })
})

describe('two prices for one thing', () => {
  const prices = rule(['(costs|is) {money}'], { kind: 'two-prices' })

  it('is a finding at the later one, which says the earlier', () => {
    const text = 'The team plan costs $49. More below.\nThe team plan is $59. The team plan costs $49.'
    expect(found(text, prices).map(({ span, evidence }) => [span.start, evidence])).toEqual([[text.indexOf('is $59'), ['said earlier: costs $49']]])
  })

  it('knows the thing by its article or by its capitals', () => {
    expect(found('Orbit Desk costs $49. Orbit Desk costs $59.', prices)).toHaveLength(1)
    expect(found('We think pricing costs $49. We think pricing costs $59.', prices)).toEqual([])
  })

  it.each([
    'The plan costs $49. The plan costs 59 €.', 'The plan costs $49 a month. The plan costs $490 a year.', 'The plan costs $49 for 5 seats. The plan costs $89 for 9 seats.',
    'The plan was $59, it is $49. The plan costs $49.', 'The plan costs $49 or $59. The plan costs $59.', 'It costs $49. It costs $59.', 'The plan costs $49 and $5 for shipping. The plan costs $59.',
  ])('is silent where the two may be meant: %s', (text) => {
    expect(found(text, prices)).toEqual([])
  })

  it('two rules that look at prices do not answer for each other', () => {
    const other = rule(['sells for {money}'], { kind: 'two-prices' }, { id: 'p/other' })
    expect(found('The plan costs $49. The plan sells for $59.', prices, other)).toEqual([])
  })
})

describe('required text', () => {
  const credit = rule(['{money} down'], { kind: 'required', anyOf: ['APR', 'annual percentage rate'] })

  it('is a finding only where the text is nowhere in the draft', () => {
    expect(found('Just $99 down.', credit)).toHaveLength(1)
    expect(found('Just $99 down.\n\nRepresentative 4.9 % APR.', credit)).toEqual([])
    expect(found('Just $99 down. See the Annual Percentage Rate below.', credit)).toEqual([])
    expect(found('Just $99 down in April.', credit)).toHaveLength(1)
  })
})

describe('a greeting', () => {
  const greeting = rule(['(hi|hello|dear|liebe)'], { kind: 'greeting' })
  const ruleset = compileRuleset([{ format: 1, id: 'p', version: '1.0.0', title: 'p', description: '', owner: 'p', lists: {}, rules: [greeting] }])
  const to = (text: string, ...addresses: string[]): Finding[] =>
    [...createScanner(ruleset).scan({ ...draft(text), recipients: addresses.map((address) => ({ address: address.replace(/.*<|>/g, ''), name: /^(.*) </.exec(address)?.[1] ?? '', field: 'to' })) }).findings]

  it('is marked with the name where that is nobody the mail goes to', () => {
    expect(to('Hi Tom,\nhere it is.', 'Marta Olsen <m.olsen@lake.example>').map(({ quote, evidence }) => [quote, evidence])).toEqual([['Hi Tom', ['the mail goes to Marta Olsen']]])
    expect(to('Dear Ms Baker,', 'marta.olsen@lake.example').map(({ quote }) => quote)).toEqual(['Dear Ms Baker'])
  })

  it('is left alone where it fits, names nobody, or the recipients do not say', () => {
    for (const text of ['Hi Marta,', 'Dear Ms Olsen,', 'Hello Mart,', 'Hi all,', 'Dear customer,', 'Liebe Frau Olsen,', 'Say hi Tom, now', 'Hi,']) expect(to(text, 'Marta Olsen <m.olsen@lake.example>'), text).toEqual([])
    expect(to('Hi Bob,', 'Robert Lee <lee@lake.example>')).toEqual([])
    expect(to('Hi Tom,', 'info@lake.example')).toEqual([])
    expect(to('Hi Tom,')).toEqual([])
    expect(to('Hi Tom,', 'a@x.example', 'b@x.example', 'c@x.example', 'd@x.example')).toEqual([])
  })

  it('has another fingerprint with another name', () => {
    const print = (text: string): string | undefined => to(text, 'Marta Olsen <m.olsen@lake.example>')[0]?.fingerprint
    expect(print('Hi Tom,')).not.toBe(print('Hi Ben,'))
  })
})

describe('figures that do not fit', () => {
  const percent = rule(['{percent}'], { kind: 'percent-of-prices' })
  const total = rule(['total [:] {money}'], { kind: 'sum' })
  const day = rule(['{date}'], { kind: 'weekday' })

  it('says nothing of a sentence that goes on further than is read', () => {
    const long = (words: number): string => `From $200 to $150: 40% off${' and more'.repeat(words)}, not $90.`
    expect(found(`Hello. ${long(10)} Bye.`, percent)).toEqual([])
    expect(found(`Hello. ${long(10).replace(', not $90', '')} Bye.`, percent)).toHaveLength(1)
    expect(found(`Hello. ${long(200)} Bye.`, percent)).toEqual([])
  })

  it('compares a percentage with the two prices beside it', () => {
    expect(found('From $200 to $150: 40% off.', percent)[0]?.evidence).toEqual(['these two prices are 25 % apart'])
    for (const text of ['From $200 to $150: 25% off.', 'From $150 to $200, up 33%.', '$150 of $200 is 75%.', '40% off $200.', 'From $200 to €150: 40% off.', '$200 plus 19% VAT is $238.']) expect(found(text, percent), text).toEqual([])
  })

  it('adds up the amounts of the paragraph', () => {
    expect(found('Chairs $40, table $100\nTotal: $150', total)[0]?.evidence).toEqual(['the amounts before it add up to 140 USD'])
    for (const text of ['Chairs $40, table $100. Total: $140', 'Last year $40 and $90.\n\nTotal: $20', 'Chairs $40. Total: $50', '2 x $40 and $20. Total: $100', '$40 and €30. Total: $50']) expect(found(text, total), text).toEqual([])
  })

  it('does not read a draft of figures again and again', () => {
    const line = 'from $200 to $150 is 40% on Monday, 13 November 2026 and a total: $5 '
    expect(found(line.repeat(4_000), percent, total, day).length).toBeLessThanOrEqual(900)
  })

  it('names the day that a date has, and offers it', () => {
    expect(found('On Monday, 13 November 2026.', day).map(({ suggest, evidence }) => [suggest, evidence])).toEqual([['Friday, 13 November 2026', ['that day is a Friday']]])
    expect(found('On Friday, 13 November 2026, or on Monday.', day)).toEqual([])
  })
})

describe('checks from key to key', () => {
  const percent = rule(['{percent}'], { kind: 'percent-of-prices' })
  const total = rule(['total ... {money}'], { kind: 'sum' }, { id: 'p/sum' })
  const versions = [
    'Was $100, now $80: 20% off.', 'Was $100, now $70: 20% off.', 'Was $100, now $70: 30% off.', 'New. Was $100, now $70: 20% off.', 'Was $100, now $70: 20% off incl. tax.',
    'Setup $100\nPlan $50\nTotal is $150', 'Setup $100\nPlan $60\nTotal is $150', 'Setup $100\nPlan $50\nTotal is $150', 'Was $100, now $70: 20% off.',
  ]

  it('say of every version what they say of it alone', () => {
    const scanner = createScanner(compileRuleset([{ format: 1, id: 'p', version: '1.0.0', title: 'p', description: '', owner: 'p', lists: {}, rules: [percent, total] }]))
    const alone = versions.map((text) => found(text, percent, total))
    expect(alone.map((findings) => findings.length)).toEqual([0, 1, 0, 1, 0, 0, 1, 0, 1])
    for (const [i, text] of versions.entries()) expect(scanner.scan(draft(text)).findings).toEqual(alone[i])
  })
})
