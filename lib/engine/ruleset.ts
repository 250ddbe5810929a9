import type { Automaton, Rows } from './automaton.ts'
import { languageBits } from './context.ts'
import { baseVocabulary } from './lexicon.ts'
import type { RuleRegex } from './regex/run.ts'
import type { BlockKind, Rule } from './types.ts'
import { Vocabulary } from './vocabulary.ts'

export interface CompiledRule {
  readonly rule: Rule
  readonly pack: string
  readonly packVersion: string
  /** Languages whose negations and hedges apply, as bits of `CUE_LANGUAGES`. */
  readonly languages: number
  readonly where: ReadonlySet<BlockKind | 'subject'>
}

/** What a rule is before it is looked at: its definition and its pack. */
export interface RuleEntry { readonly rule: Rule; readonly pack: string; readonly packVersion: string }

/** Packs compiled for scanning. Opaque outside this room: from `compileRuleset` or `decodeRuleset`, used with `createScanner`. */
export interface Ruleset {
  readonly count: number
  readonly vocabulary: Vocabulary
  readonly automaton: Automaton
  readonly regexes: readonly RuleRegex[]
  /** The rule with a number below `count`. */
  ruleAt(number: number): CompiledRule
}

/** Bytes that are no ruleset of this engine: damaged, or made by another version. The packs are then compiled anew. */
export class RulesetError extends Error {
  override readonly name = 'RulesetError'
}

/** Makes a ruleset of its parts. `entry` is asked for a rule when it first matches. */
export function rulesetOf(count: number, entry: (number: number) => RuleEntry, vocabulary: Vocabulary, automaton: Automaton, regexes: readonly RuleRegex[]): Ruleset {
  const known: (CompiledRule | undefined)[] = []
  return {
    count, vocabulary, automaton, regexes,
    ruleAt(number) {
      let compiled = known[number]
      if (!compiled) {
        const { rule, pack, packVersion } = entry(number)
        known[number] = compiled = { rule, pack, packVersion, languages: languageBits(rule.languages), where: new Set(rule.where) }
      }
      return compiled
    },
  }
}

/** `CSRS`, as a little-endian number. */
const MAGIC = 0x53525343
/** Raise whenever the meaning of any part changes; a stored ruleset of another version is then refused and made anew. */
const VERSION = 2
/** Header: magic, version, checksum, digest of the engine's own words, number of parts; then element size, offset and elements of each part. */
const HEAD = 5
const CHECKED_FROM = 3

type Part = Int32Array | Uint16Array | Uint8Array
const ROWS = ['filed', 'needs', 'free', 'accepts', 'ends'] as const satisfies readonly (keyof Automaton)[]

/** The ruleset as one buffer: what a frame needs to scan, without a pack, a parser or a compiler. Views into it are the ruleset. */
export function encodeRuleset(ruleset: Ruleset): ArrayBuffer {
  const { automaton, vocabulary, count } = ruleset
  const parts: Part[] = [
    Int32Array.of(count, automaton.states, automaton.firstEntity, automaton.entities ? 1 : 0, automaton.hasLists ? 1 : 0), ...rulesAsText(ruleset), unitsOf(ruleset.regexes.length > 0 ? JSON.stringify(ruleset.regexes) : ''),
    ...vocabulary.parts(), automaton.begins, automaton.roots, automaton.crossing, automaton.rest, automaton.listRoot, automaton.edges, automaton.skip, automaton.traits,
    ...ROWS.flatMap((name) => [automaton[name].from, automaton[name].to]),
  ]
  const head = Math.ceil((HEAD + parts.length * 3) / 2) * 8
  const buffer = new ArrayBuffer(parts.reduce((sum, part) => sum + aligned(part.byteLength), head))
  const header = new Int32Array(buffer, 0, head / 4)
  header.set([MAGIC, VERSION, 0, wordsDigest(), parts.length])
  let offset = head
  parts.forEach((part, i) => {
    header.set([part.BYTES_PER_ELEMENT, offset, part.length], HEAD + i * 3)
    new Uint8Array(buffer, offset, part.byteLength).set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
    offset += aligned(part.byteLength)
  })
  header[2] = checksum(buffer)
  return buffer
}

/**
 * A ruleset over the bytes of `encodeRuleset`, which must not be changed afterwards. Copies nothing; rules are read when they first match.
 * @throws RulesetError when the bytes are damaged, or come from an engine with another format or other words of its own.
 */
