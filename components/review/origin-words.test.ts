import { beforeAll, describe, expect, it } from 'vitest'
import type { Evidence, Origin, Place } from '../../lib/origin/index.ts'
import { stubI18n } from './fixtures/i18n-stub.ts'
import { placeLine } from '../ui/place-line.ts'
import { originLines, originSentence } from './origin-words.ts'

beforeAll(() => { stubI18n() })

const seen = (kind: Evidence['class'], mark: string, product: string | null = null, count = 1): Evidence => ({ class: kind, mark, product, count })
const place = (first: number, last: number, kind: Place['kind'], product: string | null, edited = 0): Place => ({ first, last, kind, product, edited })
const CHATGPT = seen('T2', 'chatgpt-data-is-last-node', 'ChatGPT')

/** What a person reads in the panel: the sentence, then the places. */
const panel = (origin: Origin) => [originSentence(origin), ...(origin.places ?? []).map(placeLine)]

const CASES: readonly (readonly [string, Origin, readonly string[]])[] = [
  ['a paste from one chat page, edited since', { verdict: 'ai', evidence: [CHATGPT], places: [place(2, 4, 'paste', 'ChatGPT', 0.12)] },
    ['This text passed through ChatGPT.', 'Paragraphs 2 to 4: pasted from ChatGPT, 12% edited since']],
  ['pastes from two, one beside what was typed', { verdict: 'ai', evidence: [CHATGPT, seen('T2', 'gemini-path-to-node', 'Gemini', 5)], places: [place(1, 1, 'paste', 'ChatGPT'), place(4, 5, 'drop', 'Gemini', 0.4)] },
    ['This text passed through ChatGPT and Gemini.', 'Paragraph 1: pasted from ChatGPT, unchanged since', 'Paragraphs 4 to 5: dropped from Gemini, 40% edited since']],
  ['an assistant of the page', { verdict: 'ai', evidence: [seen('act', 'assistant-control', 'Copilot', 512)], places: [place(1, 3, 'assistant', 'Copilot')] },
    ['This text passed through Copilot.', 'Paragraphs 1 to 3: put in with Copilot, unchanged since']],
  ['a token whose product is not known', { verdict: 'ai', evidence: [seen('T1', 'source-dagger')] }, ['This text passed through an AI assistant.']],
  ['text without typing', { verdict: 'inserted', evidence: [seen('insertion', 'inserted-untyped', null, 640)], places: [place(1, 2, 'inserted', null)] },
    ['640 characters appeared without typing.', 'Paragraphs 1 to 2: appeared without typing, unchanged since']],
  ['a plain paste with an assistant’s words around it', { verdict: 'inserted', evidence: [seen('T3', 'chat-preamble')], places: [place(1, 1, 'paste', null)] },
    ['It came with the words that stand around a chat answer.', 'Paragraph 1: pasted, no page marks seen, unchanged since']],
  ['typed', { verdict: 'typed', evidence: [] }, ['Mostly typed here.']],
  ['nothing seen', { verdict: 'unknown', evidence: [seen('unseen', 'stood-before', null, 900)] }, ['Nothing was seen that says where this text came from.']],
  ['the person said it is from an AI', { verdict: 'ai', evidence: [seen('declared', 'declared-ai')] }, ['You said an AI drafted this.']],
  ['the person said that the marks are wrong', { verdict: 'typed', evidence: [CHATGPT, seen('declared', 'declared-not-ai')], places: [place(1, 1, 'paste', 'ChatGPT', 0.5)] },
    ['You said this is not from an AI.', 'Paragraph 1: pasted from ChatGPT, 50% edited since']],
]

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
})
