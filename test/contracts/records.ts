import { beforeEach, describe, expect, it } from 'vitest'
import { appendEntry, LEDGER_KINDS, verifyLedger } from '../../lib/review/index.ts'
import { db } from '../../lib/store/db.ts'
import { makeDecision, makeDraft, makeFinding, makeRecord, makeRulebook, makeSignOff } from '../../lib/store/draft.fixture.ts'
import { deviceKey } from '../../lib/store/device.ts'
import { appendWith, signedEntryOf } from '../../lib/store/ledger.ts'
import { checkLedger } from '../../lib/store/ledger-check.ts'
import { forgetRecord, getRecord, listRecords, recallDecisions, recordDecided, recordHeld, recordReopened, recordSent, recordSigned, recordUnchecked } from '../../lib/store/records.ts'
import { applyRetention } from '../../lib/store/retention.ts'
import { newestFound, searchRecords } from '../../lib/store/search.ts'

const at = (time: number, keepTexts = false) => ({ at: time, keepTexts })
const kinds = async () => (await db.ledger.orderBy('seq').toArray()).map((row) => row.kind)
const here = { session: 's1', site: 'gmail', document: 'doc1' }

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}

/** What must hold on every IndexedDB: run on the stand-in in Node and on the browser's own. */
export function recordsContract(): void {
  beforeEach(async () => {
    await Promise.all(db.tables.map((table) => table.clear()))
  })

  describe('the record of a draft', () => {
    it('goes held, signed, sent in one row, with one ledger entry each', async () => {
      const record = makeRecord()
      const held = await recordHeld(record, 'send', at(1))
      const signed = await recordSigned(record, makeSignOff(record), makeRulebook(), at(2))
      const sent = await recordSent(record, 'send', signed, at(3))
      expect(signed).toBe(held)
      expect(sent).toBe(held)
      expect(await getRecord(sent)).toMatchObject({ outcome: 'sent', at: 1, updated: 3, heldAt: 1, sent: { at: 3, kind: 'send' }, signOff: { at: 2_000 } })
      expect(await kinds()).toEqual(['held', 'signed', 'sent'])
      expect(await db.records.count()).toBe(1)
    })

    it('counts a message that comes twice once', async () => {
      const record = makeRecord()
      for (const time of [1, 2]) await recordHeld(record, 'send', at(time))
      const numbers = [await recordSigned(record, makeSignOff(record), makeRulebook(), at(3)), await recordSigned(record, makeSignOff(record), makeRulebook(), at(4))]
      const sent = [await recordSent(record, 'send', numbers[0] ?? null, at(5)), await recordSent(record, 'send', numbers[0] ?? null, at(6))]
      expect(new Set([...numbers, ...sent]).size).toBe(1)
      expect(await kinds()).toEqual(['held', 'signed', 'sent'])
      expect(await getRecord(numbers[0] ?? 0)).toMatchObject({ updated: 5 })
    })

    it('counts it once also when both come at the same time', async () => {
      const record = makeRecord()
      const numbers = await Promise.all([1, 2, 3].map((time) => recordSigned(record, makeSignOff(record), makeRulebook(), at(time))))
      expect(new Set(numbers).size).toBe(1)
      expect(await kinds()).toEqual(['signed'])
      expect(await db.records.count()).toBe(1)
    })

    it('writes neither record nor ledger when a sign-off is refused', async () => {
      const record = makeRecord({ decisions: [] })
      await expect(recordSigned(record, makeSignOff(record), makeRulebook(), at(1))).rejects.toMatchObject({ code: 'not-signable' })
      expect([await db.records.count(), await db.ledger.count()]).toEqual([0, 0])
    })

    it('says by what a send was known that passed no gate, in the record and in the ledger', async () => {
      const number = await recordSent(makeRecord({ session: 'past' }), 'send', null, at(5), 'said')
      expect(await getRecord(number)).toMatchObject({ outcome: 'unreviewed', sent: { at: 5, kind: 'send', seen: 'said' } })
      expect((await db.ledger.orderBy('seq').toArray()).at(-1)).toMatchObject({ kind: 'unreviewed', body: { seen: 'said', way: 'send' } })
    })

    it('says unreviewed where a needed signature is missing, sent where none was needed, overridden where a reason was given', async () => {
      const risky = makeRecord({ session: 'risky' })
      const clean = makeRecord({ session: 'clean', findings: [], decisions: [] })
      const urgent = makeRecord({ session: 'urgent', decisions: [] })
      await recordSent(risky, 'send', null, at(1))
      await recordSent(clean, 'send', null, at(2))
      await recordSigned(urgent, makeSignOff(urgent, { override: { reason: 'The customer waits.' } }), makeRulebook(), at(3))
      await recordSent(urgent, 'send', 3, at(4))
      expect((await listRecords()).map((row) => [row.session, row.outcome])).toEqual([['urgent', 'overridden'], ['clean', 'sent'], ['risky', 'unreviewed']])
      expect(await kinds()).toEqual(['unreviewed', 'sent', 'overridden', 'sent'])
    })

    it('says who let a draft go unchecked, and why, in record and ledger', async () => {
      const record = makeRecord({ findings: [], decisions: [], requirement: { tier: 'review', owners: [], reasons: [{ code: 'not-checked', tier: 'review', detail: 'unreadable', count: 1 }] } })
      await recordUnchecked(record, 'I read it twice.', { name: 'Dana', role: '' }, at(1))
      await recordSent(record, 'send', null, at(2))
      expect(await listRecords()).toMatchObject([{ outcome: 'unreviewed', signOff: null, unchecked: { reviewer: { name: 'Dana', role: '' }, reason: 'I read it twice.', at: 1 }, sent: { at: 2 } }])
      expect(await kinds()).toEqual(['overridden', 'unreviewed'])
      expect((await db.ledger.get(1))?.body).toMatchObject({ reviewer: { name: 'Dana', role: '' }, reason: 'I read it twice.', checked: false })
    })

    it('starts a new record when a draft that has left is changed and sent again', async () => {
      const first = makeRecord({ findings: [], decisions: [] })
      const second = makeRecord({ findings: [], decisions: [], draft: makeDraft('Another text.') })
      const numbers = [await recordSent(first, 'publish', null, at(1)), await recordSent(second, 'update', null, at(2))]
      expect(new Set(numbers).size).toBe(2)
    })

    it('goes on saying what was changed before the signature, unless the words came back', async () => {
      const fixed = makeDecision({ fingerprint: 'f2', outcome: 'fixed', reason: '', quote: 'for ever' })
      const record = makeRecord({ decisions: [makeDecision(), fixed] })
      const number = await recordSigned(record, makeSignOff(record), makeRulebook(), at(1))
      await recordSent(makeRecord(), 'send', number, at(2))
      expect((await getRecord(number))?.decisions.map((decision) => decision.fingerprint).sort()).toEqual(['f1', 'f2'])
      const back = makeRecord({ session: 's2', decisions: [fixed] })
      const other = await recordHeld(back, 'send', at(3))
      await recordHeld(makeRecord({ session: 's2', draft: makeDraft('It is free for ever.'), findings: [makeFinding({ fingerprint: 'f2' })], decisions: [] }), 'send', at(4))
      expect((await getRecord(other))?.decisions).toEqual([])
    })

    it('keeps the text only where the person chose so', async () => {
      const without = await recordHeld(makeRecord({ session: 'a' }), 'send', at(1))
      const kept = await recordHeld(makeRecord({ session: 'b' }), 'send', at(1, true))
      expect((await getRecord(without))?.text).toBeNull()
      expect((await getRecord(kept))?.text).toBe(makeDraft().text)
      const ledger = JSON.stringify(await db.ledger.toArray())
      for (const words of ['20% off', 'Sign today', 'café', 'ines@kunde.example']) expect(ledger).not.toContain(words)
    })
  })

  describe('the ledger', () => {
    it('is a chain that verifies, each entry signed by this device', async () => {
      const record = makeRecord()
      await recordHeld(record, 'send', at(1))
      await recordSigned(record, makeSignOff(record), makeRulebook(), at(2))
      const rows = await db.ledger.orderBy('seq').toArray()
      expect(verifyLedger(rows.map(signedEntryOf))).toMatchObject({ ok: true, count: 2 })
      expect(await checkLedger({ whole: true, now: 1 })).toEqual({ ok: true, entries: 2, checked: 2, bad: null })
      const { publicKey } = await deviceKey()
      const key = await crypto.subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', true, ['verify'])
      for (const row of rows) {
        expect(await crypto.subtle.verify('Ed25519', key, fromBase64Url(row.signature), new TextEncoder().encode(row.digest))).toBe(true)
      }
    })

    it('keeps its order under many writers at once', async () => {
      await Promise.all(Array.from({ length: 40 }, (_, i) => recordHeld(makeRecord({ session: `s${i}` }), 'send', at(i))))
      expect(await checkLedger({ whole: true, now: 1 })).toEqual({ ok: true, entries: 40, checked: 40, bad: null })
    })

    it('finds an altered entry, an entry taken out and an end cut off', async () => {
      for (const session of ['a', 'b', 'c']) await recordHeld(makeRecord({ session }), 'send', at(1))
      const rows = await db.ledger.orderBy('seq').toArray()
      await db.ledger.update(2, { at: 99 })
      expect(await checkLedger({ whole: true, now: 1 })).toMatchObject({ ok: false, bad: { seq: 2 } })
      await db.ledger.delete(2)
      expect(await checkLedger({ whole: true, now: 1 })).toMatchObject({ ok: false, bad: { seq: 2 } })
      await db.ledger.bulkPut(rows)
      // Put back by hand it fits again, and what was noticed stays noticed.
      expect(await checkLedger({ whole: true, now: 9 })).toMatchObject({ ok: false, bad: { seq: 2, since: 1 } })
      expect(await kinds()).toEqual(['held', 'held', 'held', 'tamper', 'tamper'])
    })

    it('finds an end cut off, and goes on saying so', async () => {
      for (const session of ['a', 'b', 'c']) await recordHeld(makeRecord({ session }), 'send', at(1))
      await db.ledger.delete(3)
      expect(await checkLedger({ whole: true, now: 5 })).toMatchObject({ ok: false, bad: { seq: 3, since: 5, after: 1 } })
      await recordHeld(makeRecord({ session: 'd' }), 'send', at(6))
      expect(await checkLedger({ whole: true, now: 7 })).toMatchObject({ ok: false, bad: { seq: 3, since: 5 } })
    })

    it('looks only at what is new since the last check, and at all of it on demand', async () => {
      for (const session of ['a', 'b', 'c']) await recordHeld(makeRecord({ session }), 'send', at(1))
      expect(await checkLedger({ now: 1 })).toMatchObject({ ok: true, checked: 3 })
      await recordHeld(makeRecord({ session: 'd' }), 'send', at(1))
      expect(await checkLedger({ now: 1 })).toMatchObject({ ok: true, checked: 1, entries: 4 })
      await db.ledger.update(2, { at: 99 })
      expect(await checkLedger({ now: 1 })).toMatchObject({ ok: true, checked: 0 })
      expect(await checkLedger({ whole: true, now: 2 })).toMatchObject({ ok: false, bad: { seq: 2 } })
    })

    it('does not believe a checkpoint that this device did not sign', async () => {
      for (const session of ['a', 'b', 'c']) await recordHeld(makeRecord({ session }), 'send', at(1))
      await checkLedger({ now: 1 })
      await db.ledger.update(2, { at: 99 })
      const row = await db.ledger.get(3)
      await db.meta.put({ key: 'ledger-checkpoint', value: { seq: 3, digest: row?.digest, signature: row?.signature, proof: row?.signature } })
      expect(await checkLedger({ now: 2 })).toMatchObject({ ok: false, bad: { seq: 2 } })
    })

    it('finds every field of every kind of entry altered, and an entry that somebody else added', async () => {
      for (const kind of LEDGER_KINDS.filter((one) => one !== 'tamper')) await appendWith({ kind, at: 1, body: { kind }, once: kind }, [], () => Promise.resolve())
      const rows = await db.ledger.orderBy('seq').toArray()
      const other = { at: 99, kind: 'tamper', body: { kind: 'other' }, prev: 'x', digest: 'a'.repeat(64), signature: 'b'.repeat(86) } as const
      const restore = async (): Promise<void> => {
        await Promise.all([db.ledger.clear(), db.meta.delete('ledger-head'), db.meta.delete('ledger-checkpoint')])
        await db.ledger.bulkAdd(rows)
      }
      for (const row of rows) {
        for (const field of Object.keys(other) as (keyof typeof other)[]) {
          await db.ledger.put({ ...row, [field]: other[field] })
          expect(await checkLedger({ whole: true, now: 2 }), `${field} of ${row.kind}`).toMatchObject({ ok: false, bad: { seq: row.seq } })
          await restore()
        }
      }
      const last = rows.at(-1)
      if (!last) throw new Error('there are rows')
      await db.ledger.add({ ...appendEntry(last, 3, 'sent', {}), once: 'x', signature: last.signature })
      expect(await checkLedger({ whole: true, now: 2 })).toMatchObject({ ok: false, bad: { seq: rows.length + 1 } })
    })

    it('notes tampering with its end before it goes on, and does not mend it', async () => {
      for (const session of ['a', 'b']) await recordHeld(makeRecord({ session }), 'send', at(1))
      await db.ledger.update(2, { at: 99 })
      await recordHeld(makeRecord({ session: 'c' }), 'send', at(3))
      expect(await kinds()).toEqual(['held', 'held', 'tamper', 'held'])
      expect(await checkLedger({ whole: true, now: 1 })).toMatchObject({ ok: false, bad: { seq: 2 } })
    })
  })

  describe('a device on which something is broken', () => {
    it('that lost its key goes on with a new one, and its ledger says from where on', async () => {
      for (const session of ['a', 'b']) await recordHeld(makeRecord({ session }), 'send', at(1))
      await db.meta.delete('device-key')
      await recordHeld(makeRecord({ session: 'c' }), 'send', at(3))
      await recordHeld(makeRecord({ session: 'd' }), 'send', at(4))
      const rows = await db.ledger.orderBy('seq').toArray()
      expect(rows.map(({ kind }) => kind)).toEqual(['held', 'held', 'tamper', 'held', 'held'])
      expect(rows[2]?.body).toMatchObject({ seq: 2, reason: expect.stringContaining('the key was lost') as string })
      expect(await checkLedger({ whole: true, now: 5 })).toMatchObject({ ok: false, bad: { seq: 2, since: 3 } })
    })

    it('whose clock was set back keeps the order and says by how much; a correction of minutes is none', async () => {
      await recordHeld(makeRecord({ session: 'a' }), 'send', at(100 * 86_400_000))
      await recordHeld(makeRecord({ session: 'b' }), 'send', at(100 * 86_400_000 - 60_000))
      await recordHeld(makeRecord({ session: 'c' }), 'send', at(98 * 86_400_000))
      await recordHeld(makeRecord({ session: 'd' }), 'send', at(98 * 86_400_000 + 1))
      expect((await db.ledger.orderBy('seq').toArray()).map(({ body }) => body['clockBehind'])).toEqual([undefined, undefined, 2 * 86_400_000 - 60_000, undefined])
      expect(await checkLedger({ whole: true, now: 1 })).toMatchObject({ ok: true, entries: 4 })
    })
  })

  describe('decisions', () => {
    const recall = (document: string | null, now = 2_000) => recallDecisions({ site: 'gmail', document }, ['f1', 'f2', 'f3'], now)

    it('come back in a new document of the same site, the newest one a finding', async () => {
      await recordDecided(here, makeDecision({ at: 1_000, reason: 'first' }))
      await recordDecided(here, makeDecision({ at: 1_500, reason: 'second' }))
      await recordDecided(here, makeDecision({ at: 1_200, reason: 'late messenger' }))
      expect((await recall('doc2')).map((decision) => decision.reason)).toEqual(['second'])
      expect(await recallDecisions({ site: 'hubspot', document: 'doc2' }, ['f1'], 2_000)).toEqual([])
    })

    it('do not come back once they were taken back, in whichever draft', async () => {
      await recordDecided(here, makeDecision({ at: 1_000 }))
      await recordReopened({ session: 'after-a-reload', site: 'gmail' }, 'f1', 1_500)
      expect(await recall('doc2')).toEqual([])
      expect(await kinds()).toEqual(['decided', 'decided'])
    })

    it('do not come back for another draft: one open in the same document, one after the first was sent, one a week later', async () => {
      await recordDecided(here, makeDecision())
      expect(await recall('doc1')).toEqual([])
      expect(await recall('doc2', 1_000 + 8 * 86_400_000)).toEqual([])
      const record = makeRecord()
      await recordSigned(record, makeSignOff(record), makeRulebook(), at(2))
      await recordSent(record, 'send', 1, at(3))
      expect(await recall('doc2')).toEqual([])
    })

    it('come from one earlier draft only, the one that shares most', async () => {
      await recordDecided({ ...here, session: 'other' }, makeDecision({ fingerprint: 'f3', at: 1_900 }))
      for (const fingerprint of ['f1', 'f2']) await recordDecided(here, makeDecision({ fingerprint }))
      expect((await recall('doc2')).map((decision) => decision.fingerprint).sort()).toEqual(['f1', 'f2'])
    })
  })

  describe('search and retention', () => {
    it('finds by the starts of words in subject, people, rules and quotes, whatever the case and accents', async () => {
      const number = await recordHeld(makeRecord(), 'send', at(1))
      await recordHeld(makeRecord({ session: 'b', findings: [], decisions: [], draft: makeDraft('x', { subject: '価格について', recipients: [] }) }), 'send', at(2))
      for (const query of ['CAFE', 'ines roy', 'kunde', 'percent disc', 'off mail.google']) expect([query, await searchRecords(query)]).toEqual([query, [number]])
      expect(await searchRecords('価格')).toEqual([number + 1])
      expect(await searchRecords('cafe missing')).toEqual([])
      expect(await searchRecords('  ')).toBeNull()
    })

    it('finds the newest of one word first, and says where that cannot be told', async () => {
      const subjects = ['Lamps', 'Lampshades', 'Chairs', 'Lamps for lampshades', 'Lamps again']
      const numbers: number[] = []
      for (const [index, subject] of subjects.entries()) numbers.push(await recordHeld(makeRecord({ session: `s${index}`, findings: [], decisions: [], draft: makeDraft('x', { subject, recipients: [] }) }), 'send', at(index + 1)))
      expect(await newestFound('lamp', 2)).toEqual([numbers[4], numbers[3]])
      expect(await newestFound('LAMPS', 10)).toEqual([numbers[4], numbers[3], numbers[1], numbers[0]])
      expect(await newestFound('table', 10)).toEqual([])
      expect(await newestFound('  ', 10)).toBeNull()
      for (let word = 0; word < 9; word++) await recordHeld(makeRecord({ session: `w${word}`, findings: [], decisions: [], draft: makeDraft('x', { subject: `zone${word}`, recipients: [] }) }), 'send', at(20 + word))
      expect(await newestFound('zone', 10)).toBeNull()
      expect(await newestFound('zone8', 10)).toHaveLength(1)
    })

    it('finds the newest of several words and of a phrase, and says where the words meet too rarely to tell', async () => {
      const subjects = ['Winter lamps', 'Lamps for winter', 'Winter chairs', 'Winter lamps again']
      const numbers: number[] = []
      for (const [index, subject] of subjects.entries()) numbers.push(await recordHeld(makeRecord({ session: `s${index}`, findings: [], decisions: [], draft: makeDraft('x', { subject, recipients: [] }) }), 'send', at(index + 1)))
      expect(await newestFound('lamp wint', 10)).toEqual([numbers[3], numbers[1], numbers[0]])
      expect(await newestFound('lamps winter', 2)).toEqual([numbers[3], numbers[1]])
      expect(await newestFound('"winter lamps"', 10)).toEqual([numbers[3], numbers[0]])
      expect(await newestFound('winter tables', 10)).toEqual([])
      const { number: _, ...row } = (await db.records.get(numbers[2] ?? 0))!
      await db.records.bulkAdd(Array.from({ length: 500 }, (_each, index) => ({ ...row, session: `many${index}` })))
      expect(await newestFound('winter lamps', 2), 'both words, beyond what is looked through').toBeNull()
      expect(await searchRecords('winter lamps')).toEqual([numbers[3], numbers[1], numbers[0]])
      expect(await newestFound('winter chairs', 2)).toHaveLength(2)
    })

    it('removes what is older than asked and leaves the ledger whole', async () => {
      const day = 86_400_000
      await recordHeld(makeRecord({ session: 'old' }), 'send', at(day))
      await recordHeld(makeRecord({ session: 'new' }), 'send', at(9 * day))
      expect(await applyRetention(0, 100 * day)).toBe(0)
      expect(await applyRetention(5, 10 * day)).toBe(1)
      expect((await listRecords()).map((row) => row.session)).toEqual(['new'])
      expect(await checkLedger({ whole: true, now: 1 })).toMatchObject({ ok: true, entries: 2 })
    })

    it('forgets one draft with its decisions', async () => {
      await recordDecided(here, makeDecision())
      const number = await recordHeld(makeRecord(), 'send', at(1))
      await forgetRecord(number)
      expect([await db.records.count(), await db.decisions.count()]).toEqual([0, 0])
    })
  })

  it('tells a full disk apart and has written nothing then', async () => {
    const full = (): never => { throw new DOMException('The disk is full', 'QuotaExceededError') }
    db.records.hook('creating', full)
    try {
      await expect(recordHeld(makeRecord(), 'send', at(1))).rejects.toMatchObject({ code: 'storage-full' })
    } finally {
      db.records.hook('creating').unsubscribe(full)
    }
    expect([await db.records.count(), await db.ledger.count()]).toEqual([0, 0])
  })
}
