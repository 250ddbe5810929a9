import { useEffect, useState, type ReactNode } from 'react'
import { Button, Icon, t } from '../ui/index.ts'

const ALLOWED: chrome.permissions.Permissions = { permissions: ['notifications'] }

/** Asks for leave to notify, at the moment when an answer is awaited, and says what will be shown. Nothing where the person has given it. */
export function TellMe(): ReactNode {
  const [state, setState] = useState<'unknown' | 'not-asked' | 'allowed' | 'refused'>('unknown')
  useEffect(() => {
    let open = true
    chrome.permissions.contains(ALLOWED).then((has) => { if (open) setState(has ? 'allowed' : 'not-asked') }, () => undefined) // Without an answer nothing is offered; the badge tells all the same.
    return () => { open = false }
  }, [])
  if (state === 'unknown' || state === 'allowed') return null
  const ask = (): void => {
    chrome.permissions.request(ALLOWED).then((has) => { setState(has ? 'allowed' : 'refused') }, () => { setState('refused') })
  }
  return (
    <div className="line tell" data-cs="tell-me">
      <span className="small sub"><Icon name="clock" size={14} /> {t(state === 'refused' ? 'apprTellRefused' : 'apprTellWhy')}</span>
      {state === 'not-asked' && <span className="r"><Button size="sm" onClick={ask}>{t('apprTellAsk')}</Button></span>}
    </div>
  )
}
