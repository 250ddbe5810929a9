import type { RulePack } from '../../lib/engine/index.ts'
import { matchPattern, send } from '../../lib/messages/index.ts'
import { teamSuppressions } from '../../lib/policy/index.ts'
import { changeSettings, managedPolicy, forgetAll, layeredPolicy, policyOf, removeSuppression, saveSettings, type Administrator, type Settings } from '../../lib/store/index.ts'
import { enableSite, requestAccess } from '../shell/access.ts'
import { downloadPieces, fileName } from '../shell/files.ts'
import { changePolicy, type SettingsData } from './model.ts'
import type { SettingsPort } from './store.ts'

/** The stored settings as the page shows them. */
export function dataOf(settings: Settings, administrator: Administrator, packs: readonly RulePack[], allowed: ReadonlySet<string> | null): SettingsData {
  const { sites, reviewer, suppressions, styleHints, keepTexts, retentionDays, retentionCount, teamPolicy } = settings
  const { policy, refused, setBy } = layeredPolicy(settings, administrator.policy)
  const byAdministrator = Object.entries(setBy).filter(([, layer]) => layer === 'administrator').map(([field]) => field)
  const locked = new Set([...byAdministrator, ...administrator.sites.map(({ prefix }) => `sites.${prefix}`), ...Object.keys(administrator.keeping).map((name) => `keeping.${name}`)])
  return {
    sites: sites.map((site) => ({ ...site, allowed: allowed?.has(site.prefix) })), locked, featuresOff: administrator.off, reviewer, suppressions, styleHints, keepTexts, retentionDays, retentionCount, teamPolicy, policy, refused, teamSuppressions: teamSuppressions(packs),
  }
}

/** The prefixes among these that the browser lets us look at. */
export async function allowedSites(sites: Settings['sites']): Promise<ReadonlySet<string>> {
  const answers = await Promise.all(sites.map(({ prefix }) => chrome.permissions.contains({ origins: [matchPattern(prefix)] })))
  return new Set(sites.filter((_, index) => answers[index]).map(({ prefix }) => prefix))
}

/** Files of all that is kept: with the check of packs and signatures, which this page has no other need of. */
function transfer() {
  return import('../../lib/store/transfer.ts')
}

export const settingsPort: SettingsPort = {
  saveReviewer: async (name, role) => { await saveSettings({ reviewer: { name, role } }) },
  savePolicy: async (change) => {
    const administrator = await managedPolicy()
    await changeSettings((settings) => ({ ...settings, policy: changePolicy(settings.policy, change, policyOf(settings, administrator)) }))
  },
  saveTeamPolicy: async (teamPolicy) => { await saveSettings({ teamPolicy }) },
  saveKeeping: async (part) => { await saveSettings(part) },
  saveStyleHints: async (styleHints) => { await saveSettings({ styleHints }) },
  requestAccess,
  enableSite,
  disableSite: async (prefix) => { await send('site/disable', { prefix }) },
  removeSite: async (prefix) => {
    await send('site/disable', { prefix })
    await changeSettings((settings) => ({ ...settings, sites: settings.sites.filter((site) => site.prefix !== prefix) }))
  },
  removeSuppression: async (id) => { await removeSuppression(id) },
  exportAll: async () => {
    const now = Date.now()
    const name = fileName('data', 'json', now)
    const { exportAll } = await transfer()
    await downloadPieces(name, exportAll(now))
    return name
  },
  importAll: async (file) => {
    const { importFile } = await transfer()
    const { packs, corrections, proposals } = await importFile(file)
    // Packs and switched-off rules may be new: the worker registers sites and tells open pages.
    await send('sites/changed', null)
    return packs + corrections + proposals
  },
  forgetAll,
}
