import { findInSurface, textOfSurface, waitInSurface } from '../e2e/harness/surface.mjs'

/** The desk's other editors in Firefox: a risky draft from a chat is marked and held in each. `frame` is the part of its address by which the editor's frame is known. */
export const PLACES = [
  { name: 'CRM e-mail: Tiptap in a frame', path: '/crm/email', frame: '/crm/email/frame', editor: '[data-editor=email] [data-test-id=rte-content]', send: '[data-button-use=primary]' },
  { name: 'ticket: CKEditor 5', path: '/crm/ticket', editor: '[data-test-id=omnicomposer-rich-text-ckeditor]', send: '[data-test-id=submit_button-button]' },
  { name: 'article: TinyMCE in a frame without an address, the button outside', path: '/cms?live=1', ready: 'body[data-ready]', frame: '/cms', editor: 'body#tinymce', send: '#publish', sendOutside: true },
  { name: 'article: a text field, with marks on a copy laid over it', path: '/cms?live=1', ready: 'body[data-ready]', editor: '#excerpt', send: '#publish' },
]
const HTML = '<p data-start="0" data-end="45">We can offer you a 20% discount on the lamps.</p><p data-start="47" data-end="86" data-is-last-node="">The plan follows on Wednesday.</p>'
const TEXT = 'We can offer you a 20% discount on the lamps.\n\nThe plan follows on Wednesday.'
const QUOTE = 'a 20% discount'

/** Pastes, looks for the mark, presses the site's button. Resolves to what was proven; throws what was not. */
export async function holdIn({ browser, desk, place }) {
  const { page } = browser
  desk.reset()
  await page.goto(desk.url + place.path)
  if (place.ready) await page.waitForSelector(place.ready)
  const inner = place.frame ? await browser.frameOf(place.frame) : page
  await copy(page)
  await inner.click(place.editor, { position: { x: 12, y: 12 } })
  await inner.keyboard.press('ControlOrMeta+v')
  const ours = await shownIn([page, inner], '[data-cs=chip]')
  const marked = await inner.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String)))
  if (!marked.some((words) => words.replaceAll('\u00a0', ' ') === QUOTE)) throw new Error(`marked is ${JSON.stringify(marked)}, not "${QUOTE}"`)
  await (place.sendOutside ? page : inner).click(place.send)
  await waitInSurface(ours, '[data-cs=panel]', 10_000)
  if (desk.sent().length > 0) throw new Error(`the server received ${desk.sent().length}`)
  if (!(await findInSurface(ours, '[data-cs=panel-row]'))) throw new Error('the panel lists nothing')
  return `"${QUOTE}" is marked and Send held; the server received 0. The panel says: "${(await textOfSurface(ours, '[data-cs=panel]')).replace(/\s+/g, ' ').slice(0, 60)}"`
}

/** Our interface is in the page or, where Firefox lets a frame and its page share nothing, in the frame that holds the draft. */
async function shownIn(documents, selector) {
  for (const until = Date.now() + 10_000; Date.now() < until;) for (const document of documents) if (await findInSurface(document, selector)) return document
  throw new Error(`nothing of ours matches ${selector}`)
}

/** Puts the draft on the clipboard as a chat page does. */
function copy(page) {
  return page.evaluate(({ html, text }) => {
    const holder = document.createElement('textarea')
    holder.value = 'x'
    document.body.append(holder)
    holder.select()
    document.addEventListener('copy', (event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      event.clipboardData.setData('text/html', html)
      event.clipboardData.setData('text/plain', text)
    }, { capture: true, once: true })
    const copied = document.execCommand('copy')
    holder.remove()
    if (!copied) throw new Error('The page could not copy')
  }, { html: HTML, text: TEXT })
}