export function decodeRuleset(buffer: ArrayBuffer): Ruleset {
  if (buffer.byteLength < HEAD * 4 || buffer.byteLength % 8 !== 0) throw new RulesetError('These bytes are no ruleset')
  const words = new Int32Array(buffer)
  if (words[0] !== MAGIC) throw new RulesetError('These bytes are no ruleset')
  if (words[1] !== VERSION) throw new RulesetError(`The ruleset has format ${words[1] ?? 0}, this engine reads ${VERSION}`)
  if (words[2] !== checksum(buffer)) throw new RulesetError('The ruleset is damaged: its checksum is wrong')
  if (words[3] !== wordsDigest()) throw new RulesetError('The ruleset was made by an engine with other words of its own')
  let at = HEAD
  const part = (): Part => {
    const [size, offset = 0, length] = words.subarray(at, at + 3)
    at += 3
    return size === 4 ? new Int32Array(buffer, offset, length) : size === 2 ? new Uint16Array(buffer, offset, length) : new Uint8Array(buffer, offset, length)
  }
  const ints = (): Int32Array => part() as Int32Array
  const bytes = (): Uint8Array => part() as Uint8Array
  const [count = 0, states = 0, firstEntity = 0, entities, hasLists] = ints()
  const texts: RuleTexts = [ints(), ints(), part() as Units]
  const regexes = part() as Units
  const vocabulary = Vocabulary.ofParts([ints(), ints(), part() as Uint16Array])
  const tables = { begins: bytes(), roots: ints(), crossing: bytes(), rest: ints(), listRoot: ints(), edges: ints(), skip: ints(), traits: bytes() }
  const rows = Object.fromEntries(ROWS.map((name) => [name, { from: ints(), to: ints() }])) as unknown as Record<(typeof ROWS)[number], Rows>
  return rulesetOf(count, (number) => entryOf(texts, number), vocabulary, {
    states, firstEntity, ...tables, ...rows, entities: entities === 1, hasLists: hasLists === 1,
  }, regexes.length > 0 ? JSON.parse(textBetween(regexes, 0, regexes.length)) as RuleRegex[] : [])
}

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** What rules of a pack mostly share is kept once: numbers of the shared texts by rule, where each text ends, and all texts, first those of each rule alone, then the shared. */
type RuleTexts = readonly [Int32Array, Int32Array, Units]
type Units = Uint8Array | Uint16Array

/** Rules as JSON, in two parts: what is a rule's own, and the rest, which thousands of rules may have alike. */
function rulesAsText(ruleset: Ruleset): RuleTexts {
  const own: string[] = []
  const shared = new Map<string, number>()
  const rest = new Int32Array(ruleset.count)
  for (let i = 0; i < ruleset.count; i++) {
    const { rule: { id, title, ...others }, pack, packVersion } = ruleset.ruleAt(i)
    // Patterns are in the automaton and examples have been run: only that there are some is still asked.
    const lean = { ...others, match: [], unless: others.unless.length > 0 ? [''] : [], near: others.near.length > 0 ? [''] : [], examples: { flagged: [], clean: [] } }
    const text = JSON.stringify({ rule: lean, pack, packVersion })
    if (!shared.has(text)) shared.set(text, shared.size)
    rest[i] = shared.get(text) as number
    own.push(JSON.stringify([id, title]))
  }
  const texts = [...own, ...shared.keys()]
  const ends = new Int32Array(texts.length + 1)
  texts.forEach((text, i) => { ends[i + 1] = (ends[i] as number) + text.length })
  return [rest, ends, unitsOf(texts.join(''))]
}

/** Half the size where no character needs more. */
function unitsOf(text: string): Units {
  const units = /^[\0-\xff]*$/.test(text) ? new Uint8Array(text.length) : new Uint16Array(text.length)
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  return units
}

function entryOf([rest, ends, units]: RuleTexts, number: number): RuleEntry {
  const read = (text: number): unknown => JSON.parse(textBetween(units, ends[text] ?? 0, ends[text + 1] ?? 0))
  const [id, title] = read(number) as [string, string]
  const { rule, pack, packVersion } = read(rest.length + (rest[number] as number)) as RuleEntry
  return { rule: { ...rule, id, title }, pack, packVersion }
}

function textBetween(units: Units, start: number, end: number): string {
  let out = ''
  for (let at = start; at < end; at += 4_096) out += String.fromCharCode(...units.subarray(at, Math.min(end, at + 4_096)))
  return out
}

/** Tells accidents, not attackers: four bytes a step over all but the first words of the header. */
function checksum(buffer: ArrayBuffer): number {
  const words = new Int32Array(buffer)
  let a = 0x811c9dc5 | 0
  let b = 0x9e3779b1 | 0
  // Two sums side by side, so that the processor need not wait for either.
  for (let i = CHECKED_FROM; i < words.length; i += 2) {
    a = Math.imul(a ^ (words[i] as number), 0x01000193)
    b = Math.imul(b ^ (words[i + 1] ?? 0), 0x85ebca6b)
  }
  return a ^ (b >>> 13) ^ b
}

let ownWords = 0
/** Digest of the words that entities and context know, whose numbers every ruleset shares. */
function wordsDigest(): number {
  if (ownWords === 0) for (const part of baseVocabulary.parts()) for (const value of part) ownWords = Math.imul(ownWords ^ value, 0x01000193) + 1
  return ownWords | 0
}
