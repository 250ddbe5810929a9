import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'

const KEPT = join(import.meta.dirname, 'kept')

/** Something that takes what strangers send. */
export interface Fuzzer<T> {
  /** Name of its file of kept inputs, and what `npm run fuzz -- NAME` asks for. */
  readonly name: string
  readonly input: fc.Arbitrary<T>
  /** Throws, or rejects, where a promise is broken. */
  readonly check: (input: T) => void | Promise<void>
  /** Inputs tried in `npm test`. */
  readonly runs: number
}

/** Inputs that broke a promise once; they are tried first each time. Values JSON cannot hold are kept by hand in the fuzzer's own file. */
export function keptInputs(name: string): unknown[] {
  const file = join(KEPT, `${name}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as unknown[] : []
}

function keep(name: string, input: unknown): void {
  const written = JSON.stringify(input)
  const kept = keptInputs(name)
  if (written === undefined || kept.some((other) => JSON.stringify(other) === written)) return
  mkdirSync(KEPT, { recursive: true })
  writeFileSync(join(KEPT, `${name}.json`), `${JSON.stringify([...kept, input], null, 2)}\n`)
}

/** Inputs from one seed; then the next seed's. */
const SLICE = 500

/**
 * Tries inputs until one breaks a promise, or `runs` were tried, or `ms` milliseconds are over. What breaks one is made small, kept, and thrown with its seed.
 * @returns how many were tried
 */
export async function runFuzzer<T>(fuzzer: Fuzzer<T>, { runs, ms, seed }: { runs: number; ms?: number | undefined; seed: number }): Promise<number> {
  const end = ms === undefined ? Infinity : Date.now() + ms
  let tried = 0
  for (let slice = 0; tried < runs && Date.now() < end; slice++) {
    await trySlice(fuzzer, Math.min(SLICE, runs - tried), seed + slice)
    tried += Math.min(SLICE, runs - tried)
  }
  return tried
}

async function trySlice<T>({ name, input, check }: Fuzzer<T>, numRuns: number, seed: number): Promise<void> {
  const result = await fc.check(fc.asyncProperty(input, async (value) => check(value)), { numRuns, seed, includeErrorInReport: true })
  if (!result.failed) return
  if (result.counterexample) keep(name, result.counterexample[0])
  throw new Error(`${fc.defaultReportMessage(result) ?? 'A promise was broken.'}\nThe input is kept in test/fuzz/kept/${name}.json.`, { cause: result.errorInstance })
}
