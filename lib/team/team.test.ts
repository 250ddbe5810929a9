import 'fake-indexeddb/auto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Rule, RulePack } from '../engine/index.ts'
import { digestOf, signPack } from '../packs/index.ts'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { deviceKey, getPack, getSubscription, listPacks, listSubscriptions, NO_ADMINISTRATOR, savePersonalRule } from '../store/index.ts'
import * as store from '../store/administrator.ts'
import { exportPack, sharedId } from './export.ts'
import { fetchPack, packAddress, SIZE_LIMIT } from './fetch-pack.ts'
import { createSharedPacks, isDue } from './packs.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let base: string
let answer: Answer
const asked: { etag: string | undefined; cookie: string | undefined }[] = []
let now = 1_000_000

const json = (text: string, etag?: string): Answer => (request, response) => {
  if (etag !== undefined && request.headers['if-none-match'] === etag) {
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, { 'content-type': 'application/json', ...(etag === undefined ? {} : { etag }) }).end(text)
}

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ etag: request.headers['if-none-match'], cookie: request.headers.cookie })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve) }))
let browser: ReturnType<typeof installFakeChrome>
beforeEach(async () => {
  browser = installFakeChrome()
  asked.length = 0
  now = 1_000_000
  await Promise.all(db.tables.map((table) => table.clear()))
})

const rule = (id: string, words: string): Rule => ({
  id, title: words, category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: [words],
  unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [],
  examples: { flagged: [`We say ${words} here.`], clean: ['Nothing of the kind.'] },
})

const pack = (version: string, words = 'golden handshake'): RulePack =>
  ({ format: 1, id: 'sales', version, title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {}, rules: [rule('sales/one', words)] })

/** A publisher with a key of their own. */
async function makePublisher() {
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return async (value: RulePack): Promise<string> => JSON.stringify(
    await signPack(value, { name: 'Lead', publicKey, at: 0 }, async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, Uint8Array.from(bytes)))))
}

const shared = (allowed = true) => createSharedPacks({ builtins: [], now: () => now, allowed: async () => allowed })
const codes = (outcome: { problems: readonly { code: string }[] }) => outcome.problems.map((problem) => problem.code)

