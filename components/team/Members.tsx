import { useCallback, useId, useState, type ReactNode } from 'react'
import { CATEGORIES } from '../../lib/engine/index.ts'
import { TEAM_ROLES, type Confirmation, type PendingNote, type TeamMember, type TeamRole, type TeamStatus } from '../../lib/review/team/index.ts'
import { Dialog } from '../shell/Dialog.tsx'
import { ago, day, listOf } from '../shell/format.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, Icon, areaName, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { nameOf } from './Home.tsx'
import { orThrow, type TeamPagePort } from './port.ts'
import { roleName } from './words.ts'

interface MembersProps {
  readonly port: TeamPagePort
  readonly status: TeamStatus
  readonly notes: readonly PendingNote[]
  readonly refresh: () => Promise<void>
  readonly now: number
}

const mayLead = (member: TeamMember | null): boolean => member?.teamRole === 'lead' || member?.teamRole === 'administrator'

const hasNoAdministrator = ({ members }: TeamStatus): boolean => members.every(({ teamRole }) => teamRole !== 'administrator')

/** Who asks to join, to leave or to change their key; for those who may answer. */
export function Notes({ port, status, notes, refresh, now }: MembersProps): ReactNode {
  const [chosen, setChosen] = useState<PendingNote | null>(null)
  const [state, run] = useAction(useCallback(async (made: Promise<void>) => { await made; await refresh() }, [refresh]))
  if (!mayLead(status.own) || notes.length === 0) return null
  return (
    <section className="card" id="team-notes">
      <div className="sec"><h2>{t('teamNotes')}</h2><span className="end"><ActionLine state={state} /></span></div>
      {notes.map((note) => {
        const name = note.card?.name ?? nameOf(status, note.signKey)
        return (
          <div className="line" key={note.id}>
            <span className="strong isolate">{t(`teamNote_${note.kind}`, name)}</span>
            <span className="d">{ago(note.at, now)}{note.phrase !== null && <><br />{t('teamPhraseLead', name)} <strong className="phrase isolate" dir="ltr">{note.phrase}</strong></>}</span>
            <span className="r">
              <Button size="sm" look="quiet" aria-label={t('teamDeclineOf', name)} onClick={() => run((async () => { orThrow(await port.decline(note.id)) })())}>{t('teamDecline')}</Button>
              <Button size="sm" look="primary" aria-label={t('teamConfirmOf', name)} onClick={() => setChosen(note)}>{t('teamConfirm')}</Button>
            </span>
          </div>
        )
      })}
      {chosen && (
        <RoleDialog
          title={t(`teamNote_${chosen.kind}`, chosen.card?.name ?? nameOf(status, chosen.signKey))} phrase={chosen.phrase} start={startOf(status, chosen)} asks={chosen.kind === 'join'} action={t('teamConfirm')} own={status.own} noAdministrator={hasNoAdministrator(status)} places={chosen.kind === 'join' ? placesOf(status) : []} guess={chosen.card?.name}
          onConfirm={(as) => { const note = chosen; setChosen(null); run((async () => { orThrow(await port.confirm(note.id, as)) })()) }} onClose={() => setChosen(null)}
        />
      )}
    </section>
  )
}

function startOf({ members }: TeamStatus, note: PendingNote): Confirmation {
  const member = members.find(({ card }) => card.signKey === note.signKey)
  return { teamRole: member?.teamRole ?? 'rep', areas: [...(member?.card.areas ?? [])], deputy: [...(member?.card.deputy ?? [])] }
}

/** A device whose place a new one may take. */
interface Place { readonly signKey: string; readonly name: string; readonly member: TeamMember | null }

/** Devices of others, and those that were lost and that nobody stands in for. */
function placesOf({ members, former, own }: TeamStatus): readonly Place[] {
  return [
    ...former.filter(({ why, next }) => why === 'lost' && next === null).map(({ signKey, name }) => ({ signKey, name, member: null })),
    ...members.filter(({ card }) => card.signKey !== own?.card.signKey).map((member) => ({ signKey: member.card.signKey, name: member.card.name, member })),
  ]
}

