import { useCallback, useState, type ReactNode } from 'react'
import { Switch } from '../shell/Switch.tsx'
import { useAction } from '../shell/useAction.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { orThrow, type TeamPagePort } from './port.ts'
import { qrPath } from './qr.ts'

/** An invitation to hand on: as a code to paste, and as a QR code where it fits into one. */
export function Invite({ port }: { readonly port: TeamPagePort }): ReactNode {
  const [withLogin, setWithLogin] = useState(false)
  const [made, setMade] = useState<{ readonly code: string; readonly qr: { readonly size: number; readonly path: string } | null } | null>(null)
  const [state, make] = useAction(useCallback(async (login: boolean) => {
    const { code } = orThrow(await port.invite(login))
    setMade({ code, qr: qrPath(code) })
  }, [port]))
  const [copied, copy] = useAction(useCallback((text: string) => port.copy(text), [port]))
  return (
    <section className="card" id="team-invite">
      <div className="sec"><h2>{t('teamInvite')}</h2></div>
      <div className="pad col" style={{ gap: 12 }}>
        <p className="small sub">{t('teamInviteHelp')}</p>
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <Switch label={t('teamInviteLogin')} checked={withLogin} onChange={(on) => { setWithLogin(on); setMade(null) }} />
          <span className="col"><span aria-hidden="true">{t('teamInviteLogin')}</span><span className="small sub">{t(withLogin ? 'teamInviteLoginOn' : 'teamInviteLoginOff')}</span></span>
        </div>
        <span><Button look={made ? 'plain' : 'primary'} off={state.kind === 'busy'} onClick={() => make(withLogin)}>{t('teamInviteButton')}</Button></span>
        <ActionLine state={state} />
        {made && (
          <>
            <textarea className="input mono" rows={5} dir="ltr" readOnly aria-label={t('teamInvitation')} value={made.code} onFocus={(event) => event.currentTarget.select()} />
            <span className="row wrap"><Button onClick={() => copy(made.code)}><Icon name="clipboard" />{t('teamInviteCopy')}</Button><ActionLine state={copied} done={t('historyCopied')} /></span>
            {made.qr
              ? <svg className="qr" viewBox={`0 0 ${made.qr.size} ${made.qr.size}`} role="img" aria-label={t('teamInviteQr')}><path d={made.qr.path} /></svg>
              : <p className="small sub">{t('teamInviteNoQr')}</p>}
          </>
        )}
      </div>
    </section>
  )
}
