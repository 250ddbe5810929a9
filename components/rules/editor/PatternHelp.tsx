import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { ENTITY_KINDS, type EntityKind } from '../../../lib/engine/index.ts'
import { Button, Icon, t, type MessageKey } from '../../ui/index.ts'
import { patternParts } from '../model.ts'

/** Patterns with what they find and what they leave alone; said in words by the message. They are tried in the tests. */
export const LESSONS: readonly { readonly pattern: string; readonly words: MessageKey; readonly finds: readonly string[]; readonly not: readonly string[] }[] = [
  { pattern: 'we guarantee', words: 'editHelpWords', finds: ['We guarantee delivery.', 'we “guarantee” it'], not: ['we do guarantee', 'we guaranteed'] },
  { pattern: '(cure|cures|heals for good)', words: 'editHelpOneOf', finds: ['it cures colds', 'it heals for good'], not: ['it heals'] },
  { pattern: 'save [up to] {percent}', words: 'editHelpOptional', finds: ['save 20%', 'save up to 20 %'], not: ['save about 20%'] },
  { pattern: 'free ... year', words: 'editHelpGap', finds: ['free for the first year'], not: ['Free. One year later'] },
  { pattern: 'free ...2 year', words: 'editHelpGapCount', finds: ['free for one year'], not: ['free for the first year'] },
  { pattern: '{percent} off', words: 'editHelpEntity', finds: ['30% off', 'thirty percent off'], not: ['some off'] },
  { pattern: 'our {list:products}', words: 'editHelpList', finds: ['our lamp'], not: ['our hat'] },
  { pattern: 'sure, here is', words: 'editHelpSigns', finds: ['Sure, here is the mail'], not: ['sure here is'] },
]

/** Words that the list of the lesson about lists has. */
export const LESSON_LISTS = { products: ['lamp', 'desk light'] }

/** One example each; a kind without one is shown by its name alone. */
export const ENTITY_SAMPLES: Readonly<Partial<Record<EntityKind, string>>> = {
  money: '$1,299.00', percent: '20 %', number: '40', date: '3 November 2026', duration: '30 days', phone: '+44 20 7946 0958', email: 'ann@example.com', url: 'https://example.com', ip: '192.0.2.1',
  card: '4111 1111 1111 1111', iban: 'DE89 3704 0044 0532 0130 00', ssn: '536-90-4399', dose: '500 mg', placeholder: '[Your Name]', leftover: 'turn0search0',
}

/** The pattern language on one panel beside the rule. Esc closes it. */
export function PatternHelp({ onClose }: { readonly onClose: () => void }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <aside id="rule-help" className="card help" aria-labelledby="rule-help-title" onKeyDown={(event: KeyboardEvent) => { if (event.key === 'Escape') onClose() }}>
      <div className="sec"><h2 id="rule-help-title" ref={heading} tabIndex={-1}>{t('editHelpTitle')}</h2><Button look="quiet" size="sm" icon className="end" aria-label={t('dashClose')} onClick={onClose}><Icon name="close" size={14} /></Button></div>
      <div className="pad col helpbody" role="group" aria-labelledby="rule-help-title" tabIndex={0}>
        <p className="small sub">{t('editHelpLead')}</p>
        <dl className="lessons">
          {LESSONS.map(({ pattern, words, finds, not }) => (
            <div key={pattern}>
              <dt><Pattern pattern={pattern} /></dt>
              <dd className="small">{t(words)}</dd>
              <dd className="tiny sub"><Icon name="check" size={12} /> {t('editHelpFinds', finds.join(' · '))}</dd>
              <dd className="tiny sub"><Icon name="close" size={12} /> {t('editHelpNot', not.join(' · '))}</dd>
            </div>
          ))}
        </dl>
        <h3>{t('editHelpEntities')}</h3>
        <p className="small sub">{t('editHelpEntitiesLead')}</p>
        <ul className="kinds">{ENTITY_KINDS.map((kind) => <li key={kind}><Pattern pattern={`{${kind}}`} /> <span className="tiny faint isolate">{ENTITY_SAMPLES[kind] ?? ''}</span></li>)}</ul>
        <h3>{t('editHelpRest')}</h3>
        <ul className="rest small">{(['editHelpCase', 'editHelpForms', 'editHelpSentence', 'editHelpExcept', 'editHelpContext'] as const).map((key) => <li key={key}>{t(key)}</li>)}</ul>
      </div>
    </aside>
  )
}

function Pattern({ pattern }: { readonly pattern: string }): ReactNode {
  return <code className="mono" dir="ltr">{patternParts(pattern).map((part, index) => <span key={index} className={part.kind === 'word' ? '' : part.kind === 'entity' ? 'tok e' : 'tok o'}>{part.text}</span>)}</code>
}
