import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { $generateHtmlFromNodes, $generateNodesFromDOM } from '@lexical/html'
import { HeadingNode, QuoteNode, registerRichText } from '@lexical/rich-text'
import { $getRoot, $insertNodes, createEditor } from 'lexical'
import { html, place, spaced } from './content.js'

export async function lexical(host, blocks) {
  const element = place(host)
  element.contentEditable = 'true'
  const editor = createEditor({ namespace: 'contract', nodes: [HeadingNode, QuoteNode], onError: (error) => { throw error } })
  editor.setRootElement(element)
  const fill = (markup) => editor.update(() => {
    const nodes = $generateNodesFromDOM(editor, new DOMParser().parseFromString(markup, 'text/html'))
    $getRoot().clear().select()
    $insertNodes(nodes)
  }, { discrete: true })
  fill(html(blocks))
  const ends = [registerRichText(editor), registerHistory(editor, createEmptyHistoryState(), 300)]
  const output = () => editor.getEditorState().read(() => $generateHtmlFromNodes(editor, null), { editor })
  return {
    elements: () => [element], text: () => spaced(editor.getEditorState().read(() => $getRoot().getChildren().map((block) => block.getTextContent()).join('\n'))), output,
    redraw: () => editor.setEditorState(editor.parseEditorState(JSON.stringify(editor.getEditorState()))),
    destroy: () => { for (const end of ends) end(); editor.setRootElement(null) },
  }
}
