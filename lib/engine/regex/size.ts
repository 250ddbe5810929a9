import type { AST } from '@eslint-community/regexpp'
import { LIMITS } from '../limits.ts'

/** How often a repeat without an end comes at most: spaces less often than other things. */
export function mostOf(node: AST.Quantifier): number {
  if (node.max !== Infinity) return node.max
  return Math.max(node.min, node.element.type === 'CharacterSet' && node.element.kind === 'space' ? LIMITS.regexSpaces : LIMITS.regexRepeat)
}

interface Size { readonly least: number; readonly most: number; readonly beyond: number }

/** UTF-16 units of the shortest and longest match of a node, and of what its assertions look at. */
export function sizeOf(node: AST.Node): Size {
  switch (node.type) {
    case 'Pattern': case 'Group': case 'CapturingGroup': return either(node.alternatives.map(sizeOf))
    case 'Alternative': return node.elements.map(sizeOf).reduce((sum, size) => ({ least: sum.least + size.least, most: sum.most + size.most, beyond: Math.max(sum.beyond, size.beyond) }), NOTHING)
    case 'Quantifier': {
      const { least, most, beyond } = sizeOf(node.element)
      return { least: least * node.min, most: most * mostOf(node), beyond }
    }
    case 'Assertion': {
      if (node.kind !== 'lookahead' && node.kind !== 'lookbehind') return NOTHING
      const { most, beyond } = either(node.alternatives.map(sizeOf))
      return { least: 0, most: 0, beyond: most + beyond }
    }
    case 'Character': return { least: 1, most: node.value > 0xffff ? 2 : 1, beyond: 0 }
    default: return { least: 1, most: 2, beyond: 0 }
  }
}

const NOTHING: Size = { least: 0, most: 0, beyond: 0 }

function either(sizes: readonly Size[]): Size {
  return { least: Math.min(...sizes.map(({ least }) => least)), most: Math.max(...sizes.map(({ most }) => most)), beyond: Math.max(...sizes.map(({ beyond }) => beyond)) }
}
