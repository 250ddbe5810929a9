import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useLiveQuery } from 'dexie-react-hooks'
import { listRecords, loadSettings, managedPolicy, policyOf } from '../../lib/store/index.ts'
import { startOfDay } from '../shell/format.ts'
import type { TodayNumbers } from './model.ts'
import { Popup } from './Popup.tsx'
import { livePort } from './port.ts'
import { createPopupStore } from './store.ts'

/** How often the page is asked again while the popup is open. */
const EVERY = 1_000

/** The popup over the current tab and this device's records. */
export function PopupPage(): ReactNode {
  const [store] = useState(() => createPopupStore(livePort))
  const { view, load, refresh, setOn, setAdapter, declare, reload } = useStore(store)
  const today = useLiveQuery(countToday)
  const policy = useLiveQuery(async () => policyOf(await loadSettings(), await managedPolicy()))
  useEffect(() => {
    void load()
    const timer = setInterval(() => void refresh(), EVERY)
    return () => clearInterval(timer)
  }, [load, refresh])
  const dashboard = useMemo(() => chrome.runtime.getURL('/dashboard.html'), [])
  return (
    <Popup
      view={view} today={today ?? null} drafts={policy?.drafts ?? null} modes={policy ?? null} dashboard={dashboard} onSwitch={(on) => void setOn(on)} onAdapter={(adapter) => void setAdapter(adapter)}
      onDeclare={(draft, ai) => void declare(draft, ai)} onReload={() => { void reload(); window.close() }} onBeside={import.meta.env.FIREFOX ? undefined : chrome.sidePanel && openBeside} onRetry={() => void load()}
    />
  )
}

/** The side panel beside this tab. First in the press, because the browser opens it in none but that. */
function openBeside(tab: number): void {
  chrome.sidePanel.open({ tabId: tab }).then(() => { window.close() }, (error: unknown) => { console.warn('The side panel was not opened:', error) })
}

/** Today's drafts: held at all, signed, and held without having been signed or sent since. Null where the records cannot be read, so that the site's switch still works. */
async function countToday(): Promise<TodayNumbers | null> {
  try {
    const since = startOfDay(Date.now())
    const today = (await listRecords({ limit: 1_000 })).filter((record) => record.updated >= since)
    return {
      held: today.filter((record) => record.heldAt !== null && record.heldAt >= since).length,
      signed: today.filter((record) => record.signOff !== null && !record.signOff.override).length,
      open: today.filter((record) => record.outcome === 'held').length,
      unseen: today.filter((record) => record.outcome === 'unreviewed' && record.sent?.seen).length,
    }
  } catch (error) {
    console.warn('The numbers of today could not be read', error)
    return null
  }
}
