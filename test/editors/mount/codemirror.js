import { basicSetup, EditorView } from 'codemirror'
import { lines, place, spaced } from './content.js'

export async function codemirror(host, blocks) {
  const editor = new EditorView({ doc: lines(blocks).join('\n'), extensions: [basicSetup, EditorView.theme({ '&': { maxHeight: '300px' }, '.cm-scroller': { overflow: 'auto' } })], parent: place(host) })
  return {
    elements: () => [editor.contentDOM], text: () => spaced(editor.state.doc.toString()), output: () => editor.state.doc.toString(),
    redraw: () => editor.setState(editor.state), destroy: () => editor.destroy(),
  }
}
