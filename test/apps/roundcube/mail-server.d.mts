export interface Owner { readonly uid: number; readonly gid: number }

export interface Mail {
  /** The message as it lies in the mailbox, one character a byte. */
  readonly raw: string
  readonly subject: string
  readonly to: readonly string[]
  readonly text: string | null
  readonly html: string | null
}

export function startMailServer(options: { readonly mailbox: string; readonly port: number; readonly owner: Owner | null }): Promise<{ readonly close: () => Promise<void> }>
export function makeMailbox(mailbox: string, owner: Owner | null): void
export function readMailbox(mailbox: string): Promise<readonly Mail[]>
