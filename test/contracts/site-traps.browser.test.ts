import { afterEach, describe, expect, it } from 'vitest'
import { editorFor } from '../../lib/editors/index.ts'
import type { SiteId } from '../../lib/sites/index.ts'
import * as crm from '../fixtures/sites/crm.html.ts'
import * as gmail from '../fixtures/sites/gmail.html.ts'
import * as mail from '../fixtures/sites/mail.html.ts'
import * as pages from '../fixtures/sites/pages.html.ts'
import * as sales from '../fixtures/sites/sales.html.ts'
import { blockPost, classicPost } from '../fixtures/sites/wordpress.html.ts'
import { CLEAN, fillFrame, gate, RISKY, type Gated } from './gated.ts'
import { one, page, siteOf } from './sites.ts'

/** What catches a guard that looks at classes, labels or the focus alone. Each is a real application's way, through the real gate. */
let gated: Gated | null = null
afterEach(() => {
  gated?.end()
  gated = null
  document.body.replaceChildren()
})

async function open(site: SiteId, html: string, windows: readonly Window[] = []): Promise<Gated> {
  page(html)
  return (gated = await gate(siteOf(site), windows))
}

/** Markup inside an open shadow root at the end of the page. */
function shadow(html: string, id = 'interop-outlet'): ShadowRoot {
  const host = document.body.appendChild(document.createElement('div'))
  host.id = id
  const root = host.attachShadow({ mode: 'open' })
  root.innerHTML = html
  return root
}

describe('Gmail', () => {
  it('holds Send and lets a clone of its classes be', async () => {
    const on = await open('gmail', gmail.dockedCompose({ body: `<div>${RISKY}</div>`, beside: gmail.FOREIGN_BUTTON, to: ['ann@example.com'], subject: 'x' }))
    expect(on.press(one('.other-extension'))).toBe(true)
    expect(on.press(one('.aoO:not(.other-extension)'))).toBe(false)
    expect(on.taken()).toEqual({ held: ['send'], passed: [] })
  })

  it('does not take the signature editor of the settings for a draft', async () => {
    const on = await open('gmail', gmail.SIGNATURE_SETTINGS.replace('Kind regards', RISKY))
    one('[g_editable]').focus()
    expect(on.key(one('[g_editable]'), 'ctrl+Enter')).toBe(true)
    expect(on.core.sessions()).toEqual([])
  })
})

describe('HubSpot', () => {
  it('leaves the assistant\'s prompt box alone, also beside a risky mail', async () => {
    const on = await open('hubspot', crm.hubspotEmail(RISKY) + crm.hubspotPrompt())
    expect(on.press(one('[data-test-id=chat-send-button]'))).toBe(true)
    expect(on.key(one('.assistant [data-test-id=rte-content]'), 'ctrl+Enter')).toBe(true)
    expect(on.taken()).toEqual({ held: [], passed: [] })
    expect(on.press(one('#composer [data-button-use=primary]'))).toBe(false)
  })
})

describe('WordPress', () => {
  it('holds a button that says it is disabled, for its clicks still arrive', async () => {
    const on = await open('wordpress', blockPost({ panel: true }))
    const button = one('.editor-post-publish-panel .editor-post-publish-button')
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(on.press(button)).toBe(false)
    expect(on.taken().held).toEqual(['publish'])
  })

  it.each([['publish', false], ['future', false], ['draft', true]])('Ctrl+S on a post that is %s reaches the page: %s', async (status, reaches) => {
    page(classicPost({ status }))
    const frame = fillFrame('#content_ifr', RISKY)
    gated = await gate(siteOf('wordpress'), [frame])
    expect(gated.key(one('p', frame.document), 'ctrl+s')).toBe(reaches)
    expect(gated.key(one('#title'), 'meta+s')).toBe(reaches)
  })

  it.each([['publish', false], ['future', false], ['private', false], ['draft', true], ['pending', true]])('Enter in the title of a post that is %s, by the hidden Save which browsers press for it, reaches the page: %s', async (status, reaches) => {
    page(classicPost({ status }))
    gated = await gate(siteOf('wordpress'), [fillFrame('#content_ifr', RISKY)])
    one('#title').focus()
    expect(gated.submit(one<HTMLFormElement>('form#post'), one<HTMLInputElement>('#save'))).toBe(reaches)
    expect(gated.taken().held).toEqual(reaches ? [] : ['update'])
  })
})

