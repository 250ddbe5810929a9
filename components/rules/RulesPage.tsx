import { useLiveQuery } from 'dexie-react-hooks'
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { listRecords, setPackOn, setRuleOn, type Settings } from '../../lib/store/index.ts'
import { installPackFile, loadPacks, removeInstalled } from './live.ts'
import { RulesView } from './RulesView.tsx'
import { createRulesStore } from './store.ts'
import { createTry } from './try.ts'

/** Records that "seen" is counted over. */
const LOOK_BACK = 5_000

interface RulesPageProps {
  readonly settings: Settings | null
  readonly packId: string
  readonly rule: string
}

/** The Rules page over the packs of this device. */
export function RulesPage({ settings, packId, rule }: RulesPageProps): ReactNode {
  const [store] = useState(() => createRulesStore(installPackFile))
  const { opened, text, open, dismiss, setText } = useStore(store)
  const off = settings?.off
  const packs = useLiveQuery(() => (off ? loadPacks(off) : undefined), [off]) ?? null
  const seen = useLiveQuery(countSeen) ?? NONE
  const asked = useDeferredValue(text)
  const used = useMemo(() => packs?.filter((view) => view.on).map(({ pack, rulesOff }) => ({ ...pack, rules: pack.rules.filter((each) => !rulesOff.has(each.id)) })), [packs])
  const wanted = asked.trim() !== ''
  // Compiling all packs takes a moment, so it waits for the first text.
  const scan = useMemo(() => (wanted && used ? createTry(used) : null), [wanted, used])
  const tried = useMemo(() => (scan && wanted ? scan(asked) : null), [scan, wanted, asked])
  return (
    <RulesView
      packs={packs} packId={packId} rule={rule} seen={seen} opened={opened} text={text} tried={tried} onText={setText} onOpen={(file) => void open(file)} onDismiss={dismiss}
      onPack={(id, on) => void setPackOn(id, on)} onRule={(id, on) => void setRuleOn(id, on)} onRemove={(id) => void removeInstalled(id)}
    />
  )
}

const NONE: Readonly<Record<string, number>> = {}

/** How often each rule fired in the newest records. */
async function countSeen(): Promise<Readonly<Record<string, number>>> {
  const seen: Record<string, number> = {}
  for (const record of await listRecords({ limit: LOOK_BACK })) for (const { rule } of record.findings) seen[rule] = (seen[rule] ?? 0) + 1
  return seen
}
