import { useCallback, useEffect, useId, useState, type ReactNode } from 'react'
import { packChanges, type PackChange } from '../../../lib/packs/index.ts'
import type { ReleaseAction, TeamPackView, TeamStatus } from '../../../lib/review/team/index.ts'
import { Dialog } from '../../shell/Dialog.tsx'
import { dateTime, day } from '../../shell/format.ts'
import { troubleWords } from '../../shell/problems.ts'
import { routeHref } from '../../shell/router.ts'
import { useAction } from '../../shell/useAction.ts'
import { Button, Icon, t } from '../../ui/index.ts'
import { ActionLine } from '../ActionLine.tsx'
import { nameOf } from '../Home.tsx'
import { orThrow, type TeamPagePort } from '../port.ts'
import { leads, olderVersions, packIn } from './model.ts'
import { standingWords } from './PackList.tsx'
import { Changes } from './Changes.tsx'

interface PackLifeProps {
  readonly port: TeamPagePort
  readonly status: TeamStatus
  readonly pack: TeamPackView
  readonly refresh: () => Promise<void>
}

/** One pack of the team: what is in use, every version with what it changed, everything that was said of it, and what a lead can do next. */
export function PackLife({ port, status, pack, refresh }: PackLifeProps): ReactNode {
  const lead = leads(status)
  return (
    <>
      <div className="crumb noprint"><a href={routeHref('team')}>{t('teamTitle')}</a><Icon name="chevronRight" size={12} /><span className="isolate">{pack.title}</span></div>
      <div className="vh1"><h1 className="isolate">{pack.title}</h1>{lead && <span className="row end"><a className="btn primary" href={routeHref('team', ['publish', pack.id])}>{t('packPublishNext')}</a></span>}</div>
      <p className="lead">{standingWords(pack)}</p>
      <div className="stack">
        {pack.problem && <div className="banner t-block" role="alert"><Icon name="warning" /><span>{t('packProblem', pack.target ?? '', troubleWords(pack.problem))}</span></div>}
        {pack.conflicts.map((conflict) => <div key={conflict} className="banner note" role="status"><Icon name="warning" /><span>{t('packConflict', conflict)}</span></div>)}
        {lead && <Acts port={port} pack={pack} refresh={refresh} />}
        <Versions port={port} pack={pack} />
        <section className="card">
          <div className="sec"><h2>{t('packHistory')}</h2></div>
          {pack.statements.map(({ number, action, version, share, text, at, by }) => (
            <div className="line" key={number}>
              <span className="strong">{t(`packAction_${ACTIONS[action]}`, version ?? '', share)}</span>
              <span className="d">{nameOf(status, by)} · {dateTime(at)}{text !== '' && <><br /><span dir="auto">{text}</span></>}</span>
            </div>
          ))}
        </section>
      </div>
    </>
  )
}

const ACTIONS = { release: 'release', pin: 'pin', unpin: 'unpin', 'roll-back': 'rollBack', deprecate: 'deprecate', withdraw: 'withdraw' } as const satisfies Record<ReleaseAction, string>

function Versions({ port, pack }: Pick<PackLifeProps, 'port' | 'pack'>): ReactNode {
  return (
    <section className="card">
      <div className="sec"><h2>{t('packVersions')}</h2></div>
      {pack.versions.map(({ version, digest, signedBy, signedAt, text }, index) => (
        <div className="line" key={digest}>
          <span className="strong num row">{version}{version === pack.installed && <span className="pill">{t('packHere')}</span>}</span>
          <span className="d">{t('packSigned', signedBy, day(Date.parse(signedAt)))}{text !== '' && <><br /><span dir="auto">{text}</span></>}<Difference port={port} pack={pack.id} digest={digest} before={pack.versions[index + 1]?.digest ?? null} /></span>
        </div>
      ))}
    </section>
  )
}

