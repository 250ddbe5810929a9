import { beforeEach, describe, expect, it } from 'vitest'
import { SITE_IDS } from '../../lib/sites/index.ts'
import * as crm from '../fixtures/sites/crm.html.ts'
import * as pages from '../fixtures/sites/pages.html.ts'
import { blockPost, classicPost } from '../fixtures/sites/wordpress.html.ts'
import { frame, key, one, page, press, siteOf } from './sites.ts'

beforeEach(() => document.body.replaceChildren())

/** An editor that the page around it may not look into: sandboxed, or of another origin. */
const CLOSED = '<iframe sandbox srcdoc="<p contenteditable>It is guaranteed.</p>" style="width:400px;height:200px"></iframe>'

describe.each(SITE_IDS)('site contract: %s', (id) => {
  const site = siteOf(id)

  it('finds nothing on an empty page, and says so quietly', () => {
    page('<button id="any">Go</button><p>Text</p>')
    expect(site.draftRoots(document)).toEqual([])
    expect(site.draftRoot(one('p'))).toBeNull()
    expect(press(site, one('#any'))).toBeNull()
    expect(site.wayOutAt([])).toBeNull()
    expect(site.wayOutAt([window])).toBeNull()
    expect(key(site, one('p'), { key: 'Enter', ctrlKey: true })).toBeNull()
  })

  it('names a selector the browser takes', () => {
    if (site.excluded) expect(() => document.querySelector(site.excluded)).not.toThrow()
  })
})

describe('HubSpot', () => {
  const site = siteOf('hubspot')

  it('reads an e-mail composed in a frame, from inside and from the page around it', () => {
    const inside = frame(crm.hubspotEmail('It is guaranteed.'))
    const root = site.draftRoot(one('[data-test-id=rte-content] p', inside))!
    expect(site.draftRoots(document)).toEqual([root])
    expect(site.draftRoots(inside)).toEqual([root])
    expect(site.parts(root)).toEqual({
      kind: 'email', bodies: [one('[data-test-id=rte-content]', inside)], subject: 'Your offer', subjectField: one('input', inside),
      recipients: [{ address: 'ann@example.com', name: 'Ann', field: 'to' }], missing: [], unreadable: false,
    })
    const send = one('[data-button-use=primary]', inside)
    expect(press(site, one('i18n-string', send))).toEqual({ kind: 'send', element: send, root })
    expect(press(site, one('[data-key$=attach]', inside))).toBeNull()
    expect(press(site, one('[aria-haspopup]', inside))).toBeNull()
    expect(key(site, one('input', inside), { key: 'Enter', ctrlKey: true })).toMatchObject({ kind: 'send', root })
    expect(site.sendControl(root)).toBe(send)
  })

  it('knows Send by its word where there is no key', () => {
    page(crm.hubspotEmail('x', { send: '<button type="button"> Enviar </button>' }))
    expect(press(site, one('footer button'))?.kind).toBe('send')
  })

  it('holds Send of a composer whose frame is closed, and says that it cannot be read', () => {
    page(`<div role="dialog">${CLOSED}<button data-test-id="send-button">Send</button></div><button data-test-id="send-button">Send</button>`)
    const root = one('[role=dialog]')
    expect(press(site, one('button', root))).toMatchObject({ kind: 'send', root })
    expect(site.parts(root)).toMatchObject({ bodies: [], unreadable: true })
    expect(press(site, one('body > button'))).toBeNull()
  })

  it('says when Send was not found', () => {
    page(crm.hubspotEmail('x', { send: '' }))
    expect(site.parts(site.draftRoot(one('[data-test-id=rte-content]'))!).missing).toContain('send')
  })

  it('holds the send key anywhere on the page, except in the assistant', () => {
    page('<button id="tab">Email</button>', crm.hubspotEmail('x'), crm.hubspotPrompt())
    const root = site.draftRoots(document)[0]
    expect(key(site, one('#tab'), { key: 'Enter', ctrlKey: true })).toMatchObject({ kind: 'send', root })
    expect(key(site, one('.assistant p'), { key: 'Enter', ctrlKey: true })).toBeNull()
  })

  it('lets a note be saved', () => {
    page(crm.hubspotNote('Call her back'))
    const root = site.draftRoot(one('[data-test-id=rte-content]'))!
    expect(site.parts(root)).toMatchObject({ kind: 'note', missing: [] })
    expect(press(site, one('footer button'))).toBeNull()
    expect(key(site, one('[data-test-id=rte-content]'), { key: 'Enter', ctrlKey: true })).toBeNull()
  })

  it('does not take the assistant for a draft', () => {
    const inside = frame(crm.hubspotPrompt())
    expect(site.draftRoot(one('[data-test-id=rte-content]', inside))).toBeNull()
    expect(site.draftRoots(document)).toEqual([])
    expect(press(site, one('button', inside))).toBeNull()
  })
})

