import {
  asideOf, Attribution, editedShare, isRecent, originOf, placesIn, Provenance, standingArrivals,
  type Arrival, type BlockText, type InputLog, type KnownBlock, type Origin, type OriginEvent, type TrackedBlock, type Transfer, type WordMarks,
} from '../../origin/index.ts'
import type { EditorText } from '../../editors/index.ts'
import { digestDraft } from '../../review/index.ts'
import type { GuardCore } from '../core.ts'
import type { Reading } from './read.ts'

/** The blocks of one body in the draft's numbering. `isNew`: the element was not in the reading before. */
interface BodyBlocks { readonly element: Element; readonly read: EditorText; readonly first: number; readonly isNew: boolean }

/** Shorter blocks ("Kind regards, Ann") stand in many drafts: by themselves they are not known again. */
const TELLING = 40
/** Of a long draft so many blocks are asked about and remembered. */
const MOST_BLOCKS = 1_000
/** Of all drafts of a page so many blocks, as they stood at some time, are known again. */
const MOST_KNOWN = 5_000

/**
 * Where the text of one draft came from: follows it from reading to reading, and knows blocks again that this or another window saw before.
 * All bodies are followed as one text: block editors have an element for each paragraph, put new ones in the place of that which was pasted into, and
 * cut one in two at each Enter.
 */
export class DraftOrigins {
  private bodies = new Map<Element, string>()
  /** What was seen on any of the draft's elements and not yet matched with its growth. */
  private readonly log: InputLog
  private readonly attribution: Attribution
  private provenance: Provenance | null = null
  private readonly digests = new WeakMap<TrackedBlock, string>()
  private declared: Extract<OriginEvent, { kind: 'declared' }> | null = null
  /** A block came that may be known from elsewhere. */
  private fresh = false
  /** Grows with every change, so that what is remembered is gathered only when there is something new. */
  private version = 0
  private remembered = 0
  /** The version at the last asking for news: what rests from one asking to the next is worth telling, each step of typing is not. */
  private asked = 0
  private readonly unsent: KnownBlock[] = []
  /** Paragraphs as they came from elsewhere, before anybody changed them. */
  private readonly came = new Set<string>()

  constructor(private readonly root: Element, private readonly core: GuardCore, private readonly now: () => number) {
    this.log = core.inputLog(root)
    this.attribution = new Attribution(this.log, now())
  }

  /** Takes a reading. Costs one comparison a body where nothing changed. */
  see(reading: Reading): void {
    const before = this.bodies
    const now = reading.bodies
    if (this.provenance && now.length === before.size && now.every(({ element, read }) => before.get(element) === read.text)) return
    const here = new Set<Element>(now.map(({ element }) => element))
    if ([...before.keys()].some((element) => !here.has(element))) this.remember() // A site that draws its editor anew gives a new element with the same words.
    this.bodies = new Map(now.map(({ element, read }) => [element, read.text]))
    const blocks: BlockText[] = []
    const parts: BodyBlocks[] = []
    for (const { element, read } of now) {
      parts.push({ element, read, first: blocks.length, isNew: !before.has(element) })
      blocks.push(...read.blocks.map(({ kind, span }): BlockText => ({ text: read.text.slice(span.start, span.end), counted: kind !== 'quote' && kind !== 'signature' })))
    }
    if (this.provenance) this.follow(this.provenance, blocks, parts, new Set([...before.keys(), ...here]))
    else this.open(blocks, parts)
    this.version += 1
    if (this.fresh) {
      this.fresh = false
      this.take([...this.core.memory.origins.values()])
    }
    this.noteCome(false)
  }

  /** Paragraphs that came from elsewhere and stand here no more as they came, and those that stand here in place of them. */
  changed(): { readonly wrote: readonly string[]; readonly left: readonly string[] } {
    const now = new Set(this.blocks().flatMap(({ text, counted }) => (counted && text.trim() !== '' ? [text.trim()] : [])))
    return { wrote: [...this.came].filter((text) => !now.has(text)), left: [...now].filter((text) => !this.came.has(text)) }
  }

  /** What was made of them is told: from now on they count as they stand. */
  told(): void {
    this.came.clear()
    this.noteCome(true)
  }

