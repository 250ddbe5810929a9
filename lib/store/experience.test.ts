import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { propose } from '../learning/index.ts'
import { packOf, ruleOf } from '../../test/reference/make.ts'
import { recordCorrection } from './corrections.ts'
import { db } from './db.ts'
import { makeDecision, makeDraft, makeFinding, makeRecord, makeRulebook, makeSignOff } from './draft.fixture.ts'
import { loadExperience } from './experience.ts'
import { recordHeld, recordSent, recordSigned } from './records.ts'
import { buildTallies } from './tallies.ts'

const START = Date.UTC(2026, 8, 1)
const DAY = 86_400_000

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  await buildTallies()
})

// A worker has the database and nothing of the extension's own interfaces: there is no `chrome` here, too.
it('reads from the database alone what proposals are made of, masked', async () => {
  for (let index = 0; index < 4; index++) {
    const text = `Hello Inès, all at half price ${index}. Write to a.b@firma.example.`
    const finding = makeFinding({ span: { start: 12, end: 29 }, quote: 'all at half price', fingerprint: `f${index}` })
    const record = makeRecord({ session: `s${index}`, draft: makeDraft(text), findings: [finding], decisions: [makeDecision({ fingerprint: `f${index}`, quote: finding.quote, at: START + index * DAY })] })
    const at = START + index * DAY
    await recordHeld(record, 'send', { at, keepTexts: true })
    const signed = await recordSigned(record, makeSignOff(record, { at: at + 1, reading: { ms: index === 0 ? 100 : 9_000, least: 3_000 } }), makeRulebook(), { at: at + 1, keepTexts: true })
    await recordSent(record, 'send', signed, { at: at + 2, keepTexts: true })
    await recordCorrection({ rule: '', category: 'brand', before: 'utilize', after: 'use', sentence: `We utilize lamp ${index}.`, site: 'gmail', at, assistant: 'ChatGPT', kind: 'email' })
  }
  const experience = await loadExperience([packOf([ruleOf({ id: 'pricing/percent-off', match: ['half price'] })])], { packs: [], rules: [] }, START + 90 * DAY)
  expect(experience.decided.map(({ hasty }) => hasty)).toEqual([true, false, false, false])
  expect(experience.decided[1]?.sentence).toBe('Hello [name], all at half price 1.')
  expect(JSON.stringify(experience.history)).not.toMatch(/Inès|firma\.example/)
  expect(experience.history).toContain('Write to [email].')
  expect(experience.draftsSince(START + 2 * DAY)).toBe(2)
  expect([...experience.seen]).toEqual(['pricing/percent-off'])
  expect(propose(experience).map(({ kind }) => kind)).toEqual(['rule', 'prompt'])
})
