/** A draft to practise with. A block is a paragraph; `**word**` is bold, "- " begins a list item, "## " a heading. */
export interface PracticeDraft {
  readonly app: 'mail' | 'crm' | 'cms'
  readonly ai: boolean
  readonly title: string
  readonly where: string
  readonly to: readonly string[]
  readonly subject: string
  readonly blocks: readonly string[]
}

export const DRAFTS: Readonly<Record<'mail' | 'crm' | 'ticket' | 'article' | 'clean', PracticeDraft>>
/** The words alone, as `text/plain` has them. */
export function plainText(blocks: readonly string[]): string
/** HTML as a chat page puts it on the clipboard, with or without the marks that tell its origin. */
export function clipboardHtml(blocks: readonly string[], marks: boolean): string
/** Puts a draft on the clipboard as a chat page does. Needs a press. */
export function copyDraft(draft: PracticeDraft): boolean
