import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { getCorrection, PERSONAL_PACK } from '../../../lib/store/index.ts'
import { useFeatureOff } from '../../shell/features.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { go, routeHref } from '../../shell/router.ts'
import { EmptyState, t } from '../../ui/index.ts'
import { ruleName, type PackView } from '../model.ts'
import { say } from '../notice.ts'
import { EditorView } from './EditorView.tsx'
import { compareWritten, pastDrafts, rulePort } from './live.ts'
import { copyId, copySheet, correctionSheet, newSheet, ownSheet, type Sheet } from './model.ts'
import { closeSheet, keepSheet, openSheet } from './sheets.ts'
import { createEditorStore } from './store.ts'

interface EditorPageProps {
  readonly packs: readonly PackView[]
  readonly packId: string
  readonly rule: string
  /** `edit` the rule that the address names, or `make` a new one. */
  readonly act: 'edit' | 'make'
  /** Id of the correction that a new rule is made from, '' for none. */
  readonly from: string
}

/** Opens the rule that the address names for writing, or goes on with what was written of it before. */
export function EditorPage({ packs, packId, rule, act, from }: EditorPageProps): ReactNode {
  const correction = useLiveQuery(async () => (act === 'make' && from !== '' ? await getCorrection(Number(from)) : null), [act, from])
  const off = useFeatureOff('rules')
  if (off !== undefined) return <div className="card"><EmptyState icon="lock" level={2} title={off}><a className="btn" href={routeHref('rules')}>{t('rulesAll')}</a></EmptyState></div>
  if (correction === undefined) return <Loading rows={8} />
  const own = packs.find(({ pack }) => pack.id === PERSONAL_PACK) ?? null
  const sheet = act === 'make'
    ? from === '' ? newSheet(own?.pack ?? null) : correction && correctionSheet(correction.id, correction, own?.pack ?? null)
    : sheetOf(packs.find(({ pack }) => pack.id === packId), rule, own)
  if (!sheet) return <div className="card"><EmptyState icon="rules" level={2} title={act === 'make' ? t('editNoCorrection') : t('rulesNoRule', rule)}><a className="btn" href={routeHref('rules')}>{t('rulesAll')}</a></EmptyState></div>
  return <Open key={sheet.key} sheet={sheet} packOff={own ? !own.on : false} />
}

function sheetOf(view: PackView | undefined, name: string, own: PackView | null): Sheet | null {
  const rule = view?.pack.rules.find((each) => ruleName(each) === name)
  if (!view || !rule) return null
  if (view === own) return ownSheet(rule, view.pack)
  // There is one copy of a rule; who changes it again goes on with that one.
  const copy = own?.pack.rules.find(({ id }) => id === copyId(rule.id))
  return own && copy ? ownSheet(copy, own.pack) : copySheet(rule, view.pack, own?.pack ?? null)
}

function Open({ sheet, packOff }: { readonly sheet: Sheet; readonly packOff: boolean }): ReactNode {
  const [store] = useState(() => openSheet(sheet.key) ?? createEditorStore(sheet, rulePort))
  const state = useStore(store)
  const past = useLiveQuery(() => pastDrafts(Date.now()), []) ?? null
  useEffect(() => keepSheet(store), [store])
  const save = async (): Promise<void> => {
    if (!(await store.getState().save())) return
    const saved = store.getState().check.rule
    closeSheet(sheet.key)
    if (!saved) return
    say({ kind: 'saved', title: saved.title })
    go(routeHref('rules', [PERSONAL_PACK, ruleName(saved)]))
  }
  const discard = (): void => {
    closeSheet(sheet.key)
    go(backTo(sheet))
  }
  return <EditorView state={state} past={past} packOff={packOff} compare={compareWritten} onSave={() => void save()} onDiscard={discard} />
}

/** Where a person came from. */
function backTo(sheet: Sheet): string {
  if (sheet.kind !== 'new') return routeHref('rules', sheet.key.split('/'))
  return sheet.key === 'make' ? routeHref('rules') : routeHref('insights')
}
