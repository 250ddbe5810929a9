import type { SessionRegistry } from '../../lib/guard/index.ts'
import { createActions } from '../review/actions.ts'
import type { ReviewEnvironment } from '../review/context.ts'
import { createReviewStore } from '../review/store.ts'
import { uiDirection } from '../ui/index.ts'

/** The review's state and actions over the drafts of a tab. The page is in another document: there is no caret to keep, and nothing of it can lie over our buttons. */
export function createSideEnvironment(registry: SessionRegistry, now: () => number = () => performance.now()): ReviewEnvironment {
  const store = createReviewStore(registry, { now, pointed: () => false, pinned: true, onSent: () => undefined })
  const actions = createActions({ registry, store, now, caret: { keep: () => undefined, back: () => undefined }, covered: () => false, raise: () => undefined })
  return {
    registry, store, actions, host: document.body, dir: uiDirection(), aside: true,
    layout: { subscribe: () => () => undefined, arm: () => undefined, dispose: () => undefined },
    sight: { watch: () => undefined, covered: () => false, dispose: () => undefined },
  }
}
