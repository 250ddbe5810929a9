import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { sumTallies } from '../learning/index.ts'
import { db } from './db.ts'
import { makeDecision, makeDraft, makeFinding, makeRecord, makeRulebook, makeSignOff } from './draft.fixture.ts'
import { checkLedger } from './ledger-check.ts'
import { getRecord, recordHeld, recordSent, recordSigned, takeBackDismissal } from './records.ts'
import { searchRecords } from './search.ts'
import { listTallies } from './tallies.ts'

const DANA = { name: 'Dana', role: '' }
const at = (time: number, keepTexts = false) => ({ at: time, keepTexts })

beforeEach(async () => { await Promise.all(db.tables.map((table) => table.clear())) })

async function sentWithDismissal(): Promise<number> {
  const record = makeRecord({ findings: [makeFinding({ fingerprint: 'f' })], decisions: [makeDecision({ fingerprint: 'f', outcome: 'dismissed', reason: 'r' })] })
  const signed = await recordSigned(record, makeSignOff(record), makeRulebook(), at(2))
  return recordSent(record, 'send', signed, at(3))
}

const dismissals = async (): Promise<number> => sumTallies(await listTallies(), { of: 'drafts', by: [] })[0]?.counts.dismissed ?? 0

describe('a dismissal on record', () => {
  it('is taken back in the record and in the counts, by name in the ledger, and what was signed stays', async () => {
    await db.meta.put({ key: 'tallies-built', value: { records: Infinity, corrections: Infinity } })
    const number = await sentWithDismissal()
    expect(await dismissals()).toBe(1)
    expect(await takeBackDismissal(number, 'f', DANA, 9)).toBe(true)
    const record = await getRecord(number)
    expect(record?.decisions).toEqual([])
    expect(record?.signOff?.decisions).toMatchObject([{ outcome: 'dismissed' }])
    expect(await dismissals()).toBe(0)
    expect((await db.ledger.orderBy('seq').last())?.body).toMatchObject({ outcome: 'reopened', fingerprint: 'f', by: DANA })
    expect((await checkLedger({ now: 10, whole: true })).bad).toBeNull()
  })

  it('is taken back once, and nothing else is', async () => {
    const number = await sentWithDismissal()
    expect(await takeBackDismissal(number, 'g', DANA, 9)).toBe(false)
    expect(await takeBackDismissal(number + 1, 'f', DANA, 9)).toBe(false)
    expect(await takeBackDismissal(number, 'f', DANA, 9)).toBe(true)
    const entries = await db.ledger.count()
    expect(await takeBackDismissal(number, 'f', DANA, 10)).toBe(false)
    expect(await db.ledger.count()).toBe(entries)
  })
})

describe('a search for a phrase', () => {
  it('wants its words one after the other, in any case and with any quotation marks', async () => {
    const number = await recordHeld(makeRecord({ session: 'a', draft: makeDraft('We meet at the old mill\npond on Thursday.') }), 'send', at(1, true))
    await recordHeld(makeRecord({ session: 'b', draft: makeDraft('The pond by the mill is old.') }), 'send', at(2, true))
    expect(await searchRecords('old mill pond')).toHaveLength(2)
    for (const query of ['"old mill pond"', '\u201COLD MILL pond\u201D', '\u201Eold mill pond\u201C', '"mill pond" thurs']) expect(await searchRecords(query), query).toEqual([number])
    expect(await searchRecords('"pond mill"')).toEqual([])
    expect(await searchRecords('"old mill')).toHaveLength(2)
  })
})
