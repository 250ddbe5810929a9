import { afterEach, describe, expect, it } from 'vitest'
import type { SiteId } from '../../lib/sites/index.ts'
import * as cms from '../fixtures/sites/cms.html.ts'
import * as crm from '../fixtures/sites/crm.html.ts'
import * as mail from '../fixtures/sites/mail.html.ts'
import * as sales from '../fixtures/sites/sales.html.ts'
import * as support from '../fixtures/sites/support.html.ts'
import { CLEAN, fillFrame, gate, RISKY, type Gated } from './gated.ts'
import { one, page, siteOf } from './sites.ts'

/** One way out: a control to press, or a key and where it is pressed; a `form` is submitted, by a button of it or by Enter in a field. */
type Act = { readonly press: string } | { readonly key: string; readonly in: string; readonly frame?: string } | { readonly submit: string; readonly by?: string }

interface Row {
  readonly name: string
  readonly site: SiteId
  readonly html: (body: string) => string
  /** Fills editors in frames; gives their windows. */
  readonly fill?: (words: string) => Window[]
  /** Path of the address, where the application is known by it. */
  readonly path?: string
  readonly out: readonly (readonly [Act, string])[]
  /** What changes nothing for anybody else. */
  readonly stays: readonly Act[]
  /** The same editor while it holds a note for colleagues, and how the note is saved. */
  readonly note?: { readonly html: (body: string) => string; readonly acts: readonly Act[] }
}

const EDITABLE = '[contenteditable=true]'
const ENTER = (where: string): Act => ({ key: 'ctrl+Enter', in: where })
const plain = (site: SiteId, name: string): Row => ({
  name, site, html: sales.plainMail, out: [[{ press: '.send' }, 'send'], [{ press: '.later' }, 'schedule'], [ENTER(EDITABLE), 'send'], [ENTER('[name=subject]'), 'send']], stays: [{ press: '.draft' }],
  note: { html: sales.plainNote, acts: [{ press: '.save' }, ENTER(EDITABLE)] },
})

