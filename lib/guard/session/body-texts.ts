import { editorFor, type EditorAdapter, type EditorText } from '../../editors/index.ts'
import type { Exclusions } from './exclusions.ts'

interface Body {
  readonly editor: EditorAdapter
  readonly read: EditorText
  /** How many pictures stand in it that may hold words. */
  readonly pictures: number
  readonly observer: MutationObserver
  /** Extent of the content when it was read. */
  readonly extent: string
  /** `performance.now()` of the reading. */
  readonly at: number
  changed: boolean
}

/**
 * A page can show or hide words by a style sheet alone, which no record of changes tells. Mostly the content's extent then changes as well; where it does not, the words are
 * read again after this. Milliseconds; longer than the second between two looks, so that the page's own event seldom waits for it.
 */
const TRUSTED_MS = 1_500

/** CSS pixels; a smaller picture is an emoji, an icon or a counter and holds no words. */
const PICTURE = 48

/** What the bodies of one draft say. A body that has not changed since it was read is not read again: the gate asks several times within one press. */
export class BodyTexts {
  private readonly bodies = new Map<HTMLElement, Body>()

  constructor(readonly exclusions: Exclusions) {}

  /** What `element` says now. `anew`: read it whatever is known. */
  read(element: HTMLElement, anew: boolean): Pick<Body, 'editor' | 'read' | 'pictures'> {
    const known = this.bodies.get(element)
    if (known && !anew && stands(known, element)) return known
    const observer = known?.observer ?? this.observe(element)
    observer.takeRecords()
    const editor = editorFor(element)
    const excluded = this.exclusions.in(element)
    const body: Body = { editor, read: editor.read(element, excluded), pictures: picturesIn(element, excluded), observer, extent: extentOf(element), at: performance.now(), changed: false }
    this.bodies.set(element, body)
    return body
  }

  /** Forgets the bodies that the draft no longer has. */
  keep(elements: readonly HTMLElement[]): void {
    for (const [element, { observer }] of this.bodies) {
      if (elements.includes(element)) continue
      observer.disconnect()
      this.bodies.delete(element)
    }
  }

  private observe(element: HTMLElement): MutationObserver {
    const observer = new MutationObserver(() => {
      const body = this.bodies.get(element)
      if (body) body.changed = true
    })
    observer.observe(element, { subtree: true, childList: true, characterData: true, attributes: true })
    return observer
  }
}

/** A text field's value changes without a record; it is read in no time. */
function stands(body: Body, element: HTMLElement): boolean {
  if (body.editor.id === 'text-field' || body.changed) return false
  if (body.observer.takeRecords().length > 0) {
    body.changed = true
    return false
  }
  return performance.now() - body.at < TRUSTED_MS && extentOf(element) === body.extent
}

function extentOf({ scrollWidth, scrollHeight }: HTMLElement): string {
  return `${scrollWidth} ${scrollHeight}`
}

function picturesIn(body: HTMLElement, excluded: ReadonlySet<Element>): number {
  const isLeftOut = (picture: Element): boolean => [...excluded].some((element) => element.contains(picture))
  return [...body.querySelectorAll('img')].filter((picture) => picture.width >= PICTURE && picture.height >= PICTURE && !isLeftOut(picture)).length
}
