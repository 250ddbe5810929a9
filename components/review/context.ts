import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { SessionRegistry } from '../../lib/guard/index.ts'
import type { ReviewActions } from './actions.ts'
import type { LayoutSignal } from './follow.ts'
import type { Sight } from './sight.ts'
import type { ReviewState, ReviewStore } from './store.ts'

export interface ReviewEnvironment {
  readonly registry: SessionRegistry
  readonly store: ReviewStore
  readonly actions: ReviewActions
  /** The element that holds our closed root; nothing of ours is outside it. */
  readonly host: HTMLElement
  readonly layout: LayoutSignal
  readonly sight: Sight
  /** Reading direction of the interface's language. */
  readonly dir: 'ltr' | 'rtl'
  /** We are the browser's side panel: what opens stands in the page's flow, in its colours, and nothing of a site is under or over it. */
  readonly aside?: boolean | undefined
  /** Opens the side panel beside this tab; missing where the browser has none. Must be called inside the person's own press. */
  readonly beside?: (() => Promise<void>) | undefined
}

export const ReviewContext = createContext<ReviewEnvironment | null>(null)

export function useReview(): ReviewEnvironment {
  const environment = useContext(ReviewContext)
  if (!environment) throw new Error('Review views need a ReviewContext around them')
  return environment
}

/** A part of the interface's state; re-renders when it changes. */
export function useReviewState<T>(select: (state: ReviewState) => T): T {
  return useStore(useReview().store, select)
}
