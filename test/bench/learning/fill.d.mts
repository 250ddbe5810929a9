/** Runs in a page of the extension: makes the database of the first version anew and fills it. `start` in milliseconds since the epoch. */
export function fillVersion1(wish: { records: number; corrections: number; start: number; days: number }): Promise<void>
/** Runs in a page of the extension: rows of each table, and how far counting is. */
export function look(): Promise<{ version: number; counts: Record<string, number>; built: { records: boolean; corrections: boolean } | null; drafts: number; corrected: number }>
