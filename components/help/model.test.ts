import { describe, expect, it } from 'vitest'
import type { PageState } from '../../lib/guard/types.ts'
import { CHECKS, diagnose, diagnosticsOf, type TabFacts } from './model.ts'

type Draft = PageState['drafts'][number]
const DRAFT: Draft = {
  id: 'd1', subject: 'Offer for Marta Olsen', ai: true, phase: 'open', open: 1, trouble: null,
  coverage: { watched: ['text', 'subject', 'send'], missing: [], unread: 0, blocks: 2, complete: true, images: 0, attachments: 0, frames: 0 },
}
const PAGE: PageState = { site: 'mail.example', adapter: 'gmail', early: true, drafts: [DRAFT], failed: false, unseen: [] }
const GOOD: TabFacts = { version: '1.0.0', browser: 'Chrome/140', language: 'en', host: 'mail.example', open: true, on: true, allowed: true, registered: true, page: PAGE, frames: 2, guarded: 2, rules: 'loaded' }
const first = (facts: Partial<TabFacts>): string | undefined => diagnose({ ...GOOD, ...facts }).find(({ state }) => state === 'bad')?.name

describe('a diagnosis', () => {
  it('finds nothing where all is in order', () => {
    expect(first({})).toBeUndefined()
    expect(diagnose(GOOD).map(({ name }) => name)).toEqual(CHECKS)
  })

  it.each<[string, Partial<TabFacts>]>([
    ['site', { on: false }],
    ['permission', { allowed: false }],
    ['script', { registered: false }],
    ['guard', { page: null }],
    ['early', { page: { ...PAGE, early: false } }],
    ['rules', { rules: 'rules-missing' }],
    ['rules', { page: { ...PAGE, failed: true } }],
    ['adapter', { page: { ...PAGE, insteadOf: 'gmail' } }],
    ['frames', { frames: 3 }],
    ['draft', { page: { ...PAGE, drafts: [] } }],
    ['send', { page: { ...PAGE, drafts: [{ ...DRAFT, coverage: { ...DRAFT.coverage, watched: ['text'], missing: ['send'] } }] } }],
  ])('names first what must be put right first: %s', (name, facts) => {
    expect(first(facts)).toBe(name)
  })

  it('says of what it cannot know that it does not know', () => {
    const states = Object.fromEntries(diagnose({ ...GOOD, page: null }).map(({ name, state }) => [name, state]))
    expect(states).toMatchObject({ guard: 'bad', early: 'unknown', adapter: 'unknown', frames: 'unknown', draft: 'unknown', send: 'unknown' })
    expect(diagnose({ ...GOOD, open: false, page: null }).find(({ name }) => name === 'guard')?.state).toBe('unknown')
  })

  it('gives diagnostics without a word of the draft and without the address', () => {
    const text = diagnosticsOf(GOOD)
    expect(text).toContain('draft 1: open, mode enforce, watched text subject send, gaps none')
    for (const secret of ['Marta', 'Offer', 'mail.example']) expect(text).not.toContain(secret)
  })
})