/** What a version changed, worked out when somebody asks. */
function Difference({ port, pack, digest, before }: { readonly port: TeamPagePort; readonly pack: string; readonly digest: string; readonly before: string | null }): ReactNode {
  const [open, setOpen] = useState(false)
  const [found, setFound] = useState<readonly PackChange[] | null>(null)
  const [state, load] = useAction(useCallback(async () => {
    const [now, old] = await Promise.all([digest, before].map(async (each) => (each === null ? null : packIn(orThrow(await port.packText(pack, each))))))
    if (now) setFound(packChanges(old ?? null, now))
  }, [port, pack, digest, before]))
  useEffect(() => { if (open && found === null) load() }, [open, found, load])
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="sum">{t('packDifference')}</summary>
      {found ? <Changes changes={found} /> : <ActionLine state={state} busy={t('dashLoading')} />}
    </details>
  )
}

type Asked = { readonly action: ReleaseAction; readonly version: string | null; readonly share: number }

function Acts({ port, pack, refresh }: Pick<PackLifeProps, 'port' | 'pack' | 'refresh'>): ReactNode {
  const id = useId()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [text, setText] = useState('')
  const [back, setBack] = useState('')
  const [state, run] = useAction(useCallback(async ({ action, version, share }: Asked, why: string) => { orThrow(await port.say(pack.id, action, version, share, why)); await refresh() }, [port, pack.id, refresh]))
  const older = olderVersions(pack)
  const latest = pack.versions[0]?.version ?? null
  const ask = (action: ReleaseAction, version: string | null = null, share = 100): void => { setText(''); setAsked({ action, version, share }) }
  return (
    <section className="card" id="pack-acts">
      <div className="sec"><h2>{t('packActs')}</h2><span className="end"><ActionLine state={state} done={t('dashSaved')} /></span></div>
      {pack.share < 100 && latest !== null && <div className="line"><span className="strong">{t('packToAll', latest)}</span><span className="d">{t('packShare', pack.share)}</span><span className="r"><Button look="primary" onClick={() => ask('release', latest)}>{t('packToAllButton')}</Button></span></div>}
      {older.length > 0 && (
        <div className="line">
          <label className="strong" htmlFor={id}>{t('packRollBack')}</label><span className="d">{t('packRollBackHelp')}</span>
          <span className="r">
            <select id={id} className="select" value={back || older[0]} onChange={(event) => setBack(event.currentTarget.value)}>{older.map((version) => <option key={version} value={version}>{version}</option>)}</select>
            <Button onClick={() => ask('roll-back', back || (older[0] ?? null))}>{t('packRollBackButton')}</Button>
          </span>
        </div>
      )}
      <div className="line">
        <span className="strong">{t(pack.pinned ? 'packUnpin' : 'packPin')}</span><span className="d">{t('packPinHelp')}</span>
        <span className="r"><Button onClick={() => (pack.pinned ? ask('unpin') : ask('pin', pack.target ?? latest))}>{t(pack.pinned ? 'packUnpinButton' : 'packPinButton')}</Button></span>
      </div>
      <div className="line"><span className="strong">{t('packDeprecate')}</span><span className="d">{t('packDeprecateHelp')}</span><span className="r"><Button onClick={() => ask('deprecate')}>{t('packDeprecateButton')}</Button></span></div>
      <div className="line"><span className="strong">{t('packWithdraw')}</span><span className="d">{t('packWithdrawHelp')}</span><span className="r"><Button look="danger" onClick={() => ask('withdraw')}>{t('packWithdrawButton')}</Button></span></div>
      {asked && (
        <Dialog title={t(`packAction_${ACTIONS[asked.action]}`, asked.version ?? '', asked.share)} onClose={() => setAsked(null)}>
          <div className="field"><label htmlFor={`${id}-t`}>{t('packWhy')}</label><textarea id={`${id}-t`} className="input" rows={3} dir="auto" maxLength={2_000} value={text} onChange={(event) => setText(event.currentTarget.value)} /></div>
          <div className="acts"><Button onClick={() => setAsked(null)}>{t('dashCancel')}</Button><Button look="primary" off={text.trim() === ''} onClick={() => { const made = asked; setAsked(null); run(made, text.trim()) }}>{t('packSay')}</Button></div>
        </Dialog>
      )}
    </section>
  )
}
