import { expect, test } from 'vitest'
import { SOURCE, messagesOf, stemsOf } from './locales.ts'
import { hardCoded, hardCodedHtml, keysIn, sources } from './sources.ts'

const INTERFACE = ['components', 'entrypoints', 'lib/guard', 'lib/messages', 'lib/sites', 'lib/editors', 'lib/store', 'lib/team']

test('no text that a person reads is written in the code', () => {
  expect(sources(INTERFACE, /\.tsx?$/).flatMap(hardCoded)).toEqual([])
})

test('no text that a person reads is written in a page', () => {
  const pages = sources(['entrypoints'], /\.html$/)
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.flatMap(hardCodedHtml)).toEqual([])
})

test('text in the code is noticed, wherever it can stand', () => {
  const lines = [
    'const a = <p>Some words</p>', 'const b = <p>{on ? "Some words" : other}</p>', 'const c = <button aria-label="Some words" />', 'const d = <input placeholder={`Some ${x}`} />',
    'node.textContent = "Some words"', 'node.setAttribute("title", "Some words")', 'window.confirm("Some words")',
  ]
  for (const text of lines) expect(hardCoded({ path: 'x.tsx', text }), text).toHaveLength(1)
  const fine = ['const a = <p>{t("someKey")}</p>', 'const b = <p>·</p>', 'const c = <i className="some words" />', 'const d = <input placeholder="https://" />', 'const e = <b>{kind === "some words" && x}</b>']
  for (const text of fine) expect(hardCoded({ path: 'x.tsx', text }), text).toEqual([])
  expect(hardCodedHtml({ path: 'x.html', text: '<title>Name</title><p>Some words</p><img alt="More words">' })).toHaveLength(2)
})

test('no text is kept that nothing shows', () => {
  const found = sources(['components', 'entrypoints', 'lib'], /\.tsx?$/).map(keysIn)
  const whole = new Set(found.flatMap((each) => each.whole))
  const beginnings = [...new Set(found.flatMap((each) => each.beginnings))]
  const messages = messagesOf(SOURCE)
  const stems = new Set(stemsOf(messages))
  // Those the browser asks for by itself, from the manifest, and those that only say something of the file.
  const others = new Set(['extName', 'extDescription', 'uiLanguage', 'uiDirection'])
  const unused = Object.keys(messages).filter((key) => {
    const stem = key.replace(/_(one|other)$/, '')
    return !whole.has(key) && !others.has(key) && !(stems.has(stem) && whole.has(stem)) && !beginnings.some((beginning) => key.startsWith(beginning))
  })
  expect(unused).toEqual([])
})
