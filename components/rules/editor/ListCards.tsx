import { useState, type ReactNode } from 'react'
import { LIMITS, listsIn } from '../../../lib/packs/index.ts'
import { number } from '../../shell/format.ts'
import { t } from '../../ui/index.ts'
import { isAt, type FieldIssue } from './model.ts'
import { Wrong } from './Rows.tsx'
import type { EditorState } from './store.ts'

/** Longer lists are kept as they are: a field with thousands of lines would be slow to write in. */
const EDITABLE = 2_000

/** The word lists that the rule's patterns name, each with its words. A list that does not exist yet is made by writing its first word. */
export function ListCards({ state }: { readonly state: EditorState }): ReactNode {
  return listsIn(state.fields).map((name) => <ListCard key={name} name={name} words={state.lists[name] ?? []} issues={state.check.issues.filter(({ path }) => isAt(path, ['list', name]))} onChange={(words) => state.setList(name, words)} />)
}

function ListCard({ name, words, issues, onChange }: { readonly name: string; readonly words: readonly string[]; readonly issues: readonly FieldIssue[]; readonly onChange: (words: string[]) => void }): ReactNode {
  // What is being written, with its blank lines and unfinished ones, is the field's own affair.
  const [text, setText] = useState(() => words.join('\n'))
  const id = `rule-list-${name}`
  return (
    <section className="card pad field">
      <label htmlFor={id}>{t('editList', name)}</label>
      {words.length > EDITABLE ? <p className="small sub">{t('editListLong', number(words.length))}</p> : (
        <textarea
          id={id} className="input" rows={Math.min(8, Math.max(3, words.length + 1))} dir="auto" value={text} aria-invalid={issues.length > 0 || undefined} aria-describedby={issues.length > 0 ? `${id}-wrong ${id}-hint` : `${id}-hint`}
          onChange={(event) => {
            setText(event.currentTarget.value)
            onChange(wordsOf(event.currentTarget.value).slice(0, LIMITS.listEntries))
          }}
        />
      )}
      <span className="tiny faint" id={`${id}-hint`}>{t('editListHint')}</span>
      <Wrong id={`${id}-wrong`} issues={issues} />
    </section>
  )
}

/** One entry a line, each once. */
function wordsOf(text: string): string[] {
  const seen = new Set<string>()
  return text.split('\n').map((line) => line.trim().slice(0, 100)).filter((line) => {
    const key = line.toLowerCase()
    if (line === '' || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
