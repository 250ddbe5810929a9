import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { compileRuleset, createScanner, decodeRuleset, encodeRuleset, type Rule, type RulePack } from '../engine/index.ts'
import type { Rulebook } from '../guard/types.ts'
import { installPack } from '../packs/index.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { recordCorrection, listCorrections } from './corrections.ts'
import { db } from './db.ts'
import { appendWith } from './ledger.ts'
import { checkLedger } from './ledger-check.ts'
import { ledgerLines } from './ledger-export.ts'
import { activatePack, activePack, getPack, listSubscriptions, removePack, rollBackPack, saveSubscription, setPackOn, setRuleOn } from './packs.ts'
import { removePersonalRule, savePersonalRule } from './personal.ts'
import { answeredProposals, answerProposal } from './answers.ts'
import { createRulebookSource } from './rulebook.ts'
import { saveSettings, loadSettings } from './settings.ts'
import { exportAll, importAll, importFile } from './transfer.ts'

function rule(id: string, words: string): Rule {
  return {
    id, title: words, category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: [words],
    unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [],
    examples: { flagged: [`We say ${words} here.`], clean: ['Nothing of the kind.'] },
  }
}

function pack(id: string, version: string, words = 'golden handshake'): RulePack {
  return { format: 1, id, version, title: `Pack ${id}`, description: 'For tests.', owner: 'pricing', lists: {}, rules: [rule(`${id}/one`, words), rule(`${id}/two`, 'silver lining')] }
}

/** What a frame gets. */
function rulesOf({ ruleset }: Rulebook): string[] {
  const decoded = decodeRuleset(ruleset)
  return Array.from({ length: decoded.count }, (_, i) => `${decoded.ruleAt(i).rule.id} ${decoded.ruleAt(i).packVersion}`)
}

async function install(value: RulePack, at: number): Promise<string> {
  const text = JSON.stringify(value)
  const decision = installPack({ json: text, file: 'test', active: await activePack(value.id, []), trust: { kind: 'local' } })
  if (decision.kind === 'activate') await activatePack(decision, { source: 'file', url: null, text, at })
  return decision.kind
}

beforeEach(async () => {
  installFakeChrome()
  await Promise.all(db.tables.map((table) => table.clear()))
})

