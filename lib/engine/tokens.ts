/** Bits of `Tokens.flags`. */
export const NEW_SENTENCE = 1
/** No space between this token and the one before it. */
export const GLUED = 2
export const QUOTED = 4
/** Between backticks. */
export const CODE = 8
/** A sign that is a token by itself: it stops a phrase unless the pattern names it. */
export const SIGN = 16
export const NUMBER = 32
/** A whole entity in one token, of kind `Tokens.entity`: its inner words are not seen. */
export const OPAQUE = 64
/** First character is an upper-case letter. */
export const UPPER = 128
/** `!` or `?`: a pattern that names it may go on in the next sentence. */
export const ENDS = 256

/** The token stream of one block, as parallel arrays that are reused from block to block. */
export class Tokens {
  text = ''
  count = 0
  sentences = 0
  start = new Int32Array(256)
  end = new Int32Array(256)
  /** Number of the word in the vocabulary, 0 where nothing knows it. */
  word = new Int32Array(256)
  flags = new Uint16Array(256)
  /** Index into `ENTITY_KINDS` of an `OPAQUE` token. */
  entity = new Uint8Array(256)
  sentence = new Int32Array(256)
  /** 1 for a sentence that ends with a question mark. */
  question = new Uint8Array(64)
  /** Characters read by bounded looks ahead and back, for tests of linearity. */
  looks = 0

  /** Empties the stream for a new text and makes room for all the tokens that it can have. */
  reset(text: string): void {
    if (text.length >= this.start.length) this.grow(text.length + 1)
    this.text = text
    this.count = 0
    this.sentences = 0
    this.question[0] = 0
  }

  push(start: number, end: number, word: number, flags: number, entity = 0): void {
    const at = this.count++
    let bits = flags
    if (at === 0) bits |= NEW_SENTENCE
    else if (this.end[at - 1] === start) bits |= GLUED
    if (bits & NEW_SENTENCE) {
      if (this.sentences === this.question.length) this.question = enlarged(this.question, Uint8Array)
      this.question[this.sentences++] = 0
    }
    this.start[at] = start
    this.end[at] = end
    this.word[at] = word
    this.flags[at] = bits
    this.entity[at] = entity
    this.sentence[at] = this.sentences - 1
  }

  /** Drops the last tokens that start at or after `position`; true when one of them began a sentence. */
  dropFrom(position: number): boolean {
    let fresh = false
    while (this.count > 0 && (this.start[this.count - 1] as number) >= position) {
      this.count--
      if ((this.flags[this.count] as number) & NEW_SENTENCE) {
        fresh = true
        this.sentences--
      }
    }
    return fresh
  }

  /** First token that ends after `position`. */
  endingAfter(position: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.end[middle] as number) <= position) low = middle + 1
      else high = middle
    }
    return low
  }

  private grow(least: number): void {
    const length = Math.max(least, Math.min(this.start.length * 2, 65_536))
    this.start = new Int32Array(length)
    this.end = new Int32Array(length)
    this.word = new Int32Array(length)
    this.flags = new Uint16Array(length)
    this.entity = new Uint8Array(length)
    this.sentence = new Int32Array(length)
  }
}

/** A copy of `array` of twice the length. */
export function enlarged<T extends Int32Array | Uint16Array | Uint8Array>(array: T, make: new (length: number) => T): T {
  const larger = new make(array.length * 2)
  larger.set(array)
  return larger
}