describe('LinkedIn', () => {
  it('holds Enter in a composer without a Send button that stands in an open shadow root', async () => {
    page('<main>feed</main>')
    const inside = shadow(sales.linkedinMessage(RISKY, { send: false, tag: 'div' }))
    gated = await gate(siteOf('linkedin'))
    const editor = one('[contenteditable]', inside)
    expect(siteOf('linkedin').draftRoots(document)).toEqual([one('.msg-form', inside)])
    expect(gated.key(one('p', inside), 'shift+Enter')).toBe(true)
    expect(gated.key(one('p', inside), 'Enter')).toBe(false)
    expect(gated.taken().held).toEqual(['send'])
    editor.textContent = CLEAN
    expect(gated.key(editor, 'Enter')).toBe(true)
    expect(gated.taken().passed).toEqual(['send'])
  })

  it('holds Send there, and Post of the share box', async () => {
    page('<main>feed</main>')
    const inside = shadow(sales.linkedinMessage(RISKY) + sales.linkedinPost(RISKY))
    gated = await gate(siteOf('linkedin'))
    expect(gated.press(one('.msg-form__send-button', inside))).toBe(false)
    expect(gated.press(one('.share-actions__primary-action', inside))).toBe(false)
    expect(gated.taken().held).toEqual(['send', 'publish'])
    expect(siteOf('linkedin').parts(one('.msg-form', inside)).recipients).toEqual([{ address: null, name: 'Ann Lee', field: 'to' }])
  })
})

describe('any other page', () => {
  it('finds a draft in an open shadow root, also one inside another', async () => {
    page('<main></main>')
    const outer = shadow('<div id="inner"></div>', 'app')
    const inner = one('#inner', outer).attachShadow({ mode: 'open' })
    inner.innerHTML = pages.COMMENT_BOX
    gated = await gate(siteOf('generic'))
    expect(siteOf('generic').draftRoots(document)).toEqual([one('.box', inner)])
    expect(gated.press(one('.bar [tabindex]', inner))).toBe(false)
    expect(gated.key(one('[contenteditable]', inner), 'ctrl+Enter')).toBe(false)
  })
})

describe('Zendesk', () => {
  const SUBMIT = '[data-test-id=submit_button-button]'

  it('asks the ticket that is submitted, not those that stay mounted beside it', async () => {
    const on = await open('zendesk', `<div id="main_panes">${crm.zendeskTicket(RISKY, { id: 'a', hidden: true })}${crm.zendeskTicket(CLEAN, { id: 'b' })}</div>`)
    expect(on.press(one(`#b ${SUBMIT}`))).toBe(true)
    expect(on.key(document.body, 'ctrl+Enter')).toBe(true)
    one('#a').style.display = ''
    one('#b').style.display = 'none'
    expect(on.key(document.body, 'ctrl+Enter')).toBe(false)
  })

  it('holds a menu item drawn apart while one of two menus is open, for that ticket', async () => {
    const on = await open('zendesk', crm.zendeskTicket(RISKY, { id: 'a' }) + crm.zendeskTicket(CLEAN, { id: 'b' }) + crm.ZENDESK_MENU)
    one('#b [data-test-id=submit_button-menu-button]').setAttribute('aria-expanded', 'true')
    expect(on.press(one('[role=menuitem]'))).toBe(true)
    one('#b [data-test-id=submit_button-menu-button]').setAttribute('aria-expanded', 'false')
    one('#a [data-test-id=submit_button-menu-button]').setAttribute('aria-expanded', 'true')
    expect(on.press(one('[role=menuitem]'))).toBe(false)
  })
})

