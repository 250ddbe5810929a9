/**
 * What a draft root shows that its author did not write: quoted history and signatures, as a site names them.
 * Words that somebody puts into them afterwards are the author's: a press on the empty space under a signature leaves the caret inside it.
 */
export class Exclusions {
  /** Text of each excluded element when it was first seen. */
  private readonly first = new WeakMap<Element, string>()

  /** `selector` names the excluded elements; '' for none. */
  constructor(private readonly selector: string) {}

  /** The elements of `host` to leave out now. */
  in(host: HTMLElement): ReadonlySet<Element> {
    const left = new Set<Element>()
    if (!this.selector) return left
    for (const element of host.querySelectorAll(this.selector)) {
      const text = element.textContent
      const known = this.first.get(element)
      if (known === undefined) this.first.set(element, text)
      if (known === undefined || known === text) left.add(element)
      else for (const part of unchangedParts(element, known)) left.add(part)
    }
    return left
  }
}

/** Inside a changed element, the parts that still say what they said. */
function unchangedParts(element: Element, known: string): Element[] {
  return [...element.querySelectorAll('*')].filter((part) => part.textContent.trim() !== '' && known.includes(part.textContent))
}
