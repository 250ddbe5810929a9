import { type Automaton, type Edges, hashed, type Rows, type Triples } from './automaton.ts'
import { languageBits } from './context.ts'
import { baseVocabulary } from './lexicon.ts'
import { pack, type Packed, type Table, unpack } from './packing.ts'
import type { RuleRegex } from './regex/run.ts'
import { Texts } from './texts.ts'
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
const VERSION = 5
/** Header: magic, version, checksum, digest of the engine's own words, number of tables; then of each form, size of its numbers, offset and length. */
const HEAD = 5
const ENTRY = 4
const CHECKED_FROM = 3

const ROWS = ['filed', 'besides', 'needs', 'free', 'accepts', 'ends'] as const satisfies readonly (keyof Automaton)[]

/**
 * The ruleset as one buffer: what a frame needs to scan, without a pack, a parser or a compiler. Small rather than ready, because the way into a frame costs more
 * than anything that is done with the bytes there: numbers in the least room, and the tables that are found by hashing are laid out again where they arrive.
 */
export function encodeRuleset(ruleset: Ruleset): ArrayBuffer {
  const { automaton, vocabulary, count, regexes } = ruleset
  const tables: Packed[] = [
    Int32Array.of(count, automaton.states, automaton.firstEntity, automaton.entities ? 1 : 0, automaton.hasLists ? 1 : 0, regexes.length), ...rulesAsText(ruleset), ...Texts.tablesOf(regexes.map((regex) => JSON.stringify(regex)), false),
    ...vocabulary.parts(), automaton.places, automaton.leads, automaton.begins, automaton.roots, automaton.crossing, automaton.rest, automaton.listRoot, automaton.skip, automaton.traits, automaton.edges.from, automaton.edges.symbols, further(automaton.edges), ...columns(automaton.pairs),
    ...ROWS.flatMap((name) => [automaton[name].from, automaton[name].to]),
  ].map(pack)
  const head = aligned((HEAD + tables.length * ENTRY) * 4)
  const buffer = new ArrayBuffer(tables.reduce((sum, { payload }) => sum + aligned(payload.length), head))
  const header = new Int32Array(buffer, 0, head / 4)
  header.set([MAGIC, VERSION, 0, wordsDigest(), tables.length])
  let offset = head
  tables.forEach(({ form, size, length, payload }, i) => {
    header.set([form, size, offset, length], HEAD + i * ENTRY)
    new Uint8Array(buffer, offset, payload.length).set(payload)
    offset += aligned(payload.length)
  })
  header[2] = checksum(buffer)
  return buffer
}

/**
 * The ruleset of the bytes of `encodeRuleset`, which must not be changed afterwards. Rules are read when they first match.
 * @throws RulesetError when the bytes are damaged, or come from an engine with another format or other words of its own.
 */
export function decodeRuleset(buffer: ArrayBuffer): Ruleset {
  if (buffer.byteLength < HEAD * 4 || buffer.byteLength % 8 !== 0) throw new RulesetError('These bytes are no ruleset')
  const words = new Int32Array(buffer)
  if (words[0] !== MAGIC) throw new RulesetError('These bytes are no ruleset')
  if (words[1] !== VERSION) throw new RulesetError(`The ruleset has format ${words[1] ?? 0}, this engine reads ${VERSION}`)
  if (words[2] !== checksum(buffer)) throw new RulesetError('The ruleset is damaged: its checksum is wrong')
  if (words[3] !== wordsDigest()) throw new RulesetError('The ruleset was made by an engine with other words of its own')
  let at = HEAD - ENTRY
  const table = (): Table => {
    at += ENTRY
    return unpack(buffer, words[at] as number, words[at + 1] as number, words[at + 2] as number, words[at + 3] as number)
  }
  const ints = (): Int32Array => table() as Int32Array
  const bytes = (): Uint8Array => table() as Uint8Array
  const [count = 0, states = 0, firstEntity = 0, entities, hasLists, regexCount = 0] = ints()
  const texts: RuleTexts = { rest: ints(), ids: new Texts(table(), table()), titles: new Texts(table(), table()), shared: new Texts(table(), table()) }
  const regexTexts = new Texts(table(), table())
  const vocabulary = Vocabulary.ofParts([ints(), table() as Uint16Array])
  const tables = { places: bytes(), leads: bytes(), begins: bytes(), roots: ints(), crossing: bytes(), rest: ints(), listRoot: ints(), skip: ints(), traits: bytes(), edges: edgesOf(ints(), ints(), ints()), pairs: hashed(ints(), ints(), ints()) }
  const rows = Object.fromEntries(ROWS.map((name) => [name, { from: ints(), to: ints() }])) as unknown as Record<(typeof ROWS)[number], Rows>
  return rulesetOf(count, (number) => entryOf(texts, number), vocabulary, {
    states, firstEntity, ...tables, ...rows, entities: entities === 1, hasLists: hasLists === 1,
  }, Array.from({ length: regexCount }, (_, i) => JSON.parse(regexTexts.at(i)) as RuleRegex))
}

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** How much further than its state each edge leads, which is mostly little. */
function further({ from, to }: Edges): Int32Array {
  const out = to.slice()
  for (let state = 0; state + 1 < from.length; state++) for (let at = from[state] as number; at < (from[state + 1] as number); at++) out[at] = (out[at] as number) - state
  return out
}

