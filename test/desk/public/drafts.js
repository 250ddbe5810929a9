/**
 * Drafts to practise with, made up for this desk: people, firms and products in them do not exist.
 * A draft is a list of blocks; `**word**` is bold, a block that starts with "- " is a list item, one that starts with "## " a heading.
 */
const AI_MAIL = [
  'Hi Marta,',
  'Thank you for the call on Tuesday. Here is a summary of what we can offer the Lakeside clinics:',
  '- **Price:** a 20% discount in the first year if you sign before Friday.',
  '- **Delivery:** we guarantee that all lamps arrive before the winter rota starts.',
  '- **Health:** our lamps are clinically proven to improve sleep.',
  '- **Returns:** send them back within 60 days for a full refund.',
  'Your contact for the roll-out is [Account Manager Name], who will send the delivery plan next week.',
  'Best regards,',
]

const CLEAN_MAIL = [
  'Hi Marta,',
  'The notes from our call are in the shared folder. I added the floor plan and the two questions that your team asked about the rooms on the first floor.',
  'Shall we look at them together after lunch tomorrow?',
  'Best regards,',
]

const AI_CRM = [
  'Hi Tom,',
  'Great speaking with you today! As discussed, we can lock in a **15% discount** if the order reaches us this week, with free shipping for all twelve sites.',
  'Our platform is fully GDPR compliant, so your legal team has nothing to worry about. Customers like you typically see a 300% return on investment within the first quarter.',
  'I look forward to hearing from you, [Your Name]',
]

const AI_TICKET = [
  'Hello Priya,',
  'I am sorry for the trouble with order 20417. I have issued a full refund of $1,240 to your card; it will arrive within 24 hours.',
  'We guarantee that this will never happen again. You can stop taking the supplement at once, there are no side effects.',
  'Please let me know if there is anything else I can help with.',
]

const AI_ARTICLE = [
  '## Five ways to sleep better this winter',
  'Studies show that 87% of adults do not sleep enough. The good news: with the right light, insomnia can be cured in two weeks.',
  '- **Get morning light.** A 10,000 lux lamp is the best on the market and safe for everyone.',
  '- **Cut the caffeine.** Half a cup less after lunch doubles deep sleep.',
  '- **Save now.** Readers of this page get 25% off until Sunday.',
  'Talk to [Expert Name] if you want to know more.',
]

export const DRAFTS = {
  mail: { app: 'mail', ai: true, title: 'Offer to a clinic', where: 'Mail', to: ['marta.olsen@lakeside-clinics.example'], subject: 'Your offer for the Lakeside clinics', blocks: AI_MAIL },
  crm: { app: 'crm', ai: true, title: 'Follow-up to a customer', where: 'CRM', to: ['tom.baker@harbour-foods.example'], subject: 'Following up on our call', blocks: AI_CRM },
  ticket: { app: 'crm', ai: true, title: 'Answer to a complaint', where: 'CRM ticket', to: ['priya.nair@mailbox.example'], subject: '', blocks: AI_TICKET },
  article: { app: 'cms', ai: true, title: 'Article for the magazine', where: 'CMS', to: [], subject: 'Five ways to sleep better this winter', blocks: AI_ARTICLE },
  clean: { app: 'mail', ai: false, title: 'A short note, written by hand', where: 'Mail', to: ['marta.olsen@lakeside-clinics.example'], subject: 'Notes from our call', blocks: CLEAN_MAIL },
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text) => text.replace(/[&<>"]/g, (character) => escapes[character])

/** The words alone, as `text/plain` has them. */
export function plainText(blocks) {
  return blocks.map((block) => block.replaceAll('**', '').replace(/^## /, '')).join('\n\n').replace(/\n\n(?=- )/g, '\n')
}

/**
 * HTML as a chat page puts it on the clipboard. With `marks`, each element carries the offsets of its source in the answer and the last one says so,
 * which is how the origin of a pasted answer is known.
 */
export function clipboardHtml(blocks, marks) {
  const items = []
  let offset = 0
  blocks.forEach((block, index) => {
    items.push({ block, start: offset, end: offset + block.length, last: index === blocks.length - 1 })
    offset += block.length + 2
  })
  const at = (item, from = 0, length = item.end - item.start, last = false) =>
    marks ? ` data-start="${item.start + from}" data-end="${item.start + from + length}"${last && item.last ? ' data-is-last-node=""' : ''}` : ''
  const inline = (item, skip) => item.block.slice(skip).split(/(\*\*[^*]+\*\*)/).reduce(({ html, from }, part) => ({
    html: html + (part.startsWith('**') ? `<strong${at(item, from, part.length)}>${escape(part.slice(2, -2))}</strong>` : escape(part)),
    from: from + part.length,
  }), { html: '', from: skip }).html
  let html = ''
  items.forEach((item, index) => {
    const list = item.block.startsWith('- ')
    if (list && !items[index - 1]?.block.startsWith('- ')) html += `<ul${at(item)}>`
    if (list) html += `<li${at(item)}><p${at(item, 2, item.block.length - 2, true)}>${inline(item, 2)}</p></li>`
    else if (item.block.startsWith('## ')) html += `<h2${at(item, 0, item.block.length, true)}>${inline(item, 3)}</h2>`
    else html += `<p${at(item, 0, item.block.length, true)}>${inline(item, 0)}</p>`
    if (list && !items[index + 1]?.block.startsWith('- ')) html += '</ul>'
  })
  return html
}

/** Puts a draft on the clipboard as a chat page does: from inside a copy event, so that its marks are not cleaned away. Needs a press. */
export function copyDraft(draft) {
  let done = false
  const fill = (event) => {
    event.preventDefault()
    event.stopImmediatePropagation()
    event.clipboardData.setData('text/plain', plainText(draft.blocks))
    event.clipboardData.setData('text/html', clipboardHtml(draft.blocks, draft.ai))
    done = true
  }
  document.addEventListener('copy', fill, { capture: true, once: true })
  document.execCommand('copy')
  document.removeEventListener('copy', fill, { capture: true })
  return done
}
