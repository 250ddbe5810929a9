import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { createLedgerVerifier } from '../review/index.ts'
import { linesOf } from './lines.ts'

const USAGE = `Checks a ledger that was exported from Countersign, without the extension.

  npm run -s ledger -- verify FILE [--head DIGEST]

FILE is JSON Lines, one entry a line; "-" reads standard input. Exit status: 0 intact, 1 broken, 2 not used as above.
--head: the digest of the last entry as it was noted elsewhere. Without it, entries cut off at the end cannot be noticed.
`

/** Reads the file once, holding one line at a time. Resolves to the exit status. */
async function verify(file: string, head: string | null): Promise<number> {
  const verifier = createLedgerVerifier()
  const stream = file === '-' ? process.stdin : createReadStream(file)
  for await (const line of linesOf(stream)) {
    if (line.text?.trim() === '') continue
    const broken = verifier.next(parse(line.text))
    if (!broken) continue
    console.log(`BROKEN at line ${line.number}, entry ${broken.seq}: ${broken.reason}`)
    console.log(broken.seq === 1 ? 'Nothing before it is proven.' : `Entries 1 to ${broken.seq - 1} before it are intact.`)
    return 1
  }
  const result = verifier.result()
  if (!result.ok) throw new Error('A break is reported where it is found')
  if (head !== null && head !== result.head) {
    console.log(`BROKEN after entry ${result.count}: the last digest is ${result.head || '(none)'}, not the one given. Entries at the end are missing or were added.`)
    return 1
  }
  console.log(`INTACT: ${result.count} ${result.count === 1 ? 'entry' : 'entries'}, last digest ${result.head || '(none)'}`)
  return 0
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
    args: [...args], allowPositionals: true, options: { head: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
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
  return verify(file, values.head ?? null)
}

main(process.argv.slice(2)).then(
  (status) => { process.exitCode = status },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 2
  },
)
