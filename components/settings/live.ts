import type { RulePack } from '../../lib/engine/index.ts'
import { send } from '../../lib/messages/index.ts'
import { teamSuppressions, type PastDraft, type PolicyPart } from '../../lib/policy/index.ts'
import { changeSettings, exportAll, forgetAll, importFile, layeredPolicy, listRecords, policyOf, removeSuppression, saveSettings, type Settings } from '../../lib/store/index.ts'
import { enableSite, requestAccess } from '../shell/access.ts'
import { downloadPieces, fileName } from '../shell/files.ts'
import { changePolicy, type SettingsData } from './model.ts'
import type { SettingsPort } from './store.ts'

/** The stored settings as the page shows them. */
export function dataOf(settings: Settings, administrator: PolicyPart | null, packs: readonly RulePack[]): SettingsData {
  const { sites, reviewer, suppressions, styleHints, keepTexts, retentionDays, retentionCount, teamPolicy } = settings
  const { policy, refused } = layeredPolicy(settings, administrator)
  return { sites, reviewer, suppressions, styleHints, keepTexts, retentionDays, retentionCount, teamPolicy, policy, refused, teamSuppressions: teamSuppressions(packs) }
}

/** Days that a changed policy is tried over. */
const MONTH = 30 * 86_400_000
const MOST_PAST = 20_000

/** The drafts of the last month. */
export async function lastMonth(now: number): Promise<readonly PastDraft[]> {
  return (await listRecords({ limit: MOST_PAST })).filter((record) => record.at >= now - MONTH)
}

export const settingsPort: SettingsPort = {
  saveReviewer: async (name, role) => { await saveSettings({ reviewer: { name, role } }) },
  savePolicy: async (change) => {
    await changeSettings((settings) => ({ ...settings, policy: changePolicy(settings.policy, change, policyOf(settings)) }))
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
    await downloadPieces(name, exportAll(now))
    return name
  },
  importAll: async (file) => {
    const { packs, corrections, proposals } = await importFile(file)
    // Packs and switched-off rules may be new: the worker registers sites and tells open pages.
    await send('sites/changed', null)
    return packs + corrections + proposals
  },
  forgetAll,
}