  private noteCome(edited: boolean): void {
    for (const block of this.blocks()) {
      const [text, arrival] = [block.text.trim(), mainArrival(block)]
      if (!block.counted || text === '' || this.came.has(text) || this.came.size >= MOST_BLOCKS || !arrival || !isForeign(arrival) || (!edited && editedShare(block, arrival) > 0)) continue
      // An assistant that writes word by word has written only the last of these.
      for (const one of this.came) if (text.startsWith(one)) this.came.delete(one)
      this.came.add(text)
    }
  }

  /** What is known now. `words`: what is looked for in the text itself. */
  origin({ draft }: Reading, words: WordMarks): Origin {
    const blocks = this.blocks()
    const origin = originOf([...standingArrivals(blocks), ...(this.declared ? [this.declared] : [])], draft.text, asideOf(draft.blocks), words)
    const places = placesIn(blocks)
    return places.length > 0 ? { ...origin, places } : origin
  }

  /** The person's word; null takes it back. */
  declare(ai: boolean | null): void {
    this.declared = ai === null ? null : { kind: 'declared', ai, at: this.now() }
    this.version += 1
  }

  /** What other windows should know of the blocks; null when there is nothing new to tell, or when the draft has changed since the last asking and is not leaving. */
  news(leaving: boolean): readonly KnownBlock[] | null {
    const rests = this.asked === this.version
    this.asked = this.version
    if (!rests && !leaving) return null
    this.remember()
    return this.unsent.length > 0 ? this.unsent.splice(0) : null
  }

  /** Digests to ask other windows about: blocks that stood here, and of which nobody in this page knows. */
  unknown(): string[] {
    return this.blocks().filter(isUnseen).slice(0, MOST_BLOCKS).map((block) => this.digestOf(block))
  }

  /** Takes what was seen of these blocks elsewhere. Short blocks are believed only beside a long one, or where the whole draft is known. */
  take(known: readonly KnownBlock[]): void {
    if (known.length === 0) return
    const byDigest = new Map(known.map((one) => [one.digest, one]))
    const arrivals = new Map<string, Arrival>()
    const blocks = this.blocks().filter((block) => block.text.trim() !== '')
    const matches = blocks.filter((block) => isUnseen(block) && byDigest.has(this.digestOf(block)))
    const whole = matches.length === blocks.length
    const telling = matches.filter(({ text }) => text.length >= TELLING)
    if (matches.length === 0 || (!whole && telling.length === 0)) return
    this.provenance?.revise((block) => {
      const match = isUnseen(block) ? byDigest.get(this.digestOf(block)) : undefined
      if (!match) return null
      // Blocks of one paste share one arrival again.
      const key = `${match.arrival.kind} ${match.arrival.at}`
      const arrival = arrivals.get(key) ?? match.arrival
      arrivals.set(key, arrival)
      return { arrival, edited: match.edited }
    })
    const said = matches.filter((block) => byDigest.get(this.digestOf(block))?.declared !== undefined)
    // A word on one draft is not a word on another that shares a paragraph with it.
    if (!this.declared && lengthOf(said) * 2 > lengthOf(blocks)) this.declare(byDigest.get(this.digestOf(said[0]!))?.declared ?? null)
  }

  /** Keeps for this page how every block came, and for other windows what came from elsewhere or was spoken of. */
  private remember(): void {
    if (this.version === this.remembered) return
    this.remembered = this.version
    const { origins } = this.core.memory
    for (const block of this.blocks().slice(0, MOST_BLOCKS)) {
      const arrival = mainArrival(block)
      if (!arrival) continue
      const digest = this.digestOf(block)
      const known: KnownBlock = { digest, arrival, edited: editedShare(block, arrival), ...(this.declared ? { declared: this.declared.ai } : {}) }
      const before = origins.get(digest)
      if (before && before.edited === known.edited && before.declared === known.declared && before.arrival.at === arrival.at) continue
      origins.delete(digest) // So that it is among the latest.
      origins.set(digest, known)
      if (isForeign(arrival) || known.declared !== before?.declared) this.unsent.push(known)
    }
    for (const digest of origins.keys()) {
      if (origins.size <= MOST_KNOWN) break
      origins.delete(digest)
    }
  }

