/** One row of a table that `npm run eval` prints. */
export interface Figure {
  readonly figure: string
  /** Between 0 and 1 where it is a share. */
  readonly value: number
  /** Null for a row that is only shown. */
  readonly goal: number | null
  /** Whether `value` has to reach `goal` from below or may not pass it from above. */
  readonly wants: 'at-least' | 'at-most'
  /** What was counted: "412 of 430". */
  readonly counts?: string
  /** 95 % interval of `value`, where there is one. */
  readonly interval?: readonly [low: number, high: number]
}

/** One part of the evaluation: a file of `test/eval` registered in `test/eval/index.ts`. */
export interface EvalSection {
  readonly title: string
  readonly figures: readonly Figure[]
  /** Sentences under the table: what was skipped and why, gold labels that are plainly wrong. */
  readonly notes?: readonly string[]
}

export const isMet = ({ value, goal, wants }: Figure): boolean | null => (goal === null ? null : wants === 'at-least' ? value >= goal : value <= goal)

/** A share of counts with its Wilson interval (Wilson 1927, z = 1.96). */
export function share(figure: string, hits: number, total: number, goal: number | null, wants: Figure['wants'] = 'at-least'): Figure {
  return { figure, value: total === 0 ? 0 : hits / total, goal, wants, counts: `${hits} of ${total}`, interval: wilson(hits, total) }
}

const Z = 1.96

export function wilson(hits: number, total: number): [low: number, high: number] {
  if (total === 0) return [0, 1]
  const rate = hits / total
  const scale = 1 + (Z * Z) / total
  const middle = (rate + (Z * Z) / (2 * total)) / scale
  const half = (Z * Math.sqrt((rate * (1 - rate)) / total + (Z * Z) / (4 * total * total))) / scale
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
