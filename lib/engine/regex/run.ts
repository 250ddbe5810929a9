import type { CheckedRegex } from './read.ts'
import { LiteralFinder } from './finder.ts'

/** A checked regular expression and the rule that it belongs to. */
export interface RuleRegex extends CheckedRegex { readonly rule: number }

/** A match in a block's text, UTF-16 offsets. */
export type OnMatch = (rule: number, start: number, end: number) => void

/**
 * Runs regular expressions over blocks: each only in a window round its literals that no match can leave, so that what is found is what it would find in the whole block.
 */
export class RegexRunner {
  private readonly finder: LiteralFinder
  private readonly compiled: (RegExp | undefined)[] = []
  /** Bounds of the windows of each regular expression in this block, ascending, in pairs. */
  private readonly windows: number[][]
  private readonly touched: number[] = []
  private readonly loose: readonly number[]
  private length = 0

  constructor(private readonly regexes: readonly RuleRegex[]) {
    this.finder = new LiteralFinder(regexes.map(({ literals }) => literals))
    this.windows = regexes.map(() => [])
    this.loose = regexes.flatMap(({ literals }, i) => (literals.length === 0 ? [i] : []))
  }

  run(text: string, tell: OnMatch): void {
    this.length = text.length
    this.finder.find(text, this.note)
    for (const regex of this.touched) this.search(regex, text, this.windows[regex] as number[], tell)
    for (const regex of this.loose) this.search(regex, text, [0, text.length], tell)
    this.touched.length = 0
  }

  private readonly note = (regex: number, start: number, end: number): void => {
    const { longest, beyond } = this.regexes[regex] as RuleRegex
    const windows = this.windows[regex] as number[]
    const from = Math.max(0, end - longest - beyond)
    const to = Math.min(this.length, start + longest + beyond)
    if (windows.length === 0) this.touched.push(regex)
    let first = from
    let last = to
    // Literals of different length come out of turn by a little.
    while (windows.length > 0 && (windows[windows.length - 1] as number) >= first) {
      last = Math.max(last, windows.pop() as number)
      first = Math.min(first, windows.pop() as number)
    }
    windows.push(first, last)
  }

  private search(regex: number, text: string, windows: number[], tell: OnMatch): void {
    const { source, flags, rule } = this.regexes[regex] as RuleRegex
    const expression = (this.compiled[regex] ??= new RegExp(source, flags))
    for (let i = 0; i < windows.length; i += 2) {
      const start = wholeFrom(text, windows[i] as number)
      const part = start === 0 && windows[i + 1] === text.length ? text : text.slice(start, wholeTo(text, windows[i + 1] as number))
      expression.lastIndex = 0
      for (let found = expression.exec(part); found; found = expression.exec(part)) tell(rule, start + found.index, start + found.index + found[0].length)
    }
    windows.length = 0
  }
}

const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Bounds that part no surrogate pair. */
function wholeFrom(text: string, at: number): number {
  return at > 0 && isLow(text, at) ? at - 1 : at
}

function wholeTo(text: string, at: number): number {
  return at < text.length && isLow(text, at) ? at + 1 : at
}
