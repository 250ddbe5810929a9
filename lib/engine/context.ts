import { beginsPhrase, CUE, CUE_LANGUAGES, cueOf, cuePhrases } from './lexicon.ts'
import { CODE, NEW_SENTENCE, QUOTED, SIGN, type Tokens, UPPER } from './tokens.ts'
import type { BlockKind, ContextEffect, Rule, Tier } from './types.ts'
import { TIERS } from './types.ts'

/** How far to the left of a hit a cue counts, in words of the same clause. */
const REACH = 5
/** Tokens that are looked at for them: signs between words are passed over, a flood of signs is not. */
const MOST_LOOKS = 16
const GERMAN = 1 << CUE_LANGUAGES.indexOf('de')

export interface Moved { readonly tier: Tier; readonly evidence: readonly string[] }

/** What cleared a hit: `negated`, `hedged`, `question`, `quoted`, `reported`. */
export type Cleared = string

/** Bits of the languages whose cues apply to a rule; all of them where it names none that we know. */
export function languageBits(languages: readonly string[]): number {
  let bits = 0
  for (const language of languages) {
    const at = (CUE_LANGUAGES as readonly string[]).indexOf(language.toLowerCase().split('-')[0] ?? '')
    if (at >= 0) bits |= 1 << at
  }
  return bits === 0 ? 15 : bits
}

/** How many tokens of one of `phrases` stand at token `at`, 0 for none; signs between count as words. */
function phraseAt(tokens: Tokens, at: number, phrases: readonly (readonly number[])[]): number {
  const first = tokens.word[at] as number
  if (!beginsPhrase(first)) return 0
  for (const phrase of phrases) {
    if (phrase[0] === first && standsAt(tokens, at, phrase)) return phrase.length
  }
  return 0
}

function standsAt(tokens: Tokens, at: number, phrase: readonly number[]): boolean {
  if (at + phrase.length > tokens.count) return false
  for (let i = 1; i < phrase.length; i++) if (tokens.word[at + i] !== phrase[i]) return false
  return true
}

function isNegation(tokens: Tokens, at: number, bits: number): boolean {
  const cue = cueOf(tokens.word[at] as number)
  if (!((cue & 15) & bits)) return phraseAt(tokens, at, cuePhrases.negation) > 0
  if (phraseAt(tokens, at, cuePhrases.notNegation) > 0) return false
  if (at > 0 && phraseAt(tokens, at - 1, cuePhrases.whyNot) > 0) return false
  if (phraseAt(tokens, at, cuePhrases.whyNot) > 0) return false
  // "No, we guarantee it": an answer, not a negation of what follows.
  return at + 1 >= tokens.count || !(((tokens.flags[at + 1] as number) & SIGN) !== 0 && tokens.text.charCodeAt(tokens.start[at + 1] as number) === 44)
}

const SMALL = /\p{Ll}/u

/** "In May": a cue with a capital inside its sentence is a name. */
function isName(tokens: Tokens, at: number): boolean {
  return ((tokens.flags[at] as number) & (UPPER | NEW_SENTENCE)) === UPPER && SMALL.test(tokens.text.charAt((tokens.end[at] as number) - 1))
}

interface Cues { readonly negated: boolean; readonly hedged: boolean; readonly reported: boolean }
const NO_CUES: Cues = { negated: false, hedged: false, reported: false }

/** Reads the clause to the left of token `from`, and the hit itself for hedges ("save up to 20 %"). */
function cuesAround(tokens: Tokens, from: number, to: number, bits: number): Cues {
  let negated = false
  let hedged = false
  let reported = false
  for (let at = from; at < to && !hedged; at++) hedged = isHedge(tokens, at, bits)
  let words = 0
  for (let at = from - 1; at >= from - MOST_LOOKS && at >= 0 && words < REACH; at--) {
    const flags = tokens.flags[at + 1] as number
    if (flags & NEW_SENTENCE || endsClause(tokens, at)) break
    tokens.looks++
    hedged ||= isHedge(tokens, at, bits)
    negated ||= isNegation(tokens, at, bits)
    reported ||= (cueOf(tokens.word[at] as number) & CUE.report) !== 0
    if (!((tokens.flags[at] as number) & SIGN)) words++
  }
  if (bits & GERMAN && !negated) negated = negatedAfter(tokens, to)
  return negated || hedged || reported ? { negated, hedged, reported } : NO_CUES
}

