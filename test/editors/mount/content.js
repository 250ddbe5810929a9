/**
 * What every editor is given: blocks of runs, so that each fixture can hand it over in its editor's own form.
 * @typedef {{ text: string, bold?: boolean, italic?: boolean }} Run
 */

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\u00a0', '&nbsp;')

/** @param {readonly Run[]} runs */
export function runsHtml(runs) {
  return runs.map(({ text, bold, italic }) => (bold ? `<strong>${escaped(text)}</strong>` : italic ? `<em>${escaped(text)}</em>` : escaped(text))).join('')
}

/** @param {readonly (readonly Run[])[]} blocks */
export function html(blocks) {
  return blocks.map((runs) => `<p>${runsHtml(runs)}</p>`).join('')
}

/** @param {readonly (readonly Run[])[]} blocks */
export function lines(blocks) {
  return blocks.map((runs) => runs.map(({ text }) => text).join(''))
}

/** No-break spaces read as spaces. */
export const spaced = (text) => text.replaceAll('\u00a0', ' ')

/** Words of an HTML string, one line a block. */
export function linesOf(markup) {
  const parsed = new DOMParser().parseFromString(markup, 'text/html')
  return spaced([...parsed.body.children].map((block) => block.textContent ?? '').join('\n'))
}

export function addStyle(css) {
  const style = document.createElement('style')
  style.textContent = css
  document.head.append(style)
}

/** An element of its own for editors that take one. */
export function place(host, name = 'div') {
  const element = document.createElement(name)
  host.append(element)
  return element
}

/** Asks until it gives something; editors that render later than they say. */
export async function until(ask) {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = ask()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('the editor did not come')
}
