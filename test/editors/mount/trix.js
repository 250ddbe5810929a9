import 'trix'
import css from 'trix/dist/trix.css'
import { addStyle, place, runsHtml, spaced, until } from './content.js'

addStyle(css)

export async function trix(host, blocks) {
  const element = place(host, 'trix-editor')
  await until(() => element.editor)
  // To Trix a paragraph is a block with an empty line around it; its own lines are divisions.
  element.editor.loadHTML(blocks.map((runs) => `<div>${runsHtml(runs)}</div>`).join(''))
  return {
    elements: () => [element], text: () => spaced(element.editor.getDocument().toString().replace(/\n$/, '')), output: () => element.value,
    redraw: () => element.editor.loadHTML(element.value), destroy: () => host.replaceChildren(),
  }
}
