import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { marksModule, readMarks } from '../cli/marks-module.ts'
import { assistantIn, controlsOf, htmlMarkTable, MARKS_CHECKED, marksInHtml, marksInText, originOf, styleMarks, textMarks, type MarksUpdate } from './index.ts'

const here = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

describe('marks.yaml', () => {
  it('is what the pages are built with', () => {
    expect(here('marks-data.ts')).toBe(marksModule(readMarks(here('marks.yaml'))))
  })

  it.each([
    ['an unknown field', 'strength: sure', 'strenght: sure'],
    ['an unknown test', 'is: flag', 'is: regex'],
    ['a bare "ai" as a label', 'labels: ["copilot"]', 'labels: ["ai"]'],
    ['two marks with one id', 'id: chatgpt-data-is-only-node', 'id: chatgpt-data-is-last-node'],
    ['a date that is none', 'checked: 2026', 'checked: soon 2026'],
  ])('is refused with %s', (_, right, wrong) => {
    const yaml = here('marks.yaml')
    expect(yaml).toContain(right)
    expect(() => readMarks(yaml.replace(right, wrong))).toThrow()
  })
})

/** A day after the built-in marks were checked, and one before. */
const [LATER, EARLIER] = ['2999-01-01', '2000-01-01']
const product = (html: string, ...updates: MarksUpdate[]) => marksInHtml(html, htmlMarkTable(updates)).map((one) => one.product)

describe('marks of a pack', () => {
  const nova: MarksUpdate = {
    checked: LATER,
    html: [{ id: 'nova-turn', product: 'Nova', strength: 'sure', attributes: { 'data-nova-turn': { is: 'number' } } }],
    text: [{ id: 'nova-cite', product: 'Nova', class: 'T1', contains: ['[nova:#]'] }],
    assistants: [{ product: 'Nova', labels: ['nova writer'] }],
    templates: ['boilerplate'],
    style: [{ id: 'nova-opening', least: 1, phrases: ['greetings from the desk of'] }],
  }

  it('are known beside the built-in ones, in pastes, texts, controls and style', () => {
    expect(product('<p data-nova-turn="4">x</p>', nova)).toEqual(['Nova'])
    expect(product('<p data-nova-turn="4">x</p>')).toEqual([])
    expect(product('<p data-is-last-node="">x</p>', nova)).toEqual(['ChatGPT'])
    const text = 'Two plans [nova:12], and "[nova:3]" is how it cites.'
    expect(marksInText(text, [], textMarks([nova]))).toEqual([{ class: 'T1', mark: 'nova-cite', product: 'Nova', count: 1, span: { start: 10, end: 19 } }])
    expect(originOf([], text, [], { text: textMarks([nova]) }).verdict).toBe('ai')
    expect(originOf([], text).verdict).toBe('unknown')
    const controls = controlsOf([nova])
    expect(assistantIn([{ said: 'Nova Writer', named: 'BUTTON' }], 'any.example', controls)).toEqual({ product: 'Nova' })
    expect(assistantIn([{ said: 'Boilerplate', named: 'BUTTON' }], 'any.example', controls)).toEqual({ product: null })
    expect(assistantIn([{ said: 'Copilot', named: 'BUTTON' }], 'any.example', controls)).toEqual({ product: 'Copilot' })
    expect(styleMarks([nova]).map(({ id }) => id)).toContain('nova-opening')
  })

  it('take the place of a mark of the same id when they were checked later, and only then', () => {
    const moved = (checked: string): MarksUpdate => ({ checked, html: [{ id: 'chatgpt-data-is-last-node', product: 'ChatGPT', strength: 'sure', attributes: { 'data-final': { is: 'flag' } } }] })
    const [old, fresh] = ['<p data-is-last-node="">x</p>', '<p data-final="">x</p>']
    expect([product(old, moved(LATER)), product(fresh, moved(LATER))]).toEqual([[], ['ChatGPT']])
    for (const checked of [EARLIER, MARKS_CHECKED]) expect([product(old, moved(checked)), product(fresh, moved(checked))]).toEqual([['ChatGPT'], []])
  })

  it('count by their day whichever pack comes first', () => {
    const saying = (checked: string, name: string): MarksUpdate => ({ checked, html: [{ id: 'nova-turn', product: name, strength: 'sure', attributes: { 'data-nova-turn': { is: 'present' } } }] })
    const [first, second] = [saying('2998-01-01', 'Old name'), saying(LATER, 'New name')]
    expect(product('<p data-nova-turn>', first, second)).toEqual(['New name'])
    expect(product('<p data-nova-turn>', second, first)).toEqual(['New name'])
  })

  it('withdraw a mark that is no longer to be believed', () => {
    const html = '<table><td data-col-size="sm">x</td></table>'
    expect(product(html)).toEqual(['ChatGPT'])
    expect(product(html, { checked: LATER, withdrawn: ['chatgpt-table-column'] })).toEqual([])
    expect(product(html, { checked: EARLIER, withdrawn: ['chatgpt-table-column'] })).toEqual(['ChatGPT'])
  })
})

describe('habits of style', () => {
  const HABITS = 'I hope this email finds you well. The plan \u2014 the whole plan \u2014 is ready \u2014 and so are we \u2014 for Monday. Please don\u2019t hesitate to reach out.'
  const marksOf = (text: string) => originOf([], text, [], { style: styleMarks([]) }).evidence.map(({ class: kind, mark }) => `${kind} ${mark}`)

  it('are looked for only where a person asked for hints', () => {
    expect(originOf([], HABITS).evidence).toEqual([])
    expect(marksOf(HABITS)).toEqual(['T4 stock-opening', 'T4 stock-closing', 'T4 many-long-dashes'])
  })

  it('never change a verdict, whatever else was seen', () => {
    const ways = [[], [{ kind: 'typed', chars: 200, at: 1 }], [{ kind: 'paste', marks: [], chars: 200, at: 1 }], [{ kind: 'inserted', chars: 300, trusted: true, at: 1 }]] as const
    for (const events of ways) expect(originOf(events, HABITS, [], { style: styleMarks([]) }).verdict).toBe(originOf(events, HABITS).verdict)
  })

  it('are not seen in what is quoted, in French spacing, or in an ordinary letter', () => {
    expect(originOf([], HABITS, [{ start: 0, end: HABITS.length }], { style: styleMarks([]) }).evidence).toEqual([])
    expect(marksOf('Vraiment\u202f? Oui\u202f! Il y a 10\u202f000 lampes\u202f; tout va bien.')).toEqual([])
    expect(marksOf('The narrow\u202fspace stands\u202fhere twice.')).toEqual(['T4 narrow-no-break-spaces'])
    expect(marksOf('Dear Ms Ode, we can start on 3 May \u2014 as you asked. Kind regards')).toEqual([])
  })
})
