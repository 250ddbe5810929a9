import {
  emptyReading, followsReading, ledgerDevices, readLedger, type LedgerDevice, type LedgerReading, type LedgerSegment, type LedgersView, type TeamManifest,
} from '../../review/team/index.ts'
import { deviceTag, kindFolder, parseKey } from '../layout.ts'
import { TeamError } from '../outcome.ts'
import type { TeamStore } from '../store/types.ts'
import { LIMITS, textOf } from '../sync/read.ts'

/** What a page shows of a reading. */
export function ledgersView({ at, devices, strangers }: TeamLedgers): LedgersView {
  return { at, strangers, devices: devices.map(({ signKey, name, gone, entries, last, counts, faults }) => ({ signKey, name, gone, entries, lastAt: last?.at ?? null, counts, faults })) }
}

/** Segments fetched at once. */
const AT_ONCE = 8

/** A device with what its ledger in the store amounts to. */
export interface DeviceLedger extends LedgerReading { readonly name: string; readonly gone: boolean; readonly signKey: string }

/** All ledgers of a team as a lead reads them. `strangers`: segments of devices that were never in the team. */
export interface TeamLedgers { readonly at: number; readonly devices: readonly DeviceLedger[]; readonly strangers: number }

/**
 * Reads the ledgers that members' devices uploaded, on from where each was read before, and proves every entry: chain, signatures, keys, numbers. Nothing is believed because it lies in
 * the store; what does not hold is named by device and place, and the rest is read all the same.
 * @param before the reading before, null to read everything from its first entry
 * @throws {TeamError} where the store cannot be read: the reading before stays what it was
 */
export async function readLedgers(store: TeamStore, manifest: TeamManifest, before: TeamLedgers | null, now: number): Promise<TeamLedgers> {
  const devices = ledgerDevices(manifest)
  const byTag = new Map(devices.flatMap((device) => device.keys.map((key) => [deviceTag(key), device] as const)))
  const listed = new Map<LedgerDevice, { key: string; first: number }[]>()
  let strangers = 0
  for await (const page of store.list(kindFolder('ledger'))) {
    for (const { key } of page) {
      const parsed = parseKey(key)
      if (parsed?.kind !== 'ledger') continue
      const device = byTag.get(parsed.device)
      if (!device) strangers += 1
      else listed.set(device, [...(listed.get(device) ?? []), { key, first: parsed.first }])
    }
  }
  const read: DeviceLedger[] = []
  for (const device of devices) {
    const known = before?.devices.find((one) => one.device === device.keys[0]) ?? null
    const reading = await readDevice(store, device, known, listed.get(device) ?? [])
    read.push({ ...reading, name: device.name, gone: device.gone, signKey: device.keys.at(-1) ?? '' })
  }
  return { at: now, devices: read, strangers }
}

async function readDevice(store: TeamStore, device: LedgerDevice, known: LedgerReading | null, listed: readonly { readonly key: string; readonly first: number }[]): Promise<LedgerReading> {
  const sorted = [...listed].sort((a, b) => a.first - b.first || (a.key < b.key ? -1 : 1))
  const seen = new Set(known?.segments)
  const fresh = sorted.filter(({ key }) => !seen.has(key))
  const goesOn = known !== null && followsReading(known, fresh)
  const base = goesOn ? known : emptyReading(device.keys[0] ?? '')
  const wanted = goesOn ? fresh : sorted
  const segments: LedgerSegment[] = []
  for (let at = 0; at < wanted.length; at += AT_ONCE) segments.push(...await Promise.all(wanted.slice(at, at + AT_ONCE).map((one) => segment(store, one))))
  // In one, so that two different entries of one number are seen wherever they lie.
  const reading = readLedger(base, device, segments)
  const there = new Set(sorted.map(({ key }) => key))
  const hidden = (known?.segments ?? []).filter((key) => !there.has(key)).map((key) => ({ code: 'hidden' as const, key }))
  const told = reading.faults.filter((fault) => fault.code !== 'hidden')
  // What is hidden was read and proven: it stays counted, and stays looked for.
  return { ...reading, segments: [...new Set([...reading.segments, ...(known?.segments ?? [])])], faults: [...told, ...hidden] }
}

async function segment(store: TeamStore, { key, first }: { readonly key: string; readonly first: number }): Promise<LedgerSegment> {
  const got = await store.get(key, { maxBytes: LIMITS.ledger }).catch((error: unknown) => {
    if (error instanceof TeamError && error.problem.code === 'too-large') return null
    throw error
  })
  const text = got?.kind === 'object' ? textOf(key, got.bytes) : null
  if (!text?.ok) return { key, first, entries: null }
  const parsed = parseKey(key)
  const tag = parsed?.kind === 'ledger' ? parsed.device : ''
  return { key, first, entries: text.value.text.split('\n').filter((line) => line !== '').map((line) => entryIn(line, tag)) }
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
