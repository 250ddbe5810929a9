import type { Finding } from '../../lib/engine/index.ts'
import type { PackProvenance } from '../../lib/guard/types.ts'
import { dateFormat } from './formats.ts'
import { t, uiLocale } from './i18n.ts'

/** Which rule of which pack found this, and who stands behind the pack: "Rule: Discount. From Sales rules 2.3.0, signed by Ines Roy for your team, 12 May 2026." */
export function provenanceWords({ title, pack, packVersion }: Pick<Finding, 'title' | 'pack' | 'packVersion'>, packs: readonly PackProvenance[]): string {
  const from = packs.find(({ id, version }) => id === pack && version === packVersion)
  if (!from) return `${t('reviewCardRule', title, pack, packVersion)}.`
  if (from.signedBy === null || from.signedAt === null) return t('provenanceUnsigned', title, from.title, packVersion)
  return t(from.team ? 'provenanceTeam' : 'provenanceSigned', title, from.title, packVersion, from.signedBy, dateFormat(uiLocale(), { dateStyle: 'medium' }).format(from.signedAt))
}
