import type { ReactNode } from 'react'
import { t } from '../../ui/index.ts'
import type { TeamPlace } from './team.ts'

interface PlacesProps {
  readonly id: string
  readonly places: readonly TeamPlace[]
  readonly place: TeamPlace | null
  /** The person's own pack is a choice too. */
  readonly own?: boolean
  readonly onPlace: (place: TeamPlace | null) => void
}

/** Which pack an accepted rule goes into. */
export function Places({ id, places, place, own = false, onPlace }: PlacesProps): ReactNode {
  return (
    <div className="field">
      <label htmlFor={id}>{t(own ? 'learnInto' : 'learnTeamPack')}</label>
      <select id={id} className="select" value={place ? keyOf(place) : ''} onChange={(event) => onPlace(places.find((each) => keyOf(each) === event.currentTarget.value) ?? null)}>
        {own && <option value="">{t('learnPackTitle')}</option>}
        {places.map((each) => <option key={keyOf(each)} value={keyOf(each)}>{own ? t('learnIntoTeam', each.title) : each.title}</option>)}
      </select>
    </div>
  )
}

function keyOf({ id, title }: TeamPlace): string {
  return id ?? `new ${title}`
}
