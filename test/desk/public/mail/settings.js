import '/assets/desk-bar.js'
import { post } from './dom.js'

const editor = document.querySelector('.Am.editable')
const status = document.querySelector('.rR [role=status]')

document.querySelector('.rR button').addEventListener('click', async () => {
  await post('/api/note', { app: 'mail', kind: 'signature', text: editor.innerText, html: editor.innerHTML })
  status.textContent = 'Saved.'
})
