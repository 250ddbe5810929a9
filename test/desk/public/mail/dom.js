const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Template tag: values are escaped unless wrapped in `raw`. */
export function html(strings, ...values) {
  return strings.reduce((text, part, index) => {
    const value = values[index - 1]
    return text + (value?.raw ?? String(value).replace(/[&<>"]/g, (character) => escapes[character])) + part
  })
}

export const raw = (text) => ({ raw: text })

/** The first element of a piece of HTML. */
export function element(text) {
  const template = document.createElement('template')
  template.innerHTML = text.trim()
  return template.content.firstElementChild
}

let last = 0

/** Short ids that are different at each load, like the real ones. */
export const freshId = () => `:${(++last + seed).toString(36)}`
const seed = Math.floor(Math.random() * 30_000) + 36

export const longNumber = () => String(Math.floor(Math.random() * 9e15) + 1e15)

export async function post(path, value) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}
