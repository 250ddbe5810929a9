import type { ReactNode } from 'react'
import { TIERS } from '../../lib/engine/index.ts'
import { Kbd, TierGlyph, t } from '../ui/index.ts'

/** Step 3: how marks read and what the keys do. */
export function Review(): ReactNode {
  return (
    <>
      <div><h1>{t('welcomeReviewTitle')}</h1><p className="lead">{t('welcomeReviewLead')}</p></div>
      <div className="card">
        {TIERS.map((tier) => (
          <div className="ln lg" key={tier}>
            <span className="row"><TierGlyph tier={tier} size={16} /><span>{t(`welcomeMark_${tier}`)}</span></span>
            <span className="r"><mark className={`m t-${tier}`}>{t(`welcomeSample_${tier}`)}</mark></span>
          </div>
        ))}
      </div>
      <section className="card">
        <h2 className="vh">{t('welcomeKeys')}</h2>
        <dl className="keylist">
          <div><dt><Key caps={['F8']} /></dt><dd>{t('welcomeKeyF8')}</dd></div>
          <div><dt><Key caps={['Enter']} /> <Key caps={['K']} /> <Key caps={['X']} /></dt><dd>{t('welcomeKeyDecide')}</dd></div>
          <div><dt><Key caps={['Mod', 'Enter']} /></dt><dd>{t('welcomeKeySign')}</dd></div>
          <div><dt><Key caps={['Esc']} /></dt><dd>{t('welcomeKeyEsc')}</dd></div>
        </dl>
      </section>
    </>
  )
}

/** A key cap that is read out: here the key is the subject, not decoration beside a button. */
function Key({ caps }: { readonly caps: readonly string[] }): ReactNode {
  return <><span className="vh">{caps.join(' + ')}</span><Kbd keys={caps} /></>
}
