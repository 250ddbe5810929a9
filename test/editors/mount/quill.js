import Quill from 'quill'
import css from 'quill/dist/quill.core.css'
import { addStyle, html, place, spaced } from './content.js'

addStyle(css)

export async function quill(host, blocks) {
  const editor = new Quill(place(host), { placeholder: 'Write here' })
  editor.setContents(editor.clipboard.convert({ html: html(blocks) }), 'silent')
  editor.history.clear()
  return {
    elements: () => [editor.root], text: () => spaced(editor.getText().replace(/\n$/, '')), output: () => JSON.stringify(editor.getContents()),
    redraw: () => editor.setContents(editor.getContents(), 'silent'), destroy: () => host.replaceChildren(),
  }
}
