import { compileRuleset, decodeRuleset, encodeRuleset, type RulePack, RulesetError } from '../engine/index.ts'
import { db } from './db.ts'

/** Row of `meta` that holds the ruleset compiled last. */
const ROW = 'ruleset'

interface Kept { readonly digest: string; readonly bytes: ArrayBuffer }

/**
 * The packs compiled for frames, as bytes for `decodeRuleset`. Kept in this database, the extension's own, so that a worker that starts again does not compile again:
 * bytes of other packs, of another version of the engine, or damaged ones are put aside and made anew.
 * @param digest that of the packs
 * @param anew the kept bytes are not to be trusted
 * @throws PatternError when a pack cannot be compiled
 */
export async function compiledRuleset(packs: readonly RulePack[], digest: string, anew = false): Promise<ArrayBuffer> {
  const kept = anew ? null : await keptRuleset(digest)
  if (kept) return kept
  const bytes = encodeRuleset(compileRuleset(packs))
  // Without room to keep it the ruleset is as good; the next worker then compiles again.
  await db.meta.put({ key: ROW, value: { digest, bytes } satisfies Kept }).catch((error: unknown) => console.error('Countersign: the compiled rules could not be kept', error instanceof Error ? error.name : typeof error))
  return bytes
}

async function keptRuleset(digest: string): Promise<ArrayBuffer | null> {
  const value = (await db.meta.get(ROW).catch(() => undefined))?.value as Partial<Kept> | undefined
  if (value?.digest !== digest || !(value.bytes instanceof ArrayBuffer)) return null
  try {
    decodeRuleset(value.bytes)
    return value.bytes
  } catch (error) {
    if (error instanceof RulesetError) return null
    throw error
  }
}
