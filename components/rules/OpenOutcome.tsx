import type { ReactNode } from 'react'
import type { RulePack } from '../../lib/engine/index.ts'
import type { StartComparison } from '../compare/Compare.tsx'
import { Button, Icon, TierGlyph, t } from '../ui/index.ts'
import { PackPreviewCard } from './PackPreviewCard.tsx'
import type { Opened } from './store.ts'

interface OpenOutcomeProps {
  readonly opened: Opened
  readonly onUse: () => void
  readonly onDismiss: () => void
  /** Past drafts with this pack in use. */
  readonly compare: ((pack: RulePack) => StartComparison) | undefined
}

/** What became of a pack file: what it would bring, in use, or refused with every problem at its place. */
export function OpenOutcome({ opened, onUse, onDismiss, compare }: OpenOutcomeProps): ReactNode {
  const close = <Button look="quiet" size="sm" icon aria-label={t('dashClose')} onClick={onDismiss}><Icon name="close" size={14} /></Button>
  switch (opened.kind) {
    case 'busy': return <div className="banner note" role="status"><Icon name="clock" /><span className="grow">{t('dashLoading')}</span></div>
    case 'preview': return <PackPreviewCard preview={opened} onUse={onUse} onDismiss={onDismiss} compare={compare} />
    case 'installed': return <div className="banner t-signed note" role="status"><TierGlyph tier="signed" /><span className="grow">{t('rulesInstalledNow', opened.title, opened.version)}</span>{close}</div>
    case 'updated': return <div className="banner t-signed note" role="status"><TierGlyph tier="signed" /><span className="grow">{t('rulesUpdatedNow', opened.title, opened.version)}</span>{close}</div>
    case 'unchanged': return <div className="banner note" role="status"><Icon name="info" /><span className="grow">{t('rulesUnchangedNow', opened.title, opened.version)}</span>{close}</div>
    case 'refused': return (
      <div className="banner t-block note" role="alert">
        <Icon name="warning" />
        <div className="col grow" style={{ gap: 4 }}>
          <h2>{t('rulesRefused')}</h2>
          <ul className="col small" style={{ gap: 4 }}>
            {opened.refusals.map((refusal, index) => (
              <li key={index}>{refusal.place !== null && <span className="mono isolate">{refusal.place} </span>}{refusal.sentence}{refusal.fix !== null && <span className="sub"> {refusal.fix}</span>}</li>
            ))}
          </ul>
          <span className="small sub">{t('rulesRefusedStay')}</span>
        </div>
        {close}
      </div>
    )
  }
}
