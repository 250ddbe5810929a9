import type { RulePack } from '../../lib/engine/index.ts'
import { send } from '../../lib/messages/index.ts'
import { teamSuppressions } from '../../lib/policy/index.ts'
import { changeSettings, exportAll, forgetAll, importAll, policyOf, removeSuppression, saveSettings, type Settings } from '../../lib/store/index.ts'
import { requestAccess } from '../shell/access.ts'
import { downloadPieces, fileName } from '../shell/files.ts'
import { changePolicy, type OwnPolicy, type SettingsData } from './model.ts'
import type { SettingsPort } from './store.ts'

/** The stored settings as the page shows them. */
export function dataOf(settings: Settings, packs: readonly RulePack[]): SettingsData {
  const { sites, reviewer, suppressions, keepTexts, retentionDays } = settings
  return { sites, reviewer, suppressions, keepTexts, retentionDays, policy: policyOf(settings), teamSuppressions: teamSuppressions(packs) }
}

export const settingsPort: SettingsPort = {
  saveReviewer: async (name, role) => { await saveSettings({ reviewer: { name, role } }) },
  savePolicy: async (change) => {
    await changeSettings((settings) => ({ ...settings, policy: storedPolicy(changePolicy(settings.policy, change, policyOf(settings))) }))
  },
  saveKeeping: async (part) => { await saveSettings(part) },
  requestAccess,
  enableSite: async (prefix, adapter) => (await send('site/enable', { prefix, adapter })).tabs,
  disableSite: async (prefix) => { await send('site/disable', { prefix }) },
  removeSite: async (prefix) => {
    await send('site/disable', { prefix })
    await changeSettings((settings) => ({ ...settings, sites: settings.sites.filter((site) => site.prefix !== prefix) }))
  },
  removeSuppression: async (id) => { await removeSuppression(id) },
  exportAll: async () => {
    const now = Date.now()
    const name = fileName('data', 'json', now)
    await downloadPieces(name, exportAll(now))
    return name
  },
  importAll: async (text) => {
    const { packs, corrections, proposals } = await importAll(text)
    // Packs and switched-off rules may be new: the worker registers sites and tells open pages.
    await send('sites/changed', null)
    return packs + corrections + proposals
  },
  forgetAll,
}

/** The mutable form that the settings schema infers. */
function storedPolicy(own: OwnPolicy): Settings['policy'] {
  return structuredClone(own)
}
