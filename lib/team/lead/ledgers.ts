import type { Category } from '../../engine/index.ts'
import { emptyReading, followsReading, ledgerDevices, readLedger, type LedgerDevice, type LedgerReading, type LedgerSegment, type LedgersView, type TeamManifest } from '../../review/team/index.ts'
import type { TeamStore } from '../store/types.ts'
import { createDraftCounter, NO_DRAFTS, type DraftCounts } from './drafts.ts'
import { fetchSegments, listSegments, tagsOf, type Segment, type SegmentName } from './segments.ts'

/** What a page shows of a reading; null where nothing was read. */
export function ledgersView(read: TeamLedgers | null): LedgersView | null {
  if (read === null) return null
  const { at, devices, strangers } = read
  return { at, strangers, devices: devices.map(({ signKey, name, gone, entries, last, counts, faults }) => ({ signKey, name, gone, entries, lastAt: last?.at ?? null, counts, faults })) }
}

/** A device with what its ledger in the store amounts to. `drafts` is missing in a reading of an older version: that device's ledger is read anew. */
export interface DeviceLedger extends LedgerReading { readonly name: string; readonly gone: boolean; readonly signKey: string; readonly drafts?: DraftCounts | undefined }

/** All ledgers of a team as a lead reads them. `strangers`: segments of devices that were never in the team. */
export interface TeamLedgers { readonly at: number; readonly devices: readonly DeviceLedger[]; readonly strangers: number }

/** The category of a rule, null where the rule is not known here. */
export type CategoryOf = (rule: string) => Category | null

/**
 * Reads the ledgers that members' devices uploaded, on from where each was read before, and proves every entry: chain, signatures, keys, numbers. Nothing is believed because it lies in
 * the store; what does not hold is named by device and place, and the rest is read all the same.
 * @param before the reading before, null to read everything from its first entry
 * @throws {TeamError} where the store cannot be read: the reading before stays what it was
 */
export async function readLedgers(store: TeamStore, manifest: TeamManifest, before: TeamLedgers | null, now: number, categoryOf: CategoryOf): Promise<TeamLedgers> {
  const byTag = tagsOf(manifest)
  const listed = new Map<string, SegmentName[]>()
  let strangers = 0
  for (const name of await listSegments(store, 'ledger')) {
    const device = byTag.get(name.tag)?.keys[0]
    if (device === undefined) strangers += 1
    else listed.set(device, [...(listed.get(device) ?? []), name])
  }
  const read: DeviceLedger[] = []
  for (const device of ledgerDevices(manifest)) {
    const first = device.keys[0] ?? ''
    const known = before?.devices.find((one) => one.device === first) ?? null
    const reading = await readDevice(store, device, known, listed.get(first) ?? [], categoryOf)
    read.push({ ...reading, name: device.name, gone: device.gone, signKey: device.keys.at(-1) ?? '' })
  }
  return { at: now, devices: read, strangers }
}

async function readDevice(
  store: TeamStore, device: LedgerDevice, known: DeviceLedger | null, sorted: readonly SegmentName[], categoryOf: CategoryOf,
): Promise<LedgerReading & { readonly drafts: DraftCounts }> {
  const seen = new Set(known?.segments)
  const fresh = sorted.filter(({ key }) => !seen.has(key))
  const goesOn = known?.drafts !== undefined && followsReading(known, fresh)
  const base = goesOn ? known : emptyReading(device.keys[0] ?? '')
  const counter = createDraftCounter((goesOn ? known.drafts : undefined) ?? NO_DRAFTS, categoryOf)
  const segments: LedgerSegment[] = []
  for await (const segment of fetchSegments(store, 'ledger', goesOn ? fresh : sorted)) segments.push(entriesOf(segment))
  // In one, so that two different entries of one number are seen wherever they lie.
  const reading = readLedger(base, device, segments, counter.add)
  const there = new Set(sorted.map(({ key }) => key))
  const hidden = (known?.segments ?? []).filter((key) => !there.has(key)).map((key) => ({ code: 'hidden' as const, key }))
  const told = reading.faults.filter((fault) => fault.code !== 'hidden')
  // What is hidden was read and proven: it stays counted, and stays looked for.
  return { ...reading, drafts: counter.counts(), segments: [...new Set([...reading.segments, ...(known?.segments ?? [])])], faults: [...told, ...hidden] }
}

function entriesOf({ key, first, tag, text }: Segment): LedgerSegment {
  return { key, first, entries: text === null ? null : text.split('\n').filter((line) => line !== '').map((line) => entryIn(line, tag)) }
}

/** The entry in a line: without the device that the line names. Null, which is no entry, for what is no JSON or names another device. */
function entryIn(line: string, tag: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('device' in value) || value.device !== tag) return null
    const { device: _device, ...entry } = value
    return entry
  } catch {
    return null
  }
}
