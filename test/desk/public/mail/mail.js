import '/assets/desk-bar.js'
import { listen } from './acts.js'
import { createCompose, focusCompose, openDocked } from './compose.js'
import { element, html, raw } from './dom.js'
import { watchForComposes } from './other-extension.js'
import { quoteOf, THREADS } from './threads.js'
import { createToast } from './toast.js'
import { words } from './words.js'

const address = new URLSearchParams(location.search)
const main = document.querySelector('[role=main]')

document.querySelector('.T-I-KE').textContent = words.compose
document.querySelector('.search').placeholder = words.search
for (const place of document.querySelectorAll('[data-word]')) place.textContent = words[place.dataset.word]

function showInbox() {
  document.title = `${words.inbox} - Practice mail`
  main.innerHTML = `<div class="list">${THREADS.map((thread) => html`<div class="zA ${thread.unread ? 'zE' : ''}" role="link" tabindex="0" data-thread="${thread.id}">
    <span class="yW">${thread.from}</span><span class="y6"><b>${thread.subject}</b> <span class="y2">${thread.snippet}</span></span><span class="xW">${thread.when}</span></div>`).join('')}</div>`
}

function showThread(id) {
  const thread = THREADS.find((one) => one.id === id) ?? THREADS[0]
  document.title = `${thread.subject} - Practice mail`
  main.innerHTML = html`<div class="thread" data-open="${thread.id}"><div class="back" role="link" tabindex="0" data-back>← ${words.back}</div><h2 class="hP">${thread.subject}</h2>
    <div class="adn ads"><div class="gE"><span class="gD" email="${thread.address}">${thread.from}</span> <span class="go">&lt;${thread.address}&gt;</span><span class="g3">${thread.when}</span></div>
    <div class="ii gt"><div class="a3s aiL">${raw(thread.body)}</div></div>
    <div class="ip"></div><div class="ams" role="link" tabindex="0" data-reply>↩ ${words.reply}</div></div></div>`
}

function openReply(draft) {
  const thread = THREADS.find((one) => one.id === main.querySelector('[data-open]')?.dataset.open)
  const place = main.querySelector('.ip')
  if (!thread || !place || place.matches('.adB')) return
  const compose = createCompose(draft ?? { to: [`${thread.from} <${thread.address}>`], subject: `Re: ${thread.subject}`, quoted: quoteOf(thread, words.wrote), thread: thread.id }, 'inline')
  compose.answers = true
  place.classList.add('adB')
  place.append(compose.outer)
  focusCompose(compose)
  compose.outer.scrollIntoView({ block: 'nearest' })
}

/** After "Undo send" the draft comes back in new nodes with a new compose id: in its conversation if that is open, otherwise in a window. */
function reopen(message, place) {
  const draft = { ...message }
  if (place === 'inline' && main.querySelector(`[data-open="${message.thread}"]`)) openReply(draft)
  else openDocked(draft)
}

listen(document.body, createToast(reopen), (control) => {
  if (control.matches('.T-I-KE')) openDocked({})
  else if (control.matches('[data-thread]')) showThread(control.dataset.thread)
  else if (control.matches('[data-back],[data-inbox]')) showInbox()
  else if (control.matches('[data-reply]')) openReply()
})

watchForComposes()

if (address.has('thread')) showThread(address.get('thread'))
else showInbox()
if (address.has('compose')) openDocked({ to: address.getAll('to'), subject: address.get('su') ?? '' })
