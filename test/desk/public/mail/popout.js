import { listen } from './acts.js'
import { createCompose, focusCompose } from './compose.js'
import { watchForComposes } from './other-extension.js'
import { createToast } from './toast.js'

/** A compose in a window of its own: a separate document, filled from the draft that the first window saved. */
const main = document.querySelector('[role=main]')

function show(draft) {
  const compose = createCompose(draft, 'window')
  main.replaceChildren(compose.outer)
  document.title = draft.subject || document.title
  focusCompose(compose)
}

const id = new URLSearchParams(location.search).get('draft')
const saved = id ? await fetch(`/api/draft?id=${encodeURIComponent(id)}`) : null
show(saved?.ok ? await saved.json() : {})
listen(document.body, createToast(show))
watchForComposes()
