import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { editableRoot, editorFor, isEditable, type EditorText } from '../../lib/editors/index.ts'
import { FIXTURES, LINES, type MountedEditor } from './editors/index.ts'

/** Case names and sentences as in the measured table of editors: what is replaced, by what. */
const CASES = [
  { name: 'plain words by longer ones', expected: '38 percent', replacement: 'more than a third' },
  { name: 'words of the same length', expected: 'grew', replacement: 'rose' },
  { name: 'a deletion', expected: ' by 38 percent', replacement: '' },
  { name: 'inside bold', expected: 'absolutely', replacement: 'currently', formatted: true, keeps: /<(strong|b)[^>]*>currently free<\/(strong|b)>/ },
  { name: 'a deletion inside bold', expected: 'absolutely ', replacement: '', formatted: true, keeps: /<(strong|b)[^>]*>free<\/(strong|b)>/ },
  { name: 'across the start of bold', expected: 'is absolutely', replacement: 'was once', formatted: true },
  { name: 'across the end of bold', expected: 'free for all', replacement: 'open to most', formatted: true },
] as const

function spanOf(read: EditorText, words: string): { start: number; end: number } {
  const start = read.text.indexOf(words)
  expect(start, `"${words}" in the text read`).toBeGreaterThanOrEqual(0)
  return { start, end: start + words.length }
}

/** The place of a span as the page has it now. */
function wordsAt(read: EditorText, start: number, end: number): string | null {
  const place = read.locate({ start, end })
  if (!place) return null
  return (place.kind === 'range' ? place.range.toString() : place.field.value.slice(place.start, place.end)).replaceAll('\u00a0', ' ')
}

async function undoOnce(): Promise<void> {
  await userEvent.keyboard('{Control>}z{/Control}')
}