/** Who is in the team, and what each may do. */
export function Members({ port, status, refresh }: Omit<MembersProps, 'notes' | 'now'>): ReactNode {
  const [changing, setChanging] = useState<TeamMember | null>(null)
  const [removing, setRemoving] = useState<TeamMember | null>(null)
  const [state, run] = useAction(useCallback(async (made: Promise<void>) => { await made; await refresh() }, [refresh]))
  const lead = mayLead(status.own)
  return (
    <section className="card" id="team-members">
      <div className="sec"><h2>{t('teamMembers')}</h2><span className="end"><ActionLine state={state} /></span></div>
      {status.members.map((member) => {
        const own = member.card.signKey === status.own?.card.signKey
        return (
          <div className="line" key={member.card.signKey}>
            <span className="strong isolate">{member.card.name}{own && <span className="faint"> {t('teamYou')}</span>}</span>
            <span className="d">{[roleName(member.teamRole), ...(member.card.areas.length > 0 ? [t('teamAnswersFor', listOf(member.card.areas.map(areaName)))] : []), t('teamSince', day(member.since))].join(' · ')}</span>
            {lead && !own && (
              <span className="r">
                <Button size="sm" look="quiet" aria-label={t('teamChangeOf', member.card.name)} onClick={() => setChanging(member)}>{t('teamChangeRole')}</Button>
                <Button size="sm" look="quiet" aria-label={t('teamRemoveOf', member.card.name)} onClick={() => setRemoving(member)}>{t('teamRemoveMember')}</Button>
              </span>
            )}
          </div>
        )
      })}
      {lead && status.members.filter(mayLead).length === 1 && <p className="row pad small sub" id="team-sole-lead"><Icon name="info" size={14} /><span>{t('teamSoleLead')}</span></p>}
      {status.former.length > 0 && (
        <details className="pad"><summary className="sum">{t('teamFormer')}</summary><ul className="col small">{status.former.map(({ signKey, name, why, at }) => <li key={`${signKey} ${at}`}>{t(`teamFormer_${why}`, name, day(at))}</li>)}</ul></details>
      )}
      {changing && (
        <RoleDialog
          title={changing.card.name} phrase={null} asks start={{ teamRole: changing.teamRole, areas: changing.card.areas, deputy: changing.card.deputy }} action={t('teamSaveRole')} own={status.own} noAdministrator={hasNoAdministrator(status)}
          onConfirm={(as) => { const { signKey } = changing.card; setChanging(null); run((async () => { orThrow(await port.changeMember(signKey, as)) })()) }} onClose={() => setChanging(null)}
        />
      )}
      {removing && <RemoveDialog member={removing} onClose={() => setRemoving(null)} onRemove={(why) => { const { signKey } = removing.card; setRemoving(null); run((async () => { orThrow(await port.removeMember(signKey, why)) })()) }} />}
    </section>
  )
}

interface RoleDialogProps {
  readonly title: string
  /** Words to compare first; null where there is nothing to compare. */
  readonly phrase: string | null
  /** A role is to be chosen. */
  readonly asks: boolean
  readonly start: Confirmation
  readonly action: string
  readonly own: TeamMember | null
  readonly noAdministrator: boolean
  /** Devices whose place this one may take. */
  readonly places?: readonly Place[]
  /** Name of who asks: a device of the same name is probably the lost one. */
  readonly guess?: string | undefined
  readonly onConfirm: (as: Confirmation) => void
  readonly onClose: () => void
}

