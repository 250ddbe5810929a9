import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEDGER_KINDS, appendEntry, verifyLedger, type LedgerEntry } from '../../lib/review/index.ts'

const body = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 4, noNullPrototype: true })
const chain = fc.array(fc.record({ at: fc.nat(), kind: fc.constantFrom(...LEDGER_KINDS), body }), { minLength: 1, maxLength: 12 }).map((lines) => {
  const entries: LedgerEntry[] = []
  for (const { at, kind, body: content } of lines) entries.push(appendEntry(entries.at(-1) ?? null, at, kind, content))
  return entries
})
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a ledger, whatever is in it', () => {
  it('is intact as written, and after a round trip through JSON', () => {
    fc.assert(fc.property(chain, (entries) => {
      expect(verifyLedger(entries)).toEqual({ ok: true, count: entries.length, head: entries.at(-1)?.digest })
      expect(verifyLedger(plain(entries) as unknown[]).ok).toBe(true)
    }), { numRuns: 100 })
  })

  it('shows every alteration of a single field, at the entry that was altered', () => {
    const field = fc.constantFrom('seq', 'at', 'kind', 'body', 'prev', 'digest')
    fc.assert(fc.property(chain, fc.nat(), field, fc.jsonValue({ maxDepth: 1 }), (entries, place, name, value) => {
      const at = place % entries.length
      const altered = (plain(entries) as Record<string, unknown>[]).map((entry, index) => (index === at ? { ...entry, [name]: value } : entry))
      const original = (plain(entries) as Record<string, unknown>[])[at]?.[name]
      fc.pre(JSON.stringify(original) !== JSON.stringify(value))
      const check = verifyLedger(altered)
      expect(check).toMatchObject({ ok: false, seq: at + 1 })
    }), { numRuns: 400 })
  })

  it('shows alterations inside a body, added fields and taken ones', () => {
    fc.assert(fc.property(chain, fc.nat(), fc.constantFrom('change', 'add', 'remove', 'beside', '__proto__'), (entries, place, how) => {
      const at = place % entries.length
      const copy = plain(entries) as { body: Record<string, unknown>; extra?: unknown }[]
      const entry = copy[at]
      const key = Object.keys(entry?.body ?? {})[0]
      if (!entry || key === undefined) throw new Error('every entry has a body with a field')
      if (how === 'change') entry.body = { ...entry.body, [key]: JSON.stringify(entry.body[key]) + '.' }
      else if (how === 'add') entry.body = { ...entry.body, [`${Object.keys(entry.body).join()}+`]: null }
      else if (how === 'remove') delete entry.body[key]
      else if (how === 'beside') entry.extra = 1
      else fc.pre(!Object.hasOwn(entry.body, '__proto__'))
      if (how === '__proto__') entry.body = JSON.parse(JSON.stringify(entry.body).replace('{', '{"__proto__":1,')) as Record<string, unknown>
      expect(verifyLedger(copy)).toMatchObject({ ok: false, seq: at + 1 })
    }), { numRuns: 300 })
  })

  it('shows entries that were removed, doubled or swapped', () => {
    fc.assert(fc.property(chain, fc.nat(), (entries, place) => {
      fc.pre(entries.length >= 2)
      const at = place % (entries.length - 1)
      const [a, b] = [entries[at], entries[at + 1]]
      if (!a || !b) throw new Error('two neighbours')
      expect(verifyLedger(entries.toSpliced(at, 1)).ok).toBe(false)
      expect(verifyLedger(entries.toSpliced(at, 0, a)).ok).toBe(false)
      expect(verifyLedger(entries.toSpliced(at, 2, b, a)).ok).toBe(false)
    }), { numRuns: 100 })
  })

  it('shows a tail cut off by its head', () => {
    const entries = [1, 2, 3].reduce<LedgerEntry[]>((list, at) => [...list, appendEntry(list.at(-1) ?? null, at, 'sent', { at })], [])
    const cut = verifyLedger(entries.slice(0, 2))
    expect(cut).toMatchObject({ ok: true, count: 2 })
    expect(cut.ok && cut.head).not.toBe(entries[2]?.digest)
  })

  it('is never thrown off by lines of any shape', () => {
    fc.assert(fc.property(fc.array(fc.anything({ maxDepth: 2, withBigInt: true, withDate: true }), { minLength: 1 }), (lines) => {
      expect(verifyLedger(lines).ok).toBe(false)
    }), { numRuns: 200 })
  })
})
