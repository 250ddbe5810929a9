import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { keyPhrase } from '../review/approval/index.ts'
import { createLedgerVerifier, type LedgerVerifier } from '../review/index.ts'
import { keyChain, type KeyChain } from '../review/ledger-keys.ts'
import { asHeader, asTrailer, signedBy, trailerDigest, type LedgerTrailer } from '../review/ledger-signature.ts'
import { linesOf } from './lines.ts'

const USAGE = `Checks a ledger that was exported from Countersign, without the extension.

  npm run -s ledger -- verify FILE [--key KEY] [--head DIGEST]

FILE is JSON Lines as exported; "-" reads standard input. Exit status: 0 intact, 1 broken, 2 not used as above.
--key: the public key of the device whose ledger it should be (base64url), or one that the device had before. Without it the key in the file is taken, and printed for you to compare.
--head: the digest of the last entry as it was noted elsewhere.
`

interface Expected { readonly key: string | null; readonly head: string | null }

/** Reads the file once, holding one line and some thousand digests. Resolves to the exit status. */
async function verify(file: string, expected: Expected): Promise<number> {
  let verifier: LedgerVerifier | null = null
  let key: string | null = null
  let chain: KeyChain | null = null
  let trailer: LedgerTrailer | null = null
  /** File line of each entry since the file's first: entries are on lines of their own, blank lines between them are allowed. */
  const lineOf = new Map<number, number>()
  let entries = 0
  const stream = file === '-' ? process.stdin : createReadStream(file)
  for await (const line of linesOf(stream)) {
    if (line.text?.trim() === '') continue
    const value = parse(line.text)
    if (verifier === null) {
      const header = asHeader(value)
      key = header?.key ?? null
      const first = header?.first ?? key
      // A key that the device had in between shows only as the chain is read.
      if (expected.key !== null && key !== expected.key && (key === null || first === key)) return broken(line.number, 1, key === null ? 'The file does not name a key.' : ofAnother(key))
      chain = first === null ? null : keyChain(first)
      verifier = createLedgerVerifier(chain ?? {})
      if (header) continue
    }
    if (trailer) return broken(line.number, entries + 1, 'It comes after the last line.')
    trailer = key === null ? null : asTrailer(value)
    if (trailer) continue
    entries += 1
    lineOf.set(entries, line.number)
    lineOf.delete(entries - KEPT_LINES)
    const bad = verifier.next(value)
    if (bad) return broken(lineOf.get(bad.seq) ?? line.number, bad.seq, bad.reason)
  }
  const result = (verifier ?? createLedgerVerifier()).result()
  if (!result.ok) return broken(lineOf.get(result.seq) ?? entries, result.seq, result.reason)
  if (key !== null) {
    if (!trailer) return endBroken(result.count, 'The last line, which says how many entries there are, is missing.')
    const { count, head, signature } = trailer
    if (chain?.keys.at(-1) !== key) return endBroken(result.count, 'It ends with another key than the file names.')
    if (expected.key !== null && !chain.keys.includes(expected.key)) return endBroken(result.count, ofAnother(key))
    if (!signedBy(key)(trailerDigest(trailer), signature)) return endBroken(result.count, 'The last line is not signed by the device.')
    if (count !== result.count || head !== result.head) return endBroken(result.count, `The last line speaks of ${count} entries.`)
  }
  if (expected.head !== null && expected.head !== result.head) return endBroken(result.count, `The last digest is ${result.head || '(none)'}, not the one given.`)
  console.log(`INTACT: ${result.count} ${result.count === 1 ? 'entry' : 'entries'}, last digest ${result.head || '(none)'}`)
  console.log(key === null ? 'Exported by an older version: signatures, and that nothing is missing at the end, could not be checked.' : `Signed by ${key} (${keyPhrase(key)})`)
  for (const before of chain?.keys.slice(0, -1).reverse() ?? []) console.log(`Before that by ${before} (${keyPhrase(before)}), which handed over to it`)
  return 0
}

function ofAnother(key: string): string {
  return `The ledger is of another device: its key is ${key}.`
}

/** More than the verifier looks back. */
const KEPT_LINES = 10_000

function broken(line: number, seq: number, reason: string): number {
  console.log(`BROKEN at line ${line}, entry ${seq}: ${reason}`)
  console.log(seq === 1 ? 'Nothing before it is proven.' : `Entries 1 to ${seq - 1} before it are intact.`)
  return 1
}

function endBroken(count: number, reason: string): number {
  console.log(`BROKEN after entry ${count}: ${reason} Entries at the end are missing or were added.`)
  return 1
}

/** null, which is no entry, for what is not JSON. */
function parse(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true, options: { head: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const [command, file, ...rest] = positionals
  if (command !== 'verify' || file === undefined || rest.length > 0) {
    console.error(USAGE)
    return 2
  }
  return verify(file, { key: values.key ?? null, head: values.head ?? null })
}

main(process.argv.slice(2)).then(
  (status) => { process.exitCode = status },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 2
  },
)