for (const fixture of FIXTURES) {
  const { mount } = fixture
  if (!mount) console.warn(`skipped: ${fixture.name} is not installed (npm ci in test/desk)`)
  describe.skipIf(!mount)(`editor contract: ${fixture.name}`, () => {
    let host: HTMLElement
    let editor: MountedEditor

    beforeEach(async () => {
      host = document.createElement('div')
      document.body.append(host)
      editor = await mount!(host)
    })
    afterEach(async () => {
      await editor.destroy()
      host.remove()
    })

    const adapter = () => editorFor(editor.element)
    const read = () => adapter().read(editor.element, '')

    it('is found from a place inside it and given to the right adapter', () => {
      expect(adapter().id).toBe(fixture.adapter)
      expect(isEditable(editor.element)).toBe(true)
      expect(editableRoot(editor.element.firstElementChild?.firstChild ?? editor.element)).toBe(editor.element)
    })

    it('reads what the editor says it holds, block by block', () => {
      const { text, blocks, complete, unread } = read()
      expect(text).toBe(editor.text())
      expect(text).toBe(LINES.join(fixture.name === 'input' ? ' ' : '\n'))
      expect(blocks.map(({ span }) => text.slice(span.start, span.end)).join('\n')).toBe(text)
      expect({ complete, unread }).toEqual({ complete: true, unread: 0 })
    })

    it('maps every character back to its place', () => {
      const now = read()
      for (let at = 0; at < now.text.length; at += 1) {
        const inBreak = now.text[at] === '\n' && fixture.formatting
        expect(wordsAt(now, at, at + 1), `offset ${at}`).toBe(inBreak ? null : now.text[at])
      }
      expect(now.locate({ start: 0, end: now.text.length + 1 })).toBeNull()
      expect(now.locate({ start: 3, end: 3 })).toBeNull()
    })

    it('changes nothing by reading', () => {
      const before = editor.output()
      const markup = editor.element.outerHTML
      const observer = new MutationObserver(() => undefined)
      observer.observe(editor.element, { subtree: true, childList: true, characterData: true, attributes: true })
      read().locate({ start: 2, end: 9 })
      expect(observer.takeRecords()).toEqual([])
      expect(editor.element.outerHTML).toBe(markup)
      expect(editor.output()).toBe(before)
    })

    for (const example of CASES) {
      const formatted = 'formatted' in example
      it.skipIf(formatted && !fixture.formatting)(`replaces ${example.name}, and one undo brings it back`, async () => {
        const before = editor.output()
        const now = read()
        const wanted = now.text.replace(example.expected, example.replacement)
        expect(await adapter().replace(editor.element, '', spanOf(now, example.expected), example.expected, example.replacement)).toBe('done')
        expect(editor.text(), "the editor's own model").toBe(wanted)
        expect(read().text, 'what the page shows').toBe(wanted)
        if ('keeps' in example) expect(editor.output()).toMatch(example.keeps)
        await undoOnce()
        await expect.poll(() => editor.output(), { message: 'after one undo' }).toBe(before)
      })
    }

    it('puts the caret after the new words', async () => {
      const now = read()
      await adapter().replace(editor.element, '', spanOf(now, '38 percent'), '38 percent', 'a third')
      await userEvent.keyboard('!')
      await expect.poll(() => editor.text()).toContain('by a third! in May')
    })

    it('finds its words again when the offsets are old', async () => {
      const stale = { start: 0, end: 6 }
      expect(await adapter().replace(editor.element, '', stale, 'Monday', 'Friday')).toBe('done')
      expect(editor.text()).toContain('on Friday please')
    })

    it('does nothing when the words are gone, or stand in two places and could be either', async () => {
      const before = editor.output()
      expect(await adapter().replace(editor.element, '', { start: 3, end: 8 }, 'never said', 'x')).toBe('unchanged')
      expect(await adapter().replace(editor.element, '', { start: 0, end: 1 }, 'l', 'x')).toBe('unchanged')
      expect(editor.output()).toBe(before)
    })

    it('refuses a line break', async () => {
      const before = editor.output()
      await expect(adapter().replace(editor.element, '', spanOf(read(), 'grew'), 'grew', 'one\ntwo')).rejects.toThrow(RangeError)
      expect(editor.output()).toBe(before)
    })

    it('says that a place is gone once its words have changed', async () => {
      const old = read()
      const span = spanOf(old, 'grew')
      await adapter().replace(editor.element, '', span, 'grew', 'fell')
      expect(old.locate(span)).toBeNull()
    })
  })
}

describe('editors that do not do as asked', () => {
  afterEach(() => document.body.replaceChildren())

  function editable(text: string): HTMLElement {
    const element = document.createElement('div')
    element.contentEditable = 'true'
    element.innerHTML = `<p>${text}</p>`
    document.body.append(element)
    return element
  }

  it('are called dirty when they changed something else, and no second technique is put on top', async () => {
    const element = editable('The plan is free.')
    element.addEventListener('beforeinput', (event) => {
      event.preventDefault()
      element.firstElementChild!.append(` ${event.data}`)
    })
    expect(await editorFor(element).replace(element, '', { start: 12, end: 16 }, 'free', 'open')).toBe('dirty')
    expect(element.textContent).toBe('The plan is free. open')
  })

  it('are called unchanged when they put everything back', async () => {
    const element = editable('The plan is free.')
    element.addEventListener('input', () => { element.innerHTML = '<p>The plan is free.</p>' })
    expect(await editorFor(element).replace(element, '', { start: 12, end: 16 }, 'free', 'open')).toBe('unchanged')
    expect(element.textContent).toBe('The plan is free.')
  })

  it('are called unchanged when they cannot be written in', async () => {
    const field = document.createElement('textarea')
    field.value = 'The plan is free.'
    field.readOnly = true
    document.body.append(field)
    expect(isEditable(field)).toBe(false)
    expect(await editorFor(field).replace(field, '', { start: 12, end: 16 }, 'free', 'open')).toBe('unchanged')
    expect(field.value).toBe('The plan is free.')
  })
})
