import type { StoreAddress, StoreCredentials } from '../../lib/review/team/index.ts'

export interface RealStore { readonly name: string; readonly address: StoreAddress; readonly credentials: StoreCredentials; readonly createOnly: boolean }

/** The real stores of this run, as `test/run/team.mjs` says in `COUNTERSIGN_STORES` (JSON). */
export function realStores(): readonly RealStore[] {
  const text = process.env['COUNTERSIGN_STORES']
  return text ? (JSON.parse(text) as RealStore[]) : []
}
