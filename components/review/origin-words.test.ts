import { beforeAll, describe, expect, it } from 'vitest'
import type { Origin } from '../../lib/origin/index.ts'
import { stubI18n } from './fixtures/i18n-stub.ts'
import { CASES, CHATGPT, seen } from './fixtures/origin-cases.ts'
import { placeLine } from '../ui/place-line.ts'
import { originLines, originSentence } from './origin-words.ts'

beforeAll(() => { stubI18n() })

/** What a person reads in the panel: the sentence, then the places. */
const panel = (origin: Origin) => [originSentence(origin), ...(origin.places ?? []).map(placeLine)]

describe('the panel on origin', () => {
  it.each(CASES)('is true and kind: %s', (_, origin, lines) => {
    expect(panel(origin)).toEqual(lines)
    const said = [...panel(origin), ...originLines(origin).flatMap(({ title, detail }) => [title, detail])].join(' ')
    expect(said).not.toMatch(/written by|probab|likely|suspicio|detected|cheat|\bcaught\b/i)
  })

  it('names evidence strongest first, and last what could not be seen', () => {
    const lines = originLines({ verdict: 'ai', evidence: [seen('unseen', 'stood-before', null, 300), seen('unseen', 'clipboard-cut', null, 9_000_000), seen('T3', 'chat-preamble'), seen('act', 'assistant-control', 'Copilot', 90), CHATGPT] })
    expect(lines.map(({ title }) => title)).toEqual([
      'pasted from ChatGPT', 'put in with Copilot', 'other signs in the text', '300 characters were here when the draft was opened', 'a very large clipboard',
    ])
  })

  it('calls a habit of style a hint, says that people have it, and leaves the sentence as it was', () => {
    const origin: Origin = { verdict: 'typed', evidence: [seen('T4', 'stock-opening'), seen('T4', 'many-long-dashes', null, 9)] }
    expect(originSentence(origin)).toBe('Mostly typed here.')
    expect(originLines(origin)).toMatchObject([{ title: 'habits of style, as a hint only', detail: 'a stock opening and many long dashes. Many people write like this. It says nothing of who wrote the text and changes nothing.' }])
  })
})
