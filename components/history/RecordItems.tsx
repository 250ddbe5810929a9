import type { ReactNode } from 'react'
import type { PackProvenance } from '../../lib/guard/types.ts'
import { sheetHref } from '../rules/editor/address.ts'
import { Said } from '../shell/Said.tsx'
import { useAction } from '../shell/useAction.ts'
import { standing } from '../shell/words.ts'
import { Button, Icon, TierGlyph, WordDiff, categoryName, provenanceWords, t, tierName, tn } from '../ui/index.ts'
import type { RecordItem } from './model.ts'

/** What was flagged and what became of each place. */
export function RecordItems({ items, packs, onTakeBack }: { readonly items: readonly RecordItem[]; readonly packs: readonly PackProvenance[]; readonly onTakeBack: (fingerprint: string) => Promise<void> }): ReactNode {
  const settled = items.filter((item) => item.outcome !== 'open' && item.outcome !== 'shown').length
  return (
    <section className="card">
      <div className="sec"><h2>{t('historyDecisions')}</h2>{items.length > 0 && <span className="end small faint">{tn('historySettled', settled)}</span>}</div>
      {items.length === 0 ? <p className="pad small sub">{t('historyNoFindings')}</p> : items.map((item) => <Item key={item.key} item={item} packs={packs} onTakeBack={onTakeBack} />)}
    </section>
  )
}

function Item({ item, packs, onTakeBack }: { readonly item: RecordItem; readonly packs: readonly PackProvenance[]; readonly onTakeBack: (fingerprint: string) => Promise<void> }): ReactNode {
  const { finding } = item
  const [taking, takeBack] = useAction(onTakeBack)
  return (
    <div className="dec">
      <TierGlyph tier={item.tier} />
      <h3><span className="vh">{tierName(item.tier)}: </span><bdi>{item.title}</bdi> <span className="faint small" style={{ fontWeight: 400 }}>{categoryName(item.category)}</span></h3>
      <span className="small sub">{standing(item.outcome)}</span>
      <div className="d">
        <Words item={item} />
        {finding && <span><bdi>{finding.message}</bdi></span>}
        {item.reason !== '' && <span dir="auto">{t('historyReason', item.reason)}</span>}
        {(item.correction !== null || item.outcome === 'dismissed') && (
          <span className="row wrap noprint">
            {item.correction !== null && <a className="btn sm" href={sheetHref(`make:${item.correction}`)} aria-label={t('learnMakeRuleOf', item.quote)}>{t('learnMakeRule')}</a>}
            {item.outcome === 'dismissed' && <Button size="sm" look="quiet" off={taking.kind === 'busy'} aria-label={t('historyTakeBackOf', item.quote)} onClick={() => takeBack(item.key)}><Icon name="undo" size={14} />{t('historyTakeBack')}</Button>}
            <Said state={taking} done="" />
          </span>
        )}
        {finding?.sources[0] && <span className="faint">{t('historySource', finding.sources[0].title)}</span>}
        {finding && <span className="faint">{provenanceWords(finding, packs)}</span>}
      </div>
    </div>
  )
}

function Words({ item }: { readonly item: RecordItem }): ReactNode {
  if (item.after === null) return <q dir="auto">{item.quote}</q>
  const at = item.sentence?.indexOf(item.quote) ?? -1
  const around = item.sentence !== null && at >= 0 ? { lead: item.sentence.slice(0, at), tail: item.sentence.slice(at + item.quote.length) } : {}
  return <WordDiff before={item.quote} after={item.after} label={t('historyFixedTo')} {...around} />
}
