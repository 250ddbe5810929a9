import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Lesson } from '../guard/types.ts'
import { listCorrections, recordLesson } from './corrections.ts'
import { db } from './db.ts'
import { buildTallies, listTallies } from './tallies.ts'

const lesson: Lesson = {
  session: 's1', site: 'gmail', kind: 'email', assistant: 'ChatGPT', at: Date.UTC(2026, 10, 24),
  corrections: [{ rule: 'pricing/percent-off', category: 'pricing', before: '20% off', after: 'the price in your quote', sentence: 'Dear Ines, get 20% off.' }],
  wrote: ['Dear Ines, get 20% off. We are thrilled.', 'Write to ines.roy@kunde.example. '.repeat(6).trim(), 'It costs $49 a month.'],
  left: ['Dear Ines, get the price in your quote. We are glad.', 'It costs $59 a month.'],
  people: ['Ines Roy', 'ines.roy@kunde.example'],
}

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  await buildTallies()
})

describe('what a person made of a draft', () => {
  it('is kept with its draft, kind and assistant; what a rule asked for once, what none asked for beside it', async () => {
    await recordLesson(lesson, { keepTexts: false, own: 'Dana' })
    const kept = await listCorrections()
    expect(kept.map(({ rule, category, before, after, level }) => [rule, category, before, after, level])).toEqual([
      ['pricing/percent-off', 'pricing', '20% off', 'the price in your quote', undefined],
      ['', 'brand', 'thrilled', 'glad', 'span'],
      ['', 'brand', expect.stringMatching(/^Write to \[email\]\..{50,}…$/), '', 'block'],
      ['', 'pricing', '$49', '$59', 'span'],
    ])
    for (const row of kept) expect(row).toMatchObject({ session: 's1', site: 'gmail', kind: 'email', assistant: 'ChatGPT' })
    expect(Object.keys((await listTallies())[0]?.cells ?? {}).length).toBeGreaterThan(0)
  })

  it('holds no names, addresses or numbers of people, and whole paragraphs only where the person chose so', async () => {
    await recordLesson(lesson, { keepTexts: true, own: 'Dana' })
    const kept = await listCorrections()
    expect(JSON.stringify(kept)).not.toMatch(/Ines|Roy|kunde\.example/)
    expect(kept.find(({ level }) => level === 'block')?.before).toBe('Write to [email]. '.repeat(6).trim())
  })

  it('is kept once when it is told twice', async () => {
    await recordLesson(lesson, { keepTexts: false, own: '' })
    await recordLesson(lesson, { keepTexts: false, own: '' })
    expect(await db.corrections.count()).toBe(4)
  })
})
