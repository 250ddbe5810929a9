import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useMemo } from 'react'
import { listPacks } from '../../lib/store/index.ts'
import { BUILTINS } from './builtins.ts'

/** Names rules by their id: null for one that is not installed any more. Null itself until it is known what is installed. */
export function useRuleTitles(): ((rule: string) => string | null) | null {
  const installed = useLiveQuery(listPacks)
  const titles = useMemo(() => new Map([...BUILTINS, ...(installed ?? []).map((row) => row.pack)].flatMap((pack) => pack.rules.map((rule) => [rule.id, rule.title] as const))), [installed])
  const titleOf = useCallback((rule: string) => titles.get(rule) ?? null, [titles])
  return installed ? titleOf : null
}
