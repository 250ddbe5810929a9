/** Tables as CSV (RFC 4180), for reading in a spreadsheet program. */

/** Stands before the first line, so that spreadsheet programs read the file as UTF-8. */
export const CSV_START = '\uFEFF'

/** One line with its end. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

/** One cell; what is neither text nor a number is left empty. A text that a spreadsheet would take for a formula gets an apostrophe: words from a draft must not run as one. */
export function csvCell(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = typeof value === 'string' ? value : ''
  const safe = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
