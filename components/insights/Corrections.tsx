import { useState, type ReactNode } from 'react'
import type { Correction } from '../../lib/review/index.ts'
import { dateTime, number } from '../shell/format.ts'
import { siteName } from '../shell/words.ts'
import { Button, WordDiff, categoryName, t } from '../ui/index.ts'

const PAGE = 20

/** What people made of what was written, newest first; more are shown on demand. */
export function Corrections({ corrections }: { readonly corrections: readonly Correction[] }): ReactNode {
  const [shown, setShown] = useState(PAGE)
  const left = corrections.length - shown
  return (
    <>
      <ul>{corrections.slice(0, shown).map((made, index) => <Line key={`${made.at}:${index}`} made={made} />)}</ul>
      {left > 0 && <div className="pad"><Button onClick={() => setShown(shown + 5 * PAGE)}>{t('learnShowMore', number(Math.min(left, 5 * PAGE)))}</Button></div>}
    </>
  )
}

function Line({ made }: { readonly made: Correction }): ReactNode {
  const at = made.sentence.indexOf(made.before)
  const around = at >= 0 ? { lead: made.sentence.slice(0, at), tail: made.sentence.slice(at + made.before.length) } : {}
  return (
    <li className="cor">
      <WordDiff before={made.before} after={made.after} label={t('learnTo', made.before, made.after)} {...around} />
      <span className="small faint">{categoryName(made.category)} · <span className="mono">{made.rule}</span> · {t('learnOnSite', siteName(made.site))} · {dateTime(made.at)}</span>
    </li>
  )
}
