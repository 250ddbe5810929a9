import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { canonicalJson, digestOf, fingerprintOf, formatProblem, loosePatterns, signPack, type PackProblem } from '../packs/index.ts'
import { loadPacks, testPacks } from '../packs/node/load.ts'
import { packJsonSchema } from '../packs/schema.ts'
import { startCommand, told, UsageError, type Output } from './command.ts'

const USAGE = `packs check PATH...                                    validate packs and run their examples
packs build PATH [--key FILE] [--by NAME] [--out FILE]  canonical JSON of one pack, signed where a key is given
packs key --out FILE                                    make a signing key, readable by you alone
packs schema [--out FILE]                               write the JSON Schema of pack files`

const SCHEMA_FILE = fileURLToPath(new URL('../../public/rule-pack.schema.json', import.meta.url))

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

function loadTested(paths: readonly string[]): { packs: ReturnType<typeof loadPacks>['packs']; problems: PackProblem[] } {
  const loaded = paths.map(loadPacks)
  const packs = loaded.flatMap((l) => l.packs)
  return { packs, problems: [...loaded.flatMap((l) => l.problems), ...testPacks(packs)] }
}

function check(paths: readonly string[], io: Output): number {
  if (paths.length === 0) throw new UsageError('Say which pack to check.')
  const { packs, problems } = loadTested(paths)
  for (const problem of problems) io.err(formatProblem(problem))
  if (problems.length === 0) for (const { pack, locate } of packs) for (const warning of loosePatterns(pack, locate)) io.err(`warning: ${formatProblem(warning)}`)
  const rules = packs.flatMap((p) => p.pack.rules)
  const examples = rules.reduce((sum, rule) => sum + rule.examples.flagged.length + rule.examples.clean.length, 0)
  io.out(`${count(packs.length, 'pack', 'packs')}, ${count(rules.length, 'rule', 'rules')}, ${count(examples, 'example', 'examples')}: ${count(problems.length, 'problem', 'problems')}`)
  return problems.length > 0 ? 1 : 0
}

/** PKCS #8 PEM, as `openssl genpkey -algorithm ed25519` makes it too. */
export function readKey(file: string): KeyObject {
  if (!existsSync(file)) throw new UsageError(`There is no key at ${file}. Make one with: packs key --out ${file}`)
  const key = createPrivateKey(readFileSync(file))
  if (key.asymmetricKeyType !== 'ed25519') throw new UsageError(`The key in ${file} is not an Ed25519 key.`)
  return key
}

/** The 32 raw bytes of the public key. */
export function publicBytes(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return new Uint8Array(Buffer.from(x ?? '', 'base64url'))
}

async function build(paths: readonly string[], options: { key?: string | undefined; by?: string | undefined; out?: string | undefined }, io: Output): Promise<number> {
  const path = paths[0]
  if (path === undefined || paths.length > 1) throw new UsageError('Say which one pack to build.')
  const { packs, problems } = loadTested([path])
  for (const problem of problems) io.err(formatProblem(problem))
  if (problems.length > 0) return 1
  const pack = packs[0]?.pack
  if (!pack || packs.length > 1) throw new UsageError(`There are ${packs.length} packs in ${path}; build them one by one.`)
  let json = canonicalJson(pack)
  let signedWith = 'not signed'
  if (options.key !== undefined) {
    const key = readKey(options.key)
    const signed = await signPack(pack, { name: options.by ?? pack.owner, publicKey: publicBytes(key), at: Date.now() }, async (bytes) => new Uint8Array(sign(null, bytes, key)))
    json = canonicalJson(signed)
    signedWith = `signed with the key ${fingerprintOf(signed.publicKey)}`
  }
  if (options.out === undefined) io.out(json)
  else {
    writeFileSync(options.out, `${json}\n`)
    io.out(`${options.out}: ${pack.id} ${pack.version}, ${count(pack.rules.length, 'rule', 'rules')}, ${signedWith}, digest ${digestOf(pack).slice(0, 16)}`)
  }
  return 0
}

function makeKey(out: string | undefined, io: Output): number {
  if (out === undefined) throw new UsageError('Say where to write the key: packs key --out FILE')
  if (existsSync(out)) throw new UsageError(`There is a file at ${out} already. A key is never written over.`)
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(out, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  const publicKey = Buffer.from(publicBytes(privateKey)).toString('base64url')
  io.out(`${out}: public key ${publicKey}, fingerprint ${fingerprintOf(publicKey)}. Keep the file to yourself.`)
  return 0
}

/** Text of `public/rule-pack.schema.json`. */
export function schemaText(): string {
  return `${JSON.stringify(packJsonSchema(), null, 2)}\n`
}

function writeSchema(out: string, io: Output): number {
  writeFileSync(out, schemaText())
  io.out(out)
  return 0
}

/** Runs the command. Gives the exit status: 0 fine, 1 problems in a pack, 2 used wrongly. */
export function run(args: readonly string[], io: Output): Promise<number> {
  return told(io, () => {
    const { values, positionals } = parseArgs({
      args: [...args], allowPositionals: true,
      options: { key: { type: 'string' }, by: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    const [command, ...paths] = positionals
    if (values.help || command === undefined) {
      io.out(USAGE)
      return values.help ? 0 : 2
    }
    if (command === 'check') return check(paths, io)
    if (command === 'build') return build(paths, values, io)
    if (command === 'key') return makeKey(values.out, io)
    if (command === 'schema') return writeSchema(values.out ?? SCHEMA_FILE, io)
    throw new UsageError(`There is no command "${command}".\n${USAGE}`)
  })
}

await startCommand(import.meta.url, run)
