import type { ReactNode } from 'react'
import type { SourceFields } from '../../../lib/packs/index.ts'
import { Button, Icon, t } from '../../ui/index.ts'
import { TextField } from './Field.tsx'
import { fieldId, isAt, type FieldIssue } from './model.ts'
import { Wrong } from './Rows.tsx'

interface SourceProps {
  readonly sources: readonly SourceFields[]
  readonly issues: readonly FieldIssue[]
  readonly onChange: (sources: SourceFields[]) => void
}

/** On what the rule rests: one or more sources, each with its link and the day a person last looked. */
export function SourceFieldset({ sources, issues, onChange }: SourceProps): ReactNode {
  const shown: readonly SourceFields[] = sources.length === 0 ? [{ title: '' }] : sources
  const change = (index: number, part: SourceFields): void => {
    onChange(shown.map((each, at) => (at === index ? withoutBlanks({ ...each, ...part }) : each)))
  }
  return (
    <fieldset className="field">
      <legend className="label">{t('editField_sources')}</legend>
      {shown.map((source, index) => {
        const at = (name: string): readonly FieldIssue[] => issues.filter(({ path }) => isAt(path, ['sources', index, name]))
        return (
          <div key={index} className="source">
            <TextField path={['sources', index, 'title']} label={t('editSourceTitle')} hint={t('editSourceHint')} value={source.title ?? ''} issues={[...at('title'), ...issues.filter(({ path }) => index === 0 && path.length === 1)]} onChange={(title) => change(index, { title })} />
            <TextField path={['sources', index, 'checked']} label={t('editSourceChecked')} type={isDay(source.checked) ? 'date' : 'text'} value={source.checked ?? ''} issues={at('checked')} onChange={(checked) => change(index, { checked })} />
            <TextField path={['sources', index, 'url']} label={t('editSourceUrl')} type="url" value={source.url ?? ''} issues={at('url')} onChange={(url) => change(index, { url })} />
            <TextField path={['sources', index, 'note']} label={t('editSourceNote')} value={source.note ?? ''} issues={at('note')} onChange={(note) => change(index, { note })} />
            {shown.length > 1 && <span><Button look="quiet" size="sm" onClick={() => onChange(shown.filter((_, each) => each !== index))}><Icon name="close" size={14} />{t('editRemoveSource', index + 1)}</Button></span>}
            <Wrong id={fieldId(['sources', index])} issues={issues.filter(({ path }) => path.length > 2 && path[1] === index && !['title', 'checked', 'url', 'note'].includes(String(path[2])))} />
          </div>
        )
      })}
      <span><Button look="quiet" size="sm" onClick={() => onChange([...shown, { title: '' }])}><Icon name="plus" size={14} />{t('editAddSource')}</Button></span>
    </fieldset>
  )
}

/** A date field shows only days; anything else that was written must stay visible. */
function isDay(value: string | undefined): boolean {
  return value === undefined || value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value)
}

function withoutBlanks(source: SourceFields): SourceFields {
  return Object.fromEntries(Object.entries(source).filter(([key, value]) => key === 'title' || value !== ''))
}
