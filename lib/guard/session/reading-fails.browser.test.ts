import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { body, interfaces, load, sent, session, usePage } from '../origin-page.fixture.ts'

usePage()

const draft = () => document.querySelector('#draft') as HTMLElement
/** The page is such that the site's facts run into an error on it. */
const breakPage = () => Object.assign(draft(), { querySelectorAll: () => { throw new Error('secret words of a draft') } })
const mendPage = () => void Reflect.deleteProperty(draft(), 'querySelectorAll')

describe('a draft that cannot be read, since something of ours fails on it', () => {
  const errors = vi.spyOn(console, 'error')
  beforeEach(() => void errors.mockReset().mockImplementation(() => undefined))
  afterEach(() => void errors.mockReset())

  it('is held and told, without a word of it in the log; its words from before stay for the record; once it can be read it goes', async () => {
    body().textContent = 'See you on Thursday.'
    expect(session.ask().kind).toBe('allow')
    expect(interfaces, 'a clean draft shows nothing').toBe(0)
    breakPage()
    body().textContent = 'Something else.'
    expect(session.ask()).toEqual({ kind: 'hold', because: 'failed', open: [] })
    await vi.waitFor(() => expect(session.snapshot()).toMatchObject({ phase: 'failed', trouble: 'check-failed', draft: { text: 'See you on Thursday.' } }))
    await vi.waitFor(() => expect(interfaces, 'said before anybody presses Send').toBe(1))
    expect(errors.mock.calls.flat().join(' ')).not.toContain('secret')
    mendPage()
    expect(session.ask().kind).toBe('allow')
    expect(session.snapshot().draft.text).toBe('Something else.')
  })

  it('goes once a person has said why it goes unchecked, and is on record with that', async () => {
    breakPage()
    const replay = vi.fn(() => true)
    expect(session.ask().kind).toBe('hold')
    session.hold({ kind: 'send', replay })
    await session.override('The customer waits.')
    expect(replay).toHaveBeenCalledTimes(1)
  })

  it('is on record once it has left, also where showing that fails', async () => {
    breakPage()
    session.ask()
    session.hold({ kind: 'send', replay: () => document.body.toggleAttribute('data-sent', true) })
    await new Promise((resolve) => setTimeout(resolve))
    session.subscribe(vi.fn().mockImplementationOnce(() => { throw new Error('cannot be drawn') }))
    await expect(session.override('The customer waits.')).rejects.toThrow('cannot be drawn')
    expect(sent).toEqual(['send'])
  })

  it('is held from its first moment', async () => {
    const broken = vi.spyOn(Element.prototype, 'querySelectorAll').mockImplementation(function (this: Element, selector) {
      if (this.id === 'draft') throw new Error('no')
      return Document.prototype.querySelectorAll.call(document, selector)
    })
    await load('<p>See you on Thursday.</p>')
    expect(session.snapshot().phase).toBe('failed')
    expect(session.ask().kind).toBe('hold')
    broken.mockRestore()
    expect(session.ask().kind).toBe('allow')
  })
})
