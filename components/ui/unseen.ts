import type { SeenBy } from '../../lib/guard/unseen/judge.ts'
import { t } from './i18n.ts'

/** By what a send was known that passed no gate: "The page said that it was sent." */
export function seenWords(by: SeenBy): string {
  return t(`unseenBy_${by}`)
}
