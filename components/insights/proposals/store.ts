import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Rule } from '../../../lib/engine/index.ts'
import type { Proposal } from '../../../lib/learning/index.ts'
import { messageOf } from '../../shell/files.ts'
import { t } from '../../ui/index.ts'
import { applyEdit, editOf, ruleOf, type AcceptResult, type RuleEdit } from './model.ts'
import type { TeamPlace } from './team.ts'

/** What the page needs done; all reject when it could not be stored. */
export interface ProposalPort {
  /** Carries the proposal out: its rule goes into the personal pack and is active, or into a pack of the team, for everybody. */
  readonly accept: (proposal: Proposal, rule: Rule | null, place: TeamPlace | null) => Promise<AcceptResult>
  readonly refuse: (proposal: Proposal) => Promise<void>
  /** Takes an accepted one back. */
  readonly undo: (id: string) => Promise<void>
  readonly copy: (text: string) => Promise<void>
}

/** What is said about the last thing that was done. */
export type ProposalNotice =
  | { readonly kind: 'accepted'; readonly id: string; readonly pack: string; readonly rule: Rule | null; readonly team?: { readonly title: string; readonly version: string } | undefined }
  | { readonly kind: 'refused'; readonly id: string }
  | { readonly kind: 'copied'; readonly id: string }
  | { readonly kind: 'undone' }
  | { readonly kind: 'failed'; readonly message: string }

export interface ProposalState {
  /** Id of the proposal that is being stored. */
  readonly busy: string | null
  readonly notice: ProposalNotice | null
  readonly editing: { readonly proposal: Proposal; readonly rule: Rule; readonly edit: RuleEdit; /** Where it goes; null: the person's own pack. */ readonly place: TeamPlace | null; readonly problems: readonly string[] } | null
  readonly accept: (proposal: Proposal, place?: TeamPlace | null) => Promise<void>
  readonly refuse: (proposal: Proposal) => Promise<void>
  /** Copies a line for a prompt or a sheet; with that the proposal is answered. */
  readonly copy: (proposal: Proposal, text: string) => Promise<void>
  readonly undo: (id: string) => Promise<void>
  readonly startEdit: (proposal: Proposal) => void
  readonly changeEdit: (change: Partial<RuleEdit>) => void
  readonly changePlace: (place: TeamPlace | null) => void
  readonly acceptEdit: () => Promise<void>
  readonly cancelEdit: () => void
}

/** State of the proposals: one is stored at a time, and a rule that cannot be used goes to the editor with its problems. */
export function createProposalStore(port: ProposalPort): StoreApi<ProposalState> {
  return createStore<ProposalState>()((set, get) => {
    /** One thing at a time; what fails is said, and can be tried again. */
    const doing = async (id: string, work: () => Promise<Partial<ProposalState>>): Promise<void> => {
      if (get().busy !== null) return
      set({ busy: id, notice: null })
      try {
        set({ busy: null, ...(await work()) })
      } catch (error) {
        set({ busy: null, notice: { kind: 'failed', message: t('learnFailed', messageOf(error)) } })
      }
    }
    const store = (proposal: Proposal, rule: Rule | null, edit: RuleEdit | null, place: TeamPlace | null): Promise<void> => doing(proposal.id, async () => {
      const result = await port.accept(proposal, rule && edit ? applyEdit(rule, edit) : rule, place)
      if (result.ok) return { editing: null, notice: { kind: 'accepted', id: proposal.id, pack: result.pack, rule: result.rule, team: result.team } }
      return rule ? { editing: { proposal, rule, edit: edit ?? editOf(rule), place, problems: result.problems } } : { notice: { kind: 'failed', message: t('learnFailed', result.problems.join(' ')) } }
    })
    return {
      busy: null,
      notice: null,
      editing: null,
      accept: (proposal, place = null) => store(proposal, ruleOf(proposal), null, place),
      refuse: (proposal) => doing(proposal.id, async () => {
        await port.refuse(proposal)
        return { notice: { kind: 'refused', id: proposal.id } }
      }),
      copy: (proposal, text) => doing(proposal.id, async () => {
        await port.copy(text)
        await port.accept(proposal, null, null)
        return { notice: { kind: 'copied', id: proposal.id } }
      }),
      undo: (id) => doing(id, async () => {
        await port.undo(id)
        return { notice: { kind: 'undone' } }
      }),
      startEdit: (proposal) => {
        const rule = ruleOf(proposal)
        if (rule) set({ editing: { proposal, rule, edit: editOf(rule), place: null, problems: [] }, notice: null })
      },
      changeEdit: (change) => {
        const { editing } = get()
        if (editing) set({ editing: { ...editing, edit: { ...editing.edit, ...change } } })
      },
      changePlace: (place) => {
        const { editing } = get()
        if (editing) set({ editing: { ...editing, place } })
      },
      acceptEdit: async () => {
        const { editing } = get()
        if (editing) await store(editing.proposal, editing.rule, editing.edit, editing.place)
      },
      cancelEdit: () => set({ editing: null }),
    }
  })
}
