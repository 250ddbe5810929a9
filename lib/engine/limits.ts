/** The stated limits of the engine. Past them there is a count, a clear error or a refused pack: never a freeze, never silence. */
export const LIMITS = {
  /** UTF-16 units of `Draft.text` plus subject; a longer draft makes `scan` throw `DraftTooLongError`. */
  draftLength: 1_000_000,
  /** Findings of one rule in one draft; the rest are counted in `ScanResult.more`. */
  findingsPerRule: 200,
  /** Findings in one draft, the most serious kept; the rest are counted in `ScanResult.more`. */
  findingsPerDraft: 1_000,
  /** UTF-16 units from a quotation mark or backtick to the one that closes it; a mark that is closed further away, or never, quotes nothing. */
  quotation: 2_000,
  /** UTF-16 units of one pattern. */
  patternLength: 4_000,
  /** Groups within groups. */
  patternNesting: 12,
  /** Words that one `...` may skip. */
  gap: 20,
  /** Words a `...` skips when it names no number. */
  defaultGap: 5,
  /** Entries of one list. */
  listEntries: 100_000,
  /** Words of one list entry. */
  entryWords: 12,
  /** UTF-16 units of one regular expression, of what it may match, and of what a look ahead or behind in it sees. */
  regexLength: 1_000,
  regexMatch: 2_000,
  regexLook: 100,
  /** Turns of a repeat that names no end, and of one of spaces. */
  regexRepeat: 64,
  regexSpaces: 16,
  /** Steps that a regular expression may take for one character of a text. */
  regexSteps: 5_000,
  /** Regular expressions of one pack without any fixed text: they run over everything. */
  looseRegexes: 3,
  /** States of the whole compiled ruleset. */
  states: 4_000_000,
} as const

/** A draft longer than `LIMITS.draftLength`: the caller says so and holds, the text is not scanned in part. */
export class DraftTooLongError extends Error {
  override readonly name = 'DraftTooLongError'
  constructor(readonly length: number) {
    super(`The draft has ${length} characters; at most ${LIMITS.draftLength} can be checked`)
  }
}
