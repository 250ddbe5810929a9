import { describe, expect, it } from 'vitest'
import { body, CHATGPT, origin, paste, TEXT, usePage } from './origin-page.fixture.ts'

usePage()

describe('a page that means ill', () => {
  const forged = (type: string, html: string) => {
    const data = new DataTransfer()
    data.setData('text/html', html)
    data.setData('text/plain', TEXT)
    body().dispatchEvent(new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }))
  }

  it('cannot forge a paste with marks, nor typing, nor a press: its text stays text without typing, put in by a script', async () => {
    forged('paste', CHATGPT)
    body().dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertText', data: TEXT, bubbles: true }))
    document.querySelector('#assistant')?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    body().textContent = TEXT
    expect(await origin()).toMatchObject({ verdict: 'inserted', evidence: [{ class: 'insertion', mark: 'inserted-by-script' }] })
    expect((await origin()).evidence).toHaveLength(1)
  })

  it('gets no verdict by swallowing a paste: marks of text that never came count for nothing', async () => {
    body().addEventListener('paste', (event) => event.preventDefault())
    await paste(CHATGPT)
    expect(body().textContent).toBe('')
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
  })

  it('cannot hide a paste by stopping its event', async () => {
    window.addEventListener('paste', (event) => event.stopImmediatePropagation(), { capture: true, once: true })
    await paste(CHATGPT)
    expect((await origin()).verdict).toBe('ai')
  })

  it('neither freezes nor breaks on a clipboard of 20 MB, and says that it was not read to its end', async () => {
    body().addEventListener('paste', (event) => { // The page's own handling of 20 MB is its own matter.
      event.preventDefault()
      body().textContent = TEXT
    })
    const before = performance.now()
    await paste(`${'<p class="a b c" data-x="1">word <b>bold</b></p>'.repeat(420_000)}<p data-is-last-node="">`)
    expect(performance.now() - before).toBeLessThan(30_000)
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen', mark: 'clipboard-cut' }] })
  })

  it.each(['<p data-is-last-node=""', '<script>alert(1)</script>', '<!--', '<p a="', '\ud800<\u0000>', '</'.repeat(2_000)])('takes malformed HTML: %s', async (html) => {
    await paste(html, 'Some words.')
    expect(['unknown', 'ai']).toContain((await origin()).verdict)
  })
})
