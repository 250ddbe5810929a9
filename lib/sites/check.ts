import { parsePattern } from '../engine/index.ts'
import type { SiteFacts } from './facts.ts'

/** A selector or pattern that cannot be used, and its place in the facts, such as `drafts.message.body`. */
export interface FactProblem { readonly where: string; readonly kind: 'selector' | 'pattern'; readonly value: string; readonly detail: string }

const PATTERNS = new Set(['at', 'said', 'says', 'is'])
/** Texts that are neither: names, words and keys. */
const TEXTS = new Set(['title', 'kind', 'chord', 'from', 'page', 'form', 'emptyStays'])

/**
 * Every selector and pattern of the facts that cannot be used here.
 * @param isSelector whether this browser takes a selector; it must not throw
 */
export function problemsInFacts(facts: SiteFacts, isSelector: (selector: string) => boolean): FactProblem[] {
  const found: FactProblem[] = []
  const visit = (value: unknown, name: string, where: string): void => {
    if (TEXTS.has(name)) return
    if (Array.isArray(value)) value.forEach((entry, at) => visit(entry, name, `${where}.${at}`))
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) visit(inner, key, `${where}.${key}`)
    else if (typeof value === 'string' && PATTERNS.has(name)) {
      const detail = name === 'says' && value === 'common' ? null : patternFault(value)
      if (detail !== null) found.push({ where, kind: 'pattern', value, detail })
    } else if (typeof value === 'string' && !(name === 'recipients' && value === 'named') && !isSelector(value)) found.push({ where, kind: 'selector', value, detail: '' })
  }
  visit(facts.drafts, '', 'drafts')
  if (facts.excluded !== '' && !isSelector(facts.excluded)) found.push({ where: 'excluded', kind: 'selector', value: facts.excluded, detail: '' })
  return found
}

/** Why a pattern is not let in: it is none, or some text could keep it busy. Null where it is fine. */
function patternFault(pattern: string): string | null {
  try {
    parsePattern(`/${pattern.replace(/\//g, '\\/')}/`, {})
    return null
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown error'
  }
}
