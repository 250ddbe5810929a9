import builtins from 'virtual:builtin-packs'
import type { RulePack } from '../../lib/engine/index.ts'

/** The packs that come with Countersign, validated when it was built. */
export const BUILTINS: readonly RulePack[] = builtins
