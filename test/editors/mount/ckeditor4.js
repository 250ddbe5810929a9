import { html, linesOf, place } from './content.js'

/** The last version under a free licence. It loads its parts by itself, so it stays as its package has it. */
async function load(files) {
  if (!window.CKEDITOR) {
    window.CKEDITOR_BASEPATH = `${files}ckeditor4/`
    const script = document.createElement('script')
    script.src = `${files}ckeditor4/ckeditor.js`
    await new Promise((resolve, reject) => {
      script.onload = resolve
      script.onerror = () => reject(new Error(`could not load ${script.src}`))
      document.head.append(script)
    })
  }
  return window.CKEDITOR
}

function mount(inline) {
  return async (host, blocks, files) => {
    const CKEDITOR = await load(files)
    const target = place(host, inline ? 'div' : 'textarea')
    if (inline) {
      target.contentEditable = 'true'
      target.innerHTML = html(blocks)
    } else target.value = html(blocks)
    const config = { versionCheck: false, customConfig: '', stylesSet: false, removePlugins: 'exportpdf,scayt,wsc', entities: false }
    const editor = inline ? CKEDITOR.inline(target, config) : CKEDITOR.replace(target, config)
    await new Promise((resolve) => editor.on('instanceReady', resolve))
    editor.resetUndo()
    return {
      elements: () => [editor.editable().$], text: () => linesOf(editor.getData()), output: () => editor.getData(),
      redraw: () => new Promise((resolve) => editor.setData(editor.getData(), { callback: resolve })), destroy: () => editor.destroy(),
    }
  }
}

export const ckeditor4 = mount(false)
export const ckeditor4Inline = mount(true)
