import { useEffect, useState, type ReactNode } from 'react'
import { askToKeep, buildTallies, type TallyProgress } from '../../lib/store/index.ts'
import { Icon, t } from '../ui/index.ts'
import { messageOf } from './files.ts'
import { percent } from './format.ts'
import { WorkBanner } from './Progress.tsx'
import { routeHref } from './router.ts'

interface StorageState {
  readonly counting: TallyProgress | null
  /** Share of the room that is used, where it is nearly all. */
  readonly full: number | null
  readonly failed: string | null
}

/** What is to be said of the storage: that an older database is being counted, that there is hardly any room left, that it could not be asked. Nothing while all is well. */
export function StorageBanner(): ReactNode {
  const [state, setState] = useState<StorageState>({ counting: null, full: null, failed: null })
  useEffect(() => {
    const stop = new AbortController()
    const say = (part: Partial<StorageState>): void => { if (!stop.signal.aborted) setState((last) => ({ ...last, ...part })) }
    const failed = (error: unknown): void => say({ counting: null, failed: messageOf(error) })
    askToKeep().then(({ nearlyFull, used, allowed }) => say({ full: nearlyFull && used !== null && allowed ? used / allowed : null }), failed)
    buildTallies({ signal: stop.signal, onProgress: (counting) => say({ counting }) }).then(() => say({ counting: null }), failed)
    return () => stop.abort()
  }, [])
  return <StorageView {...state} />
}

/** The same for a known state. */
export function StorageView({ counting, full, failed }: StorageState): ReactNode {
  return (
    <>
      {failed !== null && <div className="banner t-block" role="alert" style={{ marginBottom: 16 }}><Icon name="warning" />{t('dashStorageUnread', failed)}</div>}
      {full !== null && <div className="banner t-review" role="status" style={{ marginBottom: 16 }}><Icon name="warning" /><span>{t('dashStorageFull', percent(full))} <a href={routeHref('settings', ['data'])}>{t('dashStorageSettings')}</a></span></div>}
      {counting !== null && counting.total > 0 && (
        <WorkBanner icon="info" label={t('dashCountingLabel')} words={t('dashCounting', percent(counting.done / counting.total))} {...counting} />
      )}
    </>
  )
}
