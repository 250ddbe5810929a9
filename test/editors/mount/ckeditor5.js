import { Bold, ClassicEditor, Essentials, Italic, Paragraph } from 'ckeditor5'
import { html, linesOf, place } from './content.js'

export async function ckeditor5(host, blocks) {
  const target = place(host)
  target.innerHTML = html(blocks)
  const editor = await ClassicEditor.create(target, { licenseKey: 'GPL', plugins: [Essentials, Paragraph, Bold, Italic] })
  return {
    elements: () => [editor.ui.getEditableElement()], text: () => linesOf(editor.getData()), output: () => editor.getData(),
    redraw: () => editor.setData(editor.getData()), destroy: () => editor.destroy(),
  }
}
