import type { DraftKind, Recipient } from '../engine/index.ts'

export type SendKind = 'send' | 'schedule' | 'archive' | 'publish' | 'update' | 'submit'

/** A control (or key) that would send a draft. */
export interface WayOut {
  readonly kind: SendKind
  /** What the person acted on: the button, menu item or form; for keys the draft root. */
  readonly element: Element
  /** The draft it sends; null when it cannot be told: then `roots`, or every open draft of the frame, is asked. */
  readonly root: Element | null
  readonly roots?: readonly Element[] | undefined
}

/** What was found in one draft root. Read anew at each look: pages re-render. */
export interface DraftParts {
  readonly kind: DraftKind
  /** Editable elements in reading order; may live in same-origin iframes. */
  readonly bodies: readonly HTMLElement[]
  /** null when the site has no subject here (said as "no subject here") or it was not found (`missing`). */
  readonly subject: string | null
  readonly subjectField: HTMLElement | null
  readonly recipients: readonly Recipient[]
  /** Names of attached files in the page's order; absent where it is not known where the page shows them. */
  readonly attachments?: readonly string[] | undefined
  /** What should be here and was not found: shown to the person as coverage. */
  readonly missing: readonly ('body' | 'subject' | 'recipients' | 'send')[]
  /** Words of this draft stand in a frame of another origin: what was read is not all of it, so it cannot be checked. */
  readonly unreadable: boolean
}

/** In the order of the interface's lists: mail, sales, support, publishing. */
export const SITE_IDS = [
  'gmail', 'outlook', 'roundcube', 'zoho', 'hubspot', 'salesforce', 'pipedrive', 'outreach', 'salesloft', 'linkedin', 'zendesk', 'intercom', 'front', 'freshdesk',
  'wordpress', 'ghost', 'drupal', 'contentful', 'sanity', 'webflow', 'shopify', 'generic',
] as const
export type SiteId = (typeof SITE_IDS)[number]

/** A web application we know. Structure before labels: labels are translated, structure is not. */
export interface SiteAdapter {
  readonly id: SiteId
  /** The site that is on here, where its facts are missing or switched off and `generic` stands in for it. */
  readonly insteadOf?: string | undefined
  /** The draft that holds this element, or null when it is not in a draft (signature settings, search box, internal prompt). Crosses same-origin iframes upwards. */
  draftRoot(element: Element): Element | null
  /** All draft roots now in this document, for coverage and for sends without focus. */
  draftRoots(document: Document): readonly Element[]
  parts(root: Element): DraftParts
  /** Selector of quoted history and signatures inside a body. */
  readonly excluded: string
  /**
   * The way out that a pointer event, click or submit on this composed path would take, or null. `path[0]` is the innermost node.
   * @param submitter for submit events `event.submitter`: without it "Save draft" and "Publish" of one form look alike.
   */
  wayOutAt(path: readonly EventTarget[], submitter?: Element | null): WayOut | null
  /** The way out that this key would take, or null. Enter/Space on a control are found by `wayOutAt`. */
  wayOutByKey(event: KeyboardEvent): WayOut | null
  /** The control to press when a held send is released and the person's own action cannot be replayed. */
  sendControl(root: Element): HTMLElement | null
}
