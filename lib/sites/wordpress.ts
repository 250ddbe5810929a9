import { closestAcross, controlOn, holds, isClosedFrame, isElement, isShown, keyTarget, parentOf } from './dom.ts'
import type { DraftParts, SendKind, SiteAdapter, WayOut } from './types.ts'

/**
 * WordPress, block and classic editor, also both on one page. After Gutenberg's own source and test suites (V) and, for the classic editor's ids, several
 * public suites (S); read 2026-11-23. One document is one post, so the page has one draft.
 */

/** V: the second of the two clicks, and on a live post the one button that acts at once. The toggle before it only opens the panel. */
const BLOCK_BUTTON = '.editor-post-publish-button,.editor-post-publish-button__button:not(.editor-post-publish-panel__toggle)'
const BLOCK_TOGGLE = '.editor-post-publish-panel__toggle'
/** S: Publish, Update or Schedule by its label. */
const CLASSIC_BUTTON = '#publish'
/** Never lets anything out: it opens the preview. */
const PREVIEW = '#post-preview,[name=wp-preview]'
/** Saves a draft. On a live post the hidden one among them, which Enter in the title presses, changes what readers see. */
const SAVES = '#save-post,#save,[name=save]:not(#publish)'
/** Frames that hold the text: TinyMCE's, and the block editor's canvas. */
const TEXT_FRAMES = 'iframe#content_ifr,iframe#excerpt_ifr,iframe[name=editor-canvas]'
const CLASSIC = 'form#post'
const BLOCK = '.block-editor,.edit-post-layout,.interface-interface-skeleton,#editor'
const TITLE = '#title[name=post_title],[name=post_title],.editor-post-title__input,.wp-block-post-title'
/** Statuses in which readers see the post, or will by themselves. */
const LIVE = new Set(['publish', 'future', 'private'])
/** Schedule, in the languages WordPress is most used in. */
const SCHEDULE = /^(schedule|planen|planifier|programar|agendar|programma|inplannen|zaplanuj|запланировать|zamanla|schemalägg|予約投稿|予約|定时发布|排程|예약)/i

function rootIn(document: Document): Element | null {
  return document.querySelector(CLASSIC) ?? document.querySelector(BLOCK)
}

/** The post around an element, also from inside its frames (TinyMCE, the block canvas): the outermost document that holds one. */
function postOf(element: Element): Element | null {
  let root: Element | null = null
  for (let at: Element | null = element; at; at = at.ownerDocument.defaultView?.frameElement ?? null) root = rootIn(at.ownerDocument) ?? root
  return root
}

/** True where readers see changes at once. Unknown counts as not live: then Publish is still held. */
function isLive(document: Document): boolean {
  for (const id of ['#hidden_post_status', '#original_post_status', '[name=original_post_status]']) {
    const status = document.querySelector<HTMLInputElement>(id)?.value
    if (status) return LIVE.has(status)
  }
  // S: the button is called `save` once the post is live. V: the block editor then has the acting button and no toggle.
  if (document.querySelector(CLASSIC_BUTTON)?.getAttribute('name') === 'save') return true
  return Boolean(document.querySelector(BLOCK_BUTTON)) && !document.querySelector(BLOCK_TOGGLE)
}

function kindOf(control: Element, document: Document): SendKind {
  const said = (control.textContent?.trim() || (control as HTMLInputElement).value || '').trim()
  if (SCHEDULE.test(said)) return 'schedule'
  return isLive(document) ? 'update' : 'publish'
}

function classicBodies(form: Element): HTMLElement[] {
  const bodies: HTMLElement[] = []
  for (const [frame, area] of [['iframe#content_ifr', 'textarea#content'], ['iframe#excerpt_ifr', 'textarea#excerpt']] as const) {
    const rich = form.querySelector<HTMLIFrameElement>(frame)
    const body = rich && isShown(rich) ? rich.contentDocument?.body : null
    // The text tab hides the frame; the frame hides the text tab.
    const plain = form.querySelector<HTMLElement>(area)
    if (body?.isContentEditable) bodies.push(body)
    else if (plain && (isShown(plain) || !rich)) bodies.push(plain)
  }
  return bodies
}

