import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Rule } from '../../lib/engine/index.ts'
import { messageOf } from '../shell/files.ts'
import { t } from '../ui/index.ts'
import { applyEdit, editOf, type AcceptResult, type ProposalView, type RuleEdit } from './model.ts'

/** What the page needs done; both reject when it could not be stored. */
export interface ProposalPort {
  /** Puts the rule into the personal pack and makes that active. */
  readonly accept: (proposal: ProposalView, rule: Rule) => Promise<AcceptResult>
  readonly refuse: (proposal: ProposalView) => Promise<void>
}

/** What is said about the last thing that was done. */
export type ProposalNotice =
  | { readonly kind: 'accepted'; readonly pack: string; readonly rule: Rule }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly message: string }

export interface ProposalState {
  /** Id of the proposal that is being stored. */
  readonly busy: string | null
  readonly notice: ProposalNotice | null
  readonly editing: { readonly proposal: ProposalView; readonly edit: RuleEdit; readonly problems: readonly string[] } | null
  readonly accept: (proposal: ProposalView) => Promise<void>
  readonly refuse: (proposal: ProposalView) => Promise<void>
  readonly startEdit: (proposal: ProposalView) => void
  readonly changeEdit: (change: Partial<RuleEdit>) => void
  readonly acceptEdit: () => Promise<void>
  readonly cancelEdit: () => void
}

/** State of the proposals: one is stored at a time, and a rule that cannot be used goes to the editor with its problems. */
export function createProposalStore(port: ProposalPort): StoreApi<ProposalState> {
  return createStore<ProposalState>()((set, get) => {
    const store = async (proposal: ProposalView, edit: RuleEdit): Promise<void> => {
      if (get().busy !== null) return
      set({ busy: proposal.id, notice: null })
      try {
        const result = await port.accept(proposal, applyEdit(proposal.rule, edit))
        set(result.ok
          ? { busy: null, editing: null, notice: { kind: 'accepted', pack: result.pack, rule: result.rule } }
          : { busy: null, editing: { proposal, edit, problems: result.problems } })
      } catch (error) {
        set({ busy: null, notice: { kind: 'failed', message: t('learnFailed', messageOf(error)) } })
      }
    }
    return {
      busy: null,
      notice: null,
      editing: null,
      accept: (proposal) => store(proposal, editOf(proposal.rule)),
      refuse: async (proposal) => {
        if (get().busy !== null) return
        set({ busy: proposal.id, notice: null })
        try {
          await port.refuse(proposal)
          set({ busy: null, notice: { kind: 'refused' } })
        } catch (error) {
          set({ busy: null, notice: { kind: 'failed', message: t('learnFailed', messageOf(error)) } })
        }
      },
      startEdit: (proposal) => set({ editing: { proposal, edit: editOf(proposal.rule), problems: [] }, notice: null }),
      changeEdit: (change) => {
        const { editing } = get()
        if (editing) set({ editing: { ...editing, edit: { ...editing.edit, ...change } } })
      },
      acceptEdit: async () => {
        const { editing } = get()
        if (editing) await store(editing.proposal, editing.edit)
      },
      cancelEdit: () => set({ editing: null }),
    }
  })
}
