import { createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { createEditor, Node } from 'slate'
import { withHistory } from 'slate-history'
import { Editable, Slate, withReact } from 'slate-react'
import { spaced, until } from './content.js'

const renderLeaf = ({ attributes, children, leaf }) => h('span', attributes, leaf.bold ? h('strong', null, children) : leaf.italic ? h('em', null, children) : children)
const renderElement = ({ attributes, children }) => h('p', attributes, children)

export async function slate(host, blocks) {
  const root = createRoot(host)
  const editor = withHistory(withReact(createEditor()))
  const initialValue = blocks.map((runs) => ({ type: 'paragraph', children: runs.map((run) => ({ ...run })) }))
  let turn = 0
  const draw = () => root.render(h(Slate, { key: turn, editor, initialValue: editor.children.length ? editor.children : initialValue }, h(Editable, { renderLeaf, renderElement, placeholder: 'Write here' })))
  draw()
  await until(() => host.querySelector('[data-slate-editor]'))
  return {
    elements: () => [host.querySelector('[data-slate-editor]')], text: () => spaced(editor.children.map((block) => Node.string(block)).join('\n')), output: () => JSON.stringify(editor.children.map(({ type, children }) => ({ type, children }))),
    redraw: () => { turn += 1; draw() }, destroy: () => root.unmount(),
  }
}
