/** What a press must not count on while something lies over it. */
const DECISIVE = '.btn.primary, .btn.danger, [data-cs=card-dismiss]'
/** Chrome tells no sooner than this whether an element is covered. Milliseconds. */
const DELAY_MS = 100

interface SeenEntry extends IntersectionObserverEntry { readonly isVisible?: boolean }

/** Knows whether a person can see the buttons that decide and sign. */
export interface Sight {
  /** Watches the deciding buttons of a surface; those already watched stay. */
  readonly watch: (surface: Element) => void
  /** True while something lies over one of them, or did when the press began. Where the browser does not tell (Firefox), and for keys, false. */
  readonly covered: () => boolean
  readonly dispose: () => void
}

/**
 * A page can lay a picture over us that lets presses through ("Press here to go on"). IntersectionObserver v2 sees it: it asks what is painted above, also where that takes no press, and whether
 * what is painted is faded or bent. https://w3c.github.io/IntersectionObserver/v2/
 */
export function createSight(root: ShadowRoot): Sight {
  const hidden = new Set<Element>()
  const abort = new AbortController()
  let coveredAtPress = false
  /** The browser says "seen" only where it is sure. Keys stay, so that nobody is locked out where it never is. */
  let byKey = false
  /** A frame that the page around it shrinks or fades is never told to be seen: there only a change from seen to covered counts. */
  let tells = root.ownerDocument.defaultView?.top === root.ownerDocument.defaultView
  const isCovered = (): boolean => tells && [...hidden].some((element) => element.isConnected)
  const observer = new IntersectionObserver((entries: readonly SeenEntry[]) => {
    for (const { target, isIntersecting, isVisible } of entries) {
      if (isIntersecting && isVisible === false) hidden.add(target)
      else hidden.delete(target)
      tells ||= isVisible === true
    }
  }, { trackVisibility: true, delay: DELAY_MS } as IntersectionObserverInit)
  // A page hears that a press begins before we do, and takes its picture away: what was seen in the last frame counts.
  root.addEventListener('pointerdown', () => { [coveredAtPress, byKey] = [isCovered(), false] }, { capture: true, signal: abort.signal })
  root.addEventListener('keydown', () => { byKey = true }, { capture: true, signal: abort.signal })

  return {
    watch(surface) {
      for (const element of hidden) if (!element.isConnected) hidden.delete(element)
      for (const element of surface.querySelectorAll(DECISIVE)) observer.observe(element)
    },
    covered: () => !byKey && (coveredAtPress || isCovered()),
    dispose() {
      abort.abort()
      observer.disconnect()
      hidden.clear()
    },
  }
}
