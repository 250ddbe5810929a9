import { Editor } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { html, spaced } from './content.js'

export async function tiptap(host, blocks) {
  const editor = new Editor({ element: host, extensions: [StarterKit], content: html(blocks) })
  return {
    elements: () => [editor.view.dom], text: () => spaced(editor.getText({ blockSeparator: '\n' })), output: () => editor.getHTML(),
    redraw: () => editor.commands.setContent(editor.getHTML()), destroy: () => editor.destroy(),
  }
}
