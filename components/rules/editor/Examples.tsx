import type { ReactNode } from 'react'
import type { ExampleTrial } from '../../../lib/packs/index.ts'
import { Calm, Icon, t, tn } from '../../ui/index.ts'
import { issuesFor } from './Form.tsx'
import { Rows } from './Rows.tsx'
import type { EditorState } from './store.ts'

/** The rule's examples, each with what the rule makes of it while it is written. */
export function Examples({ state }: { readonly state: EditorState }): ReactNode {
  const { fields, check, change, view } = state
  const at = issuesFor(state)
  const failing = check.examples.filter(({ ok }) => !ok).length
  const edit = (kind: 'flagged' | 'clean', lines: string[]): void => change({ examples: { ...fields.examples, [kind]: lines } })
  const result = (kind: 'flagged' | 'clean') => (index: number): ReactNode => <Result trial={check.examples.find((each) => each.kind === kind && each.path[2] === index) ?? null} />
  return (
    <section className="card">
      <div className="sec">
        <h2>{t('rulesExamplesTitle')}</h2>
        <Calm as="span" className={failing > 0 ? 'end small strong failing' : 'end small faint'}>
          {failing > 0 ? tn('editFailing', failing) : check.examples.length > 0 ? tn('editPassing', check.examples.length) : ''}
        </Calm>
      </div>
      {view === 'yaml' ? <YamlExamples examples={check.examples} /> : (
        <div className="pad col" style={{ gap: 14 }}>
          <Rows
            path={['examples', 'flagged']} label={t('rulesMustFind')} hint={t('editFlaggedHint')} values={fields.examples?.flagged ?? []} issues={at(['examples', 'flagged'])} add={t('editAddExample')}
            result={result('flagged')} onChange={(lines) => edit('flagged', lines)}
          />
          <Rows
            path={['examples', 'clean']} label={t('rulesMustNot')} hint={t('editCleanHint')} values={fields.examples?.clean ?? []} issues={at(['examples', 'clean'])} add={t('editAddExample')}
            result={result('clean')} onChange={(lines) => edit('clean', lines)}
          />
        </div>
      )}
    </section>
  )
}

/** In the YAML view examples are written in the text; here is only how they go. */
function YamlExamples({ examples }: { readonly examples: readonly ExampleTrial[] }): ReactNode {
  return examples.map((trial) => (
    <div className="ex" key={trial.path.join()}><span /><span dir="auto">{trial.text}</span><Result trial={trial} /></div>
  ))
}

/** How one example went, in words and with a sign. Null: it is empty or was not tried yet. */
function Result({ trial }: { readonly trial: ExampleTrial | null }): ReactNode {
  if (trial === null) return null
  const { kind, ok, quote } = trial
  const words = kind === 'flagged' ? (ok ? t('editFound', quote ?? '') : t('editNotFound')) : ok ? t('editLeftAlone') : t('editFoundWrongly', quote ?? '')
  return <span className={ok ? 'tiny pass' : 'tiny fail strong'}><Icon name={ok ? 'check' : 'warning'} size={12} /> {words}</span>
}
