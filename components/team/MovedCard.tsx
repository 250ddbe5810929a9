import type { ReactNode } from 'react'
import type { TeamStatus } from '../../lib/review/team/index.ts'
import { dateTime } from '../shell/format.ts'
import { Icon, t } from '../ui/index.ts'
import { LoginForm } from './ChangeLogin.tsx'
import { nameOf } from './Home.tsx'
import { orThrow, type TeamPagePort } from './port.ts'
import { placeOf } from './words.ts'

/** Says that the team went to another store, and lets this person log in there. Who is no member yet has nothing to take along: they are invited anew. */
export function MovedCard({ port, status, refresh }: { readonly port: TeamPagePort; readonly status: TeamStatus; readonly refresh: () => Promise<void> }): ReactNode {
  const { moved, membership } = status
  if (moved === null) return null
  const { store, by, at } = moved
  return (
    <section className="card" id="team-moved">
      <div className="sec"><h2>{t('teamMovedTo')}</h2><span className="small sub isolate" dir="ltr" style={{ overflowWrap: 'anywhere' }}>{placeOf(store)}</span></div>
      <div className="pad col" style={{ gap: 8 }}>
        <p className="row small"><Icon name="warning" size={14} /><span>{t('teamMovedToHelp', nameOf(status, by), dateTime(at))}</span></p>
        {membership !== 'member' || store.kind === 'memory' ? <p className="small">{t('teamMovedToWait')}</p> : (
          <LoginForm
            port={port} store={store} refresh={refresh} help={t('teamMovedToLogin')} action={t('teamMovedToButton')} busy={t('teamMoving')} done={t('teamMoved')}
            onLogin={async (credentials) => { orThrow(await port.move(store, credentials)) }}
          />
        )}
      </div>
    </section>
  )
}
