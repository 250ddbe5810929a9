import { useId, type ReactNode } from 'react'
import type { RulePack } from '../../lib/engine/index.ts'
import { Compare, type StartComparison } from '../compare/Compare.tsx'
import { Button, t, tn } from '../ui/index.ts'

interface PackPreviewCardProps {
  /** `replaces`: the version that it takes the place of, null for a new pack. */
  readonly preview: { readonly pack: RulePack; readonly signedBy: string | null; readonly replaces: string | null }
  readonly onUse: () => void
  readonly onDismiss: () => void
  /** Past drafts with this pack in use. */
  readonly compare: ((pack: RulePack) => StartComparison) | undefined
}

/** A good pack before it is in use: what it is, and what it would have done. */
export function PackPreviewCard({ preview: { pack, signedBy, replaces }, onUse, onDismiss, compare }: PackPreviewCardProps): ReactNode {
  const id = useId()
  return (
    <section className="card note" aria-labelledby={id}>
      <div className="sec"><h2 id={id} className="isolate">{t('rulesPreview', pack.title, pack.version)}</h2></div>
      <div className="pad col" style={{ gap: 10 }}>
        <p className="small sub" role="status">{tn('rulesPreviewRules', pack.rules.length)} {replaces === null ? t('rulesPreviewNew') : t('rulesPreviewReplaces', replaces)} {signedBy === null ? t('rulesPreviewUnsigned') : t('rulesPreviewSigned', signedBy)}</p>
        {pack.description !== '' && <p className="small isolate" dir="auto">{pack.description}</p>}
        {compare && <Compare key={`${pack.id} ${pack.version}`} start={compare(pack)} label={t('compareWithPack')} />}
        <div className="row wrap"><Button look="primary" onClick={onUse}>{t('rulesPreviewUse')}</Button><Button onClick={onDismiss}>{t('dashCancel')}</Button></div>
      </div>
    </section>
  )
}
