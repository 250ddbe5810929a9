import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installFakeChrome } from '../../lib/store/chrome.fixture.ts'
import { codes, imports, ledgers, policies } from './files.ts'
import { keptInputs, runFuzzer, type Fuzzer } from './fuzzer.ts'
import { messages } from './messages.ts'
import { pastes } from './origin.ts'
import { packFiles, packJson } from './packs.ts'
import { patterns, regexes } from './patterns.ts'

const FUZZERS = [messages, packFiles, packJson, patterns, regexes, pastes, ledgers, policies, codes, imports] as unknown as readonly Fuzzer<unknown>[]

/** Set by `npm run fuzz`: minutes for all fuzzers together, or how many inputs each; the seed to begin with; one fuzzer's name. */
const { FUZZ_MINUTES, FUZZ_RUNS, FUZZ_SEED, FUZZ_ONLY } = process.env
const chosen = FUZZERS.filter(({ name }) => !FUZZ_ONLY || name === FUZZ_ONLY)
const share = FUZZ_MINUTES ? (Number(FUZZ_MINUTES) * 60_000) / chosen.length : undefined
const seed = FUZZ_SEED ? Number(FUZZ_SEED) : Date.now() % 2 ** 31
/** An input that hangs is ended by this, not by its share. */
const PATIENCE = (share ?? 0) + (FUZZ_RUNS ? 3_600_000 : 120_000)

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)

beforeAll(() => {
  installFakeChrome()
  process.on('unhandledRejection', note)
})
afterAll(() => void process.off('unhandledRejection', note))

describe('what strangers send', () => {
  it('names fuzzers that exist', () => {
    expect(chosen).not.toEqual([])
  })

  for (const fuzzer of chosen) {
    it(`${fuzzer.name}: what broke once holds`, async () => {
      for (const input of keptInputs(fuzzer.name)) await fuzzer.check(input)
    }, PATIENCE)

    it(`${fuzzer.name}: holds for new input`, async () => {
      const runs = share === undefined ? Number(FUZZ_RUNS ?? fuzzer.runs) : Infinity
      const tried = await runFuzzer(fuzzer, { runs, ms: share, seed })
      if (share !== undefined || FUZZ_RUNS) console.log(`${fuzzer.name}: ${tried} inputs, seed ${seed}`)
      expect(unhandled, 'rejections nobody handled').toEqual([])
    }, PATIENCE)
  }
})
