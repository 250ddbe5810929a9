import EditorJS from '@editorjs/editorjs'
import { linesOf, place, runsHtml, until } from './content.js'

/** It keeps no other tags for bold and italic. */
const inItsTags = (markup) => markup.replace(/(<\/?)strong>/g, '$1b>').replace(/(<\/?)em>/g, '$1i>')

export async function editorjs(host, blocks) {
  const holder = place(host)
  const editor = new EditorJS({ holder, minHeight: 0, data: { blocks: blocks.map((runs) => ({ type: 'paragraph', data: { text: inItsTags(runsHtml(runs)) } })) } })
  await editor.isReady
  await until(() => holder.querySelectorAll('.ce-paragraph').length === blocks.length)
  const saved = async () => (await editor.save()).blocks.map(({ data }) => `<p>${data.text}</p>`).join('')
  return {
    // One host for each block.
    elements: () => [...holder.querySelectorAll('.ce-paragraph')], text: async () => linesOf(await saved()), output: saved,
    redraw: async () => editor.render(await editor.save()), destroy: () => editor.destroy(),
  }
}
