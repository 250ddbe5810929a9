import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { PolicyPart } from '../../lib/policy/index.ts'
import { listPacks, packsInUse, policyOf, readAdministrator, storageRoom, type Settings } from '../../lib/store/index.ts'
import { comparePolicies } from '../compare/live.ts'
import { loadBuiltins } from '../shell/builtins.ts'
import { laterPart } from '../shell/later.tsx'
import { Loading } from '../shell/Loading.tsx'
import { allowedSites, dataOf, settingsPort } from './live.ts'
import { SettingsView } from './SettingsView.tsx'
import { createSettingsStore } from './store.ts'

/** Comes with the check of signatures. */
const LaterSiteUpdates = laterPart(() => import('./SiteUpdatesPage.tsx').then(({ SiteUpdatesPage }) => SiteUpdatesPage), <Loading rows={2} />)

/** The Settings page over the stored settings. */
export function SettingsPage({ settings, part }: { readonly settings: Settings | null; readonly part: string }): ReactNode {
  const [store] = useState(() => createSettingsStore(settingsPort))
  const [usage, setUsage] = useState<{ readonly used: number; readonly quota: number } | null>(null)
  const off = settings?.off
  useEffect(() => {
    let open = true
    // How full the disk is, is information only; without an answer the line is left out.
    storageRoom().then(({ used, allowed }) => { if (open && used !== null && allowed !== null) setUsage({ used, quota: allowed }) }, () => { if (open) setUsage(null) })
    return () => { open = false }
  }, [])
  const administrator = useLiveQuery(readAdministrator, [settings])
  const ready = settings !== null && administrator !== undefined
  const installed = useLiveQuery(async () => (await listPacks()).map(({ pack }) => pack)) ?? null
  // A megabyte of rules, for the simulator alone: read once somebody tries a text in it.
  const [trying, setTrying] = useState(false)
  const packs = useLiveQuery(async () => (off && installed && trying ? packsInUse(await loadBuiltins(), installed, off) : null), [off, installed, trying]) ?? null
  const sites = settings?.sites
  const allowed = useLiveQuery(() => (sites ? allowedSites(sites) : null), [sites]) ?? null
  const changedBy = useCallback((teamPolicy: PolicyPart) => policyOf({ policy: settings?.policy ?? {}, teamPolicy }, administrator?.policy ?? null), [settings, administrator])
  return (
    <SettingsView
      data={ready ? dataOf(settings, administrator, packsInUse([], installed ?? [], settings.off), allowed) : null} usage={usage} state={useStore(store)} part={part} packs={packs} onTry={() => setTrying(true)} compare={comparePolicies} changedBy={changedBy} siteUpdates={<LaterSiteUpdates />}
    />
  )
}
