import { useId, type ReactNode } from 'react'
import { TIERS } from '../../../lib/engine/index.ts'
import type { Proposal } from '../../../lib/learning/index.ts'
import { Dialog } from '../../shell/Dialog.tsx'
import { tierMeaning } from '../../shell/words.ts'
import { Button, Icon, t, tierName } from '../../ui/index.ts'
import type { ProposalState } from './store.ts'
import { Places } from './Places.tsx'
import type { TeamPlace } from './team.ts'

/** A proposed rule, open for change before it is accepted. */
export function EditDialog({ state, placesOf }: { readonly state: ProposalState; readonly placesOf: (proposal: Proposal) => readonly TeamPlace[] }): ReactNode {
  const { editing } = state
  const id = useId()
  if (!editing) return null
  const { edit, problems, proposal, place } = editing
  const places = placesOf(proposal)
  return (
    <Dialog title={t('learnEditTitle')} onClose={state.cancelEdit}>
      {problems.length > 0 && (
        <div className="banner t-block" role="alert">
          <Icon name="warning" /><div><b>{t('learnEditProblems')}</b><ul className="small">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul></div>
        </div>
      )}
      <div className="field"><label htmlFor={`${id}t`}>{t('learnFieldTitle')}</label><input id={`${id}t`} className="input" value={edit.title} onChange={(event) => state.changeEdit({ title: event.currentTarget.value })} /></div>
      <div className="field"><label htmlFor={`${id}m`}>{t('learnFieldMessage')}</label><textarea id={`${id}m`} className="input" value={edit.message} onChange={(event) => state.changeEdit({ message: event.currentTarget.value })} /></div>
      <div className="field">
        <label htmlFor={`${id}i`}>{t('learnFieldTier')}</label>
        <select id={`${id}i`} className="select" value={edit.tier} onChange={(event) => state.changeEdit({ tier: TIERS.find((tier) => tier === event.currentTarget.value) ?? edit.tier })}>
          {TIERS.map((tier) => <option key={tier} value={tier}>{tierName(tier)}: {tierMeaning(tier)}</option>)}
        </select>
      </div>
      <div className="field"><label htmlFor={`${id}p`}>{t('learnFieldMatch')}</label><textarea id={`${id}p`} className="input mono" dir="ltr" spellCheck={false} value={edit.match} onChange={(event) => state.changeEdit({ match: event.currentTarget.value })} /></div>
      <div className="field"><label htmlFor={`${id}s`}>{t('learnFieldSuggest')}</label><input id={`${id}s`} className="input" value={edit.suggest} onChange={(event) => state.changeEdit({ suggest: event.currentTarget.value })} /></div>
      {places.length > 0 && <Places id={`${id}w`} places={places} place={place} own onPlace={state.changePlace} />}
      <div className="acts">
        <Button onClick={state.cancelEdit}>{t('dashCancel')}</Button>
        <Button look="primary" off={state.busy !== null} onClick={() => void state.acceptEdit()}>{t('learnEditAccept')}</Button>
      </div>
    </Dialog>
  )
}
