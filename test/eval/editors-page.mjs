import { createEditor as createLexical } from 'lexical'
import { registerRichText } from '@lexical/rich-text'
import Quill from 'quill'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { createEditor as createSlate } from 'slate'
import { Editable, Slate, withReact } from 'slate-react'

// Three real editors that the practice desk does not have, each in its own form.
const form = (name) => {
  const element = document.createElement('form')
  element.innerHTML = `<h2>${name}</h2><div class="host"></div><button type="submit">Publish</button>`
  document.body.append(element)
  return element.querySelector('.host')
}

const quill = new Quill(form('Quill'), {})
quill.root.dataset.editor = 'Quill'

const lexical = createLexical({ onError(error) { throw error } })
const lexicalHost = form('Lexical')
lexicalHost.contentEditable = 'true'
lexicalHost.dataset.editor = 'Lexical'
lexical.setRootElement(lexicalHost)
registerRichText(lexical)

const slate = withReact(createSlate())
createRoot(form('Slate')).render(createElement(Slate, { editor: slate, initialValue: [{ type: 'paragraph', children: [{ text: '' }] }] }, createElement(Editable, { 'data-editor': 'Slate' })))
