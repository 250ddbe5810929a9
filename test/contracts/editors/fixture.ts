/** One editor as the contract sees it: how to put it on the page, what it says of itself, and how to take it away. */
export interface EditorFixture {
  readonly name: string
  /** The adapter that must be chosen for it. */
  readonly adapter: string
  /** One-line and plain-text fields have no formatting and fewer blocks. */
  readonly formatting: boolean
  /** Null when the editor's package is not installed. */
  readonly mount: ((host: HTMLElement) => Promise<MountedEditor>) | null
}

export interface MountedEditor {
  /** The editable element, as a person would focus it. */
  readonly element: HTMLElement
  /** The editor's own text, from its own interface, blocks joined by one newline. */
  text(): string
  /** The editor's own output: what would be saved. */
  output(): string
  destroy(): void | Promise<void>
}

/** Three blocks: a plain one, one with a bold run, one with a no-break space and an italic run. */
export const HTML =
  '<p>Revenue grew by 38 percent in May.</p><p>The plan is <strong>absolutely free</strong> for all users.</p><p>Call\u00a0us on <em>Monday</em> please.</p>'

export const LINES = ['Revenue grew by 38 percent in May.', 'The plan is absolutely free for all users.', 'Call us on Monday please.']

/** Words of an HTML string, one line a paragraph; no-break spaces as spaces. */
export function linesOf(html: string): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  return [...parsed.body.children].map((block) => (block.textContent ?? '').replaceAll('\u00a0', ' ')).join('\n')
}
