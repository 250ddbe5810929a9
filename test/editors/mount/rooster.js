import { createEditor, createModelFromHtml, exportContent, ShortcutPlugin } from 'roosterjs'
import { html, linesOf, place } from './content.js'

export async function rooster(host, blocks) {
  const element = place(host)
  const trusted = (markup) => markup
  const editor = createEditor(element, [new ShortcutPlugin()], createModelFromHtml(html(blocks), undefined, trusted))
  return {
    elements: () => [element], text: () => linesOf(exportContent(editor)), output: () => exportContent(editor),
    redraw: () => editor.formatContentModel(() => true), destroy: () => editor.dispose(),
  }
}
