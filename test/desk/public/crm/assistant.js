import { Editor, StarterKit } from '/vendor/tiptap.js'
import { post } from '/assets/mail/dom.js'

/** The prompt of an assistant uses the same editor and test id as an e-mail. What is asked here is not sent to a customer. */
const prompt = new Editor({
  element: document.querySelector('[data-editor=prompt]'),
  extensions: [StarterKit],
  editorProps: { attributes: { 'data-test-id': 'rte-content', role: 'textbox', 'aria-label': 'Ask the assistant', style: 'min-height: 60px' } },
})

document.querySelector('[data-test-id=chat-send-button]').addEventListener('click', async () => {
  await post('/api/note', { app: 'crm', kind: 'prompt', text: prompt.view.dom.innerText, html: prompt.getHTML() })
  prompt.commands.clearContent(true)
  document.querySelector('[role=status]').textContent = 'The assistant is not connected here.'
})
