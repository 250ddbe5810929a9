import { createStore, type StoreApi } from 'zustand/vanilla'
import { addressOf } from '../../lib/sites/catalog.ts'
import { SITE_IDS, type SiteId } from '../../lib/sites/types.ts'
import { checkSite } from '../settings/model.ts'
import { messageOf } from '../shell/files.ts'
import { t, tn } from '../ui/index.ts'

export const STEPS = ['you', 'sites', 'workflow', 'review'] as const
export type Step = (typeof STEPS)[number] | 'practice'

/** What the first start needs done; the settings are stored step by step, so that closing the tab loses nothing. */
export interface WelcomePort {
  readonly saveReviewer: (name: string, role: string) => Promise<void>
  /** Must be called inside the person's own click; false when denied. */
  readonly requestAccess: (prefix: string) => Promise<boolean>
  /** Resolves to the number of open tabs that must be reloaded. */
  readonly enableSite: (prefix: string, adapter: SiteId) => Promise<number>
  readonly disableSite: (prefix: string) => Promise<void>
  /** Keeps the mapped workflow as the person's policy; false where that failed and the map says why. */
  readonly saveWorkflow: () => Promise<boolean>
  readonly finish: () => Promise<void>
}

/** How an application of the list stands; `prefix` is the address it was turned on for. */
export interface SiteChoice {
  readonly address: string
  readonly prefix: string | null
  readonly said: { readonly bad: boolean; readonly text: string } | null
  readonly busy: boolean
}

const NEW: SiteChoice = { address: '', prefix: null, said: null, busy: false }

export interface WelcomeState {
  readonly step: Step
  readonly name: string
  readonly role: string
  /** Problem of the current step, '' for none. */
  readonly problem: string
  readonly sites: Readonly<Record<SiteId, SiteChoice>>
  readonly setName: (name: string) => void
  readonly setRole: (role: string) => void
  readonly setAddress: (site: SiteId, address: string) => void
  readonly turn: (site: SiteId, on: boolean) => Promise<void>
  readonly next: () => Promise<void>
  readonly back: () => void
  readonly goto: (step: Step) => void
}

export function createWelcomeStore(port: WelcomePort, start: { readonly name: string; readonly role: string }, step: Step = 'you'): StoreApi<WelcomeState> {
  return createStore<WelcomeState>()((set, get) => {
    const site = (id: SiteId, change: Partial<SiteChoice>): void => set({ sites: { ...get().sites, [id]: { ...get().sites[id], ...change } } })
    const turnOn = async (id: SiteId): Promise<void> => {
      const checked = checkSite(addressOf(id) ?? get().sites[id].address, [])
      if (!checked.ok) {
        site(id, { said: { bad: true, text: t('welcomeSiteBad') } })
        return
      }
      // Before anything is awaited: the browser asks only inside the click.
      const access = port.requestAccess(checked.prefix)
      site(id, { busy: true, said: null })
      try {
        if (!(await access)) {
          site(id, { busy: false, said: { bad: true, text: t('welcomeSiteDenied', checked.prefix) } })
          return
        }
        const tabs = await port.enableSite(checked.prefix, id)
        site(id, { busy: false, prefix: checked.prefix, said: { bad: false, text: tabs > 0 ? tn('welcomeReload', tabs) : t('welcomeOn') } })
      } catch (error) {
        site(id, { busy: false, said: { bad: true, text: t('welcomeFailed', messageOf(error)) } })
      }
    }
    const turnOff = async (id: SiteId): Promise<void> => {
      const { prefix } = get().sites[id]
      if (prefix === null) return
      try {
        await port.disableSite(prefix)
        site(id, { prefix: null, said: null })
      } catch (error) {
        site(id, { said: { bad: true, text: t('welcomeFailed', messageOf(error)) } })
      }
    }
    return {
      step,
      ...start,
      problem: '',
      sites: Object.fromEntries(SITE_IDS.map((id) => [id, NEW])) as Record<SiteId, SiteChoice>,
      setName: (name) => set({ name, problem: '' }),
      setRole: (role) => set({ role }),
      setAddress: (id, address) => site(id, { address, said: null }),
      turn: (id, on) => (on ? turnOn(id) : turnOff(id)),
      next: async () => {
        const { step, name, role } = get()
        try {
          if (step === 'you') {
            if (name.trim() === '') {
              set({ problem: t('welcomeNameNeeded') })
              return
            }
            await port.saveReviewer(name.trim(), role.trim())
          }
          if (step === 'workflow' && !(await port.saveWorkflow())) return
          if (step === 'review') await port.finish()
          set({ step: after(step), problem: '' })
        } catch (error) {
          set({ problem: t('welcomeFailed', messageOf(error)) })
        }
      },
      back: () => {
        const { step } = get()
        set({ step: STEPS[(step === 'practice' ? STEPS.length : STEPS.indexOf(step)) - 1] ?? 'you', problem: '' })
      },
      goto: (step) => set({ step, problem: '' }),
    }
  })
}

function after(step: Step): Step {
  return step === 'practice' ? step : STEPS[STEPS.indexOf(step) + 1] ?? 'practice'
}
