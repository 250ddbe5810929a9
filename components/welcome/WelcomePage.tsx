import { Suspense, use, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { PolicyPart } from '../../lib/policy/index.ts'
import { TEMPLATE_IDS, type TemplateId } from '../../lib/policy/workflow.ts'
import { managedPolicy, saveSettings, type Settings } from '../../lib/store/index.ts'
import { settingsPort } from '../settings/live.ts'
import { disableSite, enableSite, requestAccess } from '../shell/access.ts'
import { Boundary } from '../shell/Boundary.tsx'
import { useSettings } from '../shell/useSettings.ts'
import { t } from '../ui/index.ts'
import { workflowPort } from '../workflow/live.ts'
import { createWorkflowStore } from '../workflow/store.ts'
import { createWelcomeStore, type WelcomePort } from './store.ts'
import { Welcome } from './Welcome.tsx'

const { saveReviewer } = settingsPort
const port: Omit<WelcomePort, 'saveWorkflow'> = { saveReviewer, requestAccess, enableSite, disableSite, finish: async () => { await saveSettings({ welcomed: true }) } }

/** The first start over the stored settings. */
export function WelcomePage(): ReactNode {
  return <Boundary title={t('welcomeTitle')}><Suspense><Loaded /></Suspense></Boundary>
}

function Loaded(): ReactNode {
  const settings = useSettings()
  const [managed] = useState(managedPolicy)
  return settings && <Started settings={settings} administrator={use(managed)} />
}

function Started({ settings, administrator }: { readonly settings: Settings; readonly administrator: PolicyPart | null }): ReactNode {
  const [workflow] = useState(() => createWorkflowStore(workflowPort, { policy: settings.policy, stronger: { administrator, team: settings.teamPolicy }, workflows: settings.workflows }))
  const [practised] = useState(() => practisedTemplate(location.hash))
  const [store] = useState(() => createWelcomeStore({ ...port, saveWorkflow: () => workflow.getState().save() }, settings.reviewer, practised ? 'practice' : 'you'))
  const dashboard = useMemo(() => chrome.runtime.getURL('/dashboard.html'), [])
  return <Welcome state={useStore(store)} workflow={useStore(workflow)} dashboard={dashboard} {...(practised ? { practice: { template: practised } } : {})} />
}

/** `#practice/newsletter` goes straight to the practice draft of that workflow. */
function practisedTemplate(hash: string): TemplateId | null {
  return TEMPLATE_IDS.find((id) => hash === `#practice/${id}`) ?? null
}
