import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Rule } from '../../../lib/engine/index.ts'
import { listsIn, same, writeRuleText, type RuleFields, type WordLists } from '../../../lib/packs/index.ts'
import { messageOf } from '../../shell/files.ts'
import { t } from '../../ui/index.ts'
import { examine, examineText, idOfTitle, reasonsClosed, type Check, type Sheet } from './model.ts'

/** Rest after the last keystroke before the rule is tried again. */
const PAUSE_MS = 150
/** A rule that takes long to try (hundreds of patterns, a list of 50,000 words) is tried after a longer rest, so that nobody types against it. */
const LONGEST_PAUSE_MS = 1_500

/** A finished rule on its way into the own pack. */
export interface Saving {
  readonly rule: Rule
  /** The word lists that it uses. */
  readonly lists: WordLists
  /** The rule to switch off because this one stands in for it, null for none. */
  readonly off: string | null
  readonly isNew: boolean
}

/** Puts a rule into use. Rejects when it could not be stored. */
export interface RulePort { readonly save: (saving: Saving) => Promise<{ readonly ok: true } | { readonly ok: false; readonly problems: readonly string[] }> }

export interface EditorState {
  readonly sheet: Sheet
  readonly view: 'form' | 'yaml'
  /** The rule; in the YAML view as it was when the text could last be read. */
  readonly fields: RuleFields
  /** The text of the YAML view, from which the form keeps comments and order. */
  readonly text: string
  readonly lists: WordLists
  /** Whether saving a copy switches its original off. */
  readonly switchOff: boolean
  /** The text that the rule is tried on. */
  readonly tried: string
  /** Fields that a person was in; of a new rule only these are told what is wrong with them. 'all' after asking what is missing. */
  readonly touched: ReadonlySet<string> | 'all'
  readonly check: Check
  /** Something was written after `check`. */
  readonly pending: boolean
  readonly dirty: boolean
  readonly saving: { readonly kind: 'idle' | 'busy' } | { readonly kind: 'failed'; readonly problems: readonly string[] }
  readonly change: (part: RuleFields) => void
  readonly setText: (text: string) => void
  readonly setList: (name: string, words: readonly string[]) => void
  readonly setSwitchOff: (on: boolean) => void
  readonly setTried: (text: string) => void
  readonly setView: (view: 'form' | 'yaml') => void
  readonly touchAll: () => void
  /** Tries at once what is written. */
  readonly checkNow: () => void
  /** True when the rule is in use. False, and nothing has changed, when it is not good or could not be stored. */
  readonly save: () => Promise<boolean>
}

/** State of one rule that is being written. Both views work on the same fields; the rule is tried when the person pauses. */
export function createEditorStore(sheet: Sheet, port: RulePort): StoreApi<EditorState> {
  return createStore<EditorState>()((set, get) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let pause = PAUSE_MS
    const checked = (): Partial<EditorState> => {
      const { view, fields, text, lists } = get()
      if (view === 'yaml') {
        const { fields: read, ...check } = examineText(sheet, text, lists)
        return { check, pending: false, ...(read && { fields: read }) }
      }
      return { check: formCheck(sheet, fields, lists), pending: false }
    }
    const checkNow = (): void => {
      clearTimeout(timer)
      const started = performance.now()
      set(checked())
      pause = Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, 3 * (performance.now() - started)))
    }
    const write = (part: Partial<EditorState>): void => {
      set({ ...part, pending: true, saving: { kind: 'idle' } })
      const { view, fields, text, lists } = get()
      set({ dirty: !same(lists, sheet.lists) || (view === 'form' ? !same(fields, sheet.fields) : text !== writeRuleText(sheet.fields)) })
      clearTimeout(timer)
      timer = setTimeout(checkNow, pause)
    }
    const touch = (names: readonly string[]): EditorState['touched'] => {
      const { touched } = get()
      return touched === 'all' ? touched : new Set([...touched, ...names])
    }
    return {
      sheet, view: 'form', fields: sheet.fields, text: '', lists: sheet.lists, switchOff: true, tried: '', touched: sheet.kind === 'new' && sheet.key === 'make' ? new Set() : 'all',
      check: formCheck(sheet, sheet.fields, sheet.lists), pending: false, dirty: false, saving: { kind: 'idle' }, checkNow,
      change: (part) => {
        const { fields } = get()
        // Until its author gives it an id of its own, a new rule is called after its title.
        const follows = sheet.kind === 'new' && part.title !== undefined && fields.id === idOfTitle(fields.title ?? '', sheet.taken)
        write({ fields: { ...fields, ...part, ...(follows && { id: idOfTitle(part.title ?? '', sheet.taken) }) }, touched: touch(Object.keys(part)) })
      },
      setText: (text) => write({ text }),
      setList: (name, words) => write({ lists: { ...get().lists, [name]: words } }),
      setSwitchOff: (switchOff) => set({ switchOff }),
      setTried: (tried) => set({ tried }),
      setView: (view) => {
        checkNow()
        const { fields, text, check } = get()
        if (view === get().view || !check.readable) return
        set(view === 'yaml' ? { view, text: writeRuleText(fields, text), touched: 'all' } : { view })
        checkNow()
      },
      touchAll: () => set({ touched: 'all' }),
      save: async () => {
        checkNow()
        const { check, lists, switchOff, saving } = get()
        if (saving.kind === 'busy') return false
        if (check.rule === null || reasonsClosed(check).length > 0) {
          set({ touched: 'all' })
          return false
        }
        set({ saving: { kind: 'busy' } })
        try {
          const { rule } = check
          const used = Object.fromEntries(listsIn(rule).map((name) => [name, lists[name] ?? []]))
          const result = await port.save({ rule, lists: used, off: sheet.from && switchOff ? sheet.from.rule.id : null, isNew: sheet.kind !== 'own' })
          set(result.ok ? { saving: { kind: 'idle' }, dirty: false } : { saving: { kind: 'failed', problems: result.problems } })
          return result.ok
        } catch (error) {
          set({ saving: { kind: 'failed', problems: [t('editNotStored', messageOf(error))] } })
          return false
        }
      },
    }
  })
}

function formCheck(sheet: Sheet, fields: RuleFields, lists: WordLists): Check {
  const { raw: _raw, ...check } = examine(sheet, fields, lists)
  return { ...check, placed: [], readable: true }
}
