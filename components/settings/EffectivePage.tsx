import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactNode } from 'react'
import { layeredPolicy, readAdministrator, type Settings } from '../../lib/store/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { Effective } from './Effective.tsx'
import { effectiveLines, forcedLines } from './effective.ts'

/** The page of what is in force over the stored settings and the browser's policies. */
export function EffectivePage({ settings }: { readonly settings: Settings | null }): ReactNode {
  const administrator = useLiveQuery(readAdministrator, [settings])
  if (!settings || administrator === undefined) return <Loading rows={8} />
  const layered = layeredPolicy(settings, administrator.policy)
  return <Effective policy={effectiveLines(layered)} forced={forcedLines(administrator)} refused={layered.refused} problems={administrator.problems} />
}
