import { post } from '/assets/mail/dom.js'

const address = new URLSearchParams(location.search)
/** `live`: readers already see this article. `plain`: the classic form, posted by the browser itself. */
const live = address.has('live')
const plain = address.has('plain')
const form = document.querySelector('#post')
const title = document.querySelector('#title')
const excerpt = document.querySelector('#excerpt')
const status = document.querySelector('#submitdiv [role=status]')
const dark = matchMedia('(prefers-color-scheme: dark)').matches

if (live) {
  title.value = 'How we choose our lamps'
  document.querySelector('#content').value = '<p>Every lamp on our pages has stood on our own desks for a month before we write about it.</p>'
  form.original_post_status.value = 'publish'
}
form.desk_return.value = `${location.pathname}${location.search}`
document.querySelector('#state').textContent = live ? 'Readers see this article now.' : 'Draft. Only you see it.'
document.querySelector('#status-line').textContent = live ? 'Status: published' : 'Status: draft'

const [editor] = await tinymce.init({
  target: document.querySelector('#content'), license_key: 'gpl', promotion: false, branding: false, menubar: false, height: 400,
  plugins: 'lists link', toolbar: 'blocks | bold italic | bullist numlist | link', skin: dark ? 'oxide-dark' : 'oxide', content_css: dark ? 'dark' : 'default',
  base_url: '/vendor/tinymce', suffix: '.min', body_id: 'tinymce', entity_encoding: 'raw',
})

function article() {
  return { app: 'cms', subject: title.value, text: editor.getBody().innerText, html: editor.getContent(), excerpt: excerpt.value }
}

async function saveDraft() {
  await post('/api/draft', { ...article(), id: 'post' })
  status.textContent = 'Draft saved.'
}

async function publish(kind, when = '') {
  await post('/api/send', { ...article(), kind, when })
  status.textContent = { publish: 'Published.', schedule: 'Scheduled.', update: 'Updated. Readers see it now.' }[kind]
}

function button(label, attributes) {
  const made = document.createElement(attributes.type === 'submit' ? 'input' : 'button')
  for (const [name, value] of Object.entries({ type: 'button', ...attributes })) made.setAttribute(name, value)
  if (made instanceof HTMLInputElement) made.value = label
  else made.textContent = label
  return made
}

function classicButtons() {
  return [
    button('Save draft', { type: 'submit', id: 'save-post', name: 'save', class: 'button' }),
    button(live ? 'Update' : 'Publish', { type: 'submit', id: 'publish', name: 'publish', class: 'button primary' }),
  ]
}

function blockButtons() {
  if (live) {
    const update = button('Update', { id: 'publish', class: 'button primary editor-post-publish-button editor-post-publish-button__button' })
    update.addEventListener('click', () => publish('update'))
    return [update]
  }
  const save = button('Save draft', { id: 'save-post', class: 'button editor-post-save-draft' })
  save.addEventListener('click', saveDraft)
  const toggle = button('Publish', { class: 'button primary editor-post-publish-panel__toggle editor-post-publish-button__button', 'aria-expanded': 'false' })
  toggle.addEventListener('click', () => openPanel(toggle))
  return [save, toggle]
}

/** The second step of Publish. With a date the same button schedules. */
function openPanel(toggle) {
  document.querySelector('.editor-post-publish-panel')?.remove()
  toggle.setAttribute('aria-expanded', 'true')
  const panel = document.createElement('div')
  panel.className = 'editor-post-publish-panel'
  panel.innerHTML = '<div class="editor-post-publish-panel__header"><div class="editor-post-publish-panel__header-publish-button"></div></div><h2>Are you ready to publish?</h2><p>Check the article once more.</p><label>Publish at (empty: now)<input type="datetime-local"></label>'
  const when = panel.querySelector('input')
  const go = button('Publish', { class: 'button primary editor-post-publish-button editor-post-publish-button__button', 'aria-disabled': 'false' })
  const cancel = button('Cancel', { class: 'button' })
  when.addEventListener('input', () => {
    go.textContent = when.value ? 'Schedule' : 'Publish'
  })
  const close = () => {
    panel.remove()
    toggle.setAttribute('aria-expanded', 'false')
  }
  cancel.addEventListener('click', close)
  go.addEventListener('click', async () => {
    await publish(when.value ? 'schedule' : 'publish', when.value)
    close()
  })
  panel.querySelector('.editor-post-publish-panel__header-publish-button').append(go, ' ', cancel)
  document.body.append(panel)
  go.focus()
}

document.querySelector('.buttons').append(...(plain ? classicButtons() : blockButtons()))
if (!plain) form.addEventListener('submit', (event) => event.preventDefault())

/** Ctrl/Cmd+S saves: on a live article that is an update for every reader. Also heard in the editor's own frame. */
function onKey(event) {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || plain) return
  event.preventDefault()
  if (live) publish('update')
  else saveDraft()
}
document.addEventListener('keydown', onKey)
editor.on('keydown', onKey)
document.body.dataset.ready = 'true'
