import { useMemo, useState, type ReactNode } from 'react'
import type { Draft, Finding } from '../../lib/engine/index.ts'
import { number } from '../shell/format.ts'
import { Icon, t, type MessageKey } from '../ui/index.ts'
import type { ExplainBlock } from './model.ts'
import { whyOf, type WhyBlock } from './why.ts'

/** Paragraphs that are explained at once. */
const MOST_BLOCKS = 20
/** Words of a paragraph that are shown as the engine reads them. */
const MOST_TOKENS = 80

interface WhyProps {
  readonly draft: Draft
  readonly findings: readonly Finding[]
  readonly explain: ExplainBlock
  /** What a rule is called, where more than one is tried. */
  readonly titleOf?: ((rule: string) => string) | undefined
}

/** Why a text was or was not flagged: what was let go and for which cause, which rule came nearest, and how the words were read. */
export function Why({ draft, findings, explain, titleOf }: WhyProps): ReactNode {
  const [open, setOpen] = useState(false)
  const blocks = useMemo(() => (open ? draft.blocks.slice(0, MOST_BLOCKS).flatMap(({ span, kind }) => {
    const text = draft.text.slice(span.start, span.end)
    const explanation = explain(text, kind)
    return explanation ? [whyOf(text, span.start, explanation, findings)] : []
  }) : []), [open, draft, findings, explain])
  return (
    <details className="whybox" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="sum">{t('whyTitle')}</summary>
      {open && blocks.length === 0 && <p className="small sub">{t('whyNothing')}</p>}
      {blocks.map((block, index) => <Block key={index} block={block} titleOf={titleOf} />)}
      {draft.blocks.length > MOST_BLOCKS && <p className="small faint">{t('whyMoreBlocks', number(MOST_BLOCKS))}</p>}
    </details>
  )
}

function Block({ block, titleOf }: { readonly block: WhyBlock; readonly titleOf: WhyProps['titleOf'] }): ReactNode {
  const { found, left, nearest } = block
  const of = (rule: string): string => (titleOf ? ` ${t('whyOfRule', titleOf(rule))}` : '')
  return (
    <div className="whyblock">
      <Read tokens={block.tokens} />
      <ul className="whylist small">
        {found.map(({ rule, quote, evidence }, index) => (
          <li key={`f${index}`}><Icon name="check" size={12} /><span><q dir="auto">{quote}</q> {t('whyFound')}{of(rule)}{evidence.length > 0 && <span className="faint"> ({evidence.join(', ')})</span>}</span></li>
        ))}
        {left.map(({ rule, quote, because }, index) => (
          <li key={`l${index}`}><Icon name="close" size={12} /><span><q dir="auto">{quote}</q> {t('whyLeft')}{of(rule)}: {causeWords(because)}</span></li>
        ))}
        {found.length === 0 && nearest.map(({ rule, pattern, has, missing }) => (
          <li key={`n${rule}`}>
            <Icon name="info" size={12} />
            <span>{titleOf ? t('whyNearestRule', titleOf(rule)) : t('whyNearest')} <code className="mono" dir="ltr">{pattern}</code>. {missing.length > 0 ? t('whyMissing', has.join(', '), missing.join(', ')) : t('whyOrder')}</span>
          </li>
        ))}
        {found.length + left.length + nearest.length === 0 && <li><Icon name="info" size={12} /><span>{t('whyNoWord')}</span></li>}
      </ul>
    </div>
  )
}

/** The paragraph as the engine reads it: one box a word, with the kind of figure that begins there. */
function Read({ tokens }: Pick<WhyBlock, 'tokens'>): ReactNode {
  return (
    <p className="whyread mono" aria-label={t('whyRead')} role="group" dir="auto">
      {tokens.slice(0, MOST_TOKENS).map(({ text, entities }, index) => (
        <span key={index} className={entities.length > 0 ? 'w e' : 'w'} title={entities.map(({ kind, text: said }) => `{${kind}} ${said}`).join('\n') || undefined}>
          {text}{entities.length > 0 && <small>{entities.map(({ kind }) => ` {${kind}}`).join('')}</small>}
        </span>
      ))}
      {tokens.length > MOST_TOKENS && <span className="faint">{t('rulesTryMore', number(tokens.length - MOST_TOKENS))}</span>}
    </p>
  )
}

const CAUSES: Readonly<Record<string, MessageKey>> = {
  where: 'whyCause_where', unless: 'whyCause_unless', near: 'whyCause_near', language: 'whyCause_language', check: 'whyCause_check',
  negated: 'whyCause_negated', hedged: 'whyCause_hedged', question: 'whyCause_question', quoted: 'whyCause_quoted', reported: 'whyCause_reported',
}

function causeWords(because: string): string {
  const key = CAUSES[because]
  return key ? t(key) : because
}
