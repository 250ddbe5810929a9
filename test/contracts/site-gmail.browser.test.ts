import { describe, expect, it } from 'vitest'
import { editorFor } from '../../lib/editors/index.ts'
import * as fixture from '../fixtures/sites/gmail.html.ts'
import { key, one, page, press, siteOf } from './sites.ts'

const site = siteOf('gmail')
const BODY = '[g_editable=true]'
const SEND = '.aoO:not(.other-extension)'
const CHEVRON = '[role=button][aria-haspopup=true]'

const KINDS = [
  ['docked', fixture.dockedCompose], ['full screen', fixture.fullScreenCompose], ['inline reply', fixture.inlineReply], ['window of its own', fixture.poppedOut],
] as const

describe.each(KINDS)('Gmail, %s', (name, compose) => {
  const filled = { subject: 'Your offer', body: '<div>It is guaranteed.</div>', to: ['Ann Lee <ann@example.com>'], cc: ['BOB@example.com'], typing: 'carl@example.com' }

  it.each(['en', 'de'] as const)('finds every part, interface in %s', (language) => {
    page(compose({ ...filled, language }))
    const root = site.draftRoot(one(BODY))!
    expect(site.draftRoots(document)).toEqual([root])
    const parts = site.parts(root)
    expect(parts.bodies).toEqual([one(BODY)])
    expect(parts.subject).toBe('Your offer')
    expect(parts.subjectField).toBe(one('[name=subjectbox]'))
    expect(parts.recipients).toEqual([
      { address: 'ann@example.com', name: 'Ann Lee', field: 'to' }, { address: 'bob@example.com', name: '', field: 'cc' }, { address: 'carl@example.com', name: '', field: 'to' },
    ])
    expect(parts.missing).toEqual([])
    expect(parts.kind).toBe(name === 'inline reply' ? 'reply' : 'email')
    expect(site.sendControl(root)).toBe(one(SEND))
  })

  it('knows Send from what stands around it', () => {
    page(compose(filled))
    const root = site.draftRoot(one(BODY))
    expect(press(site, one(`${SEND} span`))).toEqual({ kind: 'send', element: one(SEND), root })
    for (const other of [CHEVRON, '[command=Files]', BODY, '[name=subjectbox]']) expect(press(site, one(other)), other).toBeNull()
  })

  it.each([BODY, '[name=subjectbox]', '[peoplekit-id=BbVjBd]'])('knows Ctrl+Enter and Cmd+Enter in %s', (where) => {
    page(compose(filled))
    const root = site.draftRoot(one(BODY))
    expect(key(site, one(where), { key: 'Enter', ctrlKey: true })).toEqual({ kind: 'send', element: root, root })
    expect(key(site, one(where), { key: 'Enter', metaKey: true })?.kind).toBe('send')
    expect(key(site, one(where), { key: 'Enter', ctrlKey: true, shiftKey: true })?.kind).toBe('archive')
    expect(key(site, one(where), { key: 'Enter' })).toBeNull()
    expect(key(site, one(where), { key: 'b', ctrlKey: true })).toBeNull()
  })
})

