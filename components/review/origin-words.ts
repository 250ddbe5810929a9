import type { Evidence, Origin } from '../../lib/origin/index.ts'
import type { IconName } from '../ui/index.ts'
import { listOf, t, tn } from '../ui/index.ts'

/** Short text of the chip's origin button; empty when nothing was seen. */
export function originShort(origin: Origin): { readonly head: string; readonly tail: string } {
  const first = originLines(origin)[0]
  if (origin.verdict === 'typed' || origin.verdict === 'unknown' || !first) return { head: '', tail: '' }
  return origin.verdict === 'ai' ? { head: t('reviewOriginAi'), tail: first.title } : { head: first.title, tail: '' }
}

/** One sentence for the panel: which way the text took, never who thought it. */
export function originSentence(origin: Origin): string {
  const of = (wanted: Evidence['class']): Evidence[] => origin.evidence.filter((one) => one.class === wanted)
  if (of('declared').length > 0) return t(origin.verdict === 'ai' ? 'reviewOriginLineSaidAi' : 'reviewOriginLineSaidNot')
  switch (origin.verdict) {
    case 'ai': {
      const products = [...new Set([...of('T2'), ...of('act'), ...of('T1')].flatMap(({ product }) => product ?? []))]
      return products.length > 0 ? t('reviewOriginPassed', listOf(products)) : t('reviewOriginPassedSome')
    }
    case 'inserted': return of('insertion').length > 0 ? tn('reviewOriginLineInserted', of('insertion')[0]?.count ?? 0) : t('reviewOriginLineContext')
    case 'typed': return t('reviewOriginLineTyped')
    case 'unknown': return t('reviewOriginNothing')
  }
}

export interface OriginLine { readonly key: string; readonly icon: IconName; readonly title: string; readonly detail: string }

/** What was seen by itself is shown first, what could not be seen last. */
const ORDER: readonly Evidence['class'][] = ['declared', 'T2', 'act', 'T1', 'insertion', 'T3', 'T4', 'unseen']

/** Evidence in words, the strongest first, one line for each product or kind. Says what was seen, never what is likely. */
export function originLines(origin: Origin): readonly OriginLine[] {
  const groups = new Map<string, Evidence[]>()
  for (const evidence of origin.evidence) {
    const key = `${evidence.class}:${evidence.class === 'unseen' ? evidence.mark : (evidence.product ?? '')}`
    groups.set(key, [...(groups.get(key) ?? []), evidence])
  }
  const rank = (list: readonly Evidence[]): number => ORDER.indexOf(list[0]?.class ?? 'unseen')
  return [...groups].sort(([, a], [, b]) => rank(a) - rank(b)).map(([key, list]) => originLine(key, list, origin))
}

function originLine(key: string, list: readonly Evidence[], origin: Origin): OriginLine {
  const product = list[0]?.product ?? null
  const count = list.reduce((sum, evidence) => sum + evidence.count, 0)
  const marks = [...new Set(list.map((evidence) => evidence.mark))].join(', ')
  switch (list[0]?.class) {
    case 'declared': return { key, icon: 'pencil', title: t(origin.verdict === 'ai' ? 'reviewOriginSaidAi' : 'reviewOriginSaidNot'), detail: t('reviewOriginSaidDetail') }
    case 'T2': return { key, icon: 'clipboard', title: product ? t('reviewOriginPasted', product) : t('reviewOriginPastedChat'), detail: tn('reviewOriginMarks', count, marks) }
    case 'T1': return {
      key, icon: 'flag', title: list.length === 1 ? t('reviewOriginToken', marks) : tn('reviewOriginTokens', list.length),
      detail: product ? tn('reviewOriginTokenOf', count, product, marks) : tn('reviewOriginTokenDetail', count, marks),
    }
    case 'T4': return { key, icon: 'info', title: t('reviewOriginStyle'), detail: t('reviewOriginStyleDetail', listOf(list.map(({ mark }) => styleName(mark)))) }
    case 'act': return { key, icon: 'inserted', title: t('reviewOriginAct', product ?? ''), detail: tn('reviewOriginActDetail', count) }
    case 'insertion': return { key, icon: 'inserted', title: tn('reviewOriginInserted', count), detail: t(marks === 'inserted-by-script' ? 'reviewOriginScriptDetail' : 'reviewOriginInsertedDetail') }
    case 'unseen': return marks === 'clipboard-cut'
      ? { key, icon: 'info', title: t('reviewOriginCut'), detail: t('reviewOriginCutDetail') }
      : { key, icon: 'info', title: tn('reviewOriginStood', count), detail: t('reviewOriginStoodDetail') }
    default: return { key, icon: 'info', title: product ? t('reviewOriginContextOf', product) : t('reviewOriginContext'), detail: tn('reviewOriginTokenDetail', count, marks) }
  }
}

/** A habit of style in words; one that a pack brought is named by its id. */
function styleName(mark: string): string {
  const known = { 'stock-opening': 'reviewStyleOpening', 'stock-closing': 'reviewStyleClosing', 'many-long-dashes': 'reviewStyleDashes', 'narrow-no-break-spaces': 'reviewStyleSpaces' } as const
  return mark in known ? t(known[mark as keyof typeof known]) : mark
}
