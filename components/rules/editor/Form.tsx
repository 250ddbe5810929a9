import type { ReactNode } from 'react'
import { CATEGORIES, TIERS, type Category, type ContextEffect } from '../../../lib/engine/index.ts'
import { CONTEXT_DEFAULTS, DEFAULT_WHERE, PLACES, type Path, type RuleFields } from '../../../lib/packs/index.ts'
import { tierMeaning } from '../../shell/words.ts'
import { Button, Icon, categoryName, t, tierName } from '../../ui/index.ts'
import { ChoiceField, TextField } from './Field.tsx'
import { EFFECTS, fieldId, isAt, type FieldIssue } from './model.ts'
import { Rows, Wrong } from './Rows.tsx'
import { SourceFieldset } from './SourceFieldset.tsx'
import type { EditorState } from './store.ts'

interface FormProps {
  readonly state: EditorState
  readonly helpOpen: boolean
  readonly onHelp: () => void
}

/** The rule as a form, the parts that every rule has first. */
export function Form({ state, helpOpen, onHelp }: FormProps): ReactNode {
  const { fields, change } = state
  const at = issuesFor(state)
  return (
    <div className="card pad col form">
      <TextField path={['title']} label={t('editField_title')} value={fields.title ?? ''} issues={at(['title'])} onChange={(title) => change({ title })} />
      <TextField path={['message']} label={t('editField_message')} rows={2} hint={t('editMessageHint')} value={fields.message ?? ''} issues={at(['message'])} onChange={(message) => change({ message })} />
      <div className="pairs">
        <ChoiceField path={['category']} label={t('editField_category')} value={fields.category ?? ''} options={CATEGORIES.map((each) => [each, categoryName(each)])} issues={at(['category'])} onChange={(category) => change({ category })} />
        <ChoiceField path={['tier']} label={t('editField_tier')} value={fields.tier ?? ''} options={TIERS.map((each) => [each, `${tierName(each)}: ${tierMeaning(each)}`])} issues={at(['tier'])} onChange={(tier) => change({ tier })} />
      </div>
      <Rows
        path={['match']} label={t('editField_match')} mono values={fields.match ?? []} issues={at(['match'])} add={t('editAddPattern')} onChange={(match) => change({ match })}
        side={<Button look="quiet" size="sm" id="rule-help-open" aria-expanded={helpOpen} aria-controls="rule-help" onClick={onHelp}><Icon name="info" size={14} />{t('editHelpOpen')}</Button>}
      />
      <Rows optional path={['unless']} label={t('editField_unless')} mono hint={t('editUnlessHint')} values={fields.unless ?? []} issues={at(['unless'])} add={t('editAddException')} onChange={(unless) => change({ unless: some(unless) })} />
      {fields['check'] !== undefined && <p className="small sub"><Icon name="info" size={12} /> {t('editCheck')}</p>}
      <TextField path={['suggest']} label={t('editField_suggest')} hint={t('editSuggestHint')} value={fields.suggest ?? ''} issues={at(['suggest'])} onChange={(suggest) => change({ suggest: suggest === '' ? undefined : suggest })} />
      <SourceFieldset sources={fields.sources ?? []} issues={at(['sources'])} onChange={(sources) => change({ sources })} />
      <More state={state} at={at} />
      <p className="tiny faint">{t('editIdLine')} <span className="mono isolate">{fields.id}</span><Wrong id={fieldId(['id'])} issues={at(['id'])} /></p>
      <Wrong id="rule-other" issues={state.check.issues.filter(({ path }) => !FORM_FIELDS.has(String(path[0])))} />
    </div>
  )
}

/** Fields that the form shows; issues of others are said at its end. */
const FORM_FIELDS = new Set(['id', 'title', 'message', 'category', 'tier', 'owner', 'match', 'unless', 'near', 'suggest', 'sources', 'languages', 'reasons', 'where', 'negation', 'hedge', 'question', 'quoted', 'examples', 'list'])

