import { sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { canonicalJson, fingerprintOf, signValue } from '../packs/index.ts'
import { problemsInFacts } from '../sites/check.ts'
import { siteFactsSchema, siteUpdateSchema, type SiteUpdate } from '../sites/schema.ts'
import { startCommand, told, UsageError, type Output } from './command.ts'
import { publicBytes, readKey } from './packs.ts'

const USAGE = `sites check FILE...                                              validate files of facts
sites sign FILE --key FILE --by NAME --out FILE                  a signed update that gives a site these facts
sites off ID --version V --reason TEXT --key FILE --by NAME --out FILE
                                                                 a signed update that switches a site off
The key is one that signs packs: make it with "packs key --out FILE".`

function readFacts(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`)
  }
}

/** What is wrong with facts, one line each. Selectors are tried by the browser that installs them. */
function faults(file: string, value: unknown): string[] {
  const read = siteFactsSchema.safeParse(value)
  if (!read.success) return read.error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`)
  return problemsInFacts(read.data, () => true).map(({ where, detail }) => `${file}: ${where}: ${detail}`)
}

function check(files: readonly string[], io: Output): number {
  if (files.length === 0) throw new UsageError('Say which files to check.')
  const all = files.flatMap((file) => faults(file, readFacts(file)))
  for (const fault of all) io.err(fault)
  io.out(`${files.length} files of facts: ${all.length} problems`)
  return all.length > 0 ? 1 : 0
}

interface Options { readonly key?: string | undefined; readonly by?: string | undefined; readonly out?: string | undefined; readonly version?: string | undefined; readonly reason?: string | undefined }

async function write(update: unknown, { key: file, by, out }: Options, io: Output): Promise<number> {
  if (!file || !by || !out) throw new UsageError('Say the key, who signs and where to write: --key FILE --by NAME --out FILE')
  const read = siteUpdateSchema.safeParse(update)
  if (!read.success) throw new UsageError(z.prettifyError(read.error))
  const key = readKey(file)
  const value: SiteUpdate = read.data
  const signature = await signValue('site update', value, { name: by, publicKey: publicBytes(key), at: Date.now() }, async (bytes) => new Uint8Array(sign(null, bytes, key)))
  writeFileSync(out, `${canonicalJson({ update: value, ...signature })}\n`)
  io.out(`${out}: ${'facts' in value ? `${value.facts.id} ${value.facts.version}` : `${value.off.id} ${value.off.version}, switched off`}, signed with the key ${fingerprintOf(signature.publicKey)}`)
  return 0
}

/** Runs the command. Gives the exit status: 0 fine, 1 problems in a file, 2 used wrongly. */
export function run(args: readonly string[], io: Output): Promise<number> {
  return told(io, () => {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { key: text, by: text, out: text, version: text, reason: text, help: { type: 'boolean', short: 'h' } } })
    const [command, ...rest] = positionals
    if (values.help || command === undefined) {
      io.out(USAGE)
      return values.help ? 0 : 2
    }
    if (command === 'check') return check(rest, io)
    const [subject] = rest
    if (subject === undefined || rest.length > 1) throw new UsageError(`Say one ${command === 'off' ? 'site' : 'file'}.`)
    if (command === 'sign') {
      const facts = readFacts(subject)
      const wrong = faults(subject, facts)
      for (const fault of wrong) io.err(fault)
      return wrong.length > 0 ? 1 : write({ format: 1, facts }, values, io)
    }
    if (command === 'off') return write({ format: 1, off: { id: subject, version: values.version, reason: values.reason } }, values, io)
    throw new UsageError(`There is no command "${command}".\n${USAGE}`)
  })
}

await startCommand(import.meta.url, run)
