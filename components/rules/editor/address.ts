import { PERSONAL_PACK } from '../../../lib/learning/index.ts'
import { routeHref } from '../../shell/router.ts'

/** The address under which a sheet is written: `make`, `make:12` from a correction, or the id of a rule. */
export function sheetHref(key: string): string {
  if (key === 'make') return routeHref('rules', [PERSONAL_PACK, 'new', 'make'])
  if (key.startsWith('make:')) return routeHref('rules', [PERSONAL_PACK, 'new', 'make', key.slice(5)])
  return routeHref('rules', [...key.split('/'), 'edit'])
}