describe('Gmail', () => {
  it('reads the names of attached files, by their class or their place', () => {
    page(fixture.dockedCompose({ id: '1', subject: 'One' }))
    const root = site.draftRoots(document)[0]!
    expect(site.parts(root).attachments).toEqual([])
    root.insertAdjacentHTML('beforeend', `
      <div class="dL"><input type="hidden" name="attach" value="f_1"><a class="dO"><div class="vI">Price list.pdf</div><div class="vJ">(24K)</div></a></div>
      <div class="dL"><input type="hidden" name="attach" value="f_2"><a><div>Offer 2026.docx</div><div>(9K)</div></a></div>
      <div class="dL"><input type="hidden" name="attach" value="f_3"></div>`)
    expect(site.parts(root).attachments).toEqual(['Price list.pdf', 'Offer 2026.docx', 'f_3'])
  })

  it('keeps two composes apart', () => {
    page('<div id="one">', fixture.dockedCompose({ id: '1', subject: 'One' }), '</div><div id="two">', fixture.dockedCompose({ id: '2', subject: 'Two' }), '</div>')
    const roots = site.draftRoots(document)
    expect(roots.map((root) => site.parts(root).subject)).toEqual(['One', 'Two'])
    expect(press(site, one(`#one ${SEND}`))?.root).toBe(roots[0])
    expect(press(site, one(`#two ${SEND}`))?.root).toBe(roots[1])
    expect(key(site, one(`#two ${BODY}`), { key: 'Enter', ctrlKey: true })?.root).toBe(roots[1])
  })

  it('knows Send & archive', () => {
    page(fixture.inlineReply())
    expect(press(site, one('.Uo span'))?.kind).toBe('archive')
  })

  it.each([true, false])('does not take a clone of Send for Send (log tag present: %s)', (logged) => {
    page(fixture.dockedCompose({ logged, beside: fixture.FOREIGN_BUTTON, foreign: fixture.FOREIGN_BUTTON }))
    for (const clone of document.querySelectorAll('.other-extension')) expect(press(site, clone)).toBeNull()
    expect(press(site, one(SEND))?.kind).toBe('send')
    expect(site.sendControl(site.draftRoots(document)[0]!)).toBe(one(SEND))
  })

  it('tells the compose of a menu drawn elsewhere by its open chevron', () => {
    page('<div id="one">', fixture.dockedCompose({ id: '1' }), '</div><div id="two">', fixture.dockedCompose({ id: '2' }), '</div>', fixture.scheduleMenu('de'))
    one(`#two ${CHEVRON}`).setAttribute('aria-expanded', 'true')
    expect(press(site, one('[selector=scheduledSend] img'))).toEqual({ kind: 'schedule', element: one('[selector=scheduledSend]'), root: site.draftRoot(one(`#two ${BODY}`)) })
  })

  it('remembers which chevron was pressed where none says that it is open', () => {
    page('<div id="one">', fixture.dockedCompose({ id: '1' }), '</div><div id="two">', fixture.dockedCompose({ id: '2' }), '</div>')
    press(site, one(`#one ${CHEVRON}`))
    document.body.insertAdjacentHTML('beforeend', fixture.scheduleMenu())
    expect(press(site, one('[selector=scheduledSend]'))?.root).toBe(site.draftRoot(one(`#one ${BODY}`)))
  })

  it('asks every draft where the menu could be of either', () => {
    page('<div id="one">', fixture.dockedCompose({ id: '1' }), '</div><div id="two">', fixture.dockedCompose({ id: '2' }), '</div>', fixture.scheduleMenu())
    press(site, one(`#one ${CHEVRON}`))
    one('#one').remove()
    document.body.insertAdjacentHTML('afterbegin', fixture.dockedCompose({ id: '3' }))
    const way = press(site, one('[selector=scheduledSend]'))
    expect(way).toMatchObject({ kind: 'schedule', root: null })
  })

  it('knows the ready-made times, not the calendar', () => {
    page(fixture.dockedCompose(), fixture.SCHEDULE_TIMES)
    expect(press(site, one('.Az:not(.AM) span'))).toMatchObject({ kind: 'schedule', root: site.draftRoots(document)[0] })
    expect(press(site, one('.AM span'))).toBeNull()
  })

  it.each(['en', 'de'] as const)('knows the calendar\'s own button by the words of the menu (%s)', (language) => {
    page(fixture.dockedCompose({ language }), fixture.scheduleMenu(language))
    const words = one('[selector=scheduledSend]').textContent
    press(site, one('[selector=scheduledSend]'))
    page(fixture.dockedCompose({ language }), `<div role="dialog"><input type="time"><button>Cancel</button><button><span>${words}</span></button></div>`)
    expect(press(site, one('button span'))).toMatchObject({ kind: 'schedule', root: site.draftRoots(document)[0] })
    expect(press(site, one('button'))).toBeNull()
  })

  it('is silent outside drafts', () => {
    page('<div id="list"><div role="button" id="row">A mail</div><input id="search"></div>', fixture.dockedCompose())
    expect(site.draftRoot(one('#row'))).toBeNull()
    expect(press(site, one('#row'))).toBeNull()
    expect(key(site, one('#search'), { key: 'Enter', ctrlKey: true })).toBeNull()
  })

  it('does not take the signature settings for a draft', () => {
    page(fixture.SIGNATURE_SETTINGS)
    for (const editor of document.querySelectorAll(BODY)) expect(site.draftRoot(editor)).toBeNull()
    expect(site.draftRoots(document)).toEqual([])
    expect(key(site, one(BODY), { key: 'Enter', ctrlKey: true })).toBeNull()
  })

  it('reads plain-text mode', () => {
    page(fixture.dockedCompose({ plainText: true, body: 'It is guaranteed.' }))
    expect(site.parts(site.draftRoots(document)[0]!).bodies).toEqual([one('textarea[form=nosend]')])
  })

  it('leaves out quote and signature, keeps what stands below the quote', () => {
    page(fixture.inlineReply({ body: fixture.QUOTED_BODY }))
    expect(editorFor(one(BODY)).read(one(BODY), site.excluded).text).toBe('Yes, it is guaranteed.\nBelow the quote: 20% off.')
    page(fixture.dockedCompose({ body: fixture.FORWARDED_BODY }))
    expect(editorFor(one(BODY)).read(one(BODY), site.excluded).text).toBe('See below.')
  })

  it('reads older recipient rows', () => {
    page(fixture.dockedCompose())
    one('table.GS').outerHTML = fixture.CLASSIC_RECIPIENTS
    expect(site.parts(site.draftRoots(document)[0]!).recipients).toEqual([
      { address: 'ann@example.com', name: 'Ann Lee', field: 'to' }, { address: 'bob@example.com', name: '', field: 'to' }, { address: 'carl@example.com', name: '', field: 'cc' },
    ])
  })

  it('shows a contact without an address by name only', () => {
    page(fixture.dockedCompose({ to: ['Ann Lee <117>'] }))
    expect(site.parts(site.draftRoots(document)[0]!).recipients).toEqual([{ address: null, name: 'Ann Lee', field: 'to' }])
  })

  it('says what it did not find', () => {
    page(fixture.dockedCompose())
    one('.IZ').remove()
    one('.GS').remove()
    one('[name=subjectbox]').remove()
    one('[name=subject]').remove()
    const root = site.draftRoots(document)[0]!
    expect(site.parts(root).missing).toEqual(['subject', 'recipients', 'send'])
    expect(site.sendControl(root)).toBeNull()
  })
})
