import { ASSISTANT_MARKS, TEMPLATE_LABELS } from './marks-data.ts'
import { newest, type AssistantMark, type MarksUpdate } from './marks.ts'

/** One element: what it says to people (label, title, its own short text), and what it is called in the page (element name, ids, classes). */
export interface ElementLook { readonly said: string; readonly named: string }

/** Controls that bring text: of assistants, and of what people prepared. */
export interface Controls { readonly assistants: readonly AssistantMark[]; readonly templates: readonly string[] }

const BUILTIN: Controls = { assistants: ASSISTANT_MARKS, templates: TEMPLATE_LABELS }

/** The built-in controls with what packs changed. Several rows may speak of one product, each for its own sites. */
export function controlsOf(updates: readonly MarksUpdate[]): Controls {
  return {
    assistants: newest(ASSISTANT_MARKS, updates, ({ assistants }) => assistants, ({ product, hosts = [] }) => `${product} ${hosts.join(' ')}`),
    templates: newest(TEMPLATE_LABELS, updates, ({ templates }) => templates, (label) => label),
  }
}

/** A control names its prepared text itself; a class such as `grid-template` further out says nothing. */
const TEMPLATE_LEVELS = 3

/**
 * The assistant whose control this is, by its product name as a whole word; `product` null for a control that puts in text which people prepared.
 * Null for any other control. The innermost name counts: a snippet button inside an assistant's panel is a snippet button.
 * @param look the pressed element and what it lies in, innermost first.
 * @param host of the page, e.g. `mail.google.com`.
 * @param controls other ones than the built-in ones.
 */
export function assistantIn(look: readonly ElementLook[], host: string, controls: Controls = BUILTIN): { readonly product: string | null } | null {
  for (const [level, { said, named }] of look.entries()) {
    const text = wordsOf(`${said} ${named}`)
    const assistant = controls.assistants.find(({ hosts, labels }) => (!hosts || hosts.some((one) => isHost(host, one))) && labels.some((label) => hasWord(text, label)))
    if (assistant) return { product: assistant.product }
    const label = wordsOf(said)
    if (level < TEMPLATE_LEVELS && controls.templates.some((template) => hasWord(label, template))) return { product: null }
  }
  return null
}

/** Lower case, and `insertButton` as two words. */
function wordsOf(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase()
}

function isHost(host: string, wanted: string): boolean {
  return host === wanted || host.endsWith(`.${wanted}`)
}

/** As a whole word: "fin" is in "fin-composer", not in "finish". */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text.charAt(at - 1)) && !isLetter(text.charAt(at + word.length))) return true
  }
  return false
}

function isLetter(char: string): boolean {
  return char !== '' && char.toLowerCase() !== char.toUpperCase()
}