describe('Outlook', () => {
  const two = (first: string, second: string): string => mail.outlookMail(first, { id: '0' }) + mail.outlookMail(second, { id: '1' }) + mail.OUTLOOK_MENU

  it.each([[RISKY, CLEAN], [CLEAN, RISKY]])('asks all shown drafts where a menu item could be of either', async (first, second) => {
    const on = await open('outlook', two(first, second))
    expect(on.press(one('[role=menuitem] span'))).toBe(false)
    expect(on.taken().held).toEqual(['schedule'])
  })

  it('lets the item go when none of them is risky, and asks none that is hidden', async () => {
    const on = await open('outlook', two(CLEAN, RISKY))
    one('#docking_InitVisiblePart_1').style.display = 'none'
    expect(on.press(one('[role=menuitem]'))).toBe(true)
    expect(on.taken().held).toEqual([])
  })

  it('asks the draft whose menu is open', async () => {
    const on = await open('outlook', two(RISKY, CLEAN))
    one('#docking_InitVisiblePart_1 [aria-haspopup]').setAttribute('aria-expanded', 'true')
    expect(on.press(one('[role=menuitem]'))).toBe(true)
    one('#docking_InitVisiblePart_1 [aria-haspopup]').setAttribute('aria-expanded', 'false')
    one('#docking_InitVisiblePart_0 [aria-haspopup]').setAttribute('aria-expanded', 'true')
    expect(on.press(one('[role=menuitem]'))).toBe(false)
  })

  it('remembers which menu was opened where the page does not say, in whatever language its items are', async () => {
    const on = await open('outlook', two(RISKY, CLEAN))
    one('[role=menuitem] span').textContent = 'Отправить позже'
    expect(on.press(one('[role=menuitem]'))).toBe(true)
    on.press(one('#docking_InitVisiblePart_0 [aria-haspopup]'))
    expect(on.press(one('[role=menuitem]'))).toBe(false)
    on.press(one('#docking_InitVisiblePart_1 [aria-haspopup]'))
    expect(on.press(one('[role=menuitem]'))).toBe(true)
    on.press(one('#docking_InitVisiblePart_0 [aria-haspopup]'))
    on.press(one('#discardCompose'))
    expect(on.press(one('[role=menuitem]')), 'another press closed the menu').toBe(true)
  })

  it('holds Ctrl+Enter with the focus outside every draft', async () => {
    const on = await open('outlook', mail.OUTLOOK_AROUND + mail.outlookMail(RISKY))
    expect(on.key(one('#UniqueMessageBody_1 .read'), 'ctrl+Enter')).toBe(false)
    expect(on.key(document.body, 'ctrl+Enter')).toBe(false)
  })

  it('shows a chip without an address by name, and says that the recipients are not known', () => {
    const parts = (chip: string) => {
      page(mail.outlookMail(RISKY, { chip }))
      return siteOf('outlook').parts(siteOf('outlook').draftRoots(document)[0]!)
    }
    expect(parts(mail.OUTLOOK_CHIP)).toMatchObject({ recipients: [{ address: 'ann@example.com', name: 'Ann Lee', field: 'to' }], missing: [] })
    expect(parts(mail.OUTLOOK_DIRECTORY_CHIP)).toMatchObject({ recipients: [{ address: null, name: 'Ann Lee', field: 'to' }], missing: ['recipients'] })
  })

  it('reads an address that is typed and not yet a chip', () => {
    page(mail.outlookMail(RISKY, { typing: ' bob@example.com' }))
    expect(siteOf('outlook').parts(siteOf('outlook').draftRoots(document)[0]!).recipients.map(({ address }) => address)).toEqual(['ann@example.com', 'bob@example.com'])
  })

  it('leaves out signature and quoted history, whose ids grow a prefix with each round', () => {
    page(mail.outlookMail(mail.OUTLOOK_QUOTED))
    const body = one('[id^=editorParent_] [role=textbox]')
    expect(editorFor(body).read(body, siteOf('outlook').excluded).text).toBe('Yes, it is guaranteed.')
  })

  it('says when Send or the fields were not found, and takes the ribbon\'s button for neither', () => {
    page(mail.OUTLOOK_AROUND, mail.outlookMail(RISKY, { fields: false, subject: null }))
    one('[data-testid=ComposeSendButton]').remove()
    expect(siteOf('outlook').parts(siteOf('outlook').draftRoots(document)[0]!)).toMatchObject({ kind: 'reply', missing: ['recipients', 'send'] })
  })
})

describe('Salesforce', () => {
  it('says that an editor of another origin cannot be read, and holds Send', async () => {
    const on = await open('salesforce', sales.salesforceMail(sales.SALESFORCE_CLOSED))
    await new Promise((resolve) => { one('iframe').addEventListener('load', resolve, { once: true }) })
    const root = siteOf('salesforce').draftRoots(document)[0]!
    expect(siteOf('salesforce').parts(root)).toMatchObject({ bodies: [], missing: ['body'], unreadable: true, recipients: [{ address: 'ann@example.com' }] })
    expect(on.press(one('.cuf-publisherShareButton button'))).toBe(false)
    expect(on.press(one('.header button'))).toBe(true)
  })

  it('says in the inner frame that Send is not there', () => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.className = 'alone'
    const inside = fillFrame('.alone', RISKY, '<body class="cke_editable" contenteditable="true">').document
    const [root] = siteOf('salesforce').draftRoots(inside)
    expect(siteOf('salesforce').parts(root!)).toMatchObject({ bodies: [inside.body], missing: ['recipients', 'send'] })
  })
})

describe('Roundcube', () => {
  it('submits by script and without an event, so that the click is what is held', async () => {
    const on = await open('roundcube', mail.roundcubeMail(RISKY))
    const form = one<HTMLFormElement>('form')
    let submits = 0
    form.addEventListener('submit', () => { submits += 1 })
    form.submit = () => undefined
    one('#rcmbtn112').addEventListener('click', () => { form.submit() })
    expect(on.press(one('#rcmbtn112'))).toBe(false)
    expect([submits, on.taken().held]).toEqual([0, ['send']])
    expect(siteOf('roundcube').parts(one('#layout-content')).recipients).toEqual([{ address: 'ann@example.com', name: 'Ann Lee', field: 'to' }])
  })

  it('names what is attached, which the skin shows beside the draft', async () => {
    await open('roundcube', mail.roundcubeMail(CLEAN, { files: ['Prices 2027.pdf', 'plan.docx'] }))
    expect(siteOf('roundcube').parts(one('#layout-content')).attachments).toEqual(['Prices 2027.pdf', 'plan.docx'])
    page(mail.roundcubeMail(CLEAN))
    expect(siteOf('roundcube').parts(one('#layout-content')).attachments).toEqual([])
  })
})
