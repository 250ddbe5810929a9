import { afterEach, expect, it } from 'vitest'
import { createPainter, type Mark, type Painter } from './painter.ts'

let painters: Painter[] = []
afterEach(() => {
  for (const painter of painters) painter.dispose()
  painters = []
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
