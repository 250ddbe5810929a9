import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PolicyPart } from '../../lib/policy/index.ts'
import type { SiteId } from '../../lib/sites/types.ts'
import { messageOf } from '../shell/files.ts'
import { t, tn } from '../ui/index.ts'
import { checkSite, type PolicyChange } from './model.ts'

/** What the Settings page needs done. Each rejects with what went wrong; nothing is half done then. */
export interface SettingsPort {
  readonly saveReviewer: (name: string, role: string) => Promise<void>
  readonly savePolicy: (change: PolicyChange) => Promise<void>
  /** The team's policy on this device; null takes it away. */
  readonly saveTeamPolicy: (part: PolicyPart | null) => Promise<void>
  readonly saveKeeping: (part: { readonly keepTexts?: boolean; readonly retentionDays?: number; readonly retentionCount?: number }) => Promise<void>
  readonly saveStyleHints: (on: boolean) => Promise<void>
  /** Must be called inside the person's own click; false when the browser's question was denied. */
  readonly requestAccess: (prefix: string) => Promise<boolean>
  /** Resolves to the number of open tabs that must be reloaded. */
  readonly enableSite: (prefix: string, adapter: SiteId) => Promise<number>
  readonly disableSite: (prefix: string) => Promise<void>
  readonly removeSite: (prefix: string) => Promise<void>
  readonly removeSuppression: (id: string) => Promise<void>
  /** Resolves to the file's name. */
  readonly exportAll: () => Promise<string>
  /** Resolves to the number of records added. */
  readonly importAll: (file: Pick<File, 'size' | 'text'>) => Promise<number>
  readonly forgetAll: () => Promise<void>
}

/** The parts of the page that say how their last change went. */
export type SettingsPart = 'you' | 'sites' | 'policy' | 'origin' | 'mode' | 'recipients' | 'team' | 'vip' | 'suppressions' | 'data' | 'move' | 'forget'
export interface SettingsSaid { readonly kind: 'busy' | 'good' | 'bad'; readonly text: string }

export interface SettingsState {
  readonly said: Partial<Readonly<Record<SettingsPart, SettingsSaid>>>
  /** The address being added. */
  readonly address: string
  readonly adapter: SiteId
  readonly setAddress: (address: string) => void
  readonly setAdapter: (adapter: SiteId) => void
  readonly addSite: (known: readonly string[]) => Promise<void>
  readonly turnSite: (prefix: string, adapter: SiteId, on: boolean) => Promise<void>
  readonly changeAdapter: (prefix: string, adapter: SiteId, on: boolean) => Promise<void>
  readonly removeSite: (prefix: string) => Promise<void>
  readonly saveReviewer: (name: string, role: string) => Promise<void>
  readonly savePolicy: (change: PolicyChange) => Promise<void>
  readonly saveTeamPolicy: (part: PolicyPart | null) => Promise<void>
  readonly saveKeeping: (part: { readonly keepTexts?: boolean; readonly retentionDays?: number; readonly retentionCount?: number }) => Promise<void>
  readonly saveStyleHints: (on: boolean) => Promise<void>
  readonly removeSuppression: (id: string) => Promise<void>
  readonly exportAll: () => Promise<void>
  readonly importAll: (file: Pick<File, 'size' | 'text'>) => Promise<void>
  readonly forgetAll: () => Promise<void>
}

export function createSettingsStore(port: SettingsPort): StoreApi<SettingsState> {
  return createStore<SettingsState>()((set, get) => {
    const say = (part: SettingsPart, kind: SettingsSaid['kind'], text: string): void => set({ said: { ...get().said, [part]: { kind, text } } })
    /** Runs a change and says how it went; `work` resolves to the words for success. */
    const doing = async (part: SettingsPart, work: () => Promise<string>): Promise<void> => {
      say(part, 'busy', '')
      try {
        say(part, 'good', await work())
      } catch (error) {
        say(part, 'bad', t('dashNotSaved', messageOf(error)))
      }
    }
    const enable = async (prefix: string, adapter: SiteId): Promise<string> => {
      // The browser asks only inside the click, so nothing may be awaited before this.
      const access = await port.requestAccess(prefix)
      if (!access) throw new DeniedError(prefix)
      const tabs = await port.enableSite(prefix, adapter)
      return tabs > 0 ? tn('settingsSiteReload', tabs) : t('settingsSiteOn')
    }
    const enabling = async (prefix: string, adapter: SiteId, after: () => void): Promise<void> => {
      say('sites', 'busy', '')
      try {
        say('sites', 'good', await enable(prefix, adapter))
        after()
      } catch (error) {
        say('sites', 'bad', error instanceof DeniedError ? t('settingsSiteDenied', prefix) : t('dashNotSaved', messageOf(error)))
      }
    }
    return {
      said: {},
      address: '',
      adapter: 'generic',
      setAddress: (address) => set({ address }),
      setAdapter: (adapter) => set({ adapter }),
      addSite: async (known) => {
        const checked = checkSite(get().address, known)
        if (!checked.ok) say('sites', 'bad', t(checked.problem === 'bad' ? 'settingsSiteBad' : 'settingsSiteTwice'))
        else await enabling(checked.prefix, get().adapter, () => set({ address: '', adapter: 'generic' }))
      },
      turnSite: (prefix, adapter, on) => (on
        ? enabling(prefix, adapter, () => undefined)
        : doing('sites', async () => { await port.disableSite(prefix); return '' })),
      changeAdapter: (prefix, adapter, on) => (on
        ? enabling(prefix, adapter, () => undefined)
        : doing('sites', async () => { await port.enableSite(prefix, adapter); await port.disableSite(prefix); return t('dashSaved') })),
      removeSite: (prefix) => doing('sites', async () => { await port.removeSite(prefix); return '' }),
      saveReviewer: async (name, role) => {
        if (name.trim() === '') say('you', 'bad', t('settingsNameNeeded'))
        else await doing('you', async () => { await port.saveReviewer(name.trim(), role.trim()); return t('dashSaved') })
      },
      savePolicy: (change) => doing(partOf(change), async () => { await port.savePolicy(change); return t('dashSaved') }),
      saveTeamPolicy: (part) => doing('team', async () => { await port.saveTeamPolicy(part); return t('dashSaved') }),
      saveKeeping: (part) => doing('data', async () => { await port.saveKeeping(part); return t('dashSaved') }),
      saveStyleHints: (on) => doing('origin', async () => { await port.saveStyleHints(on); return t('dashSaved') }),
      removeSuppression: (id) => doing('suppressions', async () => { await port.removeSuppression(id); return t('settingsSuppressionRemoved') }),
      exportAll: () => doing('move', async () => t('settingsExported', await port.exportAll())),
      importAll: (file) => doing('move', async () => tn('settingsImported', await port.importAll(file))),
      forgetAll: () => doing('forget', async () => { await port.forgetAll(); return t('settingsForgotten') }),
    }
  })
}

/** Where on the page a change of the policy is answered. */
function partOf({ kind }: PolicyChange): SettingsPart {
  if (kind === 'vip' || kind === 'recipients') return kind
  return kind === 'mode' || kind === 'overrides' || kind === 'unchecked' ? 'mode' : 'policy'
}

class DeniedError extends Error {
  override readonly name = 'DeniedError'
}