  private open(blocks: readonly BlockText[], parts: readonly BodyBlocks[]): void {
    const at = this.now()
    const arrivals = parts.map(({ element, read: { text } }) => new Attribution(this.core.inputLog(element), at).opening(text.length, at))
    // What was pasted before the first reading may stand in other elements than the one it was pasted into.
    this.log.transfers.push(...this.core.strayTransfers(this.root))
    const standing = parts.reduce((sum, { read }, part) => (arrivals[part]?.kind === 'stood' ? sum + read.text.length : sum), 0)
    const opening = this.attribution.opening(standing, at)
    const arrivalOf = (block: number): Arrival => {
      const own = arrivals[partOf(parts, block)] ?? opening
      return own.kind === 'stood' ? opening : own
    }
    this.gather(parts.map(({ element }) => element), at)
    this.provenance = new Provenance(blocks, this.attribution.typed, arrivalOf)
    this.fresh ||= parts.some(({ read }) => read.text.trim() !== '')
  }

  private follow(provenance: Provenance, blocks: readonly BlockText[], parts: readonly BodyBlocks[], elements: ReadonlySet<Element>): void {
    let asked = false
    this.gather(elements, this.now())
    provenance.see(blocks, (stretches) => {
      asked = true
      this.fresh ||= stretches.some(({ wholeBlock, chars }) => wholeBlock && chars >= TELLING)
      return this.attribution.of(stretches, this.now()).map((arrival, at) => {
        const part = parts[partOf(parts, stretches[at]!.block)]
        // An editor that draws only the lines in view shows others by scrolling, and pages load in parts: neither came now.
        return arrival.kind === 'inserted' && part && (part.isNew || !part.read.complete) ? { kind: 'stood', chars: arrival.chars, at: arrival.at } : arrival
      })
    }, (chars) => this.attribution.isCopy(chars, this.now()))
    if (!asked) this.attribution.rest()
  }

  /** Takes over what was seen on the draft's elements, those that are gone too. */
  private gather(elements: Iterable<Element>, now: number): void {
    const { log } = this
    for (const element of elements) {
      const one = this.core.inputLog(element)
      if (one === log) continue
      log.explained += one.explained
      log.free ||= one.free
      log.synthetic ||= one.synthetic
      this.transfers(one.transfers, now)
      Object.assign(one, { explained: 0, free: false, synthetic: false })
    }
    this.transfers(this.core.strayTransfers(this.root), now)
    log.transfers.sort((a, b) => a.at - b.at)
  }

  private transfers(seen: readonly Transfer[], now: number): void {
    this.log.transfers.push(...seen.filter((transfer) => isRecent(transfer, now) && !this.log.transfers.includes(transfer)))
  }

  private blocks(): readonly TrackedBlock[] {
    return this.provenance?.blocks ?? []
  }

  private digestOf(block: TrackedBlock): string {
    let digest = this.digests.get(block)
    if (!digest) this.digests.set(block, (digest = digestDraft({ subject: '', text: block.text.trim(), recipients: [] })))
    return digest
  }
}

/** Which body a block of the draft is in. */
function partOf(parts: readonly BodyBlocks[], block: number): number {
  return parts.findLastIndex(({ first }) => first <= block)
}

/** The arrival that most of a block came with. */
function mainArrival({ runs }: TrackedBlock): Arrival | null {
  const sums = new Map<Arrival, number>()
  for (const { length, arrival } of runs) sums.set(arrival, (sums.get(arrival) ?? 0) + length)
  return [...sums].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
}

function lengthOf(blocks: readonly TrackedBlock[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0)
}

function isForeign({ kind }: Arrival): boolean {
  return kind !== 'typed' && kind !== 'stood'
}

/** Nothing was seen that says where this block came from: it stood here, or was pasted without a mark. */
function isUnseen(block: TrackedBlock): boolean {
  const arrival = mainArrival(block)
  return arrival !== null && (arrival.kind === 'stood' || ((arrival.kind === 'paste' || arrival.kind === 'drop') && arrival.marks.length === 0))
}