function isHedge(tokens: Tokens, at: number, bits: number): boolean {
  const cue = cueOf(tokens.word[at] as number)
  return (((cue >> 4) & 15 & bits) !== 0 && !isName(tokens, at)) || phraseAt(tokens, at, cuePhrases.hedge) > 0
}

/** German puts the negation behind: "wir garantieren das nicht". */
function negatedAfter(tokens: Tokens, to: number): boolean {
  for (let at = to; at < tokens.count && at < to + REACH; at++) {
    if ((tokens.flags[at] as number) & NEW_SENTENCE || endsClause(tokens, at)) return false
    // "kein" and "ohne" negate what comes after them.
    if (cueOf(tokens.word[at] as number) & (CUE.negation * GERMAN) && /^n(?:icht|ie|iemals)$/i.test(tokens.text.slice(tokens.start[at], tokens.end[at]))) return phraseAt(tokens, at, cuePhrases.notNegation) === 0
  }
  return false
}

function endsClause(tokens: Tokens, at: number): boolean {
  if (cueOf(tokens.word[at] as number) & CUE.clause) return true
  if (!((tokens.flags[at] as number) & SIGN)) return false
  const unit = tokens.text.charCodeAt(tokens.start[at] as number)
  // ; : ( ) and the dashes
  return unit === 59 || unit === 58 || unit === 40 || unit === 41 || unit === 0x2014 || unit === 0x2013
}

const NO_EVIDENCE: readonly string[] = []
/** What is said of a hit that nothing moves, which most are: made once. */
const UNMOVED = Object.fromEntries(TIERS.map((tier) => [tier, { tier, evidence: NO_EVIDENCE }])) as Readonly<Record<Tier, Moved>>

/** One tier down, never under `note`. */
function lower(tier: Tier): Tier {
  return TIERS[Math.max(0, TIERS.indexOf(tier) - 1)] as Tier
}

/**
 * What the words around a hit of tokens `from`..`to` do to its tier, or what clears it. However many cues there are, the tier goes down by one at most:
 * a hedged question is still a claim. A leftover that must be removed is not softened by words around it; only inside code, where it is talked about, it becomes a note.
 */
export function weigh(tokens: Tokens, from: number, to: number, rule: Rule, kind: BlockKind | 'subject', bits: number): Moved | Cleared {
  const flags = tokens.flags[from] as number
  const code = kind === 'code' || (flags & CODE) !== 0
  if (rule.category === 'leftover' && rule.tier === 'block') {
    if (!code || rule.quoted === 'ignores') return UNMOVED[rule.tier]
    return rule.quoted === 'clears' ? 'quoted' : { tier: 'note', evidence: ['lowered: quoted in code'] }
  }
  if (rule.negation === 'ignores' && rule.hedge === 'ignores' && rule.quoted === 'ignores' && rule.question === 'ignores') return UNMOVED[rule.tier]
  const { negated, hedged, reported } = rule.negation === 'ignores' && rule.hedge === 'ignores' && rule.quoted === 'ignores'
    ? NO_CUES
    : cuesAround(tokens, from, to, bits)
  const quoted = kind === 'quote' || code || ((flags & QUOTED) !== 0 && ((tokens.flags[to - 1] as number) & QUOTED) !== 0)
  const asked = tokens.question[tokens.sentence[from] as number] === 1
  if (!negated && !hedged && !reported && !asked && !quoted) return UNMOVED[rule.tier]
  const causes: (readonly [boolean, ContextEffect, string])[] = [
    [negated, rule.negation, 'negated'],
    [hedged, rule.hedge, 'hedged'],
    [asked, rule.question, 'question'],
    [quoted, rule.quoted, 'quoted'],
    [reported && !quoted, rule.quoted, 'reported'],
  ]
  const evidence: string[] = []
  for (const [is, effect, word] of causes) {
    if (!is || effect === 'ignores') continue
    if (effect === 'clears') return word
    evidence.push(`lowered: ${word}`)
  }
  return { tier: evidence.length > 0 ? lower(rule.tier) : rule.tier, evidence }
}
