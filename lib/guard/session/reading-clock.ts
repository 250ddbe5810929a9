import type { Reading } from '../../review/index.ts'

/** Milliseconds a character takes at 600 words a minute: faster than people read who take it in. */
const PER_CHARACTER = 17
/** Milliseconds a finding takes to be looked at. */
const PER_FINDING = 1_000
/** Beyond this no draft is asked to be looked at in one go: long ones are read in parts. Milliseconds. */
const MOST = 5 * 60_000
/** This many characters more at once are another text to read; fewer are somebody typing. */
const NEW_TEXT = 200

/** How long the words of a draft have stood before the person. */
export interface ReadingClock {
  /** Tells the text as it stands. */
  see(text: string): void
  /** How long it stands, and how long reading it takes at least. */
  read(text: string, findings: number): Reading
}

export function createReadingClock(now: () => number): ReadingClock {
  let since = now()
  let length = 0
  return {
    see(text) {
      if (text.length - length >= NEW_TEXT) since = now()
      length = text.length
    },
    read: (text, findings) => ({ ms: Math.max(0, now() - since), least: Math.min(MOST, text.length * PER_CHARACTER + findings * PER_FINDING) }),
  }
}