describe('installed packs', () => {
  it('keep the version before, go back to it on request, and note both in the ledger', async () => {
    expect(await install(pack('sales', '1.0.0'), 1)).toBe('activate')
    expect(await install(pack('sales', '1.1.0', 'bronze medal'), 2)).toBe('activate')
    expect(await getPack('sales')).toMatchObject({ version: '1.1.0', previous: { version: '1.0.0' } })
    await rollBackPack('sales', 3)
    expect(await getPack('sales')).toMatchObject({ version: '1.0.0', previous: { version: '1.1.0' } })
    expect((await db.ledger.orderBy('seq').toArray()).map((row) => row.body['version'])).toEqual(['1.0.0', '1.1.0', '1.0.0'])
    expect((await checkLedger({ whole: true, now: 1 })).ok).toBe(true)
    await expect(rollBackPack('other', 4)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('make the rulebook, without what is switched off, and a new one only when something changed', async () => {
    const source = createRulebookSource([pack('built', '1.0.0'), pack('sales', '0.1.0')])
    const first = await source()
    expect(await source()).toBe(first)
    expect(rulesOf(first)).toEqual(['built/one 1.0.0', 'built/two 1.0.0', 'sales/one 0.1.0', 'sales/two 0.1.0'])

    await install(pack('sales', '1.0.0'), 1)
    await setRuleOn('sales/one', false)
    const second = await source()
    expect(rulesOf(second)).toEqual(['built/one 1.0.0', 'built/two 1.0.0', 'sales/two 1.0.0'])
    expect(second.rulesetDigest).not.toBe(first.rulesetDigest)

    await setPackOn('built', false)
    await setRuleOn('sales/two', false)
    expect(rulesOf(await source())).toEqual([])
    await setRuleOn('sales/two', true)
    await setRuleOn('sales/one', true)
    await setPackOn('built', true)
    await removePack('sales')
    expect((await source()).rulesetDigest).toBe(first.rulesetDigest)
  })

  it('are compiled once and kept, so that a worker that starts again only reads them', async () => {
    const packs = [pack('built', '1.0.0')]
    const { ruleset, rulesetDigest } = await createRulebookSource(packs)()
    expect(await db.meta.get('ruleset')).toMatchObject({ value: { digest: rulesetDigest } })
    // Another ruleset under the same digest shows that nothing is compiled.
    const other = encodeRuleset(compileRuleset([pack('other', '2.0.0')]))
    await db.meta.put({ key: 'ruleset', value: { digest: rulesetDigest, bytes: other } })
    expect(rulesOf(await createRulebookSource(packs)())).toEqual(['other/one 2.0.0', 'other/two 2.0.0'])
    const draft = { kind: 'email', site: '', subject: '', recipients: [], text: 'A golden handshake.', blocks: [], locale: '' } as const
    expect(createScanner(decodeRuleset(ruleset)).scan(draft).findings).toHaveLength(1)
  })

  it.each([
    ['damaged', (bytes: ArrayBuffer) => { new Uint8Array(bytes)[bytes.byteLength >> 1]! ^= 1 }],
    ['of another format', (bytes: ArrayBuffer) => { new Int32Array(bytes)[1] = 999 }],
  ])('are compiled again where what was kept is %s', async (_, spoil) => {
    const packs = [pack('built', '1.0.0')]
    const { ruleset, rulesetDigest } = await createRulebookSource(packs)()
    const bad = ruleset.slice(0)
    spoil(bad)
    await db.meta.put({ key: 'ruleset', value: { digest: rulesetDigest, bytes: bad } })
    expect(rulesOf(await createRulebookSource(packs)())).toEqual(['built/one 1.0.0', 'built/two 1.0.0'])
  })

  it('are compiled anew when a frame could not use what it got, even where nothing else changed', async () => {
    const source = createRulebookSource([pack('built', '1.0.0')])
    const first = await source()
    expect(await source(true)).not.toBe(first)
    expect(rulesOf(await source())).toEqual(rulesOf(first))
  })

  it('let a person who works alone own every area, whoever they say they are', async () => {
    await saveSettings({ reviewer: { name: 'Dana', role: 'Sales' } })
    const book = await createRulebookSource([])()
    expect(book.owns).toContain('legal')
    expect(book.reviewer).toEqual({ name: 'Dana', role: 'Sales' })
  })
})

describe('a person\'s own rules', () => {
  it('become a pack whose version never comes twice, not even after going back', async () => {
    expect((await savePersonalRule(rule('personal/one', 'golden handshake'), 'Mine', 1)).kind).toBe('activate')
    expect((await savePersonalRule(rule('personal/two', 'silver lining'), 'Mine', 2)).kind).toBe('activate')
    await rollBackPack('personal', 3)
    await savePersonalRule(rule('personal/three', 'bronze medal'), 'Mine', 4)
    expect(await getPack('personal')).toMatchObject({ version: '0.3.0', source: 'personal' })
    expect((await getPack('personal'))?.pack.rules.map((r) => r.id)).toEqual(['personal/one', 'personal/three'])
  })

  it('are refused with their reason when an example fails, and change nothing', async () => {
    const broken = { ...rule('personal/one', 'golden handshake'), examples: { flagged: ['Nothing here.'], clean: ['Nor here.'] } }
    expect(await savePersonalRule(broken, 'Mine', 1)).toMatchObject({ kind: 'keep', problems: [{}] })
    expect(await getPack('personal')).toBeNull()
  })

  it('bring the word lists they use, and a list goes with the last rule that uses it', async () => {
    const listed = (name: string): Rule => ({ ...rule(`personal/${name}`, 'our {list:things}'), examples: { flagged: ['This is our lamp.'], clean: ['This is our hat.'] } })
    const lists = async () => (await getPack('personal'))?.pack.lists
    expect((await savePersonalRule(listed('one'), 'Mine', 1)).kind).toBe('keep')
    expect((await savePersonalRule(listed('one'), 'Mine', 2, { things: ['lamp'], other: ['unused'] })).kind).toBe('activate')
    expect(await lists()).toEqual({ things: ['lamp'] })
    await savePersonalRule(listed('two'), 'Mine', 3)
    await savePersonalRule(rule('personal/one', 'golden handshake'), 'Mine', 4)
    expect(await lists()).toEqual({ things: ['lamp'] })
    await removePersonalRule('personal/two', 'Mine', 5)
    expect(await lists()).toEqual({})
  })

  it('go one by one, and the pack with the last', async () => {
    await savePersonalRule(rule('personal/one', 'golden handshake'), 'Mine', 1)
    await savePersonalRule(rule('personal/two', 'silver lining'), 'Mine', 2)
    await removePersonalRule('personal/one', 'Mine', 3)
    expect((await getPack('personal'))?.pack.rules.map((r) => r.id)).toEqual(['personal/two'])
    await removePersonalRule('personal/two', 'Mine', 4)
    expect(await getPack('personal')).toBeNull()
    await savePersonalRule(rule('personal/one', 'bronze medal'), 'Mine', 5)
    expect(await getPack('personal')).toMatchObject({ version: '0.4.0' })
  })
})

describe('export and import', () => {
  const correction = { rule: 'pricing/percent-off', category: 'pricing' as const, before: '20% off', after: 'our best price', sentence: 'Get 20% off.', site: 'gmail', at: 5 }
  const exported = async (): Promise<string> => {
    let file = ''
    for await (const piece of exportAll(9)) file += piece
    return file
  }

  it('brings settings, packs, corrections and answers to another device, once however often', async () => {
    await install(pack('sales', '1.0.0'), 1)
    await recordCorrection(correction)
    await recordCorrection(correction)
    await answerProposal({ id: 'p1', state: 'refused', at: 6, rule: null })
    await saveSettings({ sites: [{ prefix: 'https://mail.google.com/', adapter: 'gmail', on: true }], keepTexts: true })
    await saveSubscription({ url: 'https://packs.example/sales.json', packId: 'sales', etag: '"a"', checkedAt: 5, goodAt: 5, failures: 0, problems: [], pinned: 'a'.repeat(64) })
    const file = await exported()

    await Promise.all(db.tables.map((table) => table.clear()))
    installFakeChrome()
    expect(await importAll(file)).toEqual({ packs: 1, corrections: 1, proposals: 1 })
    expect(await importAll(file)).toEqual({ packs: 0, corrections: 0, proposals: 0 })
    expect(await listCorrections()).toMatchObject([correction])
    expect((await answeredProposals()).get('p1')?.state).toBe('refused')
    // The address is asked anew, for what was agreed on.
    expect(await listSubscriptions()).toEqual([{ url: 'https://packs.example/sales.json', packId: 'sales', etag: null, checkedAt: null, goodAt: null, failures: 0, problems: [], pinned: 'a'.repeat(64) }])
    // A site needs its permission: it comes along, turned off.
    expect(await loadSettings()).toMatchObject({ keepTexts: true, sites: [{ prefix: 'https://mail.google.com/', on: false }] })
  })

  it.each([
    ['cut off', (file: string) => file.slice(0, -20), 'malformed'],
    ['newer', (file: string) => file.replace('"version":1', '"version":2'), 'newer-version'],
    ['with a field we do not know', (file: string) => file.replace('"at":9', '"at":9,"extra":1'), 'malformed'],
    ['with a pack whose examples fail', (file: string) => file.replaceAll('We say golden', 'We say olden'), 'malformed'],
    ['not ours', () => '{"hello":1}', 'malformed'],
  ])('refuses a file that is %s, and nothing of it is taken', async (_, spoil, code) => {
    await install(pack('sales', '1.0.0'), 1)
    await recordCorrection(correction)
    const file = await exported()
    await Promise.all(db.tables.map((table) => table.clear()))
    await expect(importAll(spoil(file))).rejects.toMatchObject({ code })
    expect([await db.packs.count(), await db.corrections.count()]).toEqual([0, 0])
  })

  it('refuses 500 MB by its size, unread, and says what it has', async () => {
    const read = vi.fn(() => Promise.resolve(''))
    await expect(importFile({ size: 500 * 1024 * 1024, text: read })).rejects.toMatchObject({ code: 'malformed', message: expect.stringContaining('500 MB') as string })
    expect(read).not.toHaveBeenCalled()
  })

  it('takes words that look like code as words', async () => {
    const hostile = { ...correction, before: '<img src=x onerror=alert(1)>', after: '__proto__', sentence: '"}],"packs":[{"\u0000 <img src=x onerror=alert(1)> \u202e' }
    await recordCorrection(hostile)
    const file = await exported()
    await Promise.all(db.tables.map((table) => table.clear()))
    expect(await importAll(file)).toMatchObject({ corrections: 1 })
    expect(await listCorrections()).toMatchObject([hostile])
  })

  it('takes nothing where the disk is full in the middle of it, settings included', async () => {
    await recordCorrection(correction)
    await recordCorrection({ ...correction, at: 6 })
    await saveSettings({ keepTexts: true })
    const file = await exported()
    await Promise.all(db.tables.map((table) => table.clear()))
    installFakeChrome()
    const full = (): never => { throw new DOMException('no room', 'QuotaExceededError') }
    db.proposals.hook('creating', full)
    await answerProposal({ id: 'p1', state: 'refused', at: 6, rule: null }).catch(() => undefined)
    await expect(importAll(file.replace('"proposals":[]', '"proposals":[{"id":"p1","state":"refused","at":6,"rule":null}]'))).rejects.toMatchObject({ code: 'storage-full' })
    db.proposals.hook('creating').unsubscribe(full)
    expect([await db.corrections.count(), (await loadSettings()).keepTexts]).toEqual([0, false])
    expect(await importAll(file)).toMatchObject({ corrections: 2 })
    expect((await loadSettings()).keepTexts).toBe(true)
  })

  it('takes nothing from a ledger, also from one that overlaps ours, and says how it is checked', async () => {
    await appendWith({ kind: 'held', at: 1, body: {}, once: 'a' }, [], () => Promise.resolve())
    let file = ''
    for await (const piece of ledgerLines(2)) file += piece
    await appendWith({ kind: 'held', at: 3, body: {}, once: 'b' }, [], () => Promise.resolve())
    await expect(importAll(file)).rejects.toMatchObject({ code: 'malformed', message: expect.stringContaining('ledger -- verify') as string })
    expect(await db.ledger.count()).toBe(2)
    expect(await checkLedger({ whole: true, now: 4 })).toMatchObject({ ok: true, entries: 2 })
  })
})
