import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createMirror, type Mirror, type ValueField } from './mirror.ts'

// The browser's own ranges into a field are the measure here: where they are, the mirror's must be.

interface OpaqueRange { getClientRects(): DOMRectList; disconnect(): void }
type Measured = ValueField & { createValueRange?(start: number, end: number): OpaqueRange }

const WORDS = 'We can offer you a 20% discount on the lamps, valid until the end of next week, and not a day longer than that.'
const PARAGRAPHS = `${WORDS}\n\n\tIndented, with    runs of spaces and a_very_long_word_that_no_line_can_hold_${'x'.repeat(120)}\nשלום, a mixed line with 15% in it.\n${WORDS}\n${WORDS}\nlast`

let field: Measured
let mirror: Mirror

function show(name: 'input' | 'textarea', style: string, value = PARAGRAPHS, around = ''): void {
  const outer = document.createElement('div')
  outer.style.cssText = around
  field = document.createElement(name)
  field.style.cssText = style
  field.value = name === 'input' ? value.replaceAll('\n', ' ') : value
  outer.append(field)
  document.body.append(outer)
  mirror = createMirror(field)
  mirror.sync()
}

const plain = (rects: DOMRectList): number[][] => [...rects].filter(({ width }) => width > 0).map(({ left, top, right, bottom }) => [left, top, right, bottom])

/** Largest distance between an edge of the mirror's and of the browser's rectangle over words all through the value, CSS pixels. */
function apart(): number {
  mirror.sync()
  let worst = 0
  for (let start = 0; start < field.value.length - 6; start += 17) {
    const native = field.createValueRange!(start, start + 6)
    const wanted = plain(native.getClientRects())
    const got = plain(mirror.range(start, start + 6).getClientRects())
    native.disconnect()
    expect(got.length, `rectangles at ${start}`).toBe(wanted.length)
    for (const [at, rect] of wanted.entries()) for (const [side, edge] of rect.entries()) worst = Math.max(worst, Math.abs(edge - got[at]![side]!))
  }
  return worst
}

beforeEach(() => {
  document.body.style.cssText = 'margin: 20px'
})
afterEach(() => {
  mirror.dispose()
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
  scrollTo(0, 0)
})

const hasRanges = 'createValueRange' in HTMLTextAreaElement.prototype

const LOOKS: readonly (readonly [string, 'input' | 'textarea', string, string?])[] = [
  ['a bare textarea', 'textarea', 'width: 320px; height: 120px'],
  ['large and spaced type', 'textarea', 'width: 400px; height: 300px; font: italic 600 21px/1.7 Georgia, serif; letter-spacing: 1.5px; word-spacing: 4px; text-indent: 24px'],
  ['borders and uneven padding', 'textarea', 'width: 360px; height: 160px; border: solid; border-width: 3px 9px 5px 14px; padding: 4px 22px 11px 17px; box-sizing: border-box'],
  ['right to left', 'textarea', 'width: 320px; height: 120px; direction: rtl'],
  ['lines that do not wrap', 'textarea', 'width: 280px; height: 120px; white-space: pre'],
  ['words broken anywhere, narrow tabs', 'textarea', 'width: 180px; height: 200px; word-break: break-all; tab-size: 2'],
  ['centred capitals', 'textarea', 'width: 320px; height: 160px; text-align: center; text-transform: uppercase'],
  ['a width of broken pixels', 'textarea', 'width: 33.3%; height: 120.4px; border: 1.5px solid', 'width: 777.7px'],
  ['zoomed by the page', 'textarea', 'width: 320px; height: 120px', 'zoom: 1.37'],
  ['zoomed out by the page, right to left', 'textarea', 'width: 320px; height: 120px; direction: rtl; border: 3px solid', 'zoom: 0.67'],
  ['scaled by the page', 'textarea', 'width: 320px; height: 120px', 'transform: scale(0.8, 1.25); transform-origin: 0 0'],
  ['a bare line', 'input', 'width: 240px'],
  ['a tall line with padding', 'input', 'width: 400px; height: 64px; padding: 5px 20px; font-size: 19px; border-width: 4px'],
  ['a line right to left', 'input', 'width: 240px; direction: rtl'],
  ['a line at its right edge', 'input', 'width: 400px; text-align: right; font-family: monospace'],
]

// Where the browser has no ranges into fields there is nothing to measure against.
describe.runIf(hasRanges)('words of the mirror stand on the words of the field', () => {
  for (const [name, kind, style, around] of LOOKS) {
    it(`${name}, also when scrolled and resized`, () => {
      show(kind, style, undefined, around)
      expect(apart()).toBeLessThan(1)
      field.scrollTop = 70
      field.scrollLeft = field.style.direction === 'rtl' ? -90 : 90
      expect(apart(), 'scrolled').toBeLessThan(1)
      field.style.width = '211px'
      expect(apart(), 'resized').toBeLessThan(1)
    })
  }

  it('a line whose words do not fill it', () => {
    show('input', 'width: 400px; text-align: center', 'A short subject')
    expect(apart()).toBeLessThan(1)
  })

  it('a page that is scrolled', () => {
    show('textarea', 'width: 320px; height: 120px; margin: 300px 0 2000px')
    scrollTo(0, 250)
    expect(apart()).toBeLessThan(1)
  })
})

it('follows by itself: typing, scrolling and resizing need nobody to say so', async () => {
  show('textarea', 'width: 320px; height: 120px', WORDS)
  const start = WORDS.indexOf('20%')
  const range = mirror.range(start, start + 12)
  field.focus()
  field.setSelectionRange(0, 0)
  await userEvent.keyboard('Dear all, ')
  await expect.poll(() => range.toString()).toBe('20% discount')
  const before = range.getBoundingClientRect()
  field.style.marginTop = '40px'
  field.style.height = '140px'
  await expect.poll(() => Math.round(range.getBoundingClientRect().top - before.top)).toBe(40)
})

it('shows nothing of words that the field or a scrolling parent hides', () => {
  show('textarea', 'width: 320px; height: 60px', PARAGRAPHS, 'height: 40px; overflow: auto')
  const clip = mirror.root.firstElementChild as HTMLElement
  expect(clip.style.clipPath).toMatch(/^inset\(0px 0px (1|2)\d(\.\d+)?px/)
  expect(getComputedStyle(clip).overflow).toBe('hidden')
  field.parentElement!.style.display = 'none'
  mirror.sync()
  expect((mirror.root.host as HTMLElement).style.display).toBe('none')
})

it('neither touches the field nor takes presses, and leaves nothing behind', () => {
  show('textarea', 'width: 320px; height: 120px')
  const observer = new MutationObserver(() => undefined)
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  mirror.sync(true)
  mirror.range(3, 9)
  expect(observer.takeRecords()).toEqual([])
  const { left, top } = field.getBoundingClientRect()
  expect(document.elementFromPoint(left + 30, top + 15)).toBe(field)
  expect(mirror.root.host.shadowRoot, 'closed').toBeNull()
  mirror.dispose()
  expect(document.querySelector('countersign-marks')).toBeNull()
})

it('lies above a dialog that the page opened over everything', () => {
  const dialog = document.createElement('dialog')
  document.body.append(dialog)
  show('textarea', 'width: 320px; height: 120px')
  dialog.append(field)
  dialog.showModal()
  mirror.sync()
  expect(mirror.root.host.matches(':popover-open')).toBe(true)
})
