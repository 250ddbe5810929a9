import type { Run } from './runs.ts'

/** Texts remembered, and their characters altogether: enough for a long afternoon of undo, small beside the page itself. */
const MOST_TEXTS = 400
const MOST_CHARS = 500_000
/** Shorter words are too common to be known again inside other words. */
const FINDABLE = 20
/** What was cut is pasted soon. */
const RECENT = 20

interface Known { readonly text: string; readonly runs: readonly Run[]; readonly lost: number }

/**
 * Blocks as they stood before an edit, in memory only. What comes back (undo, cut and paste, a block moved by the editor) is known again, so that it is
 * neither an insertion nor a new paste. The oldest are forgotten first.
 */
export class KnownText {
  private readonly known = new Map<string, Known>()
  private chars = 0

  remember(text: string, runs: readonly Run[], lost: number): void {
    if (text.length < 2) return
    this.forget(text)
    this.known.set(text, { text, runs, lost })
    this.chars += text.length
    for (const old of this.known.keys()) {
      if (this.known.size <= MOST_TEXTS && this.chars <= MOST_CHARS) break
      this.forget(old)
    }
  }

  /** Exactly this block, as it stood. */
  block(text: string): Known | null {
    return this.known.get(text) ?? null
  }

  /** Words that stood inside a block. */
  within(words: string): { readonly runs: readonly Run[]; readonly start: number } | null {
    if (words.length < FINDABLE) return null
    for (const { text, runs } of this.known.values()) {
      const start = text.indexOf(words)
      if (start !== -1) return { runs, start }
    }
    return null
  }

  /** The latest texts, for a search in pieces. */
  recent(): readonly Known[] {
    return [...this.known.values()].slice(-RECENT)
  }

  private forget(text: string): void {
    if (this.known.delete(text)) this.chars -= text.length
  }
}
