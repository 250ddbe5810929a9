import { useEffect, useState, type ReactNode } from 'react'
import { keyPhrase, type Card } from '../../lib/review/approval/index.ts'
import { ownCardCode, removeContact } from '../../lib/team/approvals/index.ts'
import type { ContactRow } from '../../lib/store/index.ts'
import { Confirm } from '../shell/Dialog.tsx'
import { Said } from '../shell/Said.tsx'
import { useAction } from '../shell/useAction.ts'
import { Button, EmptyState, t } from '../ui/index.ts'
import { CodeButtons } from './CodeButtons.tsx'
import { areasLine } from './words.ts'

/** Whose signature this device accepts, and for what. */
export function Contacts({ rows }: { readonly rows: readonly ContactRow[] }): ReactNode {
  const [removing, setRemoving] = useState<ContactRow | null>(null)
  const [state, remove] = useAction(removeContact)
  return (
    <section className="card" aria-label={t('apprContacts')}>
      <div className="sec"><h2>{t('apprContacts')}</h2><span className="end"><Said state={state} done="" /></span></div>
      {rows.length === 0 ? <EmptyState icon="team" title={t('apprContactsEmpty')}><p>{t('apprContactsEmptyHelp')}</p></EmptyState> : rows.map((row) => (
        <div className="line" key={row.signKey}>
          <span className="strong isolate">{[row.name, row.role].filter(Boolean).join(', ')}</span>
          <span className="d">{areasLine(row)}<br /><span className="mono isolate">{keyPhrase(row.signKey)}</span></span>
          <span className="r"><Button size="sm" look="quiet" onClick={() => setRemoving(row)}>{t('apprRemove')}</Button></span>
        </div>
      ))}
      {removing && (
        <Confirm
          title={t('apprRemoveTitle')} body={t('apprRemoveBody', removing.name)} action={t('apprRemove')}
          onConfirm={() => { remove(removing.signKey); setRemoving(null) }} onClose={() => setRemoving(null)}
        />
      )}
    </section>
  )
}

/** This person's card, to give away. */
export function OwnCard({ card, phrase }: { readonly card: Card; readonly phrase: string }): ReactNode {
  const [code, setCode] = useState<string | null>(null)
  const made = JSON.stringify(card)
  useEffect(() => {
    let open = true
    ownCardCode().then((fresh) => { if (open) setCode(fresh) }, () => { if (open) setCode(null) })
    return () => { open = false }
  }, [made])
  return (
    <section className="card" aria-label={t('apprMine')}>
      <div className="sec"><h2>{t('apprMine')}</h2></div>
      <div className="pad col" style={{ gap: 8 }}>
        <p className="small sub">{t('apprMineHelp')}</p>
        {card.name === '' ? <p className="small">{t('apprMineNoName')}</p> : (
          <>
            <p className="strong isolate">{[card.name, card.role].filter(Boolean).join(', ')}</p>
            <p className="small sub">{areasLine(card)}</p>
            <p className="mono small isolate">{t('apprPhrase', phrase)}</p>
            {code !== null && <CodeButtons code={code} name="countersign-card" copyLabel={t('apprCopyCard')} />}
          </>
        )}
      </div>
    </section>
  )
}