describe('Zendesk', () => {
  const site = siteOf('zendesk')
  const SUBMIT = '[data-test-id=submit_button-button]'
  const EDITOR = '[data-test-id=omnicomposer-rich-text-ckeditor]'

  it('reads a public reply', () => {
    page(crm.zendeskTicket('It is guaranteed.'))
    const root = site.draftRoot(one(`${EDITOR} p`))!
    expect(site.parts(root)).toMatchObject({
      kind: 'reply', bodies: [one(EDITOR)], subject: 'Where is my order?', recipients: [{ address: 'ann@example.com', name: 'Ann', field: 'to' }], missing: [],
    })
    expect(press(site, one(`${SUBMIT} span`))).toEqual({ kind: 'submit', element: one(SUBMIT), root })
    expect(key(site, one(EDITOR), { key: 's', code: 'KeyS', ctrlKey: true, altKey: true })?.kind).toBe('submit')
    expect(key(site, one(EDITOR), { key: 'Enter' })).toBeNull()
    expect(key(site, document.body, { key: 'Enter', ctrlKey: true })?.root, 'with the focus nowhere').toBe(root)
  })

  it.each(['Internal note', 'Interne Notiz', 'Note interne', '内部メモ', 'Внутренняя заметка'])('lets "%s" go', (channel) => {
    page(crm.zendeskTicket('Ask Bob.', { channel }))
    const root = site.draftRoot(one(EDITOR))!
    expect(site.parts(root).kind).toBe('note')
    expect(press(site, one(SUBMIT))).toBeNull()
    expect(key(site, one(EDITOR), { key: 'Enter', ctrlKey: true })).toBeNull()
  })

  it('judges by the channel at the moment of the press: both share one editor', () => {
    page(crm.zendeskTicket('Ask Bob.', { channel: 'Internal note' }))
    one('[data-test-id=omnichannel-channel-switcher-button]').textContent = 'Public reply'
    expect(press(site, one(SUBMIT))?.kind).toBe('submit')
  })

  it('lets a ticket without words change its state', () => {
    page(crm.zendeskTicket('<br>'))
    expect(press(site, one(SUBMIT))).toBeNull()
  })

  it('keeps mounted tickets apart', () => {
    page(`<div id="main_panes">${crm.zendeskTicket('One', { id: 'a', hidden: true })}${crm.zendeskTicket('Two', { id: 'b' })}</div>`)
    expect(site.draftRoots(document)).toHaveLength(2)
    expect(press(site, one(`#b ${SUBMIT}`))?.root).toBe(site.draftRoot(one(`#b ${EDITOR}`)))
    expect(site.draftRoot(one(`#a ${EDITOR}`))).not.toBe(site.draftRoot(one(`#b ${EDITOR}`)))
  })

  it('knows "Submit as Solved" in the menu of the open arrow', () => {
    page(crm.zendeskTicket('It is guaranteed.'), crm.ZENDESK_MENU)
    expect(press(site, one('[role=menuitem]'))).toBeNull()
    one('[data-test-id=submit_button-menu-button]').setAttribute('aria-expanded', 'true')
    expect(press(site, one('[role=menuitem] span'))).toMatchObject({ kind: 'submit', root: site.draftRoots(document)[0] })
  })

  it('knows that Enter alone sends a chat', () => {
    page(crm.zendeskTicket('It is guaranteed.', { chat: true }))
    expect(key(site, one(EDITOR), { key: 'Enter' })?.kind).toBe('send')
    expect(key(site, one(EDITOR), { key: 'Enter', shiftKey: true })).toBeNull()
  })
})

