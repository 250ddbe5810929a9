import { ContentState, convertFromHTML, convertToRaw, Editor, EditorState } from 'draft-js'
import css from 'draft-js/dist/Draft.css'
import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { addStyle, html, spaced, until } from './content.js'

addStyle(css)

export async function draft(host, blocks) {
  const root = createRoot(host)
  const { contentBlocks, entityMap } = convertFromHTML(html(blocks))
  let state = EditorState.createWithContent(ContentState.createFromBlockArray(contentBlocks, entityMap))
  let set = () => {}
  function Draft() {
    const [now, setNow] = useState(state)
    set = setNow
    state = now
    return createElement(Editor, { editorState: now, onChange: setNow, placeholder: 'Write here' })
  }
  root.render(createElement(Draft))
  const element = await until(() => host.querySelector('.public-DraftEditor-content'))
  return {
    elements: () => [element], text: () => spaced(state.getCurrentContent().getPlainText('\n')), output: () => JSON.stringify(convertToRaw(state.getCurrentContent()).blocks.map(({ text, inlineStyleRanges }) => ({ text, inlineStyleRanges }))),
    redraw: () => set(EditorState.createWithContent(state.getCurrentContent())), destroy: () => root.unmount(),
  }
}