/** What is wrong with a field, once a person was in it. */
export function issuesFor({ check, touched }: Pick<EditorState, 'check' | 'touched'>): (path: Path) => readonly FieldIssue[] {
  return (path) => (touched === 'all' || touched.has(String(path[0])) ? check.issues.filter((issue) => isAt(issue.path, path)) : [])
}

/** An empty list is not written at all. */
function some(lines: string[]): string[] | undefined {
  return lines.length === 0 ? undefined : lines
}

const CONTEXTS = [['negation', 'rulesContextNegation'], ['hedge', 'rulesContextHedge'], ['question', 'rulesContextQuestion'], ['quoted', 'rulesContextQuoted']] as const

function More({ state, at }: { readonly state: EditorState; readonly at: ReturnType<typeof issuesFor> }): ReactNode {
  const { fields, change, check } = state
  const inside = ['owner', 'near', 'languages', 'reasons', 'where', 'negation', 'hedge', 'question', 'quoted']
  const wrong = check.issues.some(({ path }) => inside.includes(String(path[0])))
  const category = CATEGORIES.find((each): each is Category => each === fields.category)
  const usual = (context: (typeof CONTEXTS)[number][0]): string => (category ? t('editUsual', t(`rulesEffect_${CONTEXT_DEFAULTS[category][context]}`)) : t('editUsualUnknown'))
  return (
    <details className="more" open={wrong || undefined}>
      <summary className="sum">{t('editMore')}</summary>
      <div className="col inner">
        <ChoiceField path={['owner']} label={t('editField_owner')} value={fields.owner ?? ''} options={[['', t('editOwnerUsual')], ...CATEGORIES.map((each) => [each, categoryName(each)] as const)]} issues={at(['owner'])} onChange={(owner) => change({ owner: owner === '' ? undefined : owner })} />
        <Rows optional path={['near']} label={t('editField_near')} mono hint={t('editNearHint')} values={fields.near ?? []} issues={at(['near'])} add={t('editAddPattern')} onChange={(near) => change({ near: some(near) })} />
        <div className="pairs">
          {CONTEXTS.map(([context, label]) => (
            <ChoiceField
              key={context} path={[context]} label={t(label)} value={fields[context] ?? ''} issues={at([context])} onChange={(value) => change({ [context]: value === '' ? undefined : value })}
              options={[['', usual(context)], ...EFFECTS.map((each: ContextEffect) => [each, t(`rulesEffect_${each}`)] as const)]}
            />
          ))}
        </div>
        <Where fields={fields} issues={at(['where'])} onChange={(where) => change({ where })} />
        <label className="row"><input type="checkbox" className="check" checked={fields.once ?? false} onChange={(event) => change({ once: event.currentTarget.checked || undefined })} />{t('editField_once')}</label>
        <TextField
          path={['languages']} label={t('editField_languages')} hint={t('editLanguagesHint')} value={(fields.languages ?? []).join(', ')} issues={at(['languages'])}
          onChange={(text) => change({ languages: text === '' ? [] : text.split(/, ?/) })}
        />
        <Rows optional path={['reasons']} label={t('editField_reasons')} hint={t('editReasonsHint')} values={fields.reasons ?? []} issues={at(['reasons'])} add={t('editAddReason')} onChange={(reasons) => change({ reasons: some(reasons) })} />
      </div>
    </details>
  )
}

function Where({ fields, issues, onChange }: { readonly fields: RuleFields; readonly issues: readonly FieldIssue[]; readonly onChange: (where: string[]) => void }): ReactNode {
  const where: readonly string[] = fields.where ?? DEFAULT_WHERE
  return (
    <fieldset className="field">
      <legend className="label">{t('editField_where')}</legend>
      <div className="row wrap" id={fieldId(['where'])} tabIndex={-1}>
        {PLACES.map((place) => (
          <label key={place} className="row">
            <input type="checkbox" className="check" checked={where.includes(place)} onChange={(event) => onChange(PLACES.filter((each) => (each === place ? event.currentTarget.checked : where.includes(each))))} />
            {t(`editWhere_${place}`)}
          </label>
        ))}
      </div>
      <Wrong id={`${fieldId(['where'])}-wrong`} issues={issues} />
    </fieldset>
  )
}
