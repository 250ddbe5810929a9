import { ledgerDevices, type LedgerDevice, type TeamManifest } from '../../review/team/index.ts'
import { deviceTag, kindFolder, parseKey } from '../layout.ts'
import type { TeamStore } from '../store/types.ts'
import { fetchText } from '../sync/read.ts'

/** Segments fetched at once. */
const AT_ONCE = 8

/** Kinds of objects that are segments: lines of one device, from a number on. */
type SegmentKind = 'ledger' | 'corrections'

/** A segment by its name: the short name of its device, and the number of its first line. */
export interface SegmentName { readonly key: string; readonly tag: string; readonly first: number }

/** A segment with its text; null where its bytes are not what its name says. */
export interface Segment extends SegmentName { readonly text: string | null }

/** Whose segments there are, by the short names that devices have in them: one for each key that a device had. */
export function tagsOf(manifest: TeamManifest): ReadonlyMap<string, LedgerDevice> {
  return new Map(ledgerDevices(manifest).flatMap((device) => device.keys.map((key) => [deviceTag(key), device] as const)))
}

/** All segments of a kind that the store shows, in the order of their first numbers. @throws {TeamError} */
export async function listSegments(store: TeamStore, kind: SegmentKind): Promise<SegmentName[]> {
  const found: SegmentName[] = []
  for await (const page of store.list(kindFolder(kind))) {
    for (const { key } of page) {
      const parsed = parseKey(key)
      if (parsed?.kind === kind) found.push({ key, tag: parsed.device, first: parsed.first })
    }
  }
  return found.sort((a, b) => a.first - b.first || (a.key < b.key ? -1 : 1))
}

/** Texts of segments, in their order. @throws {TeamError} where the store cannot be read */
export async function* fetchSegments(store: TeamStore, kind: SegmentKind, names: readonly SegmentName[]): AsyncGenerator<Segment, void, undefined> {
  for (let at = 0; at < names.length; at += AT_ONCE) yield* await Promise.all(names.slice(at, at + AT_ONCE).map(async (name) => ({ ...name, text: await fetchText(store, name.key, kind) })))
}
