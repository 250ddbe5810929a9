import type { ReactNode } from 'react'
import { ruleFromProposal, type ChangeProposal, type Proposal } from '../../../lib/learning/index.ts'
import { day, number, percent } from '../../shell/format.ts'
import { TierLabel, WordDiff, t, tn, tierName, type MessageKey } from '../../ui/index.ts'
import { ruleOf } from './model.ts'

const TITLES: Readonly<Record<ChangeProposal['kind'], MessageKey>> = { exception: 'learnTitleException', substitution: 'learnTitleSubstitution', lower: 'learnTitleLower', raise: 'learnTitleRaise' }

/** One line that says what people did. */
export function titleOf(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'rule': return tn('learnThrice', proposal.evidence.count)
    case 'prompt': return proposal.assistant === '' ? t('learnTitlePrompt') : t('learnTitlePromptOf', proposal.assistant)
    case 'fact': return t('learnTitleFact')
    case 'silent': return t('learnTitleSilent', proposal.rule.title)
    default: return t(TITLES[proposal.kind], proposal.rule.title)
  }
}

/** What was said and what people make of it, and what accepting does. */
export function What({ proposal }: { readonly proposal: Proposal }): ReactNode {
  switch (proposal.kind) {
    case 'rule': {
      const [before = ''] = proposal.evidence.before
      const after = proposal.suggest ?? ''
      return (
        <>
          <div className="w"><WordDiff before={before} after={after} label={t('learnTo', before, after)} /></div>
          <p className="w small sub">{after === '' && `${t('learnTakeOut')} `}{t('learnNewRule')}</p>
        </>
      )
    }
    case 'prompt': return <p className="w small sub">{t('learnPromptHelp', number(proposal.evidence.count))}</p>
    case 'fact': return <p className="w small sub">{t('learnFactHelp', number(proposal.evidence.count), proposal.right)}</p>
    case 'silent': return <p className="w small sub">{t('learnSilentHelp', number(proposal.evidence.drafts), day(proposal.evidence.since))}</p>
    default: return <p className="w small sub">{whatOf(proposal)} {shareOf(proposal)}</p>
  }
}

function whatOf(proposal: ChangeProposal): string {
  switch (proposal.kind) {
    case 'exception': return t('learnExceptionHelp', proposal.changed.unless.at(-1) ?? '')
    case 'substitution': return t('learnSubstitutionHelp', proposal.changed.suggest ?? '')
    case 'raise': return t('learnRaiseHelp', tierName(proposal.rule.tier), tierName(proposal.changed.tier))
    case 'lower': return t('learnLowerHelp', tierName(proposal.rule.tier), tierName(proposal.changed.tier), percent(proposal.sample ?? 0))
  }
}

/** The numbers with their size: a share, its interval, and of how many. */
function shareOf({ evidence: { count, total, interval } }: ChangeProposal): string {
  return t('learnShare', number(count), number(total), percent(interval.low), percent(interval.high))
}

/** The cases behind a proposal. */
export function Evidence({ proposal }: { readonly proposal: Proposal }): ReactNode {
  if (proposal.kind === 'silent') return null
  const words = proposal.kind === 'rule' ? [] : 'changed' in proposal ? proposal.evidence.quotes : proposal.evidence.before
  const sentences = proposal.kind === 'rule' ? proposal.flagged.map((before, index) => ({ before, after: proposal.clean[index] ?? before })) : []
  return (
    <details>
      <summary className="sum">{tn('learnEvidence', proposal.kind === 'rule' ? sentences.length : words.length)}</summary>
      <ul className="ev small">
        {sentences.map((each, index) => <li key={index}><WordDiff before={each.before} after={each.after} label={t('learnTo', each.before, each.after)} /></li>)}
        {words.map((word) => <li key={word}><q dir="auto">{word}</q></li>)}
      </ul>
      <p className="tiny faint">{t('learnBetween', day(proposal.evidence.first), day(proposal.evidence.last))}</p>
    </details>
  )
}

/** The rule as it would be. */
export function Preview({ proposal }: { readonly proposal: Proposal }): ReactNode {
  const rule = proposal.kind === 'rule' ? ruleFromProposal(proposal) : ruleOf(proposal)
  if (!rule) return null
  return (
    <details>
      <summary className="sum">{t('learnPreview')}</summary>
      <div className="col small" style={{ gap: 6, paddingTop: 6 }}>
        <span><TierLabel tier={rule.tier} soft /> <b>{rule.title}</b></span>
        <span dir="auto">{rule.message}</span>
        <ul className="pat card">{rule.match.slice(0, 20).map((pattern) => <li key={pattern}>{pattern}</li>)}</ul>
        {rule.unless.length > 0 && <><span>{t('learnUnless')}</span><ul className="pat card">{rule.unless.slice(0, 20).map((pattern) => <li key={pattern}>{pattern}</li>)}</ul></>}
        {rule.suggest && <span>{t('learnFieldSuggest')}: <q dir="auto">{rule.suggest}</q></span>}
      </div>
    </details>
  )
}
