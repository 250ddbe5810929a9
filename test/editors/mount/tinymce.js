import tinymce from 'tinymce/tinymce'
import 'tinymce/icons/default'
import 'tinymce/models/dom'
import 'tinymce/skins/content/default/content.js'
import 'tinymce/skins/ui/oxide/content.js'
import 'tinymce/skins/ui/oxide/skin.js'
import 'tinymce/themes/silver'
import { html, linesOf, place } from './content.js'

function mount(inline) {
  return async (host, blocks) => {
    const target = place(host, inline ? 'div' : 'textarea')
    if (inline) target.innerHTML = html(blocks)
    else target.value = html(blocks)
    const [editor] = await tinymce.init({ target, inline, license_key: 'gpl', entity_encoding: 'raw', promotion: false, branding: false, skin: 'oxide', content_css: 'default' })
    return {
      elements: () => [editor.getBody()], text: () => linesOf(editor.getContent()), output: () => editor.getContent(),
      redraw: () => editor.setContent(editor.getContent()), destroy: () => editor.remove(),
    }
  }
}

export const tinymceFramed = mount(false)
export const tinymceInline = mount(true)
