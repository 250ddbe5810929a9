import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskShape, reportOf, withHost, type Shape } from './report.ts'

const shape = (change: Partial<Shape> = {}): Shape => ({ tag: 'div', role: null, type: null, data: [], classes: [], text: '', editable: false, pressed: false, children: [], more: 0, ...change })

/** Words that stand in no report by themselves: eight letters or more, of a kind that no tag, role or part has. */
const secret = fc.stringMatching(/^(qu|zy|wo|vi)[a-z]{6,12}$/)
const anything = fc.string({ unit: 'binary', maxLength: 30 })

/** A tree in whose every place a secret may stand: as text, class, name of a data attribute, tag, role and type. */
const treeWith = (word: fc.Arbitrary<string>): fc.Arbitrary<Shape> => fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.record<Shape>({
    tag: fc.oneof(fc.constantFrom('div', 'form', 'button', 'x-editor'), word, word.map((one) => `x-${one}`)),
    role: fc.oneof(fc.constant(null), fc.constantFrom('textbox', 'button'), word),
    type: fc.oneof(fc.constant(null), fc.constant('submit'), word),
    data: fc.array(fc.oneof(fc.constantFrom('data-testid', 'data-editor'), word.map((one) => `data-${one}`), word.map((one) => `data-to-${one}`), anything.map((one) => `data-${one}`)), { maxLength: 3 }),
    classes: fc.array(fc.oneof(fc.constantFrom('compose', 'send-button', 'css-1x2y3z', 'aoO'), word, word.map((one) => `row-${one}`), word.map((one) => `rowFor${one[0]!.toUpperCase()}${one.slice(1)}`), word.map((one) => `${one}list`), anything), { maxLength: 4 }),
    text: fc.oneof(fc.constant(''), word.map((one) => `Dear ${one}, thank you.`), anything),
    editable: fc.boolean(), pressed: fc.boolean(),
    children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 3 })),
    more: fc.nat(3),
  }),
})).tree

describe('maskShape', () => {
  it('shows tags, roles, names and lengths', () => {
    const button = shape({ tag: 'BUTTON', type: 'submit', classes: ['send-button', 'css-1x2y3z'], text: 'Los', pressed: true })
    const body = shape({ tag: 'div', role: 'textbox', editable: true, data: ['data-testid'], text: 'Dear Marta, we give 20% off.' })
    const lines = maskShape(shape({ tag: 'form', role: 'dialog', classes: ['compose'], children: [body, button], more: 2 }), []).split('\n')
    expect(lines[0]).toBe('form.compose role=dialog')
    expect(lines[1]).toBe('  div role=textbox editable data-testid (28)')
    expect(lines[2]).toMatch(/^ {2}button\.send-button~[0-9a-f]{4} type=submit \(3\) <- pressed$/)
    expect(lines[3]).toBe('  +2')
  })

  it('gives made names the same mark in each place, and drops what a page says elsewhere', () => {
    const report = maskShape(shape({ classes: ['aoO', 'thread-marta', 'martaOlsen'], children: [shape({ classes: ['aoO'], text: 'Marta Olsen' })] }), [])
    expect(new Set([...report.matchAll(/~[0-9a-f]{4}/g)].map(String)).size).toBe(1)
    expect(report.toLowerCase()).not.toMatch(/marta|olsen/)
  })

  it('holds no word of a private text, wherever in the tree it stands', () => {
    fc.assert(fc.property(secret.chain((word) => fc.tuple(fc.constant(word), treeWith(fc.constant(word)))), ([word, tree]) => {
      expect(maskShape(tree, [`To ${word.toUpperCase()} <${word}@example.com>`]).toLowerCase()).not.toContain(word)
    }))
  })

  it('holds no word of the page\'s own texts, wherever else in the tree it stands', () => {
    fc.assert(fc.property(secret.chain((word) => fc.tuple(fc.constant(word), treeWith(fc.constant(word)))), ([word, tree]) => {
      const said = shape({ children: [tree, shape({ text: `Subject: ${word}` })] })
      expect(maskShape(said, []).toLowerCase()).not.toContain(word)
    }))
  })

  it('depends on texts by their lengths alone', () => {
    const blank = (at: Shape): Shape => ({ ...at, text: '.'.repeat(at.text.length), children: at.children.map(blank) })
    const plain = fc.constantFrom('compose', 'send')
    fc.assert(fc.property(treeWith(plain), (tree) => {
      // A text can only take names away.
      const [full, bare] = [maskShape(tree, []).split('\n'), maskShape(blank(tree), []).split('\n')]
      expect(full).toHaveLength(bare.length)
      const lengths = (lines: string[]): string[] => lines.map((line) => /\((\d+)\)/.exec(line)?.[1] ?? '')
      expect(lengths(full)).toEqual(lengths(bare))
    }))
  })
})

describe('the report', () => {
  it('names the site only where the person says so', () => {
    const report = reportOf({ by: 'said' }, { site: 'generic', went: 'gone', act: 'press (other)', texts: [] }, shape())
    expect(report).toBe('Countersign report 1\nread as: generic\nseen by: said, gone, after: press (other)\n\ndiv')
    expect(withHost(report, 'mail.example.com')).toContain('\nsite: mail.example.com\n')
  })
})
