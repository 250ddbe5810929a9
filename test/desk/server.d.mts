export type DeskApp = 'mail' | 'crm' | 'cms'

/** One message as it reached the desk's server. */
export interface SentMessage {
  readonly id: string
  readonly app: DeskApp
  readonly kind: 'send' | 'schedule' | 'archive' | 'publish' | 'update' | 'submit'
  /** `form` is a native form post of the browser, `fetch` a request of the page's script. */
  readonly via: 'fetch' | 'form'
  /** ISO time. */
  readonly at: string
  readonly subject: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  /** The body as the page's `innerText` gives it; HTML where it came as a form. */
  readonly text: string
  readonly html: string
  /** Hidden quoted history that travels with a reply. */
  readonly quoted: string
  readonly excerpt: string
  /** The time chosen for a scheduled one. */
  readonly when: string
  /** The ticket's state that was chosen with Submit. */
  readonly as: string
}

export interface DeskNote {
  readonly id: string
  readonly app: DeskApp
  readonly kind: string
  readonly text: string
  readonly html: string
}

export interface Desk {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  readonly url: string
  /** What was sent, oldest first, without what "Undo send" took back. */
  sent(app?: DeskApp): readonly SentMessage[]
  recalled(): readonly SentMessage[]
  /** Notes for colleagues and settings: arrived, but not sends. */
  notes(): readonly DeskNote[]
  reset(): void
  close(): Promise<void>
}

/** Starts the practice desk on 127.0.0.1. `port` 0 takes a free one; `undoMs` is how long "Undo send" works. */
export function startDesk(options?: { readonly port?: number; readonly undoMs?: number }): Promise<Desk>
