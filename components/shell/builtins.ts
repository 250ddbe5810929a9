import type { RulePack } from '../../lib/engine/index.ts'

/** The packs that come with Countersign, validated when it was built. A megabyte, so that it is read only where a page speaks of rules, and once. */
export function loadBuiltins(): Promise<readonly RulePack[]> {
  return import('virtual:builtin-packs').then((module) => module.default)
}
