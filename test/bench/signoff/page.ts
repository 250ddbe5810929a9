import { rowPort } from '../../../components/history/live.ts'
import { openRows } from '../../../components/history/rows.ts'
import { appendEntry, type SignedEntry } from '../../../lib/review/index.ts'
import { db, type LedgerRow, type ReviewRecord } from '../../../lib/store/db.ts'
import { deviceKey, toBase64Url } from '../../../lib/store/device.ts'
import { latestEntries, ledgerLines, entriesOf, searchRecords, type LedgerReport } from '../../../lib/store/index.ts'
import { HEAD } from '../../../lib/store/ledger.ts'
import { buildTallies, forgetTallies } from '../../../lib/store/tallies.ts'

const BATCH = 20_000
const FILLING = 'bench-filling'
/** Drafts are spread over so many days, younger than what is removed as old. */
const DAYS = 300
const START = Date.now() - 86_400_000 * (DAYS + 1)
/** What a real draft writes: held, some places settled, signed, sent. */
const KINDS = ['held', 'decided', 'decided', 'decided', 'signed', 'sent'] as const
const WORDS = ['offer', 'lamps', 'discount', 'clinic', 'delivery', 'winter', 'contract', 'refund', 'spring', 'guarantee', 'visitor', 'blinds', 'chairs', 'invoice', 'warranty', 'quarter']

/** Writes a ledger of `entries` entries and a record for every six; goes on where an earlier try was cut off. Only the signatures that a check looks at are real ones, so that filling takes minutes and not an hour; the others have their length. */
async function fill(entries: number, progress: (done: number) => void): Promise<void> {
  if (!(await db.meta.get(FILLING))) {
    // What the worker has noted by itself.
    await Promise.all(db.tables.map((table) => table.clear()))
    await db.meta.put({ key: FILLING, value: true })
  }
  const key = await deviceKey()
  const blank = 'A'.repeat(86)
  let last: SignedEntry | null = (await db.ledger.orderBy('seq').last()) ?? null
  for (let from = (last?.seq ?? 0) + 1; from <= entries; from += BATCH) {
    const rows: LedgerRow[] = []
    const records: Omit<ReviewRecord, 'number'>[] = []
    for (let seq = from; seq < Math.min(from + BATCH, entries + 1); seq++) {
      const draft = Math.floor((seq - 1) / KINDS.length)
      const kind = KINDS[(seq - 1) % KINDS.length] ?? 'held'
      const findings = [{ rule: 'pricing/percent-off', packVersion: '1.0.0', tier: 'review', fingerprint: `pricing/percent-off ${draft}` }]
      const entry = appendEntry(last, 1_700_000_000_000 + seq, kind, { session: `s${draft}`, site: 'gmail', host: 'mail.google.com', draft: 'email', digest: 'a'.repeat(64), tier: 'review', owners: [], findings, way: 'send' })
      const real = seq % 4_096 === 0 || seq === entries
      const row: LedgerRow = { ...entry, once: `s${draft}:${seq}`, signature: real ? toBase64Url(await key.sign(new TextEncoder().encode(entry.digest))) : blank }
      rows.push(row)
      last = row
      if (kind === 'sent') records.push(recordOf(draft, START + Math.floor((seq / entries) * DAYS * 86_400_000)))
    }
    await db.transaction('rw', [db.ledger, db.records], async () => {
      await Promise.all([db.ledger.bulkAdd(rows), db.records.bulkAdd(records)])
    })
    progress(from + rows.length - 1)
  }
  await db.meta.put({ key: HEAD, value: last && { seq: last.seq, digest: last.digest } })
  // Records come with their counts, as the store writes them: History finds its places by those.
  await forgetTallies()
  await buildTallies()
}

function recordOf(draft: number, at: number): Omit<ReviewRecord, 'number'> {
  const words = Array.from({ length: 5 }, (_, step) => WORDS[(draft * 7 + step * 3) % WORDS.length] ?? '')
  return {
    session: `s${draft}`, at, updated: at, site: 'gmail', host: 'mail.google.com', kind: 'email', subject: `${words.join(' ')} ${draft}`, recipients: [{ address: `person${draft % 5000}@kunde.example`, name: '', field: 'to' }],
    digest: 'a'.repeat(64), length: 900, origin: { verdict: 'ai', evidence: [] }, requirement: { tier: 'review', owners: [], reasons: [] }, findings: [], decisions: [], outcome: 'sent', heldAt: at,
    signOff: null, unchecked: null, sent: { at, kind: 'send' }, text: null, blocks: [], noted: ['sent'], categories: ['pricing'], rules: ['pricing/percent-off'], words: [...new Set([...words, `person${draft % 5000}`, `number${draft}`])],
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** What History does with a query, until its first rows are there. */
function firstRows(q: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const rows = openRows(rowPort, { q, site: '', outcome: '', category: '', days: 0 }, Date.now(), () => { rows.close(); resolve() }, reject)
  })
}

/** The figures, in milliseconds: what History reads when it opens, a search for a rare, a common and two words, the newest entries, one draft's entries. */
async function reads(rounds: number) {
  const each = async (work: () => Promise<unknown>): Promise<number[]> => {
    await work()
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await time(work))
    return times
  }
  return {
    history: await each(() => firstRows('')), rare: await each(() => firstRows('person4711')), common: await each(() => firstRows('discount')), two: await each(() => firstRows('lamps person47')), whole: await each(() => searchRecords('lamps discount')),
    ledger: await each(() => latestEntries(100)), record: await each(() => entriesOf('s1234')),
  }
}

/** The whole check in the extension's own worker, and how often it told how far it was. */
function verify(): Promise<{ readonly report: LedgerReport; readonly ms: number; readonly said: number }> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const worker = new Worker(chrome.runtime.getURL('/ledger-worker.js'))
    let said = 0
    worker.onerror = (event) => reject(new Error(event.message))
    worker.onmessage = ({ data }: MessageEvent<{ progress: unknown } | { failed: string } | { report: LedgerReport }>) => {
      if ('progress' in data) said += 1
      else if ('failed' in data) reject(new Error(data.failed))
      else resolve({ report: data.report, ms: performance.now() - start, said })
    }
    worker.postMessage({ check: 'whole' })
  })
}

/** Reads the whole export piece by piece: milliseconds, characters, and the most memory that the page's scripts held meanwhile, bytes. */
async function exportAll() {
  const heap = (): number => (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0
  const [start, before] = [performance.now(), heap()]
  let [chars, most] = [0, 0]
  for await (const piece of ledgerLines(Date.now())) {
    chars += piece.length
    most = Math.max(most, heap())
  }
  return { ms: performance.now() - start, chars, more: Math.max(0, most - before) }
}

Object.assign(globalThis, { signoff: { fill, reads, verify, exportAll } })
