import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { fingerprintOf, signValue } from '../packs/index.ts'
import { FACTS, factsFor } from '../sites/catalog.ts'
import type { SiteFacts } from '../sites/index.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { db, type PackRow } from './db.ts'
import { installSiteUpdate, judgeSiteUpdate, readSiteUpdates, undoSiteUpdate, updatesInUse } from './site-updates.ts'

const lead = generateKeyPairSync('ed25519').privateKey
const stranger = generateKeyPairSync('ed25519').privateKey
const publicOf = (key: KeyObject): Uint8Array => new Uint8Array(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'))
const named = (key: KeyObject): string => Buffer.from(publicOf(key)).toString('base64url')
const AT = Date.UTC(2026, 10, 27)

/** As the worker's page would ask the browser; what is no selector here is what tests say is none. */
const isSelector = (selector: string): boolean => !selector.includes('[[')

async function signed(update: unknown, key = lead, kind: 'site update' | 'rule pack' = 'site update'): Promise<string> {
  const signature = await signValue(kind, update, { name: 'Dana Osei', publicKey: publicOf(key), at: AT }, async (bytes) => new Uint8Array(sign(null, bytes, key)))
  return JSON.stringify({ update, ...signature })
}
const facts = (change: Partial<SiteFacts> = {}): { format: 1; facts: SiteFacts } => ({ format: 1, facts: { ...FACTS.zendesk, version: '1.1.0', ...change } })
const off = (version = '1.1.0'): unknown => ({ format: 1, off: { id: 'gmail', version, reason: 'Send moved on 26 November' } })
const ticket = (change: object): Partial<SiteFacts> => ({ drafts: { ticket: { ...FACTS.zendesk.drafts['ticket']!, ...change } } })

let storage: ReturnType<typeof installFakeChrome>
beforeEach(async () => {
  storage = installFakeChrome()
  await db.packs.clear()
  await db.packs.put({ id: 'team', publicKey: named(lead) } as PackRow)
  await db.packs.put({ id: 'loose', publicKey: null } as PackRow)
})

const install = (text: string) => installSiteUpdate(text, { isSelector, at: AT })
const codes = async (text: string): Promise<unknown> => {
  const outcome = await install(text)
  return outcome.ok ? 'ok' : outcome.problems.map(({ code, where }) => (where ? `${code} ${where}` : code))
}

describe('an update of a site', () => {
  it('replaces the facts of one site, with who signed it and when', async () => {
    expect(await install(await signed(facts({ excluded: '.new' })))).toMatchObject({ ok: true })
    expect(await readSiteUpdates()).toMatchObject([{ id: 'zendesk', version: '1.1.0', signedBy: 'Dana Osei', signedAt: new Date(AT).toISOString(), publicKey: named(lead), previous: null }])
    expect(factsFor(['zendesk', 'hubspot'], await updatesInUse())).toMatchObject({ zendesk: { excluded: '.new' }, hubspot: { excluded: FACTS.hubspot.excluded } })
  })

  it('switches a site off, also one that code reads', async () => {
    expect(await codes(await signed(off()))).toBe('ok')
    expect(factsFor(['gmail'], await updatesInUse())).toEqual({ gmail: null })
    expect((await readSiteUpdates())[0]?.reason).toBe('Send moved on 26 November')
  })

  it('is taken back in one step: to the update before, then to what came with the version', async () => {
    await install(await signed(facts()))
    await install(await signed(facts({ version: '1.2.0', excluded: '.two' })))
    await undoSiteUpdate('zendesk')
    expect(await readSiteUpdates()).toMatchObject([{ version: '1.1.0' }])
    await undoSiteUpdate('zendesk')
    expect(await updatesInUse()).toEqual({})
    await expect(undoSiteUpdate('zendesk')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('counts no more once a version brings facts that are as new', async () => {
    await install(await signed(facts()))
    storage.stored['siteUpdates'] = (storage.stored['siteUpdates'] as object[]).map((one) => ({ ...one, version: FACTS.zendesk.version }))
    expect(await updatesInUse()).toEqual({})
  })
})

describe('what is refused changes nothing', () => {
  beforeEach(async () => { await install(await signed(facts({ excluded: '.good' }))) })

  const cases: [string, () => Promise<string> | string, string[]][] = [
    ['no JSON', () => '{"update":', ['json 1:1']],
    ['too large', () => ' '.repeat(200_000), ['tooLarge']],
    ['no signature', () => JSON.stringify({ update: facts({ version: '2.0.0' }) }), ['unsigned']],
    ['a field that is not known', () => signed({ ...facts({ version: '2.0.0' }), script: 'x' }), ['outline update']],
    ['a draft without a body', () => signed(facts({ version: '2.0.0', ...ticket({ body: '' }) })), ['outline update.facts.drafts.ticket.body']],
    ['a site that is not known', () => signed({ format: 1, off: { id: 'lotus', version: '2.0.0', reason: 'x' } }), ['outline update.off.id']],
    ['words changed after they were signed', async () => (await signed(facts({ version: '2.0.0' }))).replace('ticket-rich-text-editor', 'another-editor'), ['changed']],
    ['another name under the signature', async () => (await signed(facts({ version: '2.0.0' }))).replace('Dana Osei', 'Mona Lisa'), ['unfit']],
    ['a signature that was made for a pack', () => signed(facts({ version: '2.0.0' }), lead, 'rule pack'), ['unfit']],
    ['a key that signed no pack in use', () => signed(facts({ version: '2.0.0' }), stranger), ['untrusted']],
    ['an older version than the one in use', () => signed(facts({ version: '1.0.5' })), ['older version']],
    ['an older version than came with Countersign', () => signed(off('0.9.0')), ['older version']],
    ['the same version', () => signed(facts({ excluded: '.other' })), ['same version']],
    ['any other page', () => signed({ format: 1, off: { id: 'generic', version: '9.0.0', reason: 'x' } }), ['generic update']],
    ['one more host', () => signed(facts({ version: '2.0.0', hosts: [...FACTS.zendesk.hosts, 'https://*.bank.example/*'] })), ['hosts facts.hosts']],
    ['a selector that the browser does not take', () => signed(facts({ version: '2.0.0', ...ticket({ body: 'div[[x', sends: [{ kind: 'send', control: 'a[[b' }] }) })), ['selector facts.drafts.ticket.body', 'selector facts.drafts.ticket.sends.0.control']],
    ['a pattern that could run for ever', () => signed(facts({ version: '2.0.0', ...ticket({ note: { in: 'button', says: '(a+)+b' } }) })), ['pattern facts.drafts.ticket.note.says']],
  ]
  it.each(cases)('%s', async (_name, text, expected) => {
    const before = JSON.stringify(storage.stored)
    expect(await codes(await text())).toEqual(expected)
    expect(JSON.stringify(storage.stored)).toBe(before)
    expect(factsFor(['zendesk'], await updatesInUse())).toMatchObject({ zendesk: { excluded: '.good' } })
  })

  it('names the key that is not trusted, so that two people can compare it', async () => {
    const outcome = judgeSiteUpdate(await signed(facts(), stranger), { trusted: [named(lead)], inUse: [], isSelector, at: AT })
    expect(outcome).toEqual({ ok: false, problems: [{ code: 'untrusted', where: '', params: ['Dana Osei', fingerprintOf(named(stranger))] }] })
  })

  it('stays the last good one when the disk is full', async () => {
    storage.fail(new Error('QUOTA_BYTES quota exceeded'))
    await expect(install(await signed(facts({ version: '2.0.0' })))).rejects.toMatchObject({ code: 'storage-full' })
    expect(await readSiteUpdates()).toMatchObject([{ version: '1.1.0' }])
  })
})

it('leaves out what was damaged in the storage, and keeps the rest', async () => {
  await install(await signed(facts()))
  await install(await signed(off()))
  storage.stored['siteUpdates'] = [{ id: 'zendesk' }, ...(storage.stored['siteUpdates'] as object[]).slice(1)]
  expect((await readSiteUpdates()).map(({ id }) => id)).toEqual(['gmail'])
})
