import { KoenigComposer, KoenigEditor } from '@tryghost/koenig-lexical'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { spaced, until } from './content.js'

const textNode = ({ text, bold, italic }) => ({ detail: 0, format: bold ? 1 : italic ? 2 : 0, mode: 'normal', style: '', text, type: 'extended-text', version: 1 })
const stateOf = (blocks) => JSON.stringify({
  root: {
    children: blocks.map((runs) => ({ children: runs.map(textNode), direction: 'ltr', format: '', indent: 0, type: 'paragraph', version: 1 })),
    direction: 'ltr', format: '', indent: 0, type: 'root', version: 1,
  },
})

export async function koenig(host, blocks) {
  const root = createRoot(host)
  let editor = null
  root.render(createElement(
    KoenigComposer,
    { initialEditorState: stateOf(blocks), cardConfig: {}, onError: (error) => { throw error }, fileUploader: { useFileUpload: () => ({ upload: async () => [], progress: 0, isLoading: false, errors: [] }), fileTypes: {} } },
    createElement(KoenigEditor, { registerAPI: (api) => { editor = api?.editorInstance ?? editor } }),
  ))
  const element = await until(() => editor && host.querySelector('[data-lexical-editor=true]'))
  const state = () => editor.getEditorState().toJSON()
  const words = (node) => (node.type === 'linebreak' ? '\n' : node.text ?? (node.children ?? []).map(words).join(''))
  return {
    elements: () => [element], text: () => spaced(state().root.children.map(words).join('\n')),
    // Directions are worked out later than the text.
    output: () => JSON.stringify(state().root.children.map((block) => block.children)),
    redraw: () => editor.setEditorState(editor.parseEditorState(JSON.stringify(editor.getEditorState()))),
    destroy: () => root.unmount(),
  }
}
