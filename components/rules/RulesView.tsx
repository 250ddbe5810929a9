import { useEffect, useRef, useState, type DragEvent, type ReactNode, type Ref } from 'react'
import type { Rule, RulePack } from '../../lib/engine/index.ts'
import type { StartComparison } from '../compare/Compare.tsx'
import { number } from '../shell/format.ts'
import { FeatureLine, useFeatureOff } from '../shell/features.tsx'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { Button, EmptyState, Icon, t } from '../ui/index.ts'
import { sheetHref } from './editor/address.ts'
import { NoticeBanner } from './NoticeBanner.tsx'
import type { RuleNotice } from './notice.ts'
import { OpenOutcome } from './OpenOutcome.tsx'
import { PackPage } from './PackPage.tsx'
import { RulePage } from './RulePage.tsx'
import { TryBox } from './TryBox.tsx'
import type { Opened } from './store.ts'
import { ruleName, sortPacks, type ExplainBlock, type PackOrigin, type PackView, type TryResult } from './model.ts'

export interface RulesViewProps {
  /** Null while they are read. */
  readonly packs: readonly PackView[] | null
  /** Pack id and rule name from the address, '' where it names none. */
  readonly packId: string
  readonly rule: string
  /** How often each rule fired, by id; rules that never did are missing. */
  readonly seen: Readonly<Record<string, number>>
  readonly opened: Opened | null
  readonly text: string
  readonly tried: TryResult | null
  /** Why the rules in use say what they say; null until they are read. */
  readonly explain: ExplainBlock | null
  readonly onText: (text: string) => void
  readonly onOpen: (file: File) => void
  readonly onUse: () => void
  readonly onDismiss: () => void
  readonly onPack: (id: string, on: boolean) => void
  readonly onRule: (id: string, on: boolean) => void
  readonly onRemove: (id: string) => void
  readonly onDelete: (rule: Rule) => void
  /** Past drafts with a pack switched on or off. */
  readonly compare?: ((id: string, on: boolean) => StartComparison) | undefined
  /** Past drafts with a pack that is not in use yet. */
  readonly compareNew?: ((pack: RulePack) => StartComparison) | undefined
  readonly notice: RuleNotice | null
  readonly onUndo: () => void
  readonly onNotice: () => void
  /** Rules that are being written and not saved yet. */
  readonly unsaved: readonly { readonly key: string; readonly title: string }[]
}

/** Packs, their rules, and a box to try a text on them. */
export function RulesView(props: RulesViewProps): ReactNode {
  const { packs, packId, rule } = props
  if (packs === null) return <><div className="vh1"><h1>{t('rulesTitle')}</h1></div><Loading rows={8} /></>
  const chosen = packs.find(({ pack }) => pack.id === packId)
  const notice = <NoticeBanner notice={props.notice} onUndo={props.onUndo} onClose={props.onNotice} />
  if (!chosen || rule === '') return <>{notice}<Overview {...props} packs={sortPacks(packs)} /></>
  return <>{notice}<RulePage view={chosen} name={rule} found={chosen.pack.rules.find((each) => ruleName(each) === rule) ?? null} onRule={props.onRule} onDelete={props.onDelete} /></>
}

function Overview(props: RulesViewProps & { readonly packs: readonly PackView[] }): ReactNode {
  const { packs, packId, opened, onOpen, onDismiss } = props
  const [over, setOver] = useState(false)
  const [noRules, noSources] = [useFeatureOff('rules'), useFeatureOff('sources')]
  const shown = packId === '' ? packs[0] : packs.find(({ pack }) => pack.id === packId)
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && noSources === undefined) onOpen(file)
  }
  return (
    <div
      className={over ? 'drop over' : 'drop'} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => { if (event.dataTransfer.types.includes('Files')) { event.preventDefault(); setOver(noSources === undefined) } }}
    >
      <div className="vh1"><h1>{t('rulesTitle')}</h1><span className="row end">{noRules === undefined && <a className="btn primary" href={sheetHref('make')}><Icon name="plus" />{t('editNew')}</a>}{noSources === undefined && <OpenButton onOpen={onOpen} />}</span></div>
      {(['rules', 'switches', 'sources'] as const).map((feature) => <FeatureLine key={feature} feature={feature} />)}
      <Unsaved sheets={props.unsaved} />
      {over && <p className="dropnote" aria-hidden="true">{t('rulesDrop')}</p>}
      {opened && <OpenOutcome opened={opened} onUse={props.onUse} onDismiss={onDismiss} compare={props.compareNew} />}
      <div className="packs">
        <PackList packs={packs} shown={shown} />
        <div className="stack">
          <TryBox text={props.text} tried={props.tried} explain={props.explain} titleOf={(id) => titleOf(packs, id)} onText={props.onText} />
          {shown ? <PackPage view={shown} seen={props.seen} onPack={props.onPack} onRule={props.onRule} onRemove={props.onRemove} compare={props.compare} /> : <NoPack id={packId} />}
        </div>
      </div>
    </div>
  )
}