/** The edges again, given what `further` gave; the tables may be the bytes themselves and stay as they are. */
function edgesOf(from: Int32Array, symbols: Int32Array, steps: Int32Array): Edges {
  const to = new Int32Array(steps.length)
  for (let state = 0, at = 0; state + 1 < from.length; state++) for (const stop = from[state + 1] as number; at < stop; at++) to[at] = (steps[at] as number) + state
  return { from, symbols, to }
}

/** Triples in order, as columns: first and second numbers, and how much further the third are than the first. */
function columns({ tags, slots }: Triples): readonly Int32Array[] {
  const order = [...tags.keys()].filter((slot) => tags[slot] !== 0)
  order.sort((a, b) => (slots[a * 3] as number) - (slots[b * 3] as number) || (slots[a * 3 + 1] as number) - (slots[b * 3 + 1] as number))
  const field = (number: number): Int32Array => Int32Array.from(order, (slot) => slots[slot * 3 + number] as number)
  return [field(0), field(1), Int32Array.from(order, (slot) => (slots[slot * 3 + 2] as number) - (slots[slot * 3] as number))]
}

/** What of a rule is its own, and numbers of what thousands of rules may have alike. */
interface RuleTexts { readonly rest: Int32Array; readonly ids: Texts; readonly titles: Texts; readonly shared: Texts }

/** Rules as text: ids and titles, and the rest as JSON, once where it is the same. */
function rulesAsText(ruleset: Ruleset): readonly Table[] {
  const ids: string[] = []
  const titles: string[] = []
  const shared = new Map<string, number>()
  const rest = new Int32Array(ruleset.count)
  for (let i = 0; i < ruleset.count; i++) {
    const { rule: { id, title, ...others }, pack: from, packVersion } = ruleset.ruleAt(i)
    // Patterns are in the automaton and examples have been run: only that there are some is still asked.
    const lean = { ...others, match: [], unless: others.unless.length > 0 ? [''] : [], near: others.near.length > 0 ? [''] : [], examples: { flagged: [], clean: [] } }
    const text = JSON.stringify({ rule: lean, pack: from, packVersion })
    if (!shared.has(text)) shared.set(text, shared.size)
    rest[i] = shared.get(text) as number
    ids.push(id)
    titles.push(title)
  }
  return [rest, ...Texts.tablesOf(ids, true), ...Texts.tablesOf(titles, true), ...Texts.tablesOf([...shared.keys()], false)]
}

function entryOf({ rest, ids, titles, shared }: RuleTexts, number: number): RuleEntry {
  const { rule, pack: from, packVersion } = JSON.parse(shared.at(rest[number] as number)) as RuleEntry
  return { rule: { ...rule, id: ids.sharedAt(number), title: titles.sharedAt(number) }, pack: from, packVersion }
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
  // By number: in a frame that has just begun an iterator is several times as slow.
  if (ownWords === 0) for (const part of baseVocabulary.parts()) for (let i = 0; i < part.length; i++) ownWords = Math.imul(ownWords ^ (part[i] as number), 0x01000193) + 1
  return ownWords | 0
}
