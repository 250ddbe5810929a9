import type { AST } from '@eslint-community/regexpp'
import { LIMITS } from '../limits.ts'
import { Nfa } from './nfa.ts'
import { mostOf } from './size.ts'

/**
 * Refuses a regular expression that some text makes slow. Two questions are put to its automaton (`nfa.ts`), in which every repeat is without an end and assertions are always true, so that
 * it has at least the ways through a text that a matcher tries:
 * is there a text that leads round a loop in two ways, so that each turn doubles the ways; and which repeats, one behind the other, can share out one text between them.
 */
export function checkCost(pattern: AST.Pattern, flags: string, longest: number, refuse: (reason: string, at?: number) => never): void {
  for (const part of [pattern, ...lookarounds(pattern)]) {
    const nfa = Nfa.of(part, flags, mostOf)
    if (!nfa) return refuse('The regular expression is too large to be checked; divide it in several')
    const doubling = nfa.doubling()
    if (doubling === 'undecided') return refuse('It could not be shown that the regular expression is always fast; divide it in several')
    if (doubling) return refuse(`A text can make this take for ever: ${shown(doubling.prefix, doubling.pump)}. Let what is repeated begin or end with something that the rest of it cannot be`, doubling.at)
    const chain = nfa.sharing()
    if (chain === 'undecided') return refuse('It could not be shown that the regular expression is always fast; divide it in several')
    const steps = Math.min(longest, LIMITS.regexMatch) + chain.ways
    if (steps > LIMITS.regexSteps) refuse(`A text can make this take ${steps > 1e6 ? 'more than a million' : steps} steps for a character, at most ${LIMITS.regexSteps} are allowed: ${shown(chain.prefix, chain.pump)}. Write how often a repeat may come, such as {0,20}, or put something between`, chain.at)
  }
}

function shown(prefix: string, pump: string): string {
  return `${JSON.stringify(prefix + pump.repeat(3))} and so on`
}

/** The looks ahead and behind: each is an expression of its own that is tried at its place. */
function lookarounds(node: AST.Node): AST.LookaroundAssertion[] {
  switch (node.type) {
    case 'Pattern': case 'Group': case 'CapturingGroup': return node.alternatives.flatMap(lookarounds)
    case 'Alternative': return node.elements.flatMap(lookarounds)
    case 'Quantifier': return lookarounds(node.element)
    case 'Assertion': return node.kind === 'lookahead' || node.kind === 'lookbehind' ? [node, ...node.alternatives.flatMap(lookarounds)] : []
    default: return []
  }
}
