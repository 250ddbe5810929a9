import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { editableRoot, editorFor, isEditable } from '../../lib/editors/index.ts'
import { BLOCKS, FILES, FIXTURES, LINES, mountOf, type EditorFixture, type MountedEditor } from './editors/index.ts'
import { readWhole, spanOf, wordsAt } from './editors/reading.ts'

interface Case {
  readonly name: string
  readonly expected: string
  readonly replacement: string
  /** Bold words afterwards, where the editor keeps formatting; `true` when only editors with formatting have such a place. */
  readonly bold?: string | true
  /** What happens before: focus somewhere else, or typing. */
  readonly before?: 'elsewhere' | 'typed'
}

/** The table of cases by which editors were measured: A, D, E, B, EB, C, C2, Af, At. */
const CASES: readonly Case[] = [
  { name: 'A: plain words by longer ones', expected: '38 percent', replacement: 'more than a third' },
  { name: 'D: words of the same length', expected: 'grew', replacement: 'rose' },
  { name: 'E: a deletion', expected: ' by 38 percent', replacement: '' },
  { name: 'B: inside bold', expected: 'absolutely', replacement: 'currently', bold: 'currently free' },
  { name: 'EB: a deletion inside bold', expected: 'absolutely ', replacement: '', bold: 'free' },
  { name: 'C: across the start of bold', expected: 'is absolutely', replacement: 'was once', bold: true },
  { name: 'C2: across the end of bold', expected: 'free for all', replacement: 'open to most', bold: true },
  { name: 'Af: with the focus elsewhere', expected: '38 percent', replacement: 'more than a third', before: 'elsewhere' },
  { name: 'At: just after typing', expected: '38 percent', replacement: 'more than a third', before: 'typed' },
]

const UNDO = '{Control>}z{/Control}'

/** Puts the caret before the first letter as a press there would, and gives the page the time that a hand needs. */
async function caretAtStart(editor: MountedEditor): Promise<void> {
  const element = editor.elements()[0]!
  const view = element.ownerDocument.defaultView!
  if (view.frameElement) view.focus()
  element.focus()
  const place = readWhole(editor).locate({ start: 0, end: 1 })
  if (place?.kind === 'value') place.field.setSelectionRange(0, 0)
  else if (place) element.ownerDocument.getSelection()!.collapse(place.range.startContainer, place.range.startOffset)
  await pause(150)
}

/** A field keeps its no-break spaces; editors give them back as they like. */
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')
const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

