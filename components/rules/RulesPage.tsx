import { useLiveQuery } from 'dexie-react-hooks'
import { lazy, Suspense, useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Rule } from '../../lib/engine/index.ts'
import { firstDay, sumTallies } from '../../lib/learning/index.ts'
import { listTallies, setPackOn, setRuleOn, type Settings } from '../../lib/store/index.ts'
import type { StartComparison } from '../compare/Compare.tsx'
import { compareNewPack, compareRules } from '../compare/live.ts'
import { messageOf } from '../shell/files.ts'
import { Loading } from '../shell/Loading.tsx'
import { go, routeHref } from '../shell/router.ts'
import { useSeen } from '../shell/useSeen.ts'
import { t } from '../ui/index.ts'
import { unsaved } from './editor/sheets.ts'
import { installPackFile, loadPacks, removeInstalled } from './live.ts'
import type { OpenResult, PackPreview, PackView } from './model.ts'
import { notices, say } from './notice.ts'
import { RulesView } from './RulesView.tsx'
import { createRulesStore } from './store.ts'
import { useEngine } from './useEngine.ts'

/** Writing a rule needs the compiler and YAML, reading the rules neither. */
const EditorPage = lazy(() => import('./editor/EditorPage.tsx').then((module) => ({ default: module.EditorPage })))

/** Days that "seen" is counted over. */
const LOOK_BACK = 90

interface RulesPageProps {
  readonly settings: Settings | null
  readonly packId: string
  readonly rule: string
  /** 'edit' or 'make' to write a rule, anything else to read. */
  readonly act: string
  /** Id of the correction that a new rule is made from, '' for none. */
  readonly from: string
}

/** The Rules page over the packs of this device, or one of its rules open for writing. */
export function RulesPage({ settings, packId, rule, act, from }: RulesPageProps): ReactNode {
  const off = settings?.off
  const packs = useLiveQuery(() => (off ? loadPacks(off) : undefined), [off]) ?? null
  if (act !== 'edit' && act !== 'make') return <Reader packs={packs} packId={packId} rule={rule} />
  return packs ? <Suspense fallback={<Loading rows={8} />}><EditorPage packs={packs} packId={packId} rule={rule} act={act} from={from} /></Suspense> : <Loading rows={8} />
}

function Reader({ packs, packId, rule }: { readonly packs: readonly PackView[] | null; readonly packId: string; readonly rule: string }): ReactNode {
  const [store] = useState(() => createRulesStore({ look, install: installPackFile }))
  const { opened, text, open, use, dismiss, setText } = useStore(store)
  const shown = useSeen(packs !== null)
  const seen = useLiveQuery(async () => (shown ? countSeen() : NONE), [shown]) ?? NONE
  const { notice } = useStore(notices)
  const { sheets } = useStore(unsaved)
  const asked = useDeferredValue(text)
  const used = useMemo(() => packs?.filter((view) => view.on).map(({ pack, rulesOff }) => ({ ...pack, rules: pack.rules.filter((each) => !rulesOff.has(each.id)) })), [packs])
  const wanted = asked.trim() !== ''
  // The engine, and compiling all packs with it, waits for the first text.
  const engine = useEngine(wanted)
  const scan = useMemo(() => (engine && wanted && used ? engine.createTry(used) : null), [engine, wanted, used])
  const explain = useMemo(() => (engine && used ? engine.createWhy(used) : null), [engine, used])
  const tried = useMemo(() => (scan ? scan(asked) : null), [scan, asked])
  return (
    <RulesView
      packs={packs} packId={packId} rule={rule} seen={seen} opened={opened} text={text} tried={tried} explain={explain} onText={setText} onOpen={(file) => void open(file)} onUse={() => void use()} onDismiss={dismiss}
      onPack={(id, on) => void setPackOn(id, on)} onRule={(id, on) => void setRuleOn(id, on)} onRemove={(id) => void removeInstalled(id)}
      onDelete={(each) => void removeOne(each)} notice={notice} onUndo={() => void undo()} onNotice={() => say(null)} unsaved={sheets} compare={comparePack} compareNew={compareNewPack}
    />
  )
}

/** Past drafts with a pack switched on or off. */
function comparePack(id: string, on: boolean): StartComparison {
  return compareRules((now) => ({ ...now, off: { ...now.off, packs: on ? now.off.packs.filter((each) => each !== id) : [...now.off.packs, id] } }))
}

/** What an opened file would bring. */
async function look(name: string, text: string): Promise<OpenResult | PackPreview> {
  return (await import('./look.ts')).lookAtPackFile(name, text)
}

/** Deletes an own rule and says so, with the way back. */
async function removeOne(rule: Rule): Promise<void> {
  try {
    const { deleteRule } = await import('./editor/live.ts')
    const { again, undo: back } = await deleteRule(rule)
    say({ kind: 'deleted', title: rule.title, again, undo: back })
    go(routeHref('rules'))
  } catch (error) {
    say({ kind: 'failed', message: t('editNotDeleted', messageOf(error)) })
  }
}

async function undo(): Promise<void> {
  const { notice } = notices.getState()
  if (notice?.kind !== 'deleted') return
  try {
    await notice.undo()
    say({ kind: 'restored', title: notice.title })
  } catch (error) {
    say({ kind: 'failed', message: t('editNotStored', messageOf(error)) })
  }
}

const NONE: Readonly<Record<string, number>> = {}

/** How often each rule fired in the last 90 days, from what is counted by day. */
async function countSeen(): Promise<Readonly<Record<string, number>>> {
  const days = await listTallies({ from: firstDay(LOOK_BACK, Date.now()) })
  return Object.fromEntries(sumTallies(days, { of: 'rules', by: ['rule'] }).map(({ at: [rule = ''], counts }) => [rule, counts.seen]))
}
