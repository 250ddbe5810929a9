import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BodyTexts } from './body-texts.ts'
import { Exclusions } from './exclusions.ts'

const host = () => document.querySelector('#body') as HTMLElement
const part = (selector: string) => document.querySelector(selector) as HTMLElement
const sheet = (css: string) => part('#sheet').append(css)

let texts: BodyTexts

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  document.body.innerHTML = '<style id="sheet"></style><div id="body" contenteditable style="width: 300px"><p id="one">We can offer a discount.</p><p id="two">Kind regards</p></div><textarea>Hello</textarea>'
  texts = new BodyTexts(new Exclusions('.quote'))
})

afterEach(() => {
  texts.keep([])
  vi.useRealTimers()
})

const read = () => texts.read(host(), false).read
const bothLines = 'We can offer a discount.\nKind regards'

describe('BodyTexts', () => {
  it('does not read a body again that has not changed', () => {
    const first = read()
    expect(first.text).toBe(bothLines)
    expect(read()).toBe(first)
    expect(texts.read(host(), true).read).not.toBe(first)
  })

  it.each([
    ['a letter', () => (part('#one').firstChild as Text).insertData(0, 'X'), `X${bothLines}`],
    ['a removed paragraph', () => part('#two').remove(), 'We can offer a discount.'],
    ['a paragraph hidden by an attribute', () => (part('#two').hidden = true), 'We can offer a discount.'],
    ['a paragraph that becomes a quote', () => part('#two').classList.add('quote'), 'We can offer a discount.'],
    ['a paragraph hidden by a style sheet', () => sheet('#two { display: none }'), 'We can offer a discount.'],
  ])('reads %s within the same task', (_what, change, after) => {
    expect(read().text).toBe(bothLines)
    change()
    expect(read().text).toBe(after)
  })

  it('reads a change that was told of before it is asked', async () => {
    read()
    part('#two').textContent = 'Yours'
    await Promise.resolve()
    expect(read().text).toBe('We can offer a discount.\nYours')
  })

  it('reads again after a while, for what leaves no trace', () => {
    read()
    sheet('#two { visibility: hidden }')
    vi.advanceTimersByTime(1_500)
    expect(read().text).toBe('We can offer a discount.')
  })

  it('reads a text field each time', () => {
    const field = part('textarea') as HTMLTextAreaElement
    expect(texts.read(field, false).read.text).toBe('Hello')
    field.value = 'Goodbye'
    expect(texts.read(field, false).read.text).toBe('Goodbye')
  })

  it('knows nothing of a body that was left out meanwhile', () => {
    const first = read()
    texts.keep([])
    part('#two').textContent = 'Yours'
    expect(read()).not.toBe(first)
    part('#two').textContent = 'Truly'
    expect(read().text).toBe('We can offer a discount.\nTruly')
  })
})
