import { copyDraft, DRAFTS, plainText } from '/assets/drafts.js'
import { watchCounts } from '/assets/desk-bar.js'

const drafts = document.querySelector('#drafts')
const said = document.querySelector('#said')

for (const [name, draft] of Object.entries(DRAFTS)) {
  const card = document.createElement('article')
  card.className = name === 'mail' ? 'draft first' : 'draft'
  const tag = document.createElement('span')
  tag.className = draft.ai ? 'tag ai' : 'tag'
  tag.textContent = draft.ai ? `AI draft, for ${draft.where}` : `Written by a person, for ${draft.where}`
  const title = document.createElement('h3')
  title.textContent = draft.title
  const words = document.createElement('p')
  words.textContent = plainText(draft.blocks)
  const button = document.createElement('button')
  button.type = 'button'
  button.className = name === 'mail' ? 'desk-button main' : 'desk-button'
  button.dataset.draft = name
  button.textContent = draft.ai ? 'Copy the AI draft' : 'Copy the clean draft'
  button.addEventListener('click', () => {
    said.textContent = copyDraft(draft)
      ? `Copied. Open ${draft.where} and paste it into the message.`
      : 'The browser did not let this page copy. Select the words of the draft and copy them yourself.'
  })
  card.append(tag, title, words, button)
  drafts.append(card)
}

document.querySelector('#reset').addEventListener('click', () => fetch('/api/reset', { method: 'POST' }))

const nouns = { mail: ['message reached the server', 'messages reached the server'], crm: ['message reached the server', 'messages reached the server'], cms: ['post reached the readers', 'posts reached the readers'] }

watchCounts(async (counts) => {
  for (const place of document.querySelectorAll('[data-count]')) {
    const app = place.dataset.count
    place.textContent = `${counts[app]} ${nouns[app][counts[app] === 1 ? 0 : 1]}`
  }
  const sent = await (await fetch('/api/sent')).json()
  const list = document.querySelector('#sent')
  list.replaceChildren(...(sent.length ? sent.toReversed().map(row) : [empty()]))
})

function empty() {
  const line = document.createElement('div')
  line.className = 'empty'
  line.textContent = 'Nothing yet. What you send on the desk is listed here, exactly as it arrived.'
  return line
}

function row(message) {
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  const subject = document.createElement('b')
  subject.textContent = message.subject || '(no subject)'
  const facts = document.createElement('span')
  facts.textContent = `${message.kind} · ${message.to.join(', ') || message.app} · ${new Date(message.at).toLocaleTimeString()}`
  summary.append(subject, facts)
  const body = document.createElement('pre')
  body.textContent = message.text
  details.append(summary, body)
  return details
}