const ROWS: readonly Row[] = [
  { name: 'Outlook', site: 'outlook', html: (body) => mail.OUTLOOK_AROUND + mail.outlookMail(body),
    out: [[{ press: '[data-testid=ComposeSendButton] button span' }, 'send'], [ENTER('[id^=editorParent_] [role=textbox]'), 'send'], [ENTER('[id$=_SUBJECT]'), 'send'], [ENTER('[id$=_TO] [role=textbox]'), 'send'], [{ key: 'meta+Enter', in: '[id$=_SUBJECT]' }, 'send'], [{ key: 'alt+s', in: '[id$=_SUBJECT]' }, 'send']],
    stays: [{ press: '.save' }, { press: '#discardCompose' }, { press: '#splitButton-new__primaryActionButton' }, { key: 'Enter', in: '[id^=editorParent_] [role=textbox]' }] },
  { name: 'Roundcube, plain', site: 'roundcube', html: (body) => mail.roundcubeMail(body), out: [[{ press: '#rcmbtn112' }, 'send'], [{ press: '#rcmbtn112-clone' }, 'send'], [{ key: 'Enter', in: '#rcmbtn112' }, 'send'], [{ key: ' ', in: '#rcmbtn112' }, 'send']],
    stays: [{ press: '.save' }, { press: '.attach' }, ENTER('#composebody')] },
  { name: 'Roundcube, HTML', site: 'roundcube', html: () => mail.roundcubeMail('', { html: true }), fill: (words) => [fillFrame('#composebody_ifr', words)], out: [[{ press: '#rcmbtn112' }, 'send']], stays: [{ press: '.save' }] },
  { name: 'Zoho', site: 'zoho', html: () => mail.zohoMail(), fill: (words) => [fillFrame('.ze_area', words, '<body contenteditable="true">')],
    out: [[{ press: '.send' }, 'send'], [{ press: '#schTimeMail' }, 'schedule'], [{ press: '.close' }, 'schedule'], [ENTER('[id^=ceSubject]'), 'send'], [{ key: 'ctrl+Enter', in: 'p', frame: '.ze_area' }, 'send']], stays: [{ press: '.draft' }] },
  { name: 'Salesforce, frames of its own origin', site: 'salesforce', html: () => sales.salesforceMail(sales.SALESFORCE_OUTER),
    fill: (words) => {
      const outer = fillFrame('[name^=vfFrameId_]', sales.SALESFORCE_INNER, '<body>')
      return [outer, fillFrame('iframe', words, '<body class="cke_editable" contenteditable="true">', outer.document)]
    },
    out: [[{ press: '.cuf-publisherShareButton button span' }, 'send'], [ENTER('[placeholder^=Enter]'), 'send']], stays: [{ press: '.bottomBar > button' }, { press: '.header button' }] },
  { name: 'Salesforce Classic, text', site: 'salesforce', path: '/_ui/core/email/author/EmailAuthor?p2_lkid=003', html: (body) => sales.salesforceClassic(body),
    out: [[{ press: '#topButtonRow [name=send]' }, 'send'], [{ press: '#bottomButtonRow [name=send]' }, 'send'], [{ submit: 'form', by: '#topButtonRow [name=send]' }, 'send'], [{ submit: 'form' }, 'submit']],
    stays: [{ press: '[name=attach]' }, { press: '[name=cancel]' }, { submit: 'form', by: '[name=attach]' }, { submit: 'form', by: '[name=cancel]' }] },
  { name: 'Salesforce Classic, HTML', site: 'salesforce', path: '/_ui/core/email/author/EmailAuthor', html: () => sales.salesforceClassic('', { html: true }),
    fill: (words) => [fillFrame('.cke_wysiwyg_frame', words, '<body class="cke_editable" contenteditable="true">')], out: [[{ press: '#topButtonRow [name=send]' }, 'send']], stays: [{ press: '[name=attach]' }] },
  { name: 'LinkedIn message', site: 'linkedin', html: (body) => sales.linkedinMessage(body), out: [[{ press: '.msg-form__send-button' }, 'send'], [ENTER(EDITABLE), 'send']], stays: [{ press: '.attach' }, { press: '.msg-form__send-toggle' }, { key: 'Enter', in: EDITABLE }] },
  { name: 'LinkedIn message, Enter sends', site: 'linkedin', html: (body) => sales.linkedinMessage(body, { send: false, tag: 'div' }), out: [[{ key: 'Enter', in: EDITABLE }, 'send'], [ENTER(EDITABLE), 'send']], stays: [{ key: 'shift+Enter', in: EDITABLE }] },
  { name: 'LinkedIn post', site: 'linkedin', html: sales.linkedinPost, out: [[{ press: '.share-actions__primary-action' }, 'publish'], [ENTER(EDITABLE), 'publish']], stays: [{ press: '.draft' }] },
  { name: 'Sales Navigator', site: 'linkedin', path: '/sales/inbox/1', html: sales.navigatorMessage, out: [[{ press: '.send span' }, 'send'], [ENTER('textarea'), 'send'], [ENTER('[name=subject]'), 'send']], stays: [{ press: '.tpl' }] },
  plain('pipedrive', 'Pipedrive'), plain('outreach', 'Outreach'), plain('salesloft', 'Salesloft'),
  { name: 'HubSpot mail', site: 'hubspot', html: (body) => crm.hubspotEmail(body), out: [[{ press: '[data-button-use=primary]' }, 'send'], [ENTER('input'), 'send']], stays: [{ press: '[data-key$=attach]' }], note: { html: crm.hubspotNote, acts: [{ press: 'footer button' }, ENTER(EDITABLE)] } },
  { name: 'HubSpot CMS', site: 'hubspot', path: '/page-ui/1/management/pages/2', html: sales.hubspotPage, out: [[{ press: '.publish' }, 'publish']], stays: [{ press: '.draft' }, { press: '.preview' }] },
  { name: 'Intercom', site: 'intercom', html: (body) => support.intercomReply(body), out: [[{ press: '.send' }, 'send'], [{ press: '.close' }, 'archive'], [ENTER(EDITABLE), 'send'], [{ key: 'meta+shift+Enter', in: EDITABLE }, 'archive']], stays: [{ press: '.macro' }],
    note: { html: (body) => support.intercomReply(body, { note: true }), acts: [{ press: '.send' }, ENTER(EDITABLE)] } },
  { name: 'Front', site: 'front', html: (body) => support.frontMail(body), out: [[{ press: '.send' }, 'send'], [{ press: '.archive' }, 'archive'], [ENTER('[name=subject]'), 'send']], stays: [{ press: '.draft' }],
    note: { html: (body) => support.frontMail(body, { comment: true }), acts: [{ press: '.send' }, ENTER(EDITABLE)] } },
  { name: 'Freshdesk', site: 'freshdesk', html: (body) => support.freshdeskReply(body), out: [[{ press: '.send' }, 'send'], [{ press: '.set' }, 'send'], [ENTER(EDITABLE), 'send']], stays: [{ press: '.draft' }, { press: '[data-test-email-action=reply]' }, { press: '[data-test-email-action-btn=reply]' }],
    note: { html: (body) => support.freshdeskReply(body, { note: true }), acts: [{ press: '.add' }, ENTER(EDITABLE)] } },
  { name: 'Freshdesk, new ticket', site: 'freshdesk', html: (body) => support.freshdeskReply(body, { fresh: true }), out: [[{ press: '#send-and-set' }, 'submit']], stays: [{ press: '.draft' }] },
  { name: 'Zendesk', site: 'zendesk', html: (body) => crm.zendeskTicket(body), out: [[{ press: '[data-test-id=submit_button-button]' }, 'submit'], [ENTER('input'), 'submit'], [{ key: 'ctrl+alt+s', in: 'input' }, 'submit']], stays: [{ press: '[data-test-id=submit_button-menu-button]' }],
    note: { html: (body) => crm.zendeskTicket(body, { channel: 'Internal note' }), acts: [{ press: '[data-test-id=submit_button-button]' }, ENTER(EDITABLE)] } },
  { name: 'Ghost, new post', site: 'ghost', html: (body) => cms.ghostPost(body, { flow: 'confirm' }), out: [[{ press: '[data-test-button=confirm-publish]' }, 'publish']], stays: [{ press: '[data-test-button=publish-flow]' }, { press: '.contributor' }, { key: 'ctrl+s', in: EDITABLE }] },
  { name: 'Ghost, first step of the flow', site: 'ghost', html: (body) => cms.ghostPost(body, { flow: 'continue' }), out: [], stays: [{ press: '[data-test-button=continue]' }] },
  { name: 'Ghost, live post', site: 'ghost', html: (body) => cms.ghostPost(body, { live: true }), out: [[{ press: '[data-test-button=publish-save]' }, 'update'], [{ key: 'ctrl+s', in: EDITABLE }, 'update']], stays: [{ press: '[data-test-button=update-flow]' }] },
  { name: 'Ghost, React editor', site: 'ghost', html: (body) => cms.ghostPost(body, { react: true, flow: 'confirm' }), out: [[{ press: '[data-testid=confirm-publish]' }, 'publish']], stays: [{ press: '[data-testid=publish-flow]' }] },
  { name: 'Ghost, React editor without ids', site: 'ghost', html: (body) => cms.ghostPost(body, { react: true, flow: 'confirm' }).replace('data-testid="confirm-publish"', 'class="go"'), out: [[{ press: '.go' }, 'publish']], stays: [] },
  { name: 'Drupal, published state', site: 'drupal', html: (body) => cms.drupalNode(body, { state: 'published' }), out: [[{ press: '#edit-submit' }, 'publish'], [{ press: '#gin-sticky-edit-submit' }, 'publish'], [{ submit: 'form' }, 'submit'], [{ submit: 'form', by: '#edit-submit' }, 'publish']], stays: [{ press: '#edit-preview' }, { submit: 'form', by: '#edit-preview' }] },
  { name: 'Drupal, state of its own', site: 'drupal', html: (body) => cms.drupalNode(body, { state: 'legal_review' }), out: [[{ press: '#edit-submit' }, 'publish']], stays: [] },
  { name: 'Drupal, draft state', site: 'drupal', html: (body) => cms.drupalNode(body, { state: 'draft' }), out: [], stays: [{ press: '#edit-submit' }, { press: '#gin-sticky-edit-submit' }, { submit: 'form' }] },
  { name: 'Drupal, published', site: 'drupal', html: (body) => cms.drupalNode(body, { published: true }), out: [[{ press: '#edit-submit' }, 'publish']], stays: [] },
  { name: 'Drupal, not published', site: 'drupal', html: (body) => cms.drupalNode(body, { published: false }), out: [], stays: [{ press: '#edit-submit' }, { submit: 'form', by: '#edit-submit' }] },
  { name: 'Contentful', site: 'contentful', path: '/spaces/1/entries/2', html: cms.contentfulEntry, out: [[{ press: '[data-test-id=force-publish-menu-trigger]' }, 'publish'], [{ press: '[data-test-id=change-state-published]' }, 'publish'], [{ press: '[data-test-id=schedule-publication]' }, 'schedule']], stays: [{ press: '[data-test-id=change-state-menu-trigger]' }, { press: '[data-test-id=change-state-draft]' }] },
  { name: 'Sanity', site: 'sanity', html: (body) => cms.sanityDocument(body), out: [[{ press: '[data-testid=action-publish]' }, 'publish'], [{ key: 'ctrl+alt+p', in: EDITABLE }, 'publish']], stays: [{ press: '[data-testid=action-menu-button]' }, { press: '[data-testid=action-unpublish]' }, { press: '[data-testid=action-duplicate]' }] },
  { name: 'Sanity, a label of its own', site: 'sanity', html: (body) => cms.sanityDocument(body, { publish: 'action-veröffentlichen', label: 'Veröffentlichen' }), out: [[{ press: '[data-testid^=action-v]' }, 'publish']], stays: [] },
  { name: 'Webflow', site: 'webflow', html: cms.webflowSite, out: [[{ press: '[data-automation-id=publish-button]' }, 'publish']], stays: [{ press: '.draft' }, { press: '[data-automation-id=publish-menu-button]' }, { key: 'ctrl+s', in: EDITABLE }] },
  { name: 'Shopify, active', site: 'shopify', html: () => cms.shopifyProduct(), fill: (words) => [fillFrame('#product-description_ifr', words)], out: [[{ press: '[class*=ContextualSaveBar] [class*=primary]' }, 'update'], [{ key: 'ctrl+s', in: '[name=title]' }, 'update']], stays: [{ press: '.discard' }] },
  { name: 'Shopify, draft', site: 'shopify', html: () => cms.shopifyProduct({ status: 'DRAFT' }), fill: (words) => [fillFrame('#product-description_ifr', words)], out: [], stays: [{ press: '[class*=ContextualSaveBar] [class*=primary]' }, { key: 'ctrl+s', in: '[name=title]' }] },
]