describe('WordPress, classic editor', () => {
  const site = siteOf('wordpress')

  function rich(words: string): HTMLElement {
    const { body } = frame(`<p>${words}</p>`, one('iframe#content_ifr'))
    body.contentEditable = 'true'
    return body
  }
  function submit(submitter: Element | null) {
    return site.wayOutAt([one('form#post'), document.body, document, window], submitter)
  }

  it('reads title, body in its frame, and excerpt', () => {
    page(classicPost({ excerpt: 'Short.' }))
    const body = rich('It is guaranteed.')
    const root = site.draftRoot(body.firstElementChild!)!
    expect(root).toBe(one('form#post'))
    expect(site.parts(root)).toEqual({
      kind: 'post', bodies: [body, one('#excerpt')], subject: 'Our new plan', subjectField: one('#title'), recipients: [], missing: [], unreadable: false,
    })
    expect(site.draftRoot(one('#adminbar-search'))).toBeNull()
  })

  it('says that the text cannot be read when its frame is closed, though the excerpt can', () => {
    page(classicPost({ excerpt: 'Short.' }).replace('<iframe id="content_ifr"></iframe>', CLOSED.replace('<iframe', '<iframe id="content_ifr"')))
    expect(site.parts(one('#post'))).toMatchObject({ bodies: [one('#excerpt')], missing: ['body'], unreadable: true })
  })

  it('reads the text tab while it is shown', () => {
    page(classicPost({ textTab: '<p>It is guaranteed.</p>' }))
    rich('stale')
    expect(site.parts(one('form#post')).bodies).toEqual([one('#content'), one('#excerpt')])
  })

  it('holds Publish and Update, and lets a draft be saved', () => {
    page(classicPost())
    expect(press(site, one('#publish'))).toEqual({ kind: 'publish', element: one('#publish'), root: one('form#post') })
    expect(press(site, one('#save-post'))).toBeNull()
    page(classicPost({ status: 'publish' }))
    expect(press(site, one('#publish'))?.kind).toBe('update')
    expect(site.sendControl(one('form#post'))).toBe(one('#publish'))
    one<HTMLInputElement>('#publish').value = 'Schedule'
    expect(press(site, one('#publish'))?.kind).toBe('schedule')
  })

  it('tells submits of one form apart by their submitter', () => {
    page(classicPost())
    expect(submit(one('#publish'))?.kind).toBe('publish')
    expect(submit(one('#save-post'))).toBeNull()
    one('#title').focus()
    expect(submit(null)?.kind).toBe('submit')
    one('#save-post').focus()
    expect(submit(null), 'no submitter, but Save draft has the focus').toBeNull()
  })

  it('holds Ctrl+S on a live post only', () => {
    page(classicPost())
    const draft = rich('x')
    expect(key(site, draft, { key: 's', ctrlKey: true })).toBeNull()
    page(classicPost({ status: 'publish' }))
    const live = rich('x')
    expect(key(site, live, { key: 's', ctrlKey: true })).toMatchObject({ kind: 'update', root: one('form#post') })
    expect(key(site, one('#title'), { key: 'S', metaKey: true })?.kind).toBe('update')
    expect(key(site, live, { key: 's' })).toBeNull()
  })
})

describe('WordPress, block editor', () => {
  const site = siteOf('wordpress')
  const BUTTON = '.editor-post-publish-button'

  it('reads the title and one body a block', () => {
    page(blockPost())
    const root = site.draftRoot(one('[data-block=a]'))!
    const parts = site.parts(root)
    expect(parts.bodies).toEqual([one('[data-block=a]'), one('[data-block=b]')])
    expect(parts).toMatchObject({ kind: 'post', subject: 'Our new plan', missing: [] })
  })

  it('lets the toggle open the panel and holds the second click', () => {
    page(blockPost({ panel: true }))
    expect(press(site, one('.editor-post-publish-panel__toggle'))).toBeNull()
    expect(press(site, one('.editor-post-save-draft'))).toBeNull()
    expect(press(site, one('.editor-post-publish-panel__header-cancel-button button'))).toBeNull()
    expect(press(site, one(`.editor-post-publish-panel ${BUTTON} span`))).toMatchObject({ kind: 'publish', root: one('#editor') })
    expect(site.draftRoot(one(`.editor-post-publish-panel ${BUTTON}`))).toBe(one('#editor'))
  })

  it('knows a schedule, and Update that acts at once though it calls itself disabled', () => {
    page(blockPost({ panel: true, scheduled: true }))
    expect(press(site, one(`${BUTTON} span`))?.kind).toBe('schedule')
    page(blockPost({ live: true }))
    expect(press(site, one(`${BUTTON} span`))?.kind).toBe('update')
    expect(key(site, one('[data-block=a]'), { key: 's', ctrlKey: true })?.kind).toBe('update')
    page(blockPost())
    expect(key(site, one('[data-block=a]'), { key: 's', ctrlKey: true })).toBeNull()
  })

  it('reads the canvas in its frame', () => {
    page('<div id="editor" class="block-editor"><button class="editor-post-publish-panel__toggle">Publish</button><iframe name="editor-canvas"></iframe></div>')
    const inside = frame('<h1 class="editor-post-title__input" contenteditable="true">Plan</h1><div class="is-root-container block-editor-block-list__layout"><p contenteditable="true">Free.</p></div>', one('iframe'))
    const root = site.draftRoot(one('p', inside))!
    expect(root).toBe(one('#editor'))
    expect(site.parts(root)).toMatchObject({ subject: 'Plan', bodies: [one('p', inside)] })
  })
})