/** What somebody is to be in the team, after the phrase was compared. */
function RoleDialog({ title, phrase, asks, start, action, own, noAdministrator, places = [], guess, onConfirm, onClose }: RoleDialogProps): ReactNode {
  const id = useId()
  const [role, setRole] = useState<TeamRole>(start.teamRole)
  const [areas, setAreas] = useState<readonly string[]>(start.areas)
  const [compared, setCompared] = useState(phrase === null)
  const [instead, setInstead] = useState('')
  const likely = places.filter(({ name }) => name === guess)
  const takePlace = (signKey: string): void => {
    setInstead(signKey)
    const member = places.find((place) => place.signKey === signKey)?.member
    if (!member) return
    setRole(member.teamRole)
    setAreas(member.card.areas)
  }
  // Only an administrator names leads; where there is none, a lead does, so that the team is not lost with one device.
  const roles = own?.teamRole === 'administrator' || noAdministrator ? TEAM_ROLES : TEAM_ROLES.filter((each) => each === 'rep' || each === 'reviewer' || each === start.teamRole || each === role)
  const names = [...new Set([...CATEGORIES, ...start.areas])]
  const answers = role !== 'rep'
  return (
    <Dialog title={title} onClose={onClose}>
      {phrase !== null && (
        <label className="row" style={{ alignItems: 'flex-start' }}>
          <input type="checkbox" checked={compared} onChange={(event) => setCompared(event.currentTarget.checked)} />
          <span>{t('teamCompared')} <strong className="phrase isolate" dir="ltr">{phrase}</strong></span>
        </label>
      )}
      {places.length > 0 && (
        <div className="field">
          <label htmlFor={`${id}-instead`}>{t('teamInstead')}</label>
          <select id={`${id}-instead`} className="select" value={instead} aria-describedby={`${id}-effect`} onChange={(event) => takePlace(event.currentTarget.value)}>
            <option value="">{t('teamInsteadNone')}</option>
            {[...likely, ...places.filter((place) => !likely.includes(place))].map(({ signKey, name }) => <option key={signKey} value={signKey}>{t('teamInsteadOf', name)}</option>)}
          </select>
          <span id={`${id}-effect`} className="small sub">{instead === '' ? '' : t('teamInsteadEffect')}</span>
        </div>
      )}
      {asks && (
        <div className="field">
          <label htmlFor={`${id}-role`}>{t('teamRole')}</label>
          <select id={`${id}-role`} className="select" value={role} aria-describedby={`${id}-what`} onChange={(event) => { const wanted = TEAM_ROLES.find((each) => each === event.currentTarget.value); if (wanted) setRole(wanted) }}>
            {roles.map((each) => <option key={each} value={each}>{roleName(each)}</option>)}
          </select>
          <span id={`${id}-what`} className="small sub">{t(`teamRoleHelp_${role}`)}</span>
        </div>
      )}
      {asks && answers && (
        <fieldset className="bare">
          <legend className="label">{t('teamAreas')}</legend>
          <div className="areas">
            {names.map((area) => <label key={area} className="row"><input type="checkbox" checked={areas.includes(area)} onChange={(event) => setAreas(event.currentTarget.checked ? [...areas, area] : areas.filter((each) => each !== area))} />{areaName(area)}</label>)}
          </div>
        </fieldset>
      )}
      <div className="acts">
        <Button onClick={onClose}>{t('dashCancel')}</Button>
        <Button look="primary" off={!compared} onClick={() => onConfirm({ teamRole: role, areas: answers ? areas : [], deputy: answers ? start.deputy : [], ...(instead === '' ? {} : { instead }) })}>{action}</Button>
      </div>
      {!compared && <p className="small sub">{t('teamCompareFirst')}</p>}
    </Dialog>
  )
}

const REASONS = ['removed', 'lost'] as const

function RemoveDialog({ member, onRemove, onClose }: { readonly member: TeamMember; readonly onRemove: (why: (typeof REASONS)[number]) => void; readonly onClose: () => void }): ReactNode {
  const [why, setWhy] = useState<(typeof REASONS)[number]>('removed')
  return (
    <Dialog title={t('teamRemoveOf', member.card.name)} onClose={onClose}>
      <fieldset className="bare col" style={{ gap: 6 }}>
        <legend className="label">{t('teamRemoveWhy')}</legend>
        {REASONS.map((each) => <label key={each} className="row"><input type="radio" name="why" checked={why === each} onChange={() => setWhy(each)} />{t(`teamRemoveWhy_${each}`)}</label>)}
      </fieldset>
      <p className="row small sub"><Icon name="warning" size={14} />{t('teamRemoveEffect')}</p>
      <div className="acts"><Button onClick={onClose}>{t('dashCancel')}</Button><Button look="danger" onClick={() => onRemove(why)}>{t('teamRemoveMember')}</Button></div>
    </Dialog>
  )
}
