import { createStore, type StoreApi } from 'zustand/vanilla'
import { messageOf } from '../shell/files.ts'
import { t } from '../ui/index.ts'
import { checkAddress, type FoundPack, type SubscribeResult } from './model.ts'

/** What the Team page needs done. Each rejects when the worker or the network failed. */
export interface TeamPort {
  /** What an address would bring, where that is new; otherwise what became of it. Must be called inside the person's own click: it asks the browser for the address. */
  readonly look: (url: string) => Promise<FoundPack | SubscribeResult>
  /** `looked`: digest of the pack that the person was shown. */
  readonly subscribe: (url: string, looked: string) => Promise<SubscribeResult>
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
  /** What the address would bring, until the person uses it or not. */
  readonly found: (FoundPack & { readonly url: string }) | null
  readonly setAddress: (address: string) => void
  /** Fetches the pack of the address, to be looked at. `known`: addresses that are subscribed already. */
  readonly look: (known: readonly string[]) => Promise<void>
  /** Takes up the address whose pack was looked at. */
  readonly subscribe: () => Promise<void>
  readonly dismiss: () => void
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
    found: null,
    setAddress: (address) => set({ address, add: null, found: null }),
    look: async (known) => {
      const { address } = get()
      const checked = checkAddress(address, known)
      if (!checked.ok) {
        set({ add: { kind: 'bad', text: t(checked.problem === 'bad' ? 'teamAddressBad' : 'teamAddressTwice') } })
        return
      }
      if (get().add?.kind === 'busy') return
      // The port is called before anything is awaited: the browser asks only inside the click.
      const asked = port.look(checked.url)
      set({ add: { kind: 'busy', text: t('teamAdding') }, found: null })
      try {
        const result = await asked
        // What is written there now is another address: what this one would bring was not asked for any more.
        if (get().address !== address) return
        set(result.kind === 'found' ? { found: { ...result, url: checked.url }, add: null } : outcome(result))
      } catch (error) {
        if (get().address === address) set({ add: { kind: 'bad', text: t('teamFailed', messageOf(error)) } })
      }
    },
    subscribe: async () => {
      const { found } = get()
      if (!found) return
      set({ add: { kind: 'busy', text: t('teamAdding') }, found: null })
      try {
        set(outcome(await port.subscribe(found.url, found.digest)))
      } catch (error) {
        set({ add: { kind: 'bad', text: t('teamFailed', messageOf(error)) } })
      }
    },
    dismiss: () => set({ found: null }),
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
