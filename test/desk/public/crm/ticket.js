import { Bold, ClassicEditor, Essentials, Italic, Link, List, Paragraph } from '/vendor/ckeditor5/ckeditor5.js'
import { post } from '/assets/mail/dom.js'

const editor = await ClassicEditor.create(document.querySelector('#editor'), {
  licenseKey: 'GPL',
  plugins: [Essentials, Paragraph, Bold, Italic, Link, List],
  toolbar: ['bold', 'italic', 'link', 'bulletedList', 'numberedList'],
})
editor.editing.view.change((writer) => {
  const root = editor.editing.view.document.getRoot()
  writer.setAttribute('data-test-id', 'omnicomposer-rich-text-ckeditor', root)
  writer.setAttribute('aria-label', 'Reply', root)
})

const composer = document.querySelector('.composer')
const channel = document.querySelector('[data-test-id=omnichannel-channel-switcher-button]')
const submit = document.querySelector('[data-test-id=submit_button-button]')
const more = document.querySelector('[data-test-id=submit_button-menu-button]')
const subject = document.querySelector('[data-test-id=omni-header-subject]')
const status = document.querySelector('.submit [role=status]')
let state = 'Open'

/** A menu at the end of the page, as in the real workspace: built when it opens, gone when it closes. */
function openMenu(opener, items, choose) {
  const wasOpen = opener.getAttribute('aria-expanded') === 'true'
  closeMenu()
  if (wasOpen) return
  const menu = document.createElement('ul')
  menu.className = 'menu'
  menu.setAttribute('role', 'menu')
  for (const [name, label] of items) {
    const item = document.createElement('li')
    item.setAttribute('role', 'menuitem')
    item.tabIndex = 0
    item.textContent = label
    item.dataset.value = name
    item.addEventListener('click', () => {
      choose(name)
      closeMenu()
    })
    item.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') item.click()
    })
    menu.append(item)
  }
  opener.setAttribute('aria-expanded', 'true')
  document.body.append(menu)
  const box = opener.getBoundingClientRect()
  menu.style.left = `${Math.min(box.left, innerWidth - menu.offsetWidth - 8)}px`
  menu.style.top = `${scrollY + (box.bottom + menu.offsetHeight < innerHeight ? box.bottom + 4 : box.top - menu.offsetHeight - 4)}px`
}

function closeMenu() {
  document.querySelector('body > .menu')?.remove()
  for (const opener of [channel, more]) opener.setAttribute('aria-expanded', 'false')
}

channel.addEventListener('click', () => openMenu(channel, [['public', 'Public reply'], ['internal', 'Internal note']], (name) => {
  channel.dataset.channel = name
  channel.textContent = name === 'public' ? 'Public reply' : 'Internal note'
  composer.classList.toggle('note', name === 'internal')
}))

more.addEventListener('click', () => openMenu(more, ['Open', 'Pending', 'Solved'].map((name) => [name, `Submit as ${name}`]), (name) => submitAs(name)))
submit.addEventListener('click', () => submitAs(state))

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    submitAs(state)
  }
  const named = { KeyO: 'Open', KeyP: 'Pending', KeyS: 'Solved' }[event.code]
  if (named && event.ctrlKey && event.altKey) {
    event.preventDefault()
    submitAs(named)
  }
}, true)

/** Submit changes the ticket's state; what stands in the editor goes to the customer or, as a note, to colleagues only. */
async function submitAs(next) {
  state = next
  submit.querySelector('b').textContent = next
  const text = editor.ui.getEditableElement().innerText.trim()
  const internal = channel.dataset.channel === 'internal'
  if (text) {
    const body = { app: 'crm', subject: subject.value, to: ['priya.nair@mailbox.example'], text, html: editor.getData(), as: next }
    if (internal) await post('/api/note', { ...body, kind: 'note' })
    else await post('/api/send', { ...body, kind: 'submit' })
    log(internal, text)
    editor.setData('')
  }
  status.textContent = `${text ? (internal ? 'Note saved, only colleagues see it.' : 'Reply sent.') : 'No reply.'} Ticket is ${next.toLowerCase()}.`
}

function log(internal, text) {
  const event = document.createElement('div')
  event.className = internal ? 'event note' : 'event'
  const who = document.createElement('b')
  who.textContent = internal ? 'Dana Whitfield, internal note' : 'Dana Whitfield'
  const words = document.createElement('p')
  words.textContent = text
  event.append(who, words)
  document.querySelector('.log').append(event)
}
