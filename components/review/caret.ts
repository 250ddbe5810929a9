import type { ReviewSession } from '../../lib/guard/index.ts'

/** Remembers where the caret was before focus came to us, and puts it back. */
export interface CaretMemory {
  /** Call when focus is about to leave the page's text for our surface. */
  keep(): void
  /** Focus to the session's editor, caret where it was if that place still exists. */
  back(session: ReviewSession): void
}

interface Kept { readonly selection: Selection; readonly anchor: readonly [Node, number]; readonly focus: readonly [Node, number] }

export function createCaretMemory(document: Document, host: () => Element): CaretMemory {
  let kept: Kept | null = null
  return {
    keep() {
      const owner = focusedDocument(document)
      const active = owner?.activeElement as HTMLElement | null | undefined
      // Focus on us, or on nothing (what had it in our surface has just gone): the caret was kept when focus left the text.
      if (!owner || !active || active === host() || (active === owner.body && !active.isContentEditable)) return
      const selection = owner.getSelection()
      kept = selection?.anchorNode && selection.focusNode
        ? { selection, anchor: [selection.anchorNode, selection.anchorOffset], focus: [selection.focusNode, selection.focusOffset] }
        : null
    },
    back(session) {
      session.focusEditor()
      if (kept && stillThere(kept.anchor) && stillThere(kept.focus) && isEdited(kept.anchor[0])) {
        kept.selection.setBaseAndExtent(...kept.anchor, ...kept.focus)
      }
      kept = null
    },
  }
}

/** The document that has focus, through same-origin iframes; null when the frame cannot be read. */
function focusedDocument(document: Document): Document | null {
  let at: Document | null = document
  while (at?.activeElement instanceof HTMLIFrameElement) at = at.activeElement.contentDocument
  return at
}

function stillThere([node, offset]: readonly [Node, number]): boolean {
  const length = node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '').length : node.childNodes.length
  return node.isConnected && offset <= length
}

/** Only inside the text that has focus now: a selection set elsewhere would take focus away again. */
function isEdited(node: Node): boolean {
  const active = node.ownerDocument?.activeElement
  return !!active && active.contains(node)
}
