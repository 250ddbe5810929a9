import { detectLanguage } from './detect-language.ts'
import type { ScanOptions } from './scanner.ts'

/** How drafts are scanned where people write: languages told apart, and the calendar day of this device. */
export const scanOptions: ScanOptions = { languageOf: detectLanguage, today: localDay }

function localDay(): string {
  const now = new Date()
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
