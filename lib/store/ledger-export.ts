import { CSV_START, csvLine } from '../review/csv.ts'
import { trailerDigest, type LedgerHeader, type LedgerTrailer } from '../review/ledger-signature.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { firstLedgerKey, ledgerRows, signedEntryOf } from './ledger.ts'

/** Pieces of about this many characters are given on, so that a large ledger is neither one string nor a million. */
const PIECE = 256 * 1024

/**
 * The ledger as JSONL: a header with this device's key, one entry a line with its signature, and a signed last line that says how many there are. It is what
 * `npm run -s ledger -- verify` checks.
 */
export async function* ledgerLines(now: number): AsyncGenerator<string, void, undefined> {
  const key = await deviceKey()
  const [own, first] = [toBase64Url(key.publicKey), await firstLedgerKey()]
  const header: LedgerHeader = { countersign: 'ledger', version: 2, key: own, ...(first === own ? {} : { first }) }
  let piece = `${JSON.stringify(header)}\n`
  let [count, head] = [0, '']
  for await (const row of ledgerRows()) {
    piece += `${JSON.stringify(signedEntryOf(row))}\n`
    count += 1
    head = row.digest
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  const end = { count, head, at: now }
  const signature = toBase64Url(await key.sign(new TextEncoder().encode(trailerDigest(end))))
  const trailer: LedgerTrailer = { countersign: 'ledger-end', ...end, signature }
  yield `${piece}${JSON.stringify(trailer)}\n`
}

const COLUMNS = ['seq', 'time', 'kind', 'person', 'session', 'draft digest', 'tier', 'reason', 'digest'] as const

/** The ledger as a table (RFC 4180, UTF-8 with a mark for spreadsheet programs), for reading; only the JSONL can be verified. */
export async function* ledgerTable(): AsyncGenerator<string, void, undefined> {
  let piece = CSV_START + csvLine(COLUMNS)
  for await (const { seq, at, kind, body, digest } of ledgerRows()) {
    const person = nameOf(body['reviewer']) ?? nameOf(body['by']) ?? ''
    const cells = [seq, new Date(at).toISOString(), kind, person, body['session'], body['digest'], body['tier'], body['reason'], digest]
    piece += csvLine(cells)
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}

function nameOf(person: unknown): string | null {
  return typeof person === 'object' && person !== null && 'name' in person && typeof person.name === 'string' ? person.name : null
}