function Unsaved({ sheets }: { readonly sheets: RulesViewProps['unsaved'] }): ReactNode {
  if (sheets.length === 0) return null
  return (
    <div className="banner note" role="status">
      <Icon name="pencil" />
      <span className="grow">{t('editUnsavedHere')} {sheets.map(({ key, title }, index) => <span key={key}>{index > 0 && ', '}<a href={sheetHref(key)} className="isolate">{title === '' ? t('editUntitled') : title}</a></span>)}</span>
    </div>
  )
}

function OpenButton({ onOpen }: { readonly onOpen: (file: File) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input} type="file" accept=".json,application/json" hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // Emptied so that the same file, mended, can be chosen again.
          event.currentTarget.value = ''
          if (file) onOpen(file)
        }}
      />
      <Button title={t('rulesDropHint')} onClick={() => input.current?.click()}><Icon name="upload" />{t('rulesOpenPack')}</Button>
    </>
  )
}

function PackList({ packs, shown }: { readonly packs: readonly PackView[]; readonly shown: PackView | undefined }): ReactNode {
  const current = useRef<HTMLAnchorElement>(null)
  const id = shown?.pack.id
  // On a narrow screen the packs are one long row; the one that is shown must be in it.
  useEffect(() => { current.current?.scrollIntoView({ block: 'nearest', inline: 'center' }) }, [id])
  const link = (view: PackView): ReactNode => <PackLink key={view.pack.id} view={view} current={view === shown} ref={view === shown ? current : undefined} />
  const own = packs.filter((view) => view.origin !== 'builtin')
  return (
    <nav aria-label={t('rulesPacks')}>
      {own.map(link)}
      {own.length > 0 && <span className="label grp">{t('rulesBuiltin')}</span>}
      {packs.filter((view) => view.origin === 'builtin').map(link)}
    </nav>
  )
}

interface PackLinkProps {
  readonly view: PackView
  readonly current: boolean
  readonly ref: Ref<HTMLAnchorElement> | undefined
}

function PackLink({ view, current, ref }: PackLinkProps): ReactNode {
  const { pack, on } = view
  return (
    <a ref={ref} href={routeHref('rules', [pack.id])} aria-current={current ? 'page' : undefined}>
      <span className={on ? 'nm isolate' : 'nm isolate faint'}>{pack.title}</span><span className="faint small num">{number(pack.rules.length)}</span>
      {view.origin !== 'builtin' && <span className="d">{t('rulesVersionFrom', pack.version, originName(view.origin))}</span>}
      {!on && <span className="d">{t('rulesOffSuffix')}</span>}
    </a>
  )
}

function originName(origin: Exclude<PackOrigin, 'builtin'>): string {
  switch (origin) {
    case 'installed': return t('rulesInstalled')
    case 'team': return t('rulesFromTeam')
    case 'personal': return t('rulesPersonal')
  }
}

function NoPack({ id }: { readonly id: string }): ReactNode {
  return (
    <div className="card">
      <EmptyState icon="rules" level={2} title={t('rulesNoPack', id)}>
        <p>{t('rulesNoPackHelp')}</p>
        <a className="btn" href={routeHref('rules')}>{t('rulesAll')}</a>
      </EmptyState>
    </div>
  )
}

function titleOf(packs: readonly PackView[], id: string): string {
  for (const { pack } of packs) for (const rule of pack.rules) if (rule.id === id) return rule.title
  return id
}
