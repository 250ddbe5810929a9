import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { html, lines, linesOf, place, spaced, until } from './content.js'

/** What needs no editor: text fields, one under React, and bare contenteditable elements. */

function field(name) {
  return async (host, blocks) => {
    const element = place(host, name)
    element.value = lines(blocks).join(name === 'input' ? ' ' : '\n')
    const { value } = element
    return {
      elements: () => [element], text: () => spaced(element.value), output: () => element.value,
      redraw: () => { element.value = ''; element.value = value }, destroy: () => element.remove(),
    }
  }
}

export const textarea = field('textarea')
export const input = field('input')

export async function reactTextarea(host, blocks) {
  const root = createRoot(host)
  let state = lines(blocks).join('\n')
  let draw = () => {}
  function Controlled() {
    const [value, setValue] = useState(state)
    draw = () => setValue((now) => `${now}`)
    state = value
    return createElement('textarea', { value, onChange: (event) => setValue(event.target.value) })
  }
  root.render(createElement(Controlled))
  const element = await until(() => host.querySelector('textarea'))
  return { elements: () => [element], text: () => spaced(state), output: () => state, redraw: () => draw(), destroy: () => root.unmount() }
}

function editable(element, destroy) {
  return {
    elements: () => [element], text: () => linesOf(element.innerHTML), output: () => element.innerHTML,
    redraw: () => { element.innerHTML = `${element.innerHTML}` }, destroy,
  }
}

export async function contenteditable(host, blocks) {
  const element = place(host)
  element.contentEditable = 'true'
  element.innerHTML = html(blocks)
  return editable(element, () => element.remove())
}

export async function framedContenteditable(host, blocks) {
  const frame = place(host, 'iframe')
  const { body } = frame.contentDocument
  body.contentEditable = 'true'
  body.innerHTML = html(blocks)
  return editable(body, () => frame.remove())
}

export async function shadowContenteditable(host, blocks) {
  const shell = place(host)
  const element = place(shell.attachShadow({ mode: 'open' }))
  element.contentEditable = 'true'
  element.innerHTML = html(blocks)
  return editable(element, () => shell.remove())
}
