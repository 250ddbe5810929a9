import type { ReactNode } from 'react'
import { Button, Calm, Icon, t, tn } from '../../ui/index.ts'
import { fieldId, reasonsClosed } from './model.ts'
import type { EditorState } from './store.ts'

interface SaveBarProps {
  readonly state: EditorState
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** Save, and beside it why it is closed, with the way to what must be mended. */
export function SaveBar({ state, onSave, onDiscard }: SaveBarProps): ReactNode {
  const { check, saving, sheet } = state
  const reasons = reasonsClosed(check)
  const [first] = reasons
  const busy = saving.kind === 'busy'
  return (
    <div className="savebar" role="group" aria-label={t('editSaveBar')}>
      {sheet.from && (
        <label className="row small"><input type="checkbox" className="check" checked={state.switchOff} onChange={(event) => state.setSwitchOff(event.currentTarget.checked)} />{t('editSwitchOff', sheet.from.rule.title)}</label>
      )}
      {saving.kind === 'failed' && <div className="banner t-block" role="alert"><Icon name="warning" /><ul className="small">{saving.problems.map((problem) => <li key={problem}>{problem}</li>)}</ul></div>}
      <div className="row wrap">
        <Button look="primary" size="lg" off={first !== undefined || busy} aria-describedby="rule-why" onClick={onSave}>{t('editSave')}</Button>
        <Button size="lg" onClick={onDiscard}>{t(state.dirty ? 'editDiscard' : 'dashCancel')}</Button>
        <Calm as="span" className="why small grow" id="rule-why">
          {first === undefined ? t('editReady') : <>{t('editClosed')} <span className="isolate">{first.words}</span>{reasons.length > 1 && <span className="faint"> {tn('editClosedMore', reasons.length - 1)}</span>}</>}
        </Calm>
        {first !== undefined && <Button size="sm" onClick={() => showPlace(state, first.path)}>{t('editShow')}</Button>}
      </div>
    </div>
  )
}

/** Puts the person where the first thing is to be mended. */
function showPlace(state: EditorState, path: readonly (string | number)[] | null): void {
  state.touchAll()
  if (state.view === 'yaml') {
    const button = document.querySelector<HTMLElement>('#rule-yaml-wrong button')
    if (button) button.click()
    else document.getElementById('rule-yaml')?.focus()
    return
  }
  for (let depth = path?.length ?? 0; path && depth > 0; depth--) {
    const place = document.getElementById(fieldId(path.slice(0, depth))) ?? document.getElementById(fieldId([...path.slice(0, depth), 0]))
    if (!place) continue
    place.closest('details')?.setAttribute('open', '')
    place.focus()
    return
  }
}
