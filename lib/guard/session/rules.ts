import { decodeRuleset, type Ruleset, RulesetError } from '../../engine/index.ts'
import { styleMarks, textMarks, type WordMarks } from '../../origin/index.ts'
import type { GuardPort, Rulebook } from '../types.ts'

/** What a page's drafts are checked with; loaded once and shared. */
export interface Rules {
  readonly book: Rulebook
  readonly ruleset: Ruleset
  /** Domains that were written to before, those of this page's own sends among them; null where the policy does not ask. */
  readonly known?: Set<string> | null
  /** What is looked for in the text itself: built-in marks with those of packs, and habits of style where the person asked for them. */
  readonly words: WordMarks
}

/** @throws RulesetError when the book's bytes are no ruleset of this engine. */
export function openRules(book: Rulebook): Rules {
  const { marks, styleHints } = book
  return { book, ruleset: decodeRuleset(book.ruleset), known: book.known ? new Set(book.known) : null, words: { text: textMarks(marks), ...(styleHints ? { style: styleMarks(marks) } : {}) } }
}

/** Loads the rules; bytes that are damaged are asked for once more, compiled anew. Rejects when there are none to be had: the session then says so and holds. */
export async function loadRules(port: Pick<GuardPort, 'loadRulebook'>): Promise<Rules> {
  try {
    return openRules(await port.loadRulebook())
  } catch (error) {
    if (!(error instanceof RulesetError)) throw error
    return openRules(await port.loadRulebook(true))
  }
}
