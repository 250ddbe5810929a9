import { bodyOf, composeOf } from './compose.js'
import { element } from './dom.js'

const TEXT = 'Thank you for your message and for your interest in our daylight lamps. We can offer you 10% off when you order all three lamps together, and we guarantee delivery before Friday. '
  + 'The lamps come with everything that is needed to hang them up, and our team is happy to help with the plan of the rooms. Let me know which day suits you.'

/**
 * Plays another vendor's extension: it puts an "AI Reply" button beside Send that borrows all of Send's classes, as many real ones do.
 * Its button writes; it sends nothing.
 */
export function watchForComposes() {
  const look = () => {
    for (const cell of document.querySelectorAll('.btA:not(:has(.ai-reply))')) {
      const button = element('<div class="T-I J-J5-Ji aoO v7 T-I-atl L3 ai-reply" role="button" tabindex="1" data-tooltip="AI Reply" aria-label="AI Reply">✦ AI Reply</div>')
      button.addEventListener('click', (event) => {
        event.stopPropagation()
        const body = bodyOf(composeOf(button))
        body.focus()
        getSelection().collapse(body, 0)
        document.execCommand('insertText', false, TEXT)
      })
      cell.append(button)
    }
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  look()
}
