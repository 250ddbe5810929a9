import { Editor, StarterKit } from '/vendor/tiptap.js'
import { post } from '/assets/mail/dom.js'

const panel = (name) => document.querySelector(`[data-panel=${name}]`)

function editorIn(name, label) {
  return new Editor({
    element: document.querySelector(`[data-editor=${name}]`),
    extensions: [StarterKit],
    editorProps: { attributes: { 'data-test-id': 'rte-content', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label } },
  })
}

const email = editorIn('email', 'Message')
const note = editorIn('note', 'Note')
const subject = document.querySelector('#subject')
const typedTo = document.querySelector('[data-test-id=email-to-input]')

for (const tab of document.querySelectorAll('[role=tab]')) {
  tab.addEventListener('click', () => {
    for (const other of document.querySelectorAll('[role=tab]')) {
      other.setAttribute('aria-selected', String(other === tab))
      panel(other.dataset.tab).hidden = other !== tab
    }
  })
}

function recipients() {
  const chips = [...document.querySelectorAll('[data-test-id=email-recipients-to] [data-email]')].map((chip) => chip.dataset.email)
  return [...chips, ...typedTo.value.split(/[,;\s]+/).filter((word) => word.includes('@'))]
}

async function send() {
  const status = panel('email').querySelector('[role=status]')
  if (email.isEmpty) {
    status.textContent = 'Write something first.'
    return
  }
  await post('/api/send', { app: 'crm', kind: 'send', subject: subject.value, to: recipients(), text: email.view.dom.innerText, html: email.getHTML() })
  email.commands.clearContent(true)
  subject.value = ''
  status.textContent = 'E-mail sent.'
}

panel('email').querySelector('[data-button-use=primary]').addEventListener('click', send)
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || panel('email').hidden) return
  event.preventDefault()
  send()
}, true)

panel('note').querySelector('[data-test-id=activity-creator-window-footer-save-button]').addEventListener('click', async () => {
  await post('/api/note', { app: 'crm', kind: 'note', text: note.view.dom.innerText, html: note.getHTML() })
  note.commands.clearContent(true)
  panel('note').querySelector('[role=status]').textContent = 'Note saved. Only colleagues see it.'
})
