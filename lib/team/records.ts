import { utf8ToBytes } from '@noble/hashes/utils.js'
import { bytesToSign } from '../review/approval/index.ts'
import { correctionsAfter, latestEntries, ledgerRows } from '../store/index.ts'
import { bytesDigest, deviceTag, keyOf } from './layout.ts'
import type { OutboxItem, TeamMemory, TeamSelf, TeamState } from './sync/ports.ts'

/** Entries of one segment. */
const SEGMENT = 2_000
/** Records of some hours go into one object: every object is a request for whoever reads them. A person who asks for a look, and a long segment, do not wait. Milliseconds. */
const EVERY = 4 * 3_600_000
/** So many that wait go at once. */
const MANY = 500
/** Segments made in one look, so that a long ledger does not hold up packs and approvals. */
const AT_ONCE = 5

/**
 * Puts what is new of this device's records into the outbox: ledger entries as they are (digests, rule ids, people, reasons; no draft text), and masked corrections where
 * the person turned that on. Objects are immutable JSONL, each line with the device that wrote it; a chain is checked by whoever reads it.
 * @param atOnce whether what is new goes now, and not with the rest of some hours
 */
export async function shareRecords(memory: TeamMemory, state: TeamState, self: TeamSelf, now: number, atOnce: boolean): Promise<void> {
  const { at = null } = state.sent
  // A clock that was set back must not hold records for ever.
  if (!atOnce && at !== null && now >= at && now - at < EVERY && (await waiting(state)) < MANY) return
  const items: OutboxItem[] = []
  let { ledger, corrections } = state.sent
  const device = deviceTag(self.signKey)
  if (state.sharing.ledger) {
    let lines: string[] = []
    let first = 0
    const close = (): void => {
      const bytes = utf8ToBytes(`${lines.join('\n')}\n`).slice()
      items.push({ key: keyOf.ledger(now, device, first, bytesDigest(bytes)), bytes, hint: null })
      lines = []
    }
    for await (const { once: _once, ...entry } of ledgerRows(ledger)) {
      if (lines.length === 0) first = entry.seq
      lines.push(JSON.stringify({ device, ...entry }))
      ledger = entry.seq
      if (lines.length >= SEGMENT) close()
      if (items.length >= AT_ONCE) break
    }
    if (lines.length > 0) close()
  }
  if (state.sharing.corrections) {
    const rows = await correctionsAfter(corrections, SEGMENT)
    if (rows.length > 0) {
      const body = rows.map(({ id, ...row }) => `${JSON.stringify({ device, number: id, ...row })}\n`).join('')
      const head = { countersign: 'corrections', version: 1, team: state.team, device: self.signKey, count: rows.length, digest: bytesDigest(utf8ToBytes(body)), at: now }
      const bytes = utf8ToBytes(`${JSON.stringify({ ...head, signature: await self.sign(bytesToSign('corrections', head)) })}\n${body}`).slice()
      items.push({ key: keyOf.corrections(now, device, rows[0]?.id ?? 0, bytesDigest(bytes)), bytes, hint: null })
      corrections = rows.at(-1)?.id ?? corrections
    }
  }
  if (items.length === 0) return
  // In one: where we ended between the two, the same entries would be sent again in another segment.
  await memory.keep([], items, { sent: { ledger, corrections, at: now } })
}

/** Entries and corrections that are not in the store yet; counting ends where there are many. */
async function waiting({ sharing, sent }: TeamState): Promise<number> {
  const corrections = sharing.corrections ? (await correctionsAfter(sent.corrections, MANY)).length : 0
  const last = sharing.ledger ? ((await latestEntries(1)).latest[0]?.seq ?? 0) : sent.ledger
  return corrections + last - sent.ledger
}
