import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useMemo } from 'react'
import builtin from 'virtual:builtin-titles'
import { listPacks } from '../../lib/store/index.ts'

/** Names rules by their id: null for one that is not installed any more. Null itself until it is known what is installed. */
export function useRuleTitles(): ((rule: string) => string | null) | null {
  const packs = useLiveQuery(listPacks)
  const titles = useMemo(() => new Map([...Object.entries(builtin), ...(packs ?? []).flatMap(({ pack }) => pack.rules.map((rule) => [rule.id, rule.title] as const))]), [packs])
  const titleOf = useCallback((rule: string) => titles.get(rule) ?? null, [titles])
  return packs ? titleOf : null
}
