import type { MarksUpdate } from '../engine/index.ts'
import { MARKS_CHECKED } from './marks-data.ts'

export type { AssistantMark, HtmlMark, MarksUpdate, StyleMark, TextMark, ValueTest } from '../engine/index.ts'

/**
 * One part of the marks with what packs changed: of two marks with one id the one checked later counts, new ones are added, withdrawn ones go.
 * What a pack checked on the same day as the built-in table, or earlier, does not stand against it.
 * @param part the rows of that part in an update
 * @param idOf what makes two rows the same mark
 */
export function newest<T>(builtin: readonly T[], updates: readonly MarksUpdate[], part: (update: MarksUpdate) => readonly T[] | undefined, idOf: (row: T) => string): readonly T[] {
  if (updates.length === 0) return builtin
  const rows = new Map(builtin.map((row): [string, { row: T | null; checked: string }] => [idOf(row), { row, checked: MARKS_CHECKED }]))
  const put = (id: string, row: T | null, checked: string): void => {
    const known = rows.get(id)
    if (!known || checked > known.checked) rows.set(id, { row, checked })
  }
  for (const update of updates) {
    for (const row of part(update) ?? []) put(idOf(row), row, update.checked)
    for (const id of update.withdrawn ?? []) if (rows.has(id)) put(id, null, update.checked)
  }
  return [...rows.values()].flatMap(({ row }) => row ?? [])
}

export const byId = (row: { readonly id: string }): string => row.id
