import { ASSISTANT_MARKS, TEMPLATE_LABELS } from './marks-data.ts'

/** What a pressed element, and what it lies in, say of themselves: labels, titles, test ids, ids, classes, element names, its own short text. Innermost first. */
export type ControlLook = readonly string[]

/**
 * The assistant whose control this is, by its product name as a whole word; `product` null for a control that puts in text which people prepared.
 * Null for any other control. The innermost name counts: a snippet button inside an assistant's panel is a snippet button.
 * @param host of the page, e.g. `mail.google.com`.
 */
export function assistantIn(look: ControlLook, host: string): { readonly product: string | null } | null {
  for (const words of look) {
    const text = words.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase()
    const assistant = ASSISTANT_MARKS.find(({ hosts, labels }) => (!hosts || hosts.some((one) => isHost(host, one))) && labels.some((label) => hasWord(text, label)))
    if (assistant) return { product: assistant.product }
    if (TEMPLATE_LABELS.some((label) => hasWord(text, label))) return { product: null }
  }
  return null
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