/** The page around all same-origin frames: a test runs in one. */
const top = window.top ?? window
const address = top.location.href
let gated: Gated | null = null

afterEach(() => {
  gated?.end()
  gated = null
  top.history.replaceState(null, '', address)
  document.body.replaceChildren()
})

async function open(row: Row, html: string, words: string): Promise<Gated> {
  if (row.path) top.history.replaceState(null, '', row.path)
  page(html)
  return (gated = await gate(siteOf(row.site), row.fill?.(words) ?? []))
}

/** True where the page saw the act. */
function act(on: Gated, what: Act): boolean {
  if ('submit' in what) return on.submit(one<HTMLFormElement>(what.submit), what.by ? one<HTMLElement>(what.by) : undefined)
  if ('press' in what) return on.press(one(what.press))
  return on.key(one(what.in, what.frame ? one<HTMLIFrameElement>(what.frame).contentDocument! : document), what.key)
}

describe.each(ROWS)('$name', (row) => {
  it('finds the draft, its words and a way out', async () => {
    await open(row, row.html(RISKY), RISKY)
    const site = siteOf(row.site)
    const root = site.draftRoots(document)[0]
    expect(site.draftRoots(document)).toHaveLength(1)
    const parts = site.parts(root!)
    expect(parts.bodies.map((body) => ('value' in body ? (body as HTMLTextAreaElement).value : body.textContent ?? '').trim())).toContain(RISKY)
    expect(parts).toMatchObject({ missing: [], unreadable: false })
  })

  it.each(row.out)('holds $0 with a risky draft, lets it go with a clean one', async (what, kind) => {
    const risky = await open(row, row.html(RISKY), RISKY)
    expect(act(risky, what)).toBe(false)
    expect(risky.taken().held).toEqual([kind])
    risky.end()
    const clean = await open(row, row.html(CLEAN), CLEAN)
    expect(act(clean, what)).toBe(true)
    const { held, passed } = clean.taken()
    // A schedule is noted on both halves of its press.
    expect([held, [...new Set(passed)]]).toEqual([[], [kind]])
  })

  it.runIf(row.stays.length > 0).each(row.stays)('leaves $ alone, though the draft is risky', async (what) => {
    const on = await open(row, row.html(RISKY), RISKY)
    expect(act(on, what)).toBe(true)
    expect(on.taken()).toEqual({ held: [], passed: [] })
  })

  it.runIf(row.note)('lets a note for colleagues be saved', async () => {
    const on = await open(row, row.note!.html(RISKY), RISKY)
    for (const what of row.note!.acts) expect(act(on, what), JSON.stringify(what)).toBe(true)
    expect(on.taken()).toEqual({ held: [], passed: [] })
  })
})

it('has a row for every site whose facts are data', async () => {
  const { FACTS } = await import('../../lib/sites/catalog.ts')
  const wanted = Object.values(FACTS).filter(({ drafts }) => Object.keys(drafts).length > 0).map(({ id }) => id)
  expect([...new Set(ROWS.map(({ site }) => site))].sort()).toEqual(wanted.sort())
})
