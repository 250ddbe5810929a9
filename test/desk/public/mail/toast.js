import { element, html, post } from './dom.js'
import { words } from './words.js'

let timer = 0

/**
 * The line at the bottom: what happened and, for a message on its way, Undo. `reopen(message, place)` puts the draft back, in a new compose.
 */
export function createToast(reopen) {
  return function say({ text, sentAs, message, place, kind }) {
    document.querySelector('.bAp')?.remove()
    const toast = element(html`<div class="bAp" role="alert"><span class="aT">${text}</span></div>`)
    if (sentAs && kind !== 'schedule') {
      const undo = element(html`<span class="ag a8k" role="link" tabindex="0">${words.undo}</span>`)
      toast.append(undo)
      undo.addEventListener('click', async () => {
        try {
          await post('/api/undo', { id: sentAs })
        } catch {
          say({ text: words.late })
          return
        }
        reopen(message, place)
        say({ text: words.undone })
      })
    }
    document.body.append(toast)
    clearTimeout(timer)
    timer = setTimeout(() => toast.remove(), 8_000)
  }
}
