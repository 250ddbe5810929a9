import { type AST, RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp'
import { LIMITS } from '../limits.ts'
import { PatternError } from '../types.ts'
import { checkCost } from './cost.ts'
import { literalsOf } from './literals.ts'
import { mostOf, sizeOf } from './size.ts'

/** A regular expression that was let in: what it runs as, and where it need be run at all. */
export interface CheckedRegex {
  /** For `new RegExp(source, flags)`, every repeat with an end. */
  readonly source: string
  readonly flags: string
  /** Folded by `foldUnit`: one of these is in every match. Empty where a match need have no fixed text: it is then run over everything. */
  readonly literals: readonly string[]
  /** UTF-16 units that a match has at most, and that an assertion looks at beyond it. */
  readonly longest: number
  readonly beyond: number
}

const FORM = /^\/(.*)\/([a-z]*)$/su
/** A property of characters that has members in ASCII, so that the check, which tries characters, sees them. */
const PROPERTIES = new Set(['L', 'Letter', 'Lu', 'Uppercase_Letter', 'Ll', 'Lowercase_Letter', 'N', 'Number', 'Nd', 'Decimal_Number', 'P', 'Punctuation', 'S', 'Symbol', 'Sc', 'Currency_Symbol', 'Z', 'Separator', 'Zs', 'Space_Separator', 'Alphabetic', 'White_Space'])

/** True for a pattern that is written as a regular expression: `/…/` or `/…/i`. */
export function isRegex(source: string): boolean {
  return FORM.test(source)
}

/**
 * Reads and checks a regular expression.
 * @throws PatternError with the column for what is no regular expression, cannot be checked, or can be made to take long by some text, which is then shown.
 */
export function readRegex(written: string): CheckedRegex {
  const [, source = '', flags = ''] = FORM.exec(written) ?? []
  const refuse = (reason: string, at = 0): never => {
    throw new PatternError(reason, written, Math.min(at + 1, written.length))
  }
  if (flags !== '' && flags !== 'i') refuse(`Of the flags only i (upper and lower case alike) is known, not "${flags}"`, source.length + 1)
  if (source.length > LIMITS.regexLength) refuse(`A regular expression has at most ${LIMITS.regexLength} characters`, LIMITS.regexLength)
  const pattern = parse(source, refuse)
  new Admission(refuse).node(pattern, 0)
  const { most, least, beyond } = sizeOf(pattern)
  if (least === 0) refuse('The regular expression can match nothing at all; give it at least one character that must be there')
  checkCost(pattern, flags, most, refuse)
  if (most > LIMITS.regexMatch) refuse(`A match could have ${most} characters; at most ${LIMITS.regexMatch} are allowed: write how often a repeat may come, such as {0,20}`)
  const literals = literalsOf(pattern, flags === 'i')
  return { source: bounded(pattern), flags: `gu${flags}`, literals, longest: most, beyond: beyond + 1 }
}

type Refuse = (reason: string, at?: number) => never

function parse(source: string, refuse: Refuse): AST.Pattern {
  try {
    return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, { unicode: true })
  } catch (error) {
    if (!(error instanceof RegExpSyntaxError)) throw error
    return refuse(`This is no regular expression: ${error.message.replace(/^Invalid regular expression: \/.*\/\w*: /su, '')}`, error.index)
  }
}

/** Says no to what the check does not understand. */
class Admission {
  constructor(private readonly refuse: Refuse) {}

  node(node: AST.Node, depth: number): void {
    if (depth > LIMITS.patternNesting * 4) this.refuse(`Groups may be nested ${LIMITS.patternNesting} deep`, node.start)
    switch (node.type) {
      case 'Backreference': return this.refuse('A reference back to a group cannot be checked; write out what may come', node.start)
      case 'Group':
        if (node.modifiers) this.refuse('Flags within a group are not known', node.start)
        return this.all(node.alternatives, depth)
      case 'Pattern': case 'CapturingGroup': return this.all(node.alternatives, depth)
      case 'Alternative': return this.all(node.elements, depth)
      case 'Quantifier':
        if (sizeOf(node.element).least === 0 && node.max > 1) this.refuse('What is repeated here can match nothing; repeat something that must be there', node.start)
        return this.node(node.element, depth + 1)
      case 'Assertion':
        if (node.kind !== 'lookahead' && node.kind !== 'lookbehind') return
        if (sizeOf(node).beyond > LIMITS.regexLook) this.refuse(`A look ahead or behind sees at most ${LIMITS.regexLook} characters`, node.start)
        return this.all(node.alternatives, depth)
      case 'CharacterClass': return this.all(node.elements as readonly AST.Node[], depth)
      case 'CharacterSet':
        if (node.kind === 'property' && !PROPERTIES.has(node.value ?? node.key)) this.refuse(`\\p{${node.key}${node.value ? `=${node.value}` : ''}} is not known here; write \\p{L}, \\p{N}, \\p{P} or \\p{S}`, node.start)
        return
      default:
    }
  }

  private all(nodes: readonly AST.Node[], depth: number): void {
    for (const node of nodes) this.node(node, depth + 1)
  }
}

/** The source again, with an end to every repeat and without capturing. */
function bounded(node: AST.Node): string {
  switch (node.type) {
    case 'Pattern': return node.alternatives.map(bounded).join('|')
    case 'Group': case 'CapturingGroup': return `(?:${node.alternatives.map(bounded).join('|')})`
    case 'Alternative': return node.elements.map(bounded).join('')
    case 'Quantifier': return `${bounded(node.element)}{${node.min},${mostOf(node)}}${node.greedy ? '' : '?'}`
    case 'Assertion':
      if (node.kind !== 'lookahead' && node.kind !== 'lookbehind') return node.raw
      return `(?${node.kind === 'lookbehind' ? '<' : ''}${node.negate ? '!' : '='}${node.alternatives.map(bounded).join('|')})`
    default: return node.raw
  }
}
