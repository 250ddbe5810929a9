import type { ReactNode } from 'react'
import { Button, Icon, TierGlyph, t } from '../ui/index.ts'
import type { RuleNotice } from './notice.ts'

/** What became of the last rule that was saved or deleted; a deletion can be taken back here. */
export function NoticeBanner({ notice, onUndo, onClose }: { readonly notice: RuleNotice | null; readonly onUndo: () => void; readonly onClose: () => void }): ReactNode {
  if (notice === null) return null
  const close = <Button look="quiet" size="sm" icon aria-label={t('dashClose')} onClick={onClose}><Icon name="close" size={14} /></Button>
  switch (notice.kind) {
    case 'saved': return <div className="banner t-signed note" role="status"><TierGlyph tier="signed" /><span className="grow">{t('editSaved', notice.title)}</span>{close}</div>
    case 'restored': return <div className="banner t-signed note" role="status"><TierGlyph tier="signed" /><span className="grow">{t('editRestored', notice.title)}</span>{close}</div>
    case 'deleted': return (
      <div className="banner note" role="status">
        <Icon name="trash" /><span className="grow">{t('editDeleted', notice.title)}{notice.again && ` ${t('editDeletedAgain', notice.again.title)}`}</span>
        <Button size="sm" onClick={onUndo}><Icon name="undo" size={14} />{t('editUndo')}</Button>{close}
      </div>
    )
    case 'failed': return <div className="banner t-block note" role="alert"><Icon name="warning" /><span className="grow">{notice.message}</span>{close}</div>
  }
}
