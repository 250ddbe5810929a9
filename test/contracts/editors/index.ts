import type { EditorId } from '../../../lib/editors/index.ts'

/** One stretch of equally formatted words. */
export interface Run { readonly text: string; readonly bold?: true; readonly italic?: true }
export type Blocks = readonly (readonly Run[])[]

/** A real editor on the page, asked by its own interface. */
export interface MountedEditor {
  /** The editable elements in reading order, as a person would focus them. Asked anew each time: some editors render them anew. */
  elements(): readonly HTMLElement[]
  /** The editor's own text, from its model, blocks joined by one newline, no-break spaces as spaces. */
  text(): string | Promise<string>
  /** The editor's own output, formatting included: what would be saved. */
  output(): string | Promise<string>
  /** Lets the editor draw its words anew. */
  redraw(): unknown
  destroy(): unknown
}

/** `files` is the address under which the installed packages are served, for editors that load parts of themselves. */
export type Mount = (host: HTMLElement, blocks: Blocks, files: string) => Promise<MountedEditor>

export interface EditorFixture {
  readonly name: string
  /** File of `test/editors/mount` and the function in it. */
  readonly module: string
  readonly mount: string
  /** The adapter that must be chosen for it. */
  readonly adapter: EditorId
  /** The bold words in its output; null where there is no formatting. */
  readonly bold: ((output: string) => string) | null
  /** What it cannot do, by the name of the case, with the reason. */
  readonly cannot?: Readonly<Record<string, string>>
}

/** Three blocks: a plain one, one with a bold run, one with a no-break space and an italic run. */
export const BLOCKS: Blocks = [
  [{ text: 'Revenue grew by 38 percent in May.' }],
  [{ text: 'The plan is ' }, { text: 'absolutely free', bold: true }, { text: ' for all users.' }],
  [{ text: 'Call\u00a0us on ' }, { text: 'Monday', italic: true }, { text: ' please.' }],
]
export const LINES = ['Revenue grew by 38 percent in May.', 'The plan is absolutely free for all users.', 'Call us on Monday please.']

/** Bold words of HTML, one after the other. */
function ofHtml(output: string): string {
  const { body } = new DOMParser().parseFromString(output, 'text/html')
  return [...body.querySelectorAll('strong,b')].filter((element) => !element.parentElement?.closest('strong,b')).map((element) => element.textContent).join('|')
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Bold words of a model in JSON: the texts of the objects that `isBold` says yes to. */
function ofJson(isBold: (node: Readonly<Record<string, Json>>) => boolean, word = 'text'): (output: string) => string {
  const found = (node: Json): string[] => {
    if (node === null || typeof node !== 'object') return []
    if (Array.isArray(node)) return (node as readonly Json[]).flatMap(found)
    const object = node as Readonly<Record<string, Json>>
    return isBold(object) ? [JSON.stringify(object[word]).slice(1, -1)] : Object.values(object).flatMap(found)
  }
  return (output) => found(JSON.parse(output) as Json).join('|')
}

interface DraftBlock { readonly text: string; readonly inlineStyleRanges: readonly { readonly offset: number; readonly length: number; readonly style: string }[] }

function ofDraft(output: string): string {
  const blocks = JSON.parse(output) as readonly DraftBlock[]
  return blocks.flatMap(({ text, inlineStyleRanges }) => inlineStyleRanges.filter(({ style }) => style === 'BOLD').map(({ offset, length }) => text.slice(offset, offset + length))).join('|')
}

const MANY_HOSTS = 'each block is an editable of its own, and a replacement stays within one'
const QUILL_MERGES = 'Quill joins what happens within a second into one step of its history'

export const FIXTURES: readonly EditorFixture[] = [
  { name: 'textarea', module: 'plain', mount: 'textarea', adapter: 'text-field', bold: null },
  { name: 'input', module: 'plain', mount: 'input', adapter: 'text-field', bold: null },
  { name: 'textarea under React', module: 'plain', mount: 'reactTextarea', adapter: 'text-field', bold: null },
  { name: 'plain contenteditable', module: 'plain', mount: 'contenteditable', adapter: 'rich', bold: ofHtml },
  { name: 'contenteditable body of a frame', module: 'plain', mount: 'framedContenteditable', adapter: 'rich', bold: ofHtml },
  { name: 'contenteditable in an open shadow root', module: 'plain', mount: 'shadowContenteditable', adapter: 'rich', bold: ofHtml },
  { name: 'Tiptap 3 (ProseMirror)', module: 'tiptap', mount: 'tiptap', adapter: 'rich', bold: ofHtml },
  { name: 'Lexical', module: 'lexical', mount: 'lexical', adapter: 'rich', bold: ofHtml },
  { name: 'Koenig of Ghost', module: 'koenig', mount: 'koenig', adapter: 'rich', bold: ofJson(({ format }) => format === 1) },
  { name: 'Slate', module: 'slate', mount: 'slate', adapter: 'slate', bold: ofJson(({ bold }) => bold === true) },
  { name: 'Quill 2', module: 'quill', mount: 'quill', adapter: 'rich', bold: ofJson(({ attributes }) => JSON.stringify(attributes ?? null).includes('bold'), 'insert'), cannot: { 'typed just before': QUILL_MERGES, 'three in a row': QUILL_MERGES } },
  { name: 'CKEditor 5', module: 'ckeditor5', mount: 'ckeditor5', adapter: 'rich', bold: ofHtml },
  { name: 'CKEditor 4 in a frame', module: 'ckeditor4', mount: 'ckeditor4', adapter: 'rich', bold: ofHtml },
  { name: 'CKEditor 4 inline', module: 'ckeditor4', mount: 'ckeditor4Inline', adapter: 'rich', bold: ofHtml },
  { name: 'TinyMCE 8 in a frame', module: 'tinymce', mount: 'tinymceFramed', adapter: 'rich', bold: ofHtml },
  { name: 'TinyMCE 8 inline', module: 'tinymce', mount: 'tinymceInline', adapter: 'rich', bold: ofHtml },
  { name: 'Draft.js', module: 'draft', mount: 'draft', adapter: 'draft-js', bold: ofDraft },
  { name: 'RoosterJS 9', module: 'rooster', mount: 'rooster', adapter: 'rich', bold: ofHtml },
  { name: 'Trix 2', module: 'trix', mount: 'trix', adapter: 'rich', bold: ofHtml },
  { name: 'CodeMirror 6', module: 'codemirror', mount: 'codemirror', adapter: 'rich', bold: null },
  { name: 'Editor.js', module: 'editorjs', mount: 'editorjs', adapter: 'rich', bold: ofHtml, cannot: { 'across blocks': MANY_HOSTS } },
]

/** Where Vite serves the installed packages. */
export const FILES = '/test/editors/node_modules/'

const BUNDLES = import.meta.glob<string>('../../editors/.bundle/*.js', { exhaustive: true, query: '?url', import: 'default' })

/** The mount of a fixture; null when the real editors are not installed. */
export function mountOf({ module, mount }: EditorFixture): Mount | null {
  const url = BUNDLES[`../../editors/.bundle/${module}.js`]
  if (!url) return null
  return async (host, blocks, files) => {
    const address = await url()
    const loaded = (await import(/* @vite-ignore */ address)) as Record<string, Mount>
    const found = loaded[mount]
    if (!found) throw new Error(`no ${mount} in ${module}`)
    return found(host, blocks, files)
  }
}
