import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { marksModule, readMarks } from './node/read-marks.ts'

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
