import type { ReactNode } from 'react'
import { sheetHref } from '../rules/editor/address.ts'
import { dateTime, number } from '../shell/format.ts'
import { siteName } from '../shell/words.ts'
import { Button, WordDiff, categoryName, t } from '../ui/index.ts'
import { MORE, type KeptCorrection } from './model.ts'

interface CorrectionsProps {
  readonly corrections: readonly KeptCorrection[]
  /** How many there are beyond these. */
  readonly left: number
  readonly onMore: () => void
}

/** What people made of what was written, newest first; more are shown on demand. */
export function Corrections({ corrections, left, onMore }: CorrectionsProps): ReactNode {
  return (
    <>
      <ul>{corrections.map((made) => <Line key={made.id} made={made} />)}</ul>
      {left > 0 && <div className="pad"><Button onClick={onMore}>{t('learnShowMore', number(Math.min(left, MORE)))}</Button></div>}
    </>
  )
}

function Line({ made }: { readonly made: KeptCorrection }): ReactNode {
  const at = made.sentence.indexOf(made.before)
  const around = at >= 0 ? { lead: made.sentence.slice(0, at), tail: made.sentence.slice(at + made.before.length) } : {}
  return (
    <li className="cor">
      <WordDiff before={made.before} after={made.after} label={t('learnTo', made.before, made.after)} {...around} />
      <span className="row wrap small faint"><span className="grow">{categoryName(made.category)} · <span className="mono">{made.rule}</span> · {t('learnOnSite', siteName(made.site))} · {dateTime(made.at)}</span><a className="btn sm" href={sheetHref(`make:${made.id}`)} aria-label={t('learnMakeRuleOf', made.before)}>{t('learnMakeRule')}</a></span>
    </li>
  )
}
