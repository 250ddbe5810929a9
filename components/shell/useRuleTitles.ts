import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useMemo } from 'react'
import { listPacks } from '../../lib/store/index.ts'
import { loadBuiltins } from './builtins.ts'

/** Names rules by their id: null for one that is not installed any more. Null itself until it is known what is installed. */
export function useRuleTitles(): ((rule: string) => string | null) | null {
  const packs = useLiveQuery(async () => {
    const installed = await listPacks()
    return [...(await loadBuiltins()), ...installed.map((row) => row.pack)]
  })
  const titles = useMemo(() => new Map((packs ?? []).flatMap((pack) => pack.rules.map((rule) => [rule.id, rule.title] as const))), [packs])
  const titleOf = useCallback((rule: string) => titles.get(rule) ?? null, [titles])
  return packs ? titleOf : null
}
