import { sentenceAt, type Finding, type Span } from '../../engine/index.ts'
import { changedPart } from '../../origin/index.ts'

/** The one stretch that differs between two texts: `[start, oldEnd)` became `[start, newEnd)`. */
export interface Edit { readonly start: number; readonly oldEnd: number; readonly newEnd: number }

/** Smallest single edit that turns `before` into `after`; null when they are equal. Linear in the length of the texts. */
export function editBetween(before: string, after: string): Edit | null {
  return before === after ? null : changedPart(before, after)
}

/** Where a span is after an edit; it grows to hold what was typed in or over it. */
export function followSpan(span: Span, edit: Edit): Span {
  const shift = edit.newEnd - edit.oldEnd
  if (span.end < edit.start) return span
  if (span.start > edit.oldEnd) return { start: span.start + shift, end: span.end + shift }
  return { start: Math.min(span.start, edit.start), end: Math.max(span.end, edit.oldEnd) + shift }
}

/** A finding whose words were changed, and what stands there now. */
export interface Fixed { readonly finding: Finding; readonly sentence: string; readonly after: string }

interface Followed { readonly finding: Finding; readonly sentence: string; span: Span }

/**
 * Follows the places of findings that an edit removed, so that what the person wrote instead is known when the draft is signed.
 * A finding that comes back (undo) is forgotten. One tracker a field.
 */
export class CorrectionTracker {
  private readonly followed = new Map<string, Followed>()

  /** `before` and `after` are the field's texts around one change, or equal; `gone` the findings that went with it; `present` the fingerprints now open. */
  update(before: string, after: string, gone: readonly Finding[], present: ReadonlySet<string>): void {
    const edit = editBetween(before, after)
    // What goes while the words stay was taken away by other rules or by a suppression, not by the person's writing.
    if (edit) for (const finding of gone) {
      const { start, end } = sentenceAt(before, finding.span.start)
      this.followed.set(finding.fingerprint, { finding, sentence: before.slice(start, end).trim(), span: finding.span })
    }
    if (edit) for (const item of this.followed.values()) item.span = followSpan(item.span, edit)
    for (const fingerprint of present) this.followed.delete(fingerprint)
  }

  /** What was fixed so far, in the given text of the field. */
  list(text: string): Fixed[] {
    return [...this.followed.values()].map(({ finding, sentence, span }) => ({ finding, sentence, after: text.slice(span.start, span.end).trim() }))
  }

  clear(): void {
    this.followed.clear()
  }
}
