/** ASCII letters in lower case, and the two letters that a regular expression with flag i takes for ASCII ones. */
export function foldUnit(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit + 32
  return unit === 0x212a ? 107 : unit === 0x17f ? 115 : unit
}

/** Where a literal ends, and whose it is. */
export type OnLiteral = (regex: number, start: number, end: number) => void

/** Finds the literals of all regular expressions in one pass over a text: the automaton of Aho and Corasick, laid out so that a unit of the text costs one look-up. */
export class LiteralFinder {
  private readonly classes = new Map<number, number>()
  private readonly ascii = new Uint8Array(128)
  private readonly width: number
  private readonly next: Int32Array
  private readonly owners: readonly (readonly { readonly regex: number; readonly length: number }[])[]

  /** @param literals by regular expression, folded by `foldUnit` */
  constructor(literals: readonly (readonly string[])[]) {
    const all = literals.flatMap((texts, regex) => texts.map((text) => ({ text, regex })))
    for (const { text } of all) for (let i = 0; i < text.length; i++) this.class(text.charCodeAt(i))
    const width = (this.width = this.classes.size + 1)
    const states = 1 + all.reduce((sum, { text }) => sum + text.length, 0)
    const next = (this.next = new Int32Array(states * width))
    const owners: { regex: number; length: number }[][] = [[]]
    let count = 1
    for (const { text, regex } of all) {
      let state = 0
      for (let i = 0; i < text.length; i++) {
        const at = state * width + this.class(text.charCodeAt(i))
        if (next[at] === 0) {
          next[at] = count++
          owners.push([])
        }
        state = next[at] as number
      }
      owners[state]?.push({ regex, length: text.length })
    }
    this.owners = owners
    this.linkUp(count, owners)
  }

  /** Breadth first: where a state has no edge it goes on as its longest suffix would, and it tells that suffix's literals too. */
  private linkUp(count: number, owners: { regex: number; length: number }[][]): void {
    const { next, width } = this
    const fail = new Int32Array(count)
    const queue: number[] = []
    for (let c = 1; c < width; c++) if (next[c] !== 0) queue.push(next[c] as number)
    for (const state of queue) {
      const back = fail[state] as number
      owners[state]?.push(...(owners[back] ?? []))
      for (let c = 1; c < width; c++) {
        const at = state * width + c
        const onward = next[back * width + c] as number
        if (next[at] === 0) next[at] = onward
        else {
          fail[next[at] as number] = onward
          queue.push(next[at] as number)
        }
      }
    }
  }

  private class(unit: number): number {
    let number = this.classes.get(unit)
    if (number === undefined) {
      this.classes.set(unit, (number = this.classes.size + 1))
      if (unit < 128) this.ascii[unit] = number
      if (unit >= 97 && unit <= 122) this.ascii[unit - 32] = number
    }
    return number
  }

  find(text: string, tell: OnLiteral): void {
    const { ascii, classes, width, next, owners } = this
    let state = 0
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      const number = unit < 128 ? ascii[unit] as number : classes.get(foldUnit(unit)) ?? 0
      state = number === 0 ? 0 : next[state * width + number] as number
      const told = owners[state] as (typeof owners)[number]
      if (told.length > 0) for (const { regex, length } of told) tell(regex, i + 1 - length, i + 1)
    }
  }
}
