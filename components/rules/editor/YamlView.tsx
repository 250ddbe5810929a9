import { useRef, type ReactNode } from 'react'
import type { PackProblem } from '../../../lib/packs/index.ts'
import { Calm, Icon, t } from '../../ui/index.ts'
import type { EditorState } from './store.ts'

/** The same rule as text. Each problem names line and column, and its button puts the caret there. */
export function YamlView({ state }: { readonly state: EditorState }): ReactNode {
  const { text, check, setText } = state
  const area = useRef<HTMLTextAreaElement>(null)
  const show = ({ line, column }: PackProblem): void => {
    const at = offsetOf(text, line, column)
    area.current?.focus()
    area.current?.setSelectionRange(at, at)
  }
  return (
    <div className="card pad col" style={{ gap: 10 }}>
      <div className="field">
        <label htmlFor="rule-yaml">{t('editYamlLabel')}</label>
        <textarea
          ref={area} id="rule-yaml" className="input mono yaml" dir="ltr" wrap="off" spellCheck={false} autoCapitalize="off" rows={Math.max(18, text.split('\n').length + 1)} value={text}
          aria-invalid={check.placed.length > 0 || undefined} aria-describedby="rule-yaml-hint rule-yaml-wrong" onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className="tiny faint" id="rule-yaml-hint">{t('editYamlHint')}</span>
      </div>
      <Calm id="rule-yaml-wrong">
        {check.placed.length > 0 && <ul className="col" style={{ gap: 4 }} aria-label={t('editYamlProblems')}>{check.placed.map((problem, index) => (
          <li key={index} className="wrong small">
            <Icon name="warning" size={12} />
            <span><button type="button" className="linkish num" onClick={() => show(problem)}>{t('editYamlAt', problem.line, problem.column)}</button> {problem.reason} {problem.fix}</span>
          </li>
        ))}</ul>}
      </Calm>
    </div>
  )
}

/** Offset of a place that counts from 1, in UTF-16 code units. */
function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return Math.min(text.length, before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1)
}