describe('a subscription', () => {
  it('takes a signed pack into use, asks later only whether it changed, and takes the next version', async () => {
    const sign = await makePublisher()
    const packs = shared()
    answer = json(await sign(pack('1.0.0')), '"one"')
    expect(await packs.subscribe(`${base}/sales.json`)).toMatchObject({ status: 'installed', pack: { id: 'sales', version: '1.0.0' }, problems: [] })
    expect(await packs.check('all')).toMatchObject([{ status: 'unchanged', pack: { version: '1.0.0' } }])
    answer = json(await sign(pack('1.1.0', 'bronze medal')), '"two"')
    expect(await packs.check('all')).toMatchObject([{ status: 'updated', pack: { version: '1.1.0' } }])
    expect(asked).toEqual([undefined, '"one"', '"one"'].map((etag) => ({ etag, cookie: undefined })))
    expect(await getPack('sales')).toMatchObject({ version: '1.1.0', source: 'url', signedBy: 'Lead', previous: { version: '1.0.0' } })
  })

  it.each<[string, string, (sign: (value: RulePack) => Promise<string>) => Promise<Answer>]>([
    ['an older version', 'invalid', async (sign) => json(await sign(pack('0.9.0')))],
    ['the same version with other content', 'invalid', async (sign) => json(await sign(pack('1.0.0', 'bronze medal')))],
    ['a text changed after it was signed', 'invalid', async (sign) => json((await sign(pack('1.1.0'))).replaceAll('golden', 'olden'))],
    ['another key', 'invalid', async () => json(await (await makePublisher())(pack('1.1.0')))],
    ['no signature', 'invalid', async () => json(JSON.stringify(pack('1.1.0')))],
    ['a failing example', 'invalid', async (sign) => json(await sign({ ...pack('1.1.0'), rules: [{ ...rule('sales/one', 'golden handshake'), examples: { flagged: ['No.'], clean: ['Nor.'] } }] }))],
    ['another pack', 'invalid', async (sign) => json(await sign({ ...pack('2.0.0'), id: 'other', rules: [rule('other/one', 'golden handshake')] }))],
    ['half a file', 'invalid', async (sign) => json((await sign(pack('1.1.0'))).slice(0, 100))],
    ['a login page', 'html-page', async () => (_, response) => void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><p>Log in')],
    ['a login page that calls itself JSON', 'html-page', async () => json('\n<html>Log in</html>')],
    ['an empty answer', 'empty', async () => json('')],
    ['an error', 'http-status', async () => (_, response) => void response.writeHead(503).end()],
    ['a broken connection', 'unreachable', async () => (request) => void request.socket.destroy()],
    ['a body that breaks off', 'unreachable', async () => (request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"pack":', () => request.socket.destroy())
    }],
  ])('keeps the last good version and says why when the address gives %s', async (_, code, spoiled) => {
    const sign = await makePublisher()
    const packs = shared()
    answer = json(await sign(pack('1.0.0')))
    await packs.subscribe(`${base}/sales.json`)
    answer = await spoiled(sign)
    const [outcome] = await packs.check('all')
    expect(outcome).toMatchObject({ status: 'refused', pack: { version: '1.0.0' } })
    expect(codes(outcome!)).toEqual([code])
    expect(await getPack('sales')).toMatchObject({ version: '1.0.0' })
    expect(await getSubscription(`${base}/sales.json`)).toMatchObject({ failures: 1, goodAt: 1_000_000, problems: [{ code }] })

    answer = json(await sign(pack('1.2.0')))
    expect(await packs.check('all')).toMatchObject([{ status: 'updated', pack: { version: '1.2.0' } }])
    expect(await getSubscription(`${base}/sales.json`)).toMatchObject({ failures: 0, problems: [] })
  })

  it('is not kept when its first answer is no pack', async () => {
    answer = json('{}')
    expect((await shared().subscribe(`${base}/sales.json`)).status).toBe('refused')
    expect(await getSubscription(`${base}/sales.json`)).toBeNull()
  })

  it('asks nothing of an address that may not be asked', async () => {
    expect(codes(await shared(false).subscribe(`${base}/x.json`))).toEqual(['no-permission'])
    for (const address of ['http://packs.example/x.json', 'https://user:secret@packs.example/x.json', 'ftp://packs.example/x', 'nonsense']) {
      expect([address, codes(await shared().subscribe(address))]).toEqual([address, ['bad-address']])
    }
    expect(asked).toEqual([])
  })

  it('is checked hourly, and less and less often while it fails', () => {
    const hour = 3_600_000
    const due = (age: number, failures: number) => isDue({ checkedAt: 100 * hour, failures }, 100 * hour + age)
    expect([due(hour / 2, 0), due(hour, 0)]).toEqual([false, true])
    expect([due(hour, 1), due(2 * hour, 1), due(12 * hour, 10), due(24 * hour, 10)]).toEqual([false, true, false, true])
    // The clock was set back: rather once too often than never again.
    expect(due(-hour, 0)).toBe(true)
  })
})

describe('an address that is looked at first', () => {
  it('says what it would bring and keeps nothing; then only that is taken into use', async () => {
    const sign = await makePublisher()
    const [shown, other] = [pack('1.0.0'), pack('1.1.0', 'bronze medal')]
    answer = json(await sign(shown), '"shown"')
    const found = await shared().look(`${base}/sales.json`)
    expect(found).toMatchObject({ kind: 'new', pack: { id: 'sales', version: '1.0.0' }, replaces: null, digest: digestOf(shown) })
    expect([await listPacks(), await listSubscriptions()]).toEqual([[], []])
    answer = json(await sign(other), '"other"')
    expect(codes(await shared().subscribe(`${base}/sales.json`, digestOf(shown)))).toEqual(['other-content'])
    expect([await listPacks(), await listSubscriptions()]).toEqual([[], []])
    answer = json(await sign(shown), '"shown"')
    expect(await shared().subscribe(`${base}/sales.json`, digestOf(shown))).toMatchObject({ status: 'installed' })
    answer = json(await sign(other), '"other"')
    expect(await shared().check('all'), 'later versions come as always').toMatchObject([{ status: 'updated', pack: { version: '1.1.0' } }])
    expect(await shared().look(`${base}/sales.json`)).toEqual({ kind: 'in-use' })
  })

  it('is refused in words', async () => {
    expect(await shared(false).look(`${base}/x.json`)).toMatchObject({ kind: 'refused', problems: [{ code: 'no-permission' }] })
    answer = json('{"format":1}', '"none"')
    const refused = await shared().look(`${base}/sales.json`)
    expect(refused.kind).toBe('refused')
    expect(codes(refused as { problems: readonly { code: string }[] })).toContain('invalid')
  })
})

describe('what a source is held to', () => {
  it('is one content, where the address says which', async () => {
    const sign = await makePublisher()
    const [agreed, other] = [pack('1.0.0'), pack('1.1.0', 'bronze medal')]
    answer = json(await sign(other), '"other"')
    const address = `${base}/sales.json#sha256-${digestOf(agreed)}`
    expect(codes(await shared().subscribe(address))).toEqual(['other-content'])
    answer = json(await sign(agreed), '"agreed"')
    expect(await shared().subscribe(address)).toMatchObject({ status: 'installed', url: `${base}/sales.json` })
    answer = json(await sign(other), '"other"')
    const [outcome] = await shared().check('all')
    expect(outcome).toMatchObject({ status: 'refused', pack: { version: '1.0.0' }, problems: [{ code: 'other-content', params: ['127.0.0.1:' + new URL(base).port, digestOf(other), digestOf(agreed)] }] })
  })

  it('is one key, where the administrator says which; the address becomes a subscription that stays', async () => {
    const [team, stranger] = [await makePublisher(), await makePublisher()]
    const key = (JSON.parse(await team(pack('1.0.0'))) as { publicKey: string }).publicKey
    // The real check of managed values asks for https; the browser's own is not what is tested here.
    const url = `${base}/forced.json`
    vi.spyOn(store, 'readAdministrator').mockResolvedValue({ ...NO_ADMINISTRATOR, sources: [{ url, key }] })
    answer = json(await stranger(pack('1.0.0')))
    expect(await shared().check('due')).toMatchObject([{ status: 'refused', url, pack: null, problems: [{ code: 'invalid' }] }])
    now += 86_400_000
    answer = json(await team(pack('1.0.0')), '"a"')
    expect(await shared().check('due')).toMatchObject([{ status: 'installed' }])
    expect(codes(await shared().unsubscribe(url))).toEqual(['locked'])
    expect(await getSubscription(url)).not.toBeNull()
    vi.mocked(store.readAdministrator).mockRestore()
    expect(codes(await shared().unsubscribe(url))).toEqual([])
    expect(await getSubscription(url)).toBeNull()
  })

  it('is the administrator alone, where own sources are off', async () => {
    browser.manage({ features: { off: ['sources'] } })
    expect(codes(await shared().subscribe(`${base}/sales.json`))).toEqual(['locked'])
    expect(codes(await shared().installFile(JSON.stringify(pack('1.0.0'))))).toEqual(['locked'])
    expect(asked).toEqual([])
  })

  it('is asked later by chance after failures, so that a server that comes back does not meet everybody at once', () => {
    const hour = 3_600_000
    const dueAt = (checkedAt: number) => { let at = checkedAt; while (!isDue({ checkedAt, failures: 3 }, at)) at += 60_000; return at - checkedAt }
    const waits = Array.from({ length: 100 }, (_, index) => dueAt(100 * hour + index * 10))
    expect(new Set(waits).size).toBeGreaterThan(50)
    expect(Math.min(...waits)).toBeGreaterThan(7.5 * hour)
    expect(Math.max(...waits)).toBeLessThan(10.5 * hour)
  })
})

describe('fetching', () => {
  const codeOf = (work: Promise<unknown>) => work.then(() => 'none', (error: { problem?: { code: string } }) => error.problem?.code)

  it('refuses to be sent on, and asks no address but the one that was given', async () => {
    const asked: (string | undefined)[] = []
    answer = (request, response) => {
      asked.push(request.url)
      response.writeHead(302, { location: request.url === '/own' ? '/there' : `${base.replace('127.0.0.1', 'localhost')}/there` }).end()
    }
    for (const path of ['/away', '/own']) expect(await codeOf(fetchPack(packAddress(`${base}${path}`), { etag: null }))).toBe('redirected')
    expect(asked).toEqual(['/away', '/own'])
  })

  it('stops a body that is too large, said or not, packed or not', async () => {
    const large = Buffer.alloc(SIZE_LIMIT + 1, 0x20)
    answer = (_, response) => void response.writeHead(200, { 'content-length': String(large.length) }).end(large)
    expect(await codeOf(fetchPack(packAddress(base), { etag: null }))).toBe('too-large')
    answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20)))
    expect(await codeOf(fetchPack(packAddress(base), { etag: null }))).toBe('too-large')
  })

  it('gives up on an answer that never ends', async () => {
    answer = (_, response) => void response.writeHead(200).write('{')
    expect(await codeOf(fetchPack(packAddress(base), { etag: null, timeout: 50 }))).toBe('timeout')
  })
})

