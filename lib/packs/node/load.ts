import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CATEGORIES, type RulePack } from '../../engine/index.ts'
import { fileProblem, type Locate, type PackProblem } from '../problem.ts'
import { checkPackValue, parseJson, parsePackJson, readPack, type PackSource, type ReadResult } from '../read.ts'
import { looksSigned, verifySignedPack } from '../signature.ts'
import { selfTest } from '../self-test.ts'

export interface LoadedPack { readonly pack: RulePack; readonly locate: Locate }

/** Packs that loaded, and the problems of those that did not. A bad pack does not keep the others from loading. */
export interface LoadResult { readonly packs: readonly LoadedPack[]; readonly problems: readonly PackProblem[] }

const isRuleFile = (name: string) => /\.ya?ml$/.test(name)
const isPackFolder = (path: string) => existsSync(join(path, 'pack.yaml'))

/** Text of a file, or a problem where it is not UTF-8. */
function readText(file: string): string | PackProblem {
  let bytes: Buffer | undefined
  try {
    bytes = readFileSync(file)
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (bytes && error instanceof TypeError) return { ...fileProblem(file, 'The file is not UTF-8 text.', 'Save it as UTF-8.'), ...placeOfBadByte(bytes) }
    return fileProblem(file, `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Check that it exists and that you may read it.')
  }
}

/** Line and column, from 1, of the first character that is not UTF-8. */
function placeOfBadByte(bytes: Buffer): { line: number; column: number } {
  const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  // One that is written in the file as such is valid, so the bytes of both are compared.
  let at = lossy.indexOf('\uFFFD')
  while (at >= 0 && bytes.subarray(Buffer.byteLength(lossy.slice(0, at))).subarray(0, 3).equals(REPLACEMENT)) at = lossy.indexOf('\uFFFD', at + 1)
  const before = lossy.slice(0, Math.max(0, at)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const REPLACEMENT = Buffer.from('\uFFFD')

function readFolder(folder: string): ReadResult<RulePack> {
  const sources: PackSource[] = []
  const problems: PackProblem[] = []
  for (const name of readdirSync(folder).filter(isRuleFile).sort()) {
    const file = join(folder, name)
    const text = readText(file)
    if (typeof text === 'string') sources.push({ file, text })
    else problems.push(text)
  }
  const read = readPack(sources, folder)
  if (problems.length === 0) return read
  return { ok: false, problems: read.ok ? problems : [...problems, ...read.problems] }
}

function readJson(file: string): ReadResult<RulePack> {
  const text = readText(file)
  if (typeof text !== 'string') return { ok: false, problems: [text] }
  const json = parseJson(text, file)
  if (!json.ok) return json
  if (!looksSigned(json.value)) return parsePackJson(text, file)
  const verified = verifySignedPack(json.value, file)
  return verified.ok ? checkPackValue(verified.pack, file) : verified
}

function targetsOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory() || isPackFolder(path)) return [path]
  const rank = (name: string) => (CATEGORIES as readonly string[]).indexOf(name)
  return readdirSync(path)
    .filter((name) => isPackFolder(join(path, name)))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((name) => join(path, name))
}

/**
 * Loads a pack folder, a folder of pack folders, or a built pack (signed or not) from disk. Reads files synchronously, never throws:
 * a path that does not exist is a problem like any other. Examples are not run; see `testPacks`.
 */
export function loadPacks(path: string): LoadResult {
  if (!existsSync(path)) return { packs: [], problems: [fileProblem(path, 'There is nothing at this path.', 'Check the spelling.')] }
  const packs: LoadedPack[] = []
  const problems: PackProblem[] = []
  const targets = targetsOf(path)
  if (targets.length === 0) problems.push(fileProblem(path, 'There is no pack in this folder.', 'A pack is a folder with a pack.yaml.'))
  for (const target of targets) {
    const folder = statSync(target).isDirectory()
    const read = folder ? readFolder(target) : readJson(target)
    if (!read.ok) {
      problems.push(...read.problems)
      continue
    }
    if (folder && read.value.id !== basename(target)) {
      problems.push({ ...read.locate(['id']), reason: `The folder is called ${basename(target)} and the pack ${read.value.id}.`, fix: 'Rename one of the two.' })
    }
    const twin = packs.find((p) => p.pack.id === read.value.id)
    if (twin) problems.push({ ...read.locate(['id']), reason: `Another pack already has the id "${read.value.id}".`, fix: 'Give one of the two another id.' })
    else packs.push({ pack: read.value, locate: read.locate })
  }
  return { packs, problems }
}

/** Compiles packs and runs their examples; a problem for each that fails. */
export function testPacks(packs: readonly LoadedPack[]): PackProblem[] {
  return packs.flatMap(({ pack, locate }) => selfTest(pack, locate))
}
