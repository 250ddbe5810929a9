import { useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { saveSettings, type Settings } from '../../lib/store/index.ts'
import { settingsPort } from '../settings/live.ts'
import { Boundary } from '../shell/Boundary.tsx'
import { useSettings } from '../shell/useSettings.ts'
import { t } from '../ui/index.ts'
import { createWelcomeStore, type WelcomePort } from './store.ts'
import { Welcome } from './Welcome.tsx'

const { saveReviewer, requestAccess, enableSite, disableSite } = settingsPort
const port: WelcomePort = { saveReviewer, requestAccess, enableSite, disableSite, finish: async () => { await saveSettings({ welcomed: true }) } }

/** The first start over the stored settings. */
export function WelcomePage(): ReactNode {
  return <Boundary title={t('welcomeTitle')}><Loaded /></Boundary>
}

function Loaded(): ReactNode {
  const settings = useSettings()
  return settings && <Started start={settings.reviewer} />
}

function Started({ start }: { readonly start: Settings['reviewer'] }): ReactNode {
  const [store] = useState(() => createWelcomeStore(port, start))
  const dashboard = useMemo(() => chrome.runtime.getURL('/dashboard.html'), [])
  return <Welcome state={useStore(store)} dashboard={dashboard} />
}
