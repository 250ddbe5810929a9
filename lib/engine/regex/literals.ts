import type { AST } from '@eslint-community/regexpp'
import { foldUnit } from './finder.ts'

/** Alternatives that a search may look for at once for one regular expression. */
const MOST = 64
/** One character is searched for only where it is rare in prose. */
const COMMON = /^[\p{L}\p{N}\s.,'’"()/-]$/u

/**
 * Texts of which one is in every match, folded: the longest that the regular expression has. Empty where it has none.
 */
export function literalsOf(pattern: AST.Pattern, anyCase: boolean): readonly string[] {
  const best = required(pattern, anyCase)
  return best && best.every((text) => text.length > 1 || !COMMON.test(text)) ? [...new Set(best)] : []
}

type Texts = readonly string[]

function required(node: AST.Node, anyCase: boolean): Texts | null {
  switch (node.type) {
    case 'Pattern': case 'Group': case 'CapturingGroup': {
      const each = node.alternatives.map((alternative) => required(alternative, anyCase))
      const all = each.flatMap((texts) => texts ?? [])
      return each.every((texts) => texts !== null) && all.length <= MOST ? all : null
    }
    case 'Alternative': return ofSequence(node.elements, anyCase)
    case 'Quantifier': return node.min > 0 ? required(node.element, anyCase) : null
    case 'Character': {
      const text = textOf(node, anyCase)
      return text === null ? null : [text]
    }
    default: return null
  }
}

/** The best of: runs of characters, each alone, and what a part requires. */
function ofSequence(elements: readonly AST.Element[], anyCase: boolean): Texts | null {
  let best: Texts | null = null
  let run = ''
  const offer = (texts: Texts | null): void => {
    if (texts && texts.length > 0 && (best === null || worth(texts) > worth(best))) best = texts
  }
  for (const element of elements) {
    const text = element.type === 'Character' ? textOf(element, anyCase) : null
    if (text !== null) run += text
    else if (element.type !== 'Assertion') {
      if (run) offer([run])
      run = ''
      offer(required(element, anyCase))
    }
  }
  if (run) offer([run])
  return best
}

/** Longer is better; more alternatives are a little worse. */
function worth(texts: Texts): number {
  return Math.min(...texts.map((text) => (text.length === 1 && COMMON.test(text) ? 0 : text.length))) - texts.length / MOST
}

/** A character as the search folds it; null for one that has other forms in another case than the search knows. */
function textOf({ value }: AST.Character, anyCase: boolean): string | null {
  const text = String.fromCodePoint(value)
  if (anyCase && value > 127 && (text.toLowerCase() !== text || text.toUpperCase() !== text)) return null
  return Array.from({ length: text.length }, (_, i) => String.fromCharCode(foldUnit(text.charCodeAt(i)))).join('')
}