for (const fixture of FIXTURES) {
  const mount = mountOf(fixture)
  if (!mount) console.warn(`skipped: ${fixture.name} is not installed (npm run test:contracts installs it)`)
  describe.skipIf(!mount)(`editor contract: ${fixture.name}`, () => {
    let host: HTMLElement
    let editor: MountedEditor

    beforeEach(async () => {
      host = document.createElement('div')
      document.body.append(host)
      editor = await mount!(host, BLOCKS, FILES)
    })
    afterEach(async () => {
      await editor.destroy()
      host.remove()
    })

    const read = () => readWhole(editor)
    const place = (words: string) => spanOf(read().text, words)
    const boldIn = (output: string): string => fixture.bold?.(output) ?? ''

    it('is found from a place inside it and given to the right adapter', () => {
      for (const element of editor.elements()) {
        expect(editorFor(element).id).toBe(fixture.adapter)
        expect(isEditable(element)).toBe(true)
        expect(editableRoot(element.firstElementChild?.firstChild ?? element)).toBe(element)
      }
    })

    it('reads what the editor says it holds, block by block', async () => {
      const { text, blocks, complete, unread } = read()
      expect(spaced(text)).toBe(await editor.text())
      expect(spaced(text)).toBe(LINES.join(fixture.name === 'input' ? ' ' : '\n'))
      expect(blocks.map(({ span }) => text.slice(span.start, span.end)).join('\n')).toBe(text)
      expect({ complete, unread }).toEqual({ complete: true, unread: 0 })
    })

    it('maps every character back to its place', () => {
      const now = read()
      const inField = fixture.adapter === 'text-field'
      for (let at = 0; at < now.text.length; at += 1) {
        const inBreak = now.text[at] === '\n' && !inField
        expect(wordsAt(now.locate({ start: at, end: at + 1 })), `offset ${at}`).toBe(inBreak ? null : spaced(now.text[at]!))
      }
      expect(now.locate({ start: 0, end: now.text.length + 1 })).toBeNull()
      expect(now.locate({ start: 3, end: 3 })).toBeNull()
    })

    it('changes nothing by reading', async () => {
      const before = await editor.output()
      const markup = host.outerHTML
      const observers = editor.elements().map((element) => {
        const observer = new MutationObserver(() => undefined)
        observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true })
        return observer
      })
      read().locate({ start: 2, end: 9 })
      expect(observers.flatMap((observer) => observer.takeRecords())).toEqual([])
      expect(host.outerHTML).toBe(markup)
      expect(await editor.output()).toBe(before)
    })

    it('reads doubled spaces and a line break within a block as they are seen', async () => {
      await caretAtStart(editor)
      const oneLine = fixture.name === 'input'
      await userEvent.keyboard(`Yes.  No.${oneLine ? ' ' : '{Shift>}{Enter}{/Shift}'}`)
      await expect.poll(() => spaced(read().text)).toBe(`Yes.  No.${oneLine ? ' ' : '\n'}${LINES.join(oneLine ? ' ' : '\n')}`)
      await expect.poll(async () => await editor.text()).toContain('Yes.  No.')
    })

    it('reads nothing where nothing was written', async () => {
      await editor.destroy()
      host.replaceChildren()
      editor = await mount!(host, [[{ text: '' }]], FILES)
      expect(read()).toMatchObject({ text: '', blocks: [], complete: true, unread: 0 })
    })

    // Where there is no formatting there is no bold boundary.
    for (const example of CASES.filter(({ bold }) => bold === undefined || fixture.bold)) {
      it(`replaces ${example.name}, and one undo brings it back`, async () => {
        if (example.before === 'elsewhere') {
          const other = document.createElement('button')
          host.append(other)
          other.focus()
          await pause(100)
        }
        if (example.before === 'typed') {
          await caretAtStart(editor)
          await userEvent.keyboard('Yes. ')
          await pause(100)
        }
        const before = await editor.output()
        const now = read()
        const wanted = now.text.replace(example.expected, example.replacement)
        expect(await now.replace(spanOf(now.text, example.expected), example.expected, example.replacement)).toBe('done')
        expect(await editor.text(), "the editor's own model").toBe(spaced(wanted))
        expect(read().text, 'what the page shows').toBe(wanted)
        if (typeof example.bold === 'string') expect(boldIn(await editor.output())).toBe(example.bold)
        await userEvent.keyboard(UNDO)
        if (example.before === 'typed' && cannot(fixture, 'typed just before')) await expect.poll(() => editor.text()).toBe(LINES.join('\n'))
        else await expect.poll(() => editor.output(), { message: 'after one undo' }).toBe(before)
      })
    }

    it('is alive afterwards: typing goes on where the new words end, in the model as on the page', async () => {
      await read().replace(place('38 percent'), '38 percent', 'a third')
      await userEvent.keyboard('!')
      await expect.poll(() => editor.text()).toContain('by a third! in May')
      expect(spaced(read().text)).toBe(await editor.text())
    })

    it('takes back three replacements by three undos', async () => {
      const outputs = [await editor.output()]
      for (const [expected, replacement] of [['grew', 'rose'], ['38 percent', 'a third'], ['in May', 'this spring']] as const) {
        expect(await read().replace(place(expected), expected, replacement)).toBe('done')
        outputs.push(await editor.output())
      }
      outputs.pop()
      if (cannot(fixture, 'three in a row')) outputs.splice(1)
      while (outputs.length) {
        await userEvent.keyboard(UNDO)
        const wanted = outputs.pop()
        await expect.poll(() => editor.output()).toBe(wanted)
        await pause(50)
      }
    })

    if (fixture.name !== 'input') it('replaces across two blocks, or leaves all as it was where it cannot', async () => {
      const before = await editor.output()
      const now = read()
      const expected = 'in May.\nThe plan'
      const result = await now.replace(spanOf(now.text, expected), expected, 'and our plan')
      if (cannot(fixture, 'across blocks')) {
        expect(result).toBe('unchanged')
        expect(await editor.output()).toBe(before)
        return
      }
      expect(result).toBe('done')
      expect(await editor.text()).toBe(spaced(now.text.replace(expected, 'and our plan')))
      await userEvent.keyboard(UNDO)
      await expect.poll(() => editor.output()).toBe(before)
    })

    it('finds its words again when the offsets are old', async () => {
      const [last] = read().blocks.slice(-1)
      const stale = { start: last!.span.start, end: last!.span.start + 6 }
      expect(await read().replace(stale, 'Monday', 'Friday')).toBe('done')
      expect(await editor.text()).toContain('on Friday please')
    })

    it('does nothing when the words are gone, or stand in two places and could be either', async () => {
      const before = await editor.output()
      expect(await read().replace({ start: 3, end: 8 }, 'never said', 'x')).toBe('unchanged')
      expect(await read().replace({ start: 0, end: 1 }, 'l', 'x')).toBe('unchanged')
      expect(await editor.output()).toBe(before)
    })

    it('refuses a line break', async () => {
      const before = await editor.output()
      await expect(read().replace(place('grew'), 'grew', 'one\ntwo')).rejects.toThrow(RangeError)
      expect(await editor.output()).toBe(before)
    })

    it('says that a place is gone once its words have changed', async () => {
      const old = read()
      const span = spanOf(old.text, 'grew')
      await old.replace(span, 'grew', 'fell')
      expect(old.locate(span)).toBeNull()
    })
  })
}

