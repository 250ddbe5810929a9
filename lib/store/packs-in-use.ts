import type { RulePack } from '../engine/index.ts'
import type { PackProvenance } from '../guard/types.ts'
import type { PackRow } from './db.ts'
import type { Settings } from './settings.ts'

/** The packs in use: built-in ones, those installed (one of the same id stands in for a built-in one), without what is switched off. */
export function packsInUse(builtins: readonly RulePack[], installed: readonly RulePack[], off: Settings['off']): RulePack[] {
  const replaced = new Set(installed.map((pack) => pack.id))
  const [packsOff, rulesOff] = [new Set(off.packs), new Set(off.rules)]
  return [...builtins.filter((pack) => !replaced.has(pack.id)), ...installed]
    .filter((pack) => !packsOff.has(pack.id))
    .map((pack) => (pack.rules.some((rule) => rulesOff.has(rule.id)) ? { ...pack, rules: pack.rules.filter((rule) => !rulesOff.has(rule.id)) } : pack))
    .filter((pack) => pack.rules.length > 0)
}

/** Who stands behind an installed pack, for the line under a finding. */
export function provenanceOf({ id, version, pack, signedBy, signedAt, source }: Pick<PackRow, 'id' | 'version' | 'pack' | 'signedBy' | 'signedAt' | 'source'>): PackProvenance {
  return { id, version, title: pack.title, signedBy, signedAt: signedAt === null ? null : Date.parse(signedAt), team: source === 'team' }
}
