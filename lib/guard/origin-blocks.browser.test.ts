import { beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { body, caretTo, CHATGPT, core, load, marks, origin, paste, session, TEXT, usePage } from './origin-page.fixture.ts'

usePage()

// A block editor as WordPress has it (seen in 6.1): each paragraph is an editable of its own, and what is pasted stands in new ones, put in the place of the one it went into.

const [FIRST, SECOND] = [TEXT.slice(0, 60), TEXT.slice(60)]
const blocks = () => [...document.querySelectorAll<HTMLElement>('.block')]
const block = (text: string) => {
  const made = document.createElement('p')
  made.className = 'block'
  made.contentEditable = 'true'
  made.textContent = text
  return made
}

function makeBlockEditor(...texts: string[]): void {
  const list = document.createElement('div')
  list.append(...texts.map(block))
  body().replaceWith(list)
  list.addEventListener('paste', (event) => {
    event.preventDefault()
    const parsed = new DOMParser().parseFromString(event.clipboardData?.getData('text/html') ?? '', 'text/html')
    ;(event.target as Element).closest('.block')?.replaceWith(...[...parsed.querySelectorAll('p')].map(({ textContent }) => block(textContent)))
  })
  list.addEventListener('beforeinput', (event) => {
    if (event.inputType !== 'insertParagraph') return
    event.preventDefault()
    const at = (event.target as Element).closest('.block')!
    const { focusOffset } = getSelection()!
    const text = at.textContent
    const next = block(text.slice(focusOffset))
    at.replaceWith(block(text.slice(0, focusOffset)), next)
    caretTo('start', next)
  })
}

const reopen = async (...texts: string[]) => {
  core.dispose()
  await load('', async () => makeBlockEditor(...texts))
}

describe('an AI draft in a block editor', () => {
  beforeEach(() => reopen(''))

  it('is known when other elements take the place of the one it was pasted into', async () => {
    await paste(CHATGPT, TEXT, blocks()[0])
    expect(blocks().map(({ textContent }) => textContent)).toEqual([FIRST, SECOND])
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT', first: 1, last: 2, edited: 0 }] })
    expect(await marks()).toContain('chatgpt-data-is-last-node')
  })

  it('is known when it was pasted before the checking script came, into an element that is gone by then', async () => {
    core.dispose()
    await load('', async () => {
      makeBlockEditor('')
      await paste(CHATGPT, TEXT, blocks()[0])
    })
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT', first: 1, last: 2 }] })
  })

  it('is known when it was pasted into an element that no reading ever saw', async () => {
    const late = block('')
    blocks()[0]!.after(late)
    await paste(CHATGPT, TEXT, late)
    expect((await origin()).verdict).toBe('ai')
  })

  it('stays known when Enter cuts a paragraph in two and typing goes on', async () => {
    await paste(CHATGPT, TEXT, blocks()[0])
    session.ask()
    const second = blocks()[1]!
    caretTo('start', second)
    for (let step = 0; step < 20; step++) getSelection()?.modify('move', 'forward', 'character')
    await userEvent.keyboard('{Enter}')
    session.ask()
    await userEvent.keyboard('And ')
    expect(blocks().map(({ textContent }) => textContent)).toEqual([FIRST, SECOND.slice(0, 20), `And ${SECOND.slice(20)}`])
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT', first: 1, last: 3 }] })
  })

  it('is not made of what the page loads later, nor of what a person types into new paragraphs', async () => {
    blocks()[0]!.before(block(FIRST), block(SECOND))
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen', mark: 'stood-before' }] })
    await reopen('')
    caretTo('end', blocks()[0])
    await userEvent.keyboard('We meet on Thursday at the lake, as we said.{Enter}')
    await userEvent.keyboard('Bring the plan for the three rooms, please.')
    expect(blocks()).toHaveLength(2)
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('is not made of the article by a paste into a field that still stands', async () => {
    core.dispose()
    await load('', async () => {
      makeBlockEditor(FIRST, SECOND)
      const title = block('')
      title.className = 'title'
      blocks()[0]!.before(title)
      title.addEventListener('paste', (event) => event.stopPropagation())
      await paste('<p data-start="0" data-end="9" data-is-last-node="">New lamps</p>', 'New lamps', title)
    })
    expect(document.querySelector('.title')?.textContent).toBe('New lamps')
    expect((await origin()).verdict).toBe('unknown')
  })
})
