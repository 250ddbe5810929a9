import { composeMarkup, dialogMarkup, SIGNATURE } from './compose-view.js'
import { element, html, longNumber, post } from './dom.js'
import { words } from './words.js'

/** Open composes by their `.M9`. What a compose holds is read from the page each time: the page is the draft. */
const composes = new WeakMap()

const FIELDS = ['to', 'cc', 'bcc']

export const composeOf = (node) => composes.get(node.closest?.('.M9')) ?? null

/**
 * Builds a compose for a draft `{to, cc, bcc, subject, html, quoted}`. `place` is `docked`, `inline` or `window`; the caller puts `outer` into the page.
 */
export function createCompose(draft = {}, place = 'docked') {
  const inside = composeMarkup({ isReply: place === 'inline' || Boolean(draft.quoted), composeId: longNumber(), names: draft.to ?? [] })
  const outer = element(place === 'docked' ? dialogMarkup(inside) : inside)
  const root = outer.matches('.M9') ? outer : outer.querySelector('.M9')
  const compose = { outer, root, place, answers: place === 'inline' || Boolean(draft.quoted), thread: draft.thread ?? null }
  composes.set(root, compose)
  for (const field of FIELDS) for (const address of draft[field] ?? []) addChip(compose, field, address)
  if (draft.cc?.length) rowOf(compose, 'cc').style.display = ''
  if (draft.bcc?.length) rowOf(compose, 'bcc').style.display = ''
  setSubject(compose, draft.subject ?? '')
  bodyOf(compose).innerHTML = draft.html ?? `<div><br></div>${SIGNATURE}`
  setQuoted(compose, draft.quoted ?? '')
  return compose
}

export const bodyOf = (compose) => compose.root.querySelector('.Am.editable')
export const rowOf = (compose, field) => compose.root.querySelector(`.anm[name=${field}]`)
const hidden = (compose, name) => compose.root.querySelector(`input[type=hidden][name=${name}]`)

export function setSubject(compose, subject) {
  compose.root.querySelector('[name=subjectbox]').value = subject
  syncSubject(compose)
}

/** The hidden mirror of the subject, and the window's title. */
export function syncSubject(compose) {
  const subject = compose.root.querySelector('[name=subjectbox]').value
  hidden(compose, 'subject').value = subject
  const title = compose.outer.querySelector('.aYF')
  if (title) title.textContent = subject || words.newMessage
}

function setQuoted(compose, quoted) {
  hidden(compose, 'uet').value = quoted
  compose.root.querySelector('.ajR').style.display = quoted ? '' : 'none'
}

/** "...": the quoted history moves out of the hidden field into the body. */
export function expandQuoted(compose) {
  const quoted = hidden(compose, 'uet').value
  if (!quoted) return
  bodyOf(compose).insertAdjacentHTML('beforeend', `<br>${quoted}`)
  setQuoted(compose, '')
}

export function addChip(compose, field, said) {
  const match = /^(.*?)\s*<?([^\s<>]+@[^\s<>]+)>?$/.exec(said.trim())
  if (!match) return false
  const [, name, address] = match
  const chip = element(html`<div class="agh" peoplekit-id="Svajxe"><div class="agb" peoplekit-id="ubaLBe">
    <div class="afV" role="option" aria-selected="false" peoplekit-id="XPtOyb" data-name="${name || address}" data-hovercard-id="${address}">
      <div class="afW"><div class="akl" translate="no">${name || address}</div></div><div class="afX" aria-label="${words.remove}" aria-hidden="true" peoplekit-id="bxvLg">×</div>
    </div></div></div>`)
  rowOf(compose, field).querySelector('[role=listbox]').append(chip)
  return true
}

/** Turns what was typed into the address field into chips. Half an address stays as it is. */
export function commitAddress(input) {
  const compose = composeOf(input)
  const field = input.closest('.anm').getAttribute('name')
  const rest = input.value.split(/[,;]/).filter((part) => part.trim() && !addChip(compose, field, part))
  input.value = rest.join(', ').trim()
}

function addresses(compose, field) {
  return [...rowOf(compose, field).querySelectorAll('[role=option]')].map((chip) => chip.dataset.hovercardId)
}

/** The compose as it would be sent now. */
export function readCompose(compose) {
  for (const input of compose.root.querySelectorAll('input[peoplekit-id]')) commitAddress(input)
  const body = bodyOf(compose)
  return {
    subject: compose.root.querySelector('[name=subjectbox]').value,
    to: addresses(compose, 'to'), cc: addresses(compose, 'cc'), bcc: addresses(compose, 'bcc'),
    html: body.innerHTML, text: body.innerText, quoted: hidden(compose, 'uet').value, thread: compose.thread,
  }
}

export function removeCompose(compose) {
  compose.root.closest('.ip')?.classList.remove('adB')
  compose.outer.closest('.aSs')?.remove()
  compose.outer.remove()
  compose.home?.remove()
}

/** Opens a docked compose in the row of windows at the foot of the page. */
export function openDocked(draft) {
  const compose = createCompose(draft, 'docked')
  compose.home = element('<div class="nH AD"></div>')
  compose.home.append(compose.outer)
  document.querySelector('.no').append(compose.home)
  focusCompose(compose)
  return compose
}

/** The caret goes to the first thing that is still empty, as a person would want it. */
export function focusCompose(compose) {
  const addressed = compose.root.querySelector('[role=option]')
  const subject = compose.root.querySelector('[name=subjectbox]')
  if (!addressed) rowOf(compose, 'to').querySelector('input').focus()
  else if (!subject.value && !compose.answers) subject.focus()
  else {
    bodyOf(compose).focus()
    getSelection().collapse(bodyOf(compose).firstChild, 0)
  }
}

/**
 * Sends a compose. `extra` carries the kind and, for a scheduled one, the time. The window closes at once; the server holds the message so that it can be undone.
 * `said` shows a line below the page.
 */
export async function sendCompose(compose, extra, said) {
  const message = readCompose(compose)
  if (![...message.to, ...message.cc, ...message.bcc].length) return said({ text: words.noRecipient })
  if (compose.sending) return
  compose.sending = true
  try {
    const { id } = await post('/api/send', { app: 'mail', undo: true, ...message, ...extra })
    const { place, outer } = compose
    if (place !== 'window') removeCompose(compose)
    else outer.inert = true
    said({ sentAs: id, kind: extra.kind, place, message, text: { schedule: words.gonePlanned, archive: words.goneArchived }[extra.kind] ?? words.gone })
  } catch {
    compose.sending = false
    said({ text: words.failed })
  }
}

/** Full screen and back: the same window moves to the end of the page and returns. */
export function toggleFullScreen(compose) {
  const shell = compose.outer.closest('.aSs')
  if (shell) {
    compose.home.append(compose.outer)
    shell.remove()
    return
  }
  const around = element('<div class="aSs"><div class="aSt"></div></div>')
  around.firstElementChild.append(compose.outer)
  document.body.append(around)
}

export async function popOut(compose) {
  const { id } = await post('/api/draft', readCompose(compose))
  window.open(`/mail/popout?draft=${id}&hl=${document.documentElement.lang}`, '_blank', 'popup,width=760,height=640')
  removeCompose(compose)
}
