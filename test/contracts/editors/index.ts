import { HTML, LINES, linesOf, type EditorFixture, type MountedEditor } from './fixture.ts'

export { HTML, LINES, type EditorFixture, type MountedEditor } from './fixture.ts'

/** The real editors are the practice desk's packages; where they are not installed these maps are empty. */
const TIPTAP = import.meta.glob<TiptapCore>('../../desk/node_modules/@tiptap/core/dist/index.js', { exhaustive: true })
const STARTER_KIT = import.meta.glob<{ default: unknown }>('../../desk/node_modules/@tiptap/starter-kit/dist/index.js', { exhaustive: true })
const CKEDITOR = import.meta.glob<CkEditor>('../../desk/node_modules/ckeditor5/dist/browser/ckeditor5.js', { exhaustive: true })
const TINYMCE = import.meta.glob<string>('../../desk/node_modules/tinymce/tinymce.min.js', { exhaustive: true, query: '?url', import: 'default' })

interface TiptapEditor { getText(options: { blockSeparator: string }): string; getHTML(): string; destroy(): void; view: { dom: HTMLElement } }
interface TiptapCore { Editor: new (options: object) => TiptapEditor }
interface CkInstance { getData(): string; destroy(): Promise<void>; ui: { getEditableElement(): HTMLElement } }
interface CkEditor {
  ClassicEditor: { create(host: HTMLElement, options: object): Promise<CkInstance> }
  Essentials: unknown
  Paragraph: unknown
  Bold: unknown
  Italic: unknown
}
interface TinyInstance { getContent(): string; getBody(): HTMLElement; remove(): void }
interface Tiny { init(options: object): Promise<TinyInstance[]> }

function only<T>(found: Record<string, T>): T | null {
  return Object.values(found)[0] ?? null
}

function field(name: 'textarea' | 'input'): EditorFixture['mount'] {
  return async (host) => {
    const element = document.createElement(name)
    element.value = name === 'input' ? LINES.join(' ') : LINES.join('\n')
    host.append(element)
    return { element, text: () => element.value, output: () => element.value, destroy: () => element.remove() }
  }
}

async function plainEditable(host: HTMLElement): Promise<MountedEditor> {
  const element = document.createElement('div')
  element.contentEditable = 'true'
  element.innerHTML = HTML
  host.append(element)
  return { element, text: () => linesOf(element.innerHTML), output: () => element.innerHTML, destroy: () => element.remove() }
}

async function framedEditable(host: HTMLElement): Promise<MountedEditor> {
  const frame = document.createElement('iframe')
  host.append(frame)
  const body = frame.contentDocument!.body
  body.contentEditable = 'true'
  body.innerHTML = HTML
  return { element: body, text: () => linesOf(body.innerHTML), output: () => body.innerHTML, destroy: () => frame.remove() }
}

const core = only(TIPTAP)
const kit = only(STARTER_KIT)
const ck = only(CKEDITOR)
const tinyUrl = only(TINYMCE)

async function tiptap(host: HTMLElement): Promise<MountedEditor> {
  const [{ Editor }, starter] = await Promise.all([core!(), kit!()])
  const editor = new Editor({ element: host, extensions: [starter.default], content: HTML })
  return {
    element: editor.view.dom,
    text: () => editor.getText({ blockSeparator: '\n' }).replaceAll('\u00a0', ' '),
    output: () => editor.getHTML(),
    destroy: () => editor.destroy(),
  }
}

async function ckeditor(host: HTMLElement): Promise<MountedEditor> {
  const { ClassicEditor, Essentials, Paragraph, Bold, Italic } = await ck!()
  const target = document.createElement('div')
  target.innerHTML = HTML
  host.append(target)
  const editor = await ClassicEditor.create(target, { licenseKey: 'GPL', plugins: [Essentials, Paragraph, Bold, Italic] })
  return { element: editor.ui.getEditableElement(), text: () => linesOf(editor.getData()), output: () => editor.getData(), destroy: () => editor.destroy() }
}

async function loadTiny(): Promise<Tiny> {
  const page = window as unknown as { tinymce?: Tiny }
  if (!page.tinymce) {
    const script = document.createElement('script')
    script.src = await tinyUrl!()
    await new Promise<void>((resolve, reject) => {
      script.onload = () => resolve()
      script.onerror = () => reject(new Error(`could not load ${script.src}`))
      document.head.append(script)
    })
  }
  if (!page.tinymce) throw new Error('TinyMCE loaded without its global')
  return page.tinymce
}

async function tinymce(host: HTMLElement): Promise<MountedEditor> {
  const tiny = await loadTiny()
  const target = document.createElement('textarea')
  target.value = HTML
  host.append(target)
  const [editor] = await tiny.init({ target, license_key: 'gpl', entity_encoding: 'raw', promotion: false, branding: false })
  if (!editor) throw new Error('TinyMCE did not start')
  return { element: editor.getBody(), text: () => linesOf(editor.getContent()), output: () => editor.getContent(), destroy: () => editor.remove() }
}

export const FIXTURES: readonly EditorFixture[] = [
  { name: 'textarea', adapter: 'text-field', formatting: false, mount: field('textarea') },
  { name: 'input', adapter: 'text-field', formatting: false, mount: field('input') },
  { name: 'plain contenteditable', adapter: 'rich', formatting: true, mount: plainEditable },
  { name: 'contenteditable body of a frame', adapter: 'rich', formatting: true, mount: framedEditable },
  { name: 'Tiptap', adapter: 'rich', formatting: true, mount: core && kit ? tiptap : null },
  { name: 'CKEditor 5', adapter: 'rich', formatting: true, mount: ck ? ckeditor : null },
  { name: 'TinyMCE', adapter: 'rich', formatting: true, mount: tinyUrl ? tinymce : null },
]
