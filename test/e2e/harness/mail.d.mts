import type { Locator, Page } from 'playwright-core'

/** Opens Mail with one compose that is addressed and has a subject. Resolves to the compose's body, with the caret at its start. */
export function openCompose(page: Page, deskUrl: string, options?: { readonly to?: string; readonly subject?: string }): Promise<Locator>
/** Copies HTML as a chat page does and pastes it where the focus is, through the real clipboard. */
export function pasteHtml(page: Page, clipboard: { readonly html: string; readonly text: string }): Promise<void>
