import { copyDraft, DRAFTS } from '/assets/drafts.js'

/** Calls back with the numbers of messages the server holds, now and after each change. */
export function watchCounts(listener) {
  const events = new EventSource('/api/events')
  events.addEventListener('message', (event) => listener(JSON.parse(event.data)))
  addEventListener('pagehide', () => events.close())
}

const STYLE = `
  :host { display: block; font: 13px/20px system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; color-scheme: light dark; }
  div { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: center; padding: 6px 16px; background: light-dark(#24312d, #0f1614); color: #f3f1ea; }
  a { color: #8fe0c6; } b { font-weight: 650; } .gap { flex: 1; }
  button { font: 600 12px/18px inherit; font-family: inherit; color: #f3f1ea; background: #ffffff1f; border: 0; border-radius: 7px; padding: 3px 10px; cursor: pointer; }
  button:hover { background: #ffffff36; }
  :focus-visible { outline: 2px solid #8fe0c6; outline-offset: 2px; }
  output { font-weight: 650; color: #8fe0c6; font-variant-numeric: tabular-nums; }
`

/**
 * The strip above each application: where you are, a draft to copy, and what the server has received. It lives in a shadow root,
 * so that the application's own page is as it would be anywhere. `<desk-bar app="mail" draft="mail">`.
 */
class DeskBar extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' })
    const app = this.getAttribute('app')
    root.innerHTML = `<style>${STYLE}</style><div><a href="/">Practice desk</a><b></b><button type="button" data-draft="ai">Copy the AI draft</button>
      <button type="button" data-draft="clean">Copy a clean draft</button><span role="status"></span><span class="gap"></span><output></output></div>`
    root.querySelector('b').textContent = this.getAttribute('name') ?? ''
    const status = root.querySelector('[role=status]')
    for (const button of root.querySelectorAll('button')) {
      button.addEventListener('click', () => {
        const draft = button.dataset.draft === 'ai' ? DRAFTS[this.getAttribute('draft')] : DRAFTS.clean
        status.textContent = copyDraft(draft) ? 'Copied. Paste it into the text.' : 'The browser did not allow copying.'
      })
    }
    const output = root.querySelector('output')
    watchCounts((counts) => {
      output.textContent = `Server received: ${counts[app]}`
    })
  }
}

customElements.define('desk-bar', DeskBar)