function cannot(fixture: EditorFixture, what: string): boolean {
  return fixture.cannot?.[what] !== undefined
}

const virtual = FIXTURES.find(({ name }) => name === 'CodeMirror 6')!
const mountVirtual = mountOf(virtual)
describe.skipIf(!mountVirtual)('an editor that draws only the lines in view', () => {
  const many = Array.from({ length: 3_000 }, (_, line) => [{ text: `Line ${line} of the long text.` }])
  let host: HTMLElement
  let editor: MountedEditor

  beforeEach(async () => {
    host = document.createElement('div')
    document.body.append(host)
    editor = await mountVirtual!(host, many, FILES)
    await expect.poll(() => host.querySelectorAll('.cm-gap').length).toBeGreaterThan(0)
  })
  afterEach(async () => {
    await editor.destroy()
    host.remove()
  })

  it('is said to be not fully visible, at its top, in its middle and at its end', async () => {
    for (const share of [0, 0.5, 1]) {
      const scroller = host.querySelector('.cm-scroller')!
      scroller.scrollTop = share * scroller.scrollHeight
      await pause(200)
      const read = readWhole(editor)
      expect(read.complete, `at ${share}`).toBe(false)
      expect(read.text.length).toBeLessThan((await editor.text()).length / 2)
    }
  })

  it('never has words of two lines joined that have others between them', async () => {
    const scroller = host.querySelector('.cm-scroller')!
    scroller.scrollTop = scroller.scrollHeight / 2
    await pause(200)
    const shown = readWhole(editor).text.split('\n')
    expect(shown.length).toBeGreaterThan(3)
    for (const line of shown) expect(line).toMatch(/^Line \d+ of the long text\.$/)
  })

  it('is replaced in where it is drawn, and nowhere else', async () => {
    const before = await editor.text()
    const read = readWhole(editor)
    expect(await read.replace(spanOf(read.text, 'Line 5 of'), 'Line 5 of', 'Row 5 of')).toBe('done')
    expect(await editor.text()).toBe(before.replace('Line 5 of', 'Row 5 of'))
    expect(await readWhole(editor).replace({ start: 0, end: 4 }, 'Line 2990 of', 'Row')).toBe('unchanged')
  })
})

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

  it('get the time to draw what they took, also when the page is busy: the words are not put in twice', async () => {
    const element = editable('The plan is free.')
    element.addEventListener('beforeinput', (event) => {
      if (!event.isTrusted) requestAnimationFrame(() => { element.firstElementChild!.textContent = 'The plan is open.' })
      // Longer than the time an editor has that seems to have ignored an event.
      for (const until = performance.now() + 200; performance.now() < until;);
    })
    expect(await editorFor(element).replace(element, '', { start: 12, end: 16 }, 'free', 'open')).toBe('done')
    expect(element.textContent).toBe('The plan is open.')
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
