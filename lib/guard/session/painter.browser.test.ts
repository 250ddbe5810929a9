import { afterEach, describe, expect, it } from 'vitest'
import { createPainter, type Mark, type Painter } from './painter.ts'

let painters: Painter[] = []
afterEach(() => {
  for (const painter of painters) painter.dispose()
  painters = []
  document.body.replaceChildren()
})

function paintedOn(id: string, words: string): Painter {
  const element = document.createElement('p')
  element.id = id
  element.textContent = words
  document.body.append(element)
  const range = document.createRange()
  range.selectNodeContents(element)
  const mark: Mark = { key: id, style: 'review', active: false, place: { kind: 'range', range }, quote: words }
  const painter = createPainter()
  painters.push(painter)
  painter.paint([mark], false)
  return painter
}

it('two drafts of one page keep their marks side by side', () => {
  const first = paintedOn('first', 'a 20% discount')
  const second = paintedOn('second', 'we guarantee')
  expect(first.intact()).toBe(true)
  expect(second.intact()).toBe(true)
  second.dispose()
  expect(first.intact()).toBe(true)
})

it('knows that the page took its marks or its styles away', () => {
  const painter = paintedOn('third', 'a 30% discount')
  CSS.highlights.clear()
  expect(painter.intact()).toBe(false)
  const other = paintedOn('fourth', 'a 40% discount')
  document.adoptedStyleSheets = []
  expect(other.intact()).toBe(false)
})

it('paints in an open shadow root, where the styles of the document do not reach, and takes its own styles away again', () => {
  const shell = document.createElement('div')
  document.body.append(shell)
  const root = shell.attachShadow({ mode: 'open' })
  root.innerHTML = '<p>we guarantee it</p>'
  const own = new CSSStyleSheet()
  root.adoptedStyleSheets = [own]
  const range = document.createRange()
  range.selectNodeContents(root.querySelector('p')!.firstChild!)
  const painter = createPainter()
  painters.push(painter)
  painter.paint([{ key: 'deep', style: 'block', active: false, place: { kind: 'range', range }, quote: 'we guarantee it' }], false)
  const [name] = [...CSS.highlights].find(([, highlight]) => highlight.has(range))!
  const style = getComputedStyle(root.querySelector('p')!, `::highlight(${name})`)
  expect(style.textDecorationStyle).toBe('wavy')
  root.adoptedStyleSheets = []
  expect(painter.intact()).toBe(false)
  root.adoptedStyleSheets = [own]
  painter.dispose()
  expect(root.adoptedStyleSheets).toEqual([own])
})

describe('in a text field', () => {
  function field(): HTMLTextAreaElement {
    const element = document.createElement('textarea')
    element.value = 'We offer a 20% discount today.'
    element.cols = 60 // One line, whatever the font.
    document.body.append(element)
    return element
  }
  function painted(element: HTMLTextAreaElement): Painter {
    const painter = createPainter()
    painters.push(painter)
    painter.paint([{ key: 'field', style: 'review', active: true, place: { kind: 'value', field: element, start: 9, end: 23 }, quote: 'a 20% discount' }], false)
    return painter
  }
  /** As in a browser without ranges into fields. */
  function withoutRanges(element: HTMLTextAreaElement): HTMLTextAreaElement {
    return Object.assign(element, { createValueRange: undefined })
  }

  it('marks stand on the same words with the browser\'s ranges and without them, and a press finds them there', () => {
    const native = field()
    const other = withoutRanges(field())
    for (const element of [native, other]) {
      const painter = painted(element)
      const [rect] = painter.rects('field')!.rects
      const frame = element.getBoundingClientRect()
      expect(rect!.left - frame.left).toBeGreaterThan(50)
      expect(rect!.width).toBeGreaterThan(60)
      expect(painter.at(document, rect!.left + 3, rect!.top + 3)).toBe('field')
      expect(painter.intact()).toBe(true)
    }
    expect(document.querySelectorAll('countersign-marks').length).toBe('createValueRange' in HTMLTextAreaElement.prototype ? 1 : 2)
  })

  it('a mark without the browser\'s ranges follows its words and knows when they are gone', () => {
    const element = withoutRanges(field())
    const painter = painted(element)
    element.value = `Dear all, ${element.value}`
    expect(painter.intact()).toBe(true)
    element.value = element.value.replace('20%', '25%')
    expect(painter.intact()).toBe(false)
    painter.paint([], false)
    expect(document.querySelector('countersign-marks'), 'nothing to mark, nothing over the field').toBeNull()
  })
})
