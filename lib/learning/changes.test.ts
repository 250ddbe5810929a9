import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categoryOfChange, changesBetween, maskChange, maskPersonal, namesFrom } from './index.ts'

describe('what a person made of an assistant\'s paragraphs', () => {
  it('gives each changed stretch with its sentence', () => {
    expect(changesBetween(
      ['Hi Marta,', 'We are thrilled to offer the basic plan. It costs $49 a month for your team.', 'Kind regards,'],
      ['Hi Marta,', 'We are glad to offer the basic plan. It costs $59 a month for your team.', 'Kind regards,'],
    )).toEqual([
      { level: 'span', before: 'thrilled', after: 'glad', sentence: 'We are thrilled to offer the basic plan.' },
      { level: 'span', before: '$49', after: '$59', sentence: 'It costs $49 a month for your team.' },
    ])
  })
  it('gives paragraphs that went and came, and nothing for those that stayed or moved', () => {
    expect(changesBetween(['One stays here.', 'I hope this email finds you well.', 'Two stays as well.'], ['Two stays as well.', 'One stays here.', 'The invoice is attached.'])).toEqual([
      { level: 'block', before: 'I hope this email finds you well.', after: '', sentence: 'I hope this email finds you well.' },
      { level: 'block', before: '', after: 'The invoice is attached.', sentence: 'The invoice is attached.' },
    ])
  })
  it('takes the word in front along where words were only put in', () => {
    expect(changesBetween(['The lamps are free for you.'], ['The lamps are free until June for you.'])).toEqual([{ level: 'span', before: 'free', after: 'free until June', sentence: 'The lamps are free for you.' }])
  })
  it('says nothing of equal texts, and gives words that stand in their sentence', () => {
    const words = fc.array(fc.constantFrom('offer', 'lamps', 'price', 'we', 'the', '20%', '$5', 'soon.', 'Marta', ','), { minLength: 1, maxLength: 25 }).map((list) => list.join(' '))
    fc.assert(fc.property(fc.array(words, { maxLength: 5 }), fc.array(words, { maxLength: 5 }), (wrote, left) => {
      expect(changesBetween(wrote, wrote)).toEqual([])
      for (const { level, before, sentence } of changesBetween(wrote, left)) if (level === 'span') expect(sentence).toContain(before)
    }))
  })
})

describe('personal data', () => {
  it.each([
    ['Write to ines.roy@kunde.example today.', 'Write to [email] today.'],
    ['Call me on +49 30 901820 please.', 'Call me on [phone] please.'],
    ['The card is 4111 1111 1111 1111.', 'The card is [card].'],
    ['Pay to DE89 3704 0044 0532 0130 00 now.', 'Pay to [iban] now.'],
    ['Dear Ines, will Roy join? We will.', 'Dear [name], will [name] join? We will.'],
    ["That is Ines's offer for $20.", "That is [name]'s offer for $20."],
  ])('goes from %j', (text, kept) => {
    expect(maskPersonal(text, namesFrom(['Ines Roy', 'will.e@kunde.example']))).toBe(kept)
  })
  it('goes from a change so that its words still stand in its sentence', () => {
    const names = namesFrom(['Ines Roy'])
    expect(maskChange({ before: 'call 030 901820', after: 'write to a.b@firma.example', sentence: 'Ines, call 030 901820 or reply.' }, names)).toEqual({
      before: 'call [phone]', after: 'write to [email]', sentence: '[name], call [phone] or reply.',
    })
    // The change begins in the middle of a number.
    const cut = maskChange({ before: '0532 0130 00', after: '0532 0130 11', sentence: 'Pay to DE89 3704 0044 0532 0130 00 now.' }, names)
    expect(cut.sentence).toContain(cut.before)
    expect(JSON.stringify(cut)).not.toMatch(/0532|3704/)
  })
})

describe('the area of a change', () => {
  it.each([
    ['cheap', '$5', 'pricing'], ['20%', 'less', 'pricing'], ['soon', 'within 3 days', 'promise'], ['on 3 May 2026', 'later', 'promise'], ['thrilled', 'glad', 'brand'], ['$5', 'within 3 days', 'pricing'],
  ])('from %j to %j is %s', (before, after, category) => {
    expect(categoryOfChange({ before, after })).toBe(category)
  })
})

describe('paragraphs', () => {
  it('of a draft are compared two hundred at most, without the space around them and without empty ones', () => {
    const many = Array.from({ length: 201 }, (_, index) => `Word${index}`)
    expect(changesBetween(many, []).length).toBe(200)
    expect(changesBetween([' One stays. ', '  ', 'One stays.'], ['One stays.'])).toEqual([])
  })
})

describe('names', () => {
  it('are words of two letters and more', () => {
    expect([...namesFrom(['J. Wu', 'b@kunde.example'])]).toEqual(['wu'])
  })
  it('go from a change whose words do not stand in its sentence', () => {
    const names = namesFrom(['Ines Roy'])
    for (const before of ['', 'Ines went']) expect(maskChange({ before, after: 'Roy came', sentence: 'Then Ines came.' }, names)).toEqual({ before: before === '' ? '' : '[name] went', after: '[name] came', sentence: 'Then [name] came.' })
  })
})
