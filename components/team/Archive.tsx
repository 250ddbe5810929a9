import { useCallback, useRef, useState, type ReactNode } from 'react'
import { number } from '../shell/format.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import type { TeamPagePort } from './port.ts'

/** Everything that the team owns as one file, and such a file back into the store; for who leads. */
export function Archive({ port }: { readonly port: TeamPagePort }): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const [done, setDone] = useState(0)
  const [said, setSaid] = useState('')
  const [state, run] = useAction(useCallback(async (work: () => Promise<string>) => {
    setDone(0)
    setSaid(await work())
  }, []))
  const busy = state.kind === 'busy'
  const restore = (file: File | undefined): void => {
    if (!file || busy) return
    run(async () => {
      const { put, there, refused } = await port.restoreTeam(file, setDone)
      return `${t('teamArchiveRestored', number(put), number(there))}${refused > 0 ? ` ${t('teamArchiveRefused', number(refused))}` : ''}`
    })
  }
  return (
    <section className="card" id="team-archive">
      <div className="sec"><h2>{t('teamArchive')}</h2></div>
      <div className="pad col" style={{ gap: 10 }}>
        <p className="small sub">{t('teamArchiveHelp')}</p>
        <div className="row wrap">
          <Button
            off={busy}
            onClick={() => run(async () => {
              const { objects, unread } = await port.exportTeam(setDone)
              return `${t('teamArchiveExported', number(objects))}${unread > 0 ? ` ${t('teamArchiveUnread', number(unread))}` : ''}`
            })}
          ><Icon name="download" />{t('teamArchiveExport')}</Button>
          <input ref={input} type="file" hidden accept=".jsonl" data-cs="team-archive" onChange={(event) => { restore(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
          <Button off={busy} onClick={() => input.current?.click()}><Icon name="upload" />{t('teamArchiveRestore')}</Button>
        </div>
        <ActionLine state={state} busy={t('teamArchiveBusy', number(done))} done={said} />
      </div>
    </section>
  )
}
