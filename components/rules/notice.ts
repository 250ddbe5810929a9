import { createStore } from 'zustand/vanilla'
import type { Rule } from '../../lib/engine/index.ts'

/** What is said under Rules about the last thing that was done, also after the page that did it is gone. */
export type RuleNotice =
  | { readonly kind: 'saved' | 'restored'; readonly title: string }
  /** `again`: the rule of another pack that checks again instead. */
  | { readonly kind: 'deleted'; readonly title: string; readonly again: Rule | null; readonly undo: () => Promise<void> }
  | { readonly kind: 'failed'; readonly message: string }

export const notices = createStore<{ readonly notice: RuleNotice | null }>()(() => ({ notice: null }))

export function say(notice: RuleNotice | null): void {
  notices.setState({ notice })
}
