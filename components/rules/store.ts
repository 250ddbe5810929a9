import { createStore, type StoreApi } from 'zustand/vanilla'
import { t } from '../ui/index.ts'
import { messageOf } from '../shell/files.ts'
import type { OpenResult, PackPreview } from './model.ts'

/** A pack with the largest word lists stays below this. */
const MOST = 8 * 1024 * 1024

export interface RulesState {
  /** How the last opened file went, or what it would bring; null before the first. */
  readonly opened: Opened | null
  /** The text of the try box; kept while a person looks at other packs. */
  readonly text: string
  readonly open: (file: Pick<File, 'name' | 'size' | 'text'>) => Promise<void>
  /** Takes the pack that is previewed into use. */
  readonly use: () => Promise<void>
  readonly dismiss: () => void
  readonly setText: (text: string) => void
}

/** What became of an opened file, or what it would bring. */
export type Opened = OpenResult | PackPreview | { readonly kind: 'busy' }

export interface PackFilePort {
  /** What the file would bring, where it is good and new; otherwise what became of it. */
  readonly look: (name: string, text: string) => Promise<OpenResult | PackPreview>
  /** Hands the text of a pack to the worker. */
  readonly install: (name: string, text: string) => Promise<OpenResult>
}

/** State of the Rules page. */
export function createRulesStore({ look, install }: PackFilePort): StoreApi<RulesState> {
  return createStore<RulesState>()((set, get) => ({
    opened: null,
    text: '',
    open: async (file) => {
      if (file.size > MOST) {
        set({ opened: refused(t('rulesTooLarge', file.name)) })
        return
      }
      set({ opened: { kind: 'busy' } })
      try {
        set({ opened: await look(file.name, await file.text()) })
      } catch (error) {
        set({ opened: refused(t('rulesFile', file.name, messageOf(error))) })
      }
    },
    use: async () => {
      const { opened } = get()
      if (opened?.kind !== 'preview') return
      set({ opened: { kind: 'busy' } })
      try {
        set({ opened: await install(opened.name, opened.text) })
      } catch (error) {
        set({ opened: refused(t('rulesFile', opened.name, messageOf(error))) })
      }
    },
    dismiss: () => set({ opened: null }),
    setText: (text) => set({ text }),
  }))
}

function refused(sentence: string): OpenResult {
  return { kind: 'refused', refusals: [{ place: null, sentence, fix: null }] }
}