describe('any other page', () => {
  const site = siteOf('generic')

  it('watches a form with a box for paragraphs', () => {
    page(pages.CONTACT_FORM)
    const root = site.draftRoot(one('textarea'))!
    expect(root).toBe(one('#contact'))
    expect(site.parts(root)).toMatchObject({
      bodies: [one('textarea')], subject: 'Offer', recipients: [{ address: 'ann@example.com', name: '', field: 'to' }], missing: [],
    })
    const draft = one('button[name=draft]')
    const send = one('button:not([name])')
    const cancel = one('button[type=button]')
    expect(press(site, one('span', send))).toMatchObject({ kind: 'send', root })
    expect(press(site, draft)).toBeNull()
    expect(press(site, cancel)).toBeNull()
    expect(site.wayOutAt([root], send)).toMatchObject({ kind: 'send', root })
    expect(site.wayOutAt([root], draft)).toBeNull()
    expect(site.wayOutAt([root])).toMatchObject({ kind: 'submit' })
    expect(key(site, one('textarea'), { key: 'Enter', ctrlKey: true })).toMatchObject({ kind: 'send', root })
    expect(key(site, one('textarea'), { key: 'Enter' })).toBeNull()
  })

  it('watches a box whose button says so in another language', () => {
    page(pages.COMMENT_BOX)
    const root = site.draftRoot(one('[contenteditable]'))!
    expect(root).toBe(one('.box'))
    expect(press(site, one('.bar [tabindex]'))).toMatchObject({ kind: 'send', root })
    expect(press(site, one('[aria-label^=Attach]'))).toBeNull()
  })

  it('looks into frames', () => {
    page('<form method="post"><iframe></iframe><button>Publish</button></form>')
    const inside = frame('<p>It is guaranteed.</p>', one('iframe'))
    inside.body.contentEditable = 'true'
    expect(site.draftRoot(inside.body.firstElementChild!)).toBe(one('form'))
    expect(press(site, one('button'))).toMatchObject({ kind: 'publish', root: one('form') })
  })

  it('takes a closed frame for a draft once it had the focus, and never for one before', () => {
    page(`<section><p>Words</p>${CLOSED}<button>Send</button></section>`)
    expect(press(site, one('button'))).toBeNull()
    expect(site.draftRoot(one('iframe'))).toBe(one('section'))
    expect(site.draftRoots(document)).toEqual([one('section')])
    expect(press(site, one('button'))).toMatchObject({ kind: 'send', root: one('section') })
    expect(site.parts(one('section'))).toMatchObject({ bodies: [], missing: ['body'], unreadable: true })
  })

  it('does not take a card field, or a frame without a way out beside it, for a draft', () => {
    page(`<form method="get">${CLOSED.replace('height:200px', 'height:60px')}<button>Send</button></form>`)
    expect(site.draftRoot(one('iframe'))).toBeNull()
    page(`<section>${CLOSED}</section>`)
    expect(site.draftRoot(one('iframe'))).toBeNull()
  })

  it.each(Object.entries({ 'a search box': pages.SEARCH, 'one line': pages.ONE_LINE, 'a prompt to an assistant': pages.AI_PROMPT, 'notes without a way out': pages.NOTES_APP }))(
    'leaves %s alone', (_name, html) => {
      page(html)
      expect(site.draftRoots(document)).toEqual([])
      for (const element of document.querySelectorAll('textarea,input,[contenteditable],button')) {
        expect(site.draftRoot(element)).toBeNull()
        expect(press(site, element)).toBeNull()
      }
    })
})
