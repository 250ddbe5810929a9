import { pathToFileURL } from 'node:url'

/** Where a command writes, so that tests can read it. */
export interface Output { readonly out: (line: string) => void; readonly err: (line: string) => void }

/** The command was called wrongly; the message says what to do. */
export class UsageError extends Error {}

/** What `work` gives, and 2 where it throws: wrong use, a file that cannot be read or written, a key that is none. All are told in one line. */
export async function told(io: Output, work: () => number | Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error))
    return 2
  }
}

/** Runs a command where its file is the one that Node was started with. `file`: the file's own `import.meta.url`. */
export async function startCommand(file: string, run: (args: readonly string[], io: Output) => Promise<number>): Promise<void> {
  if (process.argv[1] === undefined || file !== pathToFileURL(process.argv[1]).href) return
  process.exitCode = await run(process.argv.slice(2), { out: (line) => console.log(line), err: (line) => console.error(line) })
}
