import type { Draft, Finding } from '../engine/index.ts'

/** A draft of the record, as far as it was kept. */
export interface PastDraft {
  /** Number of its record. */
  readonly number: number
  /** When it was last seen; milliseconds since the epoch. */
  readonly at: number
  readonly draft: Draft
}

export interface Backtest {
  /** Drafts that the rule was run over. */
  readonly looked: number
  /** Those in which it finds something, newest first. */
  readonly caught: readonly { readonly number: number; readonly at: number; readonly findings: readonly Finding[] }[]
}

/** What a rule would have found in past drafts. A draft that the engine refuses as too long counts as not looked at. */
export function backtest(scan: (draft: Draft) => readonly Finding[], drafts: readonly PastDraft[]): Backtest {
  let looked = 0
  const caught: Backtest['caught'][number][] = []
  for (const { number, at, draft } of drafts) {
    let findings: readonly Finding[]
    try {
      findings = scan(draft)
    } catch (error) {
      if (error instanceof Error && error.name === 'DraftTooLongError') continue
      throw error
    }
    looked++
    if (findings.length > 0) caught.push({ number, at, findings })
  }
  return { looked, caught: caught.sort((a, b) => b.at - a.at || b.number - a.number) }
}
