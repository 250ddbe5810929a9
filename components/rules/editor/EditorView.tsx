import { useState, type ReactNode } from 'react'
import { routeHref } from '../../shell/router.ts'
import { Confirm } from '../../shell/Dialog.tsx'
import { Icon, t } from '../../ui/index.ts'
import { BacktestCard, type CompareRule } from './BacktestCard.tsx'
import { Examples } from './Examples.tsx'
import { Form } from './Form.tsx'
import { ListCards } from './ListCards.tsx'
import { PatternHelp } from './PatternHelp.tsx'
import { SaveBar } from './SaveBar.tsx'
import type { PastDrafts } from './model.ts'
import type { EditorState } from './store.ts'
import { TryCard } from './TryCard.tsx'
import { YamlView } from './YamlView.tsx'

interface EditorViewProps {
  readonly state: EditorState
  /** Drafts of the last month; null until they are read. */
  readonly past: PastDrafts | null
  /** The own pack is switched off: what is saved does not check until it is on. */
  readonly packOff: boolean
  readonly compare?: CompareRule | undefined
  readonly onSave: () => void
  /** Throws away what was written. */
  readonly onDiscard: () => void
}

/** A rule while it is written: the rule on one side, what it finds on the other. */
export function EditorView({ state, past, packOff, compare, onSave, onDiscard }: EditorViewProps): ReactNode {
  const { sheet, view, check, dirty } = state
  const [help, setHelp] = useState(false)
  const [asking, setAsking] = useState(false)
  const closeHelp = (): void => {
    setHelp(false)
    document.getElementById(view === 'form' ? 'rule-help-open' : 'rule-help-open-yaml')?.focus()
  }
  return (
    <>
      <div className="crumb"><a href={routeHref('rules')}>{t('rulesTitle')}</a><Icon name="chevronRight" size={12} /><span>{sheet.from ? sheet.from.pack : t('learnPackTitle')}</span></div>
      <div className="vh1">
        <h1 dir="auto">{title(state)}</h1>{dirty && <span className="pill">{t('editUnsaved')}</span>}
        <span className="row end">
          {view === 'yaml' && <button type="button" id="rule-help-open-yaml" className="btn quiet" aria-expanded={help} aria-controls="rule-help" onClick={() => setHelp(!help)}><Icon name="info" size={14} />{t('editHelpOpen')}</button>}
          <Views state={state} />
        </span>
      </div>
      {sheet.from && <p className="lead">{t('editCopyLead', sheet.from.rule.title, sheet.from.pack)}</p>}
      {packOff && <p className="lead">{t('editPackOff')}</p>}
      {!check.readable && <p className="lead" id="rule-form-closed">{t('editFormClosed')}</p>}
      <div className={help ? 'editor withhelp' : 'editor'}>
        <div className="stack">
          {view === 'form' ? <Form state={state} helpOpen={help} onHelp={() => setHelp(!help)} /> : <YamlView state={state} />}
          <ListCards state={state} />
        </div>
        <div className="stack side2">
          {help && <PatternHelp onClose={closeHelp} />}
          <Examples state={state} />
          <TryCard state={state} />
          <BacktestCard state={state} past={past} compare={compare} />
        </div>
      </div>
      <SaveBar state={state} onSave={onSave} onDiscard={() => { if (dirty) setAsking(true); else onDiscard() }} />
      {asking && <Confirm title={t('editDiscardTitle')} body={t('editDiscardBody')} action={t('editDiscard')} onConfirm={() => { setAsking(false); onDiscard() }} onClose={() => setAsking(false)} />}
    </>
  )
}

function title({ sheet, fields }: EditorState): string {
  if (sheet.kind === 'new') return t('editTitleNew')
  return sheet.kind === 'copy' ? t('editTitleCopy', sheet.from?.rule.title ?? '') : t('editTitleOwn', fields.title ?? '')
}

/** Form or YAML; the form is closed while the text cannot be read, and the sentence above says so. */
function Views({ state }: { readonly state: EditorState }): ReactNode {
  const { view, check, setView } = state
  const closed = !check.readable
  return (
    <div className="seg" role="group" aria-label={t('editView')}>
      <button type="button" aria-pressed={view === 'form'} aria-disabled={closed || undefined} aria-describedby={closed ? 'rule-form-closed' : undefined} onClick={() => setView('form')}>{t('editViewForm')}</button>
      <button type="button" aria-pressed={view === 'yaml'} onClick={() => setView('yaml')}>{t('editViewYaml')}</button>
    </div>
  )
}
