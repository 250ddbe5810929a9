import type { ReactNode } from 'react'
import { standing } from '../shell/words.ts'
import { TierGlyph, WordDiff, categoryName, t, tierName, tn } from '../ui/index.ts'
import type { RecordItem } from './model.ts'

/** What was flagged and what became of each place. */
export function RecordItems({ items }: { readonly items: readonly RecordItem[] }): ReactNode {
  const settled = items.filter((item) => item.outcome !== 'open' && item.outcome !== 'shown').length
  return (
    <section className="card">
      <div className="sec"><h2>{t('historyDecisions')}</h2>{items.length > 0 && <span className="end small faint">{tn('historySettled', settled)}</span>}</div>
      {items.length === 0 ? <p className="pad small sub">{t('historyNoFindings')}</p> : items.map((item) => <Item key={item.key} item={item} />)}
    </section>
  )
}

function Item({ item }: { readonly item: RecordItem }): ReactNode {
  const { finding } = item
  return (
    <div className="dec">
      <TierGlyph tier={item.tier} />
      <h3><span className="vh">{tierName(item.tier)}: </span>{item.title} <span className="faint small" style={{ fontWeight: 400 }}>{categoryName(item.category)}</span></h3>
      <span className="small sub">{standing(item.outcome)}</span>
      <div className="d">
        <Words item={item} />
        {finding && <span>{finding.message}</span>}
        {item.reason !== '' && <span dir="auto">{t('historyReason', item.reason)}</span>}
        {finding?.sources[0] && <span className="faint">{t('historySource', finding.sources[0].title)} · {t('historyPackVersion', finding.pack, finding.packVersion)}</span>}
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
