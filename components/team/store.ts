import { createStore, type StoreApi } from 'zustand/vanilla'
import { messageOf } from '../shell/files.ts'
import { t } from '../ui/index.ts'
import { checkAddress, type SubscribeResult } from './model.ts'

/** What the Team page needs done. Each rejects when the worker or the network failed. */
export interface TeamPort {
  /** Must be called inside the person's own click: it asks the browser for the address. */
  readonly subscribe: (url: string) => Promise<SubscribeResult>
  readonly unsubscribe: (url: string) => Promise<void>
  readonly checkAll: () => Promise<void>
  /** Writes the pack as a signed file; resolves to the file's name. */
  readonly exportPack: (id: string) => Promise<string>
}

type Said = { readonly kind: 'busy' | 'good' | 'bad'; readonly text: string } | null

export interface TeamState {
  readonly address: string
  /** What is said under the address, the list and the export. */
  readonly add: Said
  readonly check: Said
  readonly exported: Said
  readonly setAddress: (address: string) => void
  /** `known`: addresses that are subscribed already. */
  readonly subscribe: (known: readonly string[]) => Promise<void>
  readonly unsubscribe: (url: string) => Promise<void>
  readonly checkAll: () => Promise<void>
  readonly exportPack: (id: string) => Promise<void>
}

export function createTeamStore(port: TeamPort): StoreApi<TeamState> {
  return createStore<TeamState>()((set, get) => ({
    address: '',
    add: null,
    check: null,
    exported: null,
    setAddress: (address) => set({ address, add: null }),
    subscribe: async (known) => {
      const checked = checkAddress(get().address, known)
      if (!checked.ok) {
        set({ add: { kind: 'bad', text: t(checked.problem === 'bad' ? 'teamAddressBad' : 'teamAddressTwice') } })
        return
      }
      if (get().add?.kind === 'busy') return
      // The port is called before anything is awaited: the browser asks only inside the click.
      const asked = port.subscribe(checked.url)
      set({ add: { kind: 'busy', text: t('teamAdding') } })
      try {
        set(outcome(await asked))
      } catch (error) {
        set({ add: { kind: 'bad', text: t('teamFailed', messageOf(error)) } })
      }
    },
    unsubscribe: async (url) => {
      try {
        await port.unsubscribe(url)
      } catch (error) {
        set({ check: { kind: 'bad', text: t('dashNotSaved', messageOf(error)) } })
      }
    },
    checkAll: async () => {
      if (get().check?.kind === 'busy') return
      set({ check: { kind: 'busy', text: t('teamChecking') } })
      try {
        await port.checkAll()
        set({ check: { kind: 'good', text: t('teamCheckedAll') } })
      } catch (error) {
        set({ check: { kind: 'bad', text: t('teamFailed', messageOf(error)) } })
      }
    },
    exportPack: async (id) => {
      try {
        set({ exported: { kind: 'good', text: t('teamExportDone', await port.exportPack(id)) } })
      } catch (error) {
        set({ exported: { kind: 'bad', text: t('dashNotSaved', messageOf(error)) } })
      }
    },
  }))
}

function outcome(result: SubscribeResult): Partial<TeamState> {
  switch (result.kind) {
    case 'added': return { address: '', add: { kind: 'good', text: t('teamAdded', result.title, result.version) } }
    case 'refused': return { add: { kind: 'bad', text: t('teamRefused', result.problems.join(' ')) } }
    case 'denied': return { add: { kind: 'bad', text: t('teamDenied', result.host) } }
  }
}
