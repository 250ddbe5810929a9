import { createBinaryModuleFromUrl, Dialect, LocalLinter } from 'harper.js'

/**
 * Other writing assistants beside us, as far as a page shows them. The first two do what their extensions are seen to do to a page: attributes on the editor,
 * elements of their own with shadow roots, boxes over the words, synthetic events when a correction is used. The third is a real package.
 */

/** Where words are in an element: rectangles, and the range. */
function rangeOf(element, words) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words)
    if (at < 0) continue
    const range = document.createRange()
    range.setStart(walker.currentNode, at)
    range.setEnd(walker.currentNode, at + words.length)
    return range
  }
  return null
}

function overlay(root, element, words) {
  const boxes = []
  const draw = () => {
    for (const box of boxes.splice(0)) box.remove()
    for (const word of words) {
      for (const rect of rangeOf(element, word)?.getClientRects() ?? []) {
        const box = document.createElement('div')
        box.style.cssText = `position:fixed;pointer-events:none;left:${rect.left}px;top:${rect.bottom - 2}px;width:${rect.width}px;height:2px;background:red`
        root.append(box)
        boxes.push(box)
      }
    }
  }
  draw()
  return { draw, count: () => boxes.length }
}

/** Attributes on the host, an element beside it that mirrors the text, a button in the page's corner, and looks at every input and change. */
function likeGrammarly(element, words) {
  element.setAttribute('data-gramm', 'true')
  element.setAttribute('data-gramm_editor', 'true')
  element.setAttribute('data-gr-ext-installed', '')
  element.setAttribute('spellcheck', 'false')
  const extension = document.createElement('grammarly-extension')
  extension.setAttribute('data-grammarly-shadow-root', 'true')
  const root = extension.attachShadow({ mode: 'open' })
  root.innerHTML = '<div class="mirror" style="position:absolute;visibility:hidden">We can offer you a 30% discount</div>'
  element.after(extension)
  const popups = document.createElement('grammarly-popups')
  popups.attachShadow({ mode: 'open' }).innerHTML = '<button>Correct</button>'
  document.documentElement.append(popups)
  const marks = overlay(root, element, words)
  const observer = new MutationObserver(marks.draw)
  observer.observe(element, { subtree: true, childList: true, characterData: true })
  document.addEventListener('input', marks.draw, true)
  document.addEventListener('scroll', marks.draw, true)
  return {
    marks: marks.count,
    /** A correction by an event that editors with a model act on, then as text where nobody did. */
    use(wrong, right) {
      const range = rangeOf(element, wrong)
      element.focus()
      getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset)
      const dataTransfer = new DataTransfer()
      dataTransfer.setData('text/plain', right)
      const asked = new InputEvent('beforeinput', { inputType: 'insertReplacementText', data: right, dataTransfer, targetRanges: [new StaticRange(range)], bubbles: true, cancelable: true, composed: true })
      if (element.dispatchEvent(asked) && rangeOf(element, wrong)) document.execCommand('insertText', false, right)
    },
  }
}

/** An element before the editor with boxes in it, attributes with a number, the text node changed by hand and events after it. */
function likeLanguageTool(element, words) {
  element.setAttribute('data-lt-tmp-id', 'lt-118403')
  element.setAttribute('data-lt-active', 'true')
  element.setAttribute('spellcheck', 'false')
  const highlighter = document.createElement('lt-highlighter')
  highlighter.style.display = 'none'
  const root = highlighter.attachShadow({ mode: 'open' })
  element.before(highlighter)
  const toolbar = document.createElement('lt-toolbar')
  toolbar.attachShadow({ mode: 'open' }).innerHTML = '<div>2</div>'
  element.before(toolbar)
  highlighter.style.display = 'block'
  const marks = overlay(root, element, words)
  setInterval(marks.draw, 500)
  return {
    marks: marks.count,
    use(wrong, right) {
      const range = rangeOf(element, wrong)
      const node = range.startContainer
      node.replaceData(range.startOffset, wrong.length, right)
      for (const type of ['keydown', 'keyup']) element.dispatchEvent(new KeyboardEvent(type, { key: 'Unidentified', bubbles: true, composed: true }))
      element.dispatchEvent(new InputEvent('input', { inputType: 'insertText', data: right, bubbles: true, composed: true }))
      element.dispatchEvent(new Event('change', { bubbles: true }))
    },
  }
}

/** Harper's own package: it finds what is wrong, and its marks are highlights in the same registry as ours. */
async function harper(element, files) {
  const linter = new LocalLinter({ binary: createBinaryModuleFromUrl(`${files}harper.js/dist/harper_wasm_slim_bg.wasm`, 'slim'), dialect: Dialect.American })
  await linter.setup()
  const style = new CSSStyleSheet()
  style.replaceSync('::highlight(harper-spelling) { background-color: rgb(255 220 220) }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]
  const found = []
  async function look() {
    const lints = await linter.lint(element.innerText)
    found.splice(0, Infinity, ...lints.map((lint) => ({ words: lint.get_problem_text(), better: lint.suggestions()[0]?.get_replacement_text() ?? '' })))
    CSS.highlights.set('harper-spelling', new Highlight(...found.map(({ words }) => rangeOf(element, words)).filter(Boolean)))
  }
  await look()
  new MutationObserver(() => void look()).observe(element, { subtree: true, childList: true, characterData: true })
  return { look, found, style }
}

/** All three on one editor. `words` are those that the first two hold to be wrong. */
export async function checkers(element, words, files) {
  return { grammarly: likeGrammarly(element, words), languageTool: likeLanguageTool(element, words), harper: await harper(element, files) }
}
