import { afterEach, expect, it } from 'vitest'
import { backgroundOf, isDark } from './read.ts'

/** In the real browser: what lies behind an editor, whatever paints it. */
afterEach(() => {
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
  document.body.removeAttribute('style')
})

function editor(html: string): Element {
  document.body.innerHTML = html
  const found = document.querySelector('#e')
  if (!found) throw new Error('no editor')
  return found
}

it('looks through what is transparent, and mixes what lets a dark page show through', () => {
  expect(backgroundOf(editor('<div style="background:#21292c"><div><textarea id="e" style="background:transparent"></textarea></div></div>'))).toBe('rgb(33, 41, 44)')
  expect(backgroundOf(editor('<div style="background:#000"><div id="e" style="background:rgb(255 255 255 / 10%)">x</div></div>'))).toBe('rgb(26, 26, 26)')
  expect(backgroundOf(editor('<div style="background:#fff"><div id="e" style="background:rgb(0 0 0 / 10%)">x</div></div>'))).toBe('rgb(230, 230, 230)')
})

it('takes the ground that the browser paints under a page of the dark scheme', () => {
  expect(isDark(backgroundOf(editor('<div id="e">x</div>')))).toBe(false)
  document.documentElement.style.colorScheme = 'dark'
  expect(isDark(backgroundOf(editor('<div id="e">x</div>')))).toBe(true)
})

it('goes out of a frame without a ground to the page around it', async () => {
  document.body.innerHTML = '<div style="background:#21292c"><iframe srcdoc="<p id=e>x</p>"></iframe></div>'
  const frame = document.querySelector('iframe')
  await new Promise((done) => { frame?.addEventListener('load', done) })
  expect(backgroundOf(frame?.contentDocument?.querySelector('#e') as Element)).toBe('rgb(33, 41, 44)')
})
