import fc from 'fast-check'
import { expect } from 'vitest'
import { requirementOf } from '../../lib/policy/index.ts'
import { PolicyFileError, readPolicyFile } from '../../lib/policy/schema.ts'
import { REFUSALS } from '../../lib/review/approval/index.ts'
import { appendEntry, LEDGER_KINDS, verifyLedger, type LedgerEntry } from '../../lib/review/index.ts'
import { makeDraft, makeFinding } from '../../lib/store/draft.fixture.ts'
import { db } from '../../lib/store/db.ts'
import { defaultSettings, exportAll, importAll, StoreError } from '../../lib/store/index.ts'
import { ownCardCode, takeCode } from '../../lib/team/approvals/index.ts'
import type { Fuzzer } from './fuzzer.ts'
import { asJson, mutated, mutatedText } from './mutate.ts'

const entries = LEDGER_KINDS.slice(0, 5).reduce<LedgerEntry[]>((chain, kind, at) => [...chain, appendEntry(chain.at(-1) ?? null, at, kind, { session: 's1', note: 'é', spans: [{ start: 0, end: 4 }] })], [])

/** A ledger with any change is either the same chain or said to be broken at an entry that exists, or just after the last. */
export const ledgers: Fuzzer<unknown> = {
  name: 'ledgers',
  runs: 500,
  input: mutated([entries]),
  check(value) {
    const lines: readonly unknown[] = Array.isArray(value) ? value : [value]
    const result = verifyLedger(lines)
    if (!result.ok) {
      expect(result.reason).not.toBe('')
      expect(result.seq).toBeGreaterThanOrEqual(1)
      expect(result.seq).toBeLessThanOrEqual(lines.length + 1)
      return
    }
    // What is intact is a beginning of what was written: nothing may be changed, added, moved or left out before its end.
    expect(JSON.parse(JSON.stringify(lines))).toEqual(entries.slice(0, lines.length))
  },
}

const POLICY = {
  format: 1, drafts: 'ai', vip: ['big.example'], mode: 'enforce', modes: { pricing: 'remind' }, kinds: { note: 'off' }, overrides: true, unchecked: 'ask', floor: { medical: 'approve' },
  areas: { pricing: { owner: 'pricing', people: ['Dana'], deputy: 'legal', hours: 4 } },
  recipients: { own: ['ours.example'], outside: { most: 5, tier: 'review' }, firstMail: null, customers: ['a.example', 'b.example'], twoCustomers: 'approve', everyone: ['all@ours.example'] },
}

/** A policy file is refused with where, what and what to do, or makes a policy that any draft can be asked about. */
export const policies: Fuzzer<string> = {
  name: 'policies',
  runs: 500,
  // As a file holds it: JSON has neither `undefined` nor dates.
  input: mutated([POLICY], 5).map(asJson),
  check(text) {
    const value: unknown = text === '' ? null : JSON.parse(text)
    try {
      const policy = readPolicyFile(value)
      requirementOf({ draft: makeDraft(), findings: [makeFinding()], origin: { verdict: 'ai', evidence: [] }, policy })
    } catch (error) {
      if (!(error instanceof PolicyFileError)) throw error
      expect(error.problems.length).toBeGreaterThan(0)
      for (const { where, what, todo } of error.problems) for (const words of [where, what, todo]) expect(words.trim()).not.toBe('')
    }
  },
}

let card: Promise<string> | null = null

/** Whatever is pasted where a code belongs is read, or refused for a reason that has words. */
export const codes: Fuzzer<(code: string) => string> = {
  name: 'codes',
  runs: 300,
  input: fc.oneof(mutatedText(['\u0001'], ['CS1.', '.Q.', '.A.', '>', '\n', 'AAAA', '0']), mutatedText(['Please sign:\n\u0001\nThanks'], ['CS1.C.zz.', 'CS2.C.1.a.0000000000']))
    .map((frame) => (code: string) => frame.replaceAll('\u0001', code)),
  async check(paste) {
    const taken = await takeCode(paste(await (card ??= ownCardCode())), 1_000)
    if (taken.kind === 'refused') expect(REFUSALS).toContain(taken.refusal)
    else expect(taken.kind).toBe('card')
  },
}

const EXPORT = {
  countersign: 'export', version: 1, at: 1, settings: defaultSettings(), packs: [],
  proposals: [{ id: 'p1', state: 'refused', at: 1, rule: null }],
  corrections: [1, 2].map((at) => ({ rule: 'pricing/percent-off', category: 'pricing', before: 'a', after: 'b', sentence: 'a', site: 'gmail', at })),
}

async function everything(): Promise<string> {
  const tables = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()] as const))
  return JSON.stringify([tables, await chrome.storage.local.get(null as unknown as string)])
}

/** A file is imported whole, and what was imported can be exported again; or it is refused, and nothing has changed. */
export const imports: Fuzzer<string> = {
  name: 'imports',
  runs: 120,
  input: fc.oneof(mutated([EXPORT]).map(asJson), mutatedText([JSON.stringify(EXPORT)], ['{', '}', '"', ',', 'null', '1e999'], 3)),
  async check(text) {
    const before = await everything()
    try {
      await importAll(text)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      expect(error.message.trim()).not.toBe('')
      expect(await everything()).toBe(before)
      return
    }
    let again = ''
    for await (const piece of exportAll(1)) again += piece
    expect(await importAll(again)).toEqual({ packs: 0, corrections: 0, proposals: 0 })
  },
}