function blockBodies(document: Document): HTMLElement[] {
  const canvas = document.querySelector<HTMLIFrameElement>('iframe[name=editor-canvas]')?.contentDocument ?? document
  const code = document.querySelector<HTMLElement>('textarea.editor-post-text-editor')
  const blocks = [...canvas.querySelectorAll<HTMLElement>('.block-editor-block-list__layout [contenteditable=true],.is-root-container[contenteditable=true]')]
    .filter((element) => !element.parentElement?.isContentEditable && !element.closest(TITLE))
  const excerpt = [...document.querySelectorAll<HTMLElement>('.editor-post-excerpt textarea')]
  return [...(code ? [code] : blocks), ...excerpt]
}

function titleOf(document: Document): HTMLElement | null {
  return document.querySelector<HTMLElement>(TITLE) ?? document.querySelector<HTMLIFrameElement>('iframe[name=editor-canvas]')?.contentDocument?.querySelector<HTMLElement>(TITLE) ?? null
}

function controls(document: Document): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${CLASSIC_BUTTON},${BLOCK_BUTTON}`)]
}

function draftRoot(element: Element): Element | null {
  const root = postOf(element)
  if (!root) return null
  // V: the publish panel and the snackbars hang outside the editor's own element; the admin menu and its search do not belong to the post.
  return holds(root, element) || closestAcross(element, '.editor-post-publish-panel,.components-popover,.interface-interface-skeleton,.block-editor') ? root : null
}

function parts(root: Element): DraftParts {
  const document = root.ownerDocument
  const bodies = [...new Set([...classicBodies(root), ...blockBodies(document)])]
  const title = titleOf(document)
  const missing: DraftParts['missing'][number][] = []
  const unreadable = [...document.querySelectorAll(TEXT_FRAMES)].some(isClosedFrame)
  if (!bodies.length || unreadable) missing.push('body')
  if (!title) missing.push('subject')
  if (!controls(document).length && !document.querySelector(BLOCK_TOGGLE)) missing.push('send')
  const subject = title ? (title as HTMLInputElement).value ?? (title.textContent ?? '').replace(/[\u200b\ufeff]/g, '').trim() : null
  return { kind: 'post', bodies, subject, subjectField: title, recipients: [], missing, unreadable }
}

function submitted(form: Element, submitter: Element | null | undefined): WayOut | null {
  // Enter in the title submits without a press; the save button keeps the focus it was pressed with.
  const pressed = submitter ?? form.ownerDocument.activeElement
  const live = isLive(form.ownerDocument)
  if (pressed && isElement(pressed) && (pressed.matches(PREVIEW) || (!live && pressed.matches(SAVES)))) return null
  return { kind: submitter?.matches(CLASSIC_BUTTON) ? kindOf(submitter, form.ownerDocument) : live ? 'update' : 'submit', element: form, root: form }
}

export const wordpress: SiteAdapter = {
  id: 'wordpress',
  draftRoot,
  draftRoots: (document) => {
    const root = rootIn(document)
    return root ? [root] : []
  },
  parts,
  excluded: '',
  wayOutAt(path, submitter) {
    const first = path[0]
    if (isElement(first) && first.matches(CLASSIC)) return submitted(first, submitter)
    const control = controlOn(path)
    // V: a disabled block button carries only aria-disabled and its clicks still arrive, so that attribute is no excuse.
    if (!control?.matches(`${CLASSIC_BUTTON},${BLOCK_BUTTON}`)) return null
    const root = postOf(control)
    return root ? { kind: kindOf(control, root.ownerDocument), element: control, root } : null
  },
  wayOutByKey(event) {
    // V: on a live post this changes what readers see; on a draft it only saves.
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 's') return null
    const target = keyTarget(event)
    const root = target && postOf(target)
    return root && isLive(root.ownerDocument) ? { kind: 'update', element: root, root } : null
  },
  sendControl(root) {
    const found = controls(root.ownerDocument)
    return found.find((control) => isShown(control) && parentOf(control)) ?? found[0] ?? null
  },
}