describe('a pack as a file', () => {
  it('goes from one device to another: exported signed, opened, in use', async () => {
    await savePersonalRule(rule('personal/one', 'golden handshake'), 'Rules of mine', 1)
    const file = await exportPack('personal', [], { name: 'Dana Osei', at: 5 })
    expect(file.name).toBe('rules-of-dana-osei-0.1.0.json')
    const key = await deviceKey()

    await Promise.all(db.tables.map((table) => table.clear()))
    expect(await shared().installFile(file.text)).toMatchObject({ status: 'installed', pack: { id: 'rules-of-dana-osei', version: '0.1.0' } })
    const installed = await getPack('rules-of-dana-osei')
    expect(installed).toMatchObject({ source: 'file', signedBy: 'Dana Osei', pack: { rules: [{ id: 'rules-of-dana-osei/one' }] } })
    expect(Buffer.from(installed?.publicKey ?? '', 'base64url')).toEqual(Buffer.from(key.publicKey))
    expect(await shared().installFile(file.text)).toMatchObject({ status: 'unchanged' })
  })

  it('may be unsigned when the person opens it, but never replaces a signed one', async () => {
    const sign = await makePublisher()
    expect(await shared().installFile(JSON.stringify(pack('1.0.0')))).toMatchObject({ status: 'installed' })
    expect(await shared().installFile(await sign(pack('1.1.0')))).toMatchObject({ status: 'updated' })
    expect(codes(await shared().installFile(JSON.stringify(pack('1.2.0'))))).toEqual(['invalid'])
    expect(await getPack('sales')).toMatchObject({ version: '1.1.0' })
  })

  it('cannot take the place of the person\'s own rules', async () => {
    const mine = { ...pack('9.0.0'), id: 'personal', rules: [rule('personal/one', 'golden handshake')] }
    expect(codes(await shared().installFile(JSON.stringify(mine)))).toEqual(['reserved-id'])
  })

  it('is refused in words when it is no pack', async () => {
    const outcome = await shared().installFile('hello')
    expect(outcome).toMatchObject({ status: 'refused', pack: null, url: null })
    expect(outcome.problems[0]?.detail).toMatch(/^pack\.json:1:\d+ /)
    await expect(exportPack('nowhere', [], { name: '', at: 0 })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is named after the person in letters an id can have', () => {
    expect(['Zoë  Müller', '山田', ''].map(sharedId)).toEqual(['rules-of-zoe-muller', 'rules-of-a-person', 'rules-of-a-person'])
  })
})
