import { createStore, type StoreApi } from 'zustand/vanilla'
import { t } from '../ui/index.ts'
import { messageOf } from '../shell/files.ts'
import type { OpenResult } from './model.ts'

/** A pack with the largest word lists stays below this. */
const MOST = 8 * 1024 * 1024

export interface RulesState {
  /** How the last opened file went, null before the first. */
  readonly opened: OpenResult | { readonly kind: 'busy' } | null
  /** The text of the try box; kept while a person looks at other packs. */
  readonly text: string
  readonly open: (file: Pick<File, 'name' | 'size' | 'text'>) => Promise<void>
  readonly dismiss: () => void
  readonly setText: (text: string) => void
}

/** State of the Rules page. `install` hands the text of a pack to the worker. */
export function createRulesStore(install: (name: string, text: string) => Promise<OpenResult>): StoreApi<RulesState> {
  return createStore<RulesState>()((set) => ({
    opened: null,
    text: '',
    open: async (file) => {
      if (file.size > MOST) {
        set({ opened: refused(t('rulesTooLarge', file.name)) })
        return
      }
      set({ opened: { kind: 'busy' } })
      try {
        set({ opened: await install(file.name, await file.text()) })
      } catch (error) {
        set({ opened: refused(t('rulesFile', file.name, messageOf(error))) })
      }
    },
    dismiss: () => set({ opened: null }),
    setText: (text) => set({ text }),
  }))
}

function refused(sentence: string): OpenResult {
  return { kind: 'refused', refusals: [{ place: null, sentence, fix: null }] }
}
