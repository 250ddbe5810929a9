import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StoreAddress } from '../../lib/review/team/index.ts'
import { driverPorts, openStore, type DriverPorts, type TeamStore } from '../../lib/team/store/index.ts'
import { memoryStore } from '../../lib/team/store/memory.ts'
import { storeContract } from './contract.ts'
import { fakeStore, type FakeManners, type FakeStore } from './fake-store.ts'
import { faultyProxy, type Faults, type Proxy } from './proxy.ts'

const ports = (change: Partial<DriverPorts> = {}): DriverPorts => ({ ...driverPorts(), sleep: () => Promise.resolve(), timeout: 10_000, ...change })
const s3 = (endpoint: string, more: Partial<Extract<StoreAddress, { kind: 's3' }>> = {}): StoreAddress => ({ kind: 's3', endpoint, region: 'us-east-1', bucket: 'team', pathStyle: true, folder: 'a folder/sub', ...more })
const dav = (url: string): StoreAddress => ({ kind: 'webdav', url: `${url}/dav`, folder: 'a folder/sub' })
const open = (address: StoreAddress, change: Partial<DriverPorts> = {}): TeamStore =>
  openStore(address, address.kind === 's3' ? { kind: 's3', accessKeyId: 'AK', secretAccessKey: 'SK' } : { kind: 'webdav', user: 'tëam', password: 'pä:ss' }, ports(change))

describe('memory', () => storeContract({ open: () => memoryStore('contract'), createOnly: true }))

const KINDS: readonly ['S3' | 'WebDAV', (url: string) => StoreAddress][] = [['S3', (url) => s3(url)], ['WebDAV', dav]]
const MANNERS: readonly [string, FakeManners, boolean][] = [['honours conditions', {}, true], ['ignores conditions and start-after', { conditions: false, startAfter: false }, false], ['knows no conditions', { unsupported: true }, false]]

describe.each(KINDS)('%s on a fake store', (kind, address) => {
  describe.each(MANNERS.filter(([, { unsupported }]) => kind === 'S3' || !unsupported))('that %s', (_, manners, createOnly) => {
    let store: FakeStore
    beforeAll(async () => { store = await fakeStore(manners) })
    afterAll(() => store.close())
    storeContract({ open: () => open(address(store.url)), createOnly, many: 2_300 })
  })

  describe('that is slow, lossy and answers 500 to what it did', () => {
    let [store, proxy]: [FakeStore, Proxy] = [undefined as unknown as FakeStore, undefined as unknown as Proxy]
    beforeAll(async () => {
      store = await fakeStore({ conditions: false })
      proxy = await faultyProxy(store.url, { slow: 3, lossy: 0.08, lying500: 0.05, reorder: kind === 'WebDAV' })
    })
    afterAll(async () => { await proxy.close(); await store.close() })
    storeContract({ open: () => open(address(proxy.url), { tries: 12 }), createOnly: false })
  })

  describe('behind what goes wrong', () => {
    let [store, proxy]: [FakeStore, Proxy] = [undefined as unknown as FakeStore, undefined as unknown as Proxy]
    beforeAll(async () => {
      store = await fakeStore()
      proxy = await faultyProxy(store.url)
    })
    afterAll(async () => { await proxy.close(); await store.close() })
    beforeEach(() => { for (const name of Object.keys(proxy.faults) as (keyof Faults)[]) delete proxy.faults[name] })
    const list = async (client: TeamStore): Promise<number> => {
      let count = 0
      for await (const page of client.list('kind=a/')) count += page.length
      return count
    }

    it.each<[NonNullable<Faults['instead']>, string]>([
      ['html', 'html-page'], ['login', 'login'], ['redirect', 'redirected'], ['empty', 'not-a-store'], ['huge', 'too-large'], ['bomb', 'too-large'], ['cut', 'cut'], ['hang', 'timeout'],
    ])('an answer that is %s is said as %s, reading', async (instead, code) => {
      proxy.faults.instead = instead
      const client = open(address(proxy.url), { timeout: instead === 'hang' ? 200 : 10_000, tries: 2 })
      await expect(list(client)).rejects.toMatchObject({ name: 'TeamError', problem: { code } })
      if (instead === 'empty') return
      await expect(client.get('kind=a/x', { maxBytes: 1_000 })).rejects.toMatchObject({ name: 'TeamError', problem: { code } })
    })

    it('credentials that read but do not write are told apart', async () => {
      proxy.faults.instead = 'readonly'
      const client = open(address(proxy.url))
      await expect(client.put('kind=a/x', new Uint8Array(3))).rejects.toMatchObject({ problem: { code: 'read-only' } })
      expect(await client.probe()).toMatchObject({ read: true, write: false })
    })

    it('nothing listens there', async () => {
      await expect(list(open(address('http://127.0.0.1:9'), { tries: 2 }))).rejects.toMatchObject({ problem: { code: 'unreachable', params: ['127.0.0.1:9'] } })
    })

    it('no credentials are in what is thrown', async () => {
      proxy.faults.instead = 'login'
      const error: unknown = await list(open(address(proxy.url))).catch((thrown: unknown) => thrown)
      expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toMatch(/pä:ss|SK\b/)
    })

    it('tells how far the clock is off by what the store says', async () => {
      proxy.faults.clock = -3 * 3_600_000
      const client = open(address(proxy.url))
      await list(client)
      expect(Math.round((client.clockAhead() ?? 0) / 60_000)).toBe(180)
    })

    it('waits longer and longer, at random, and gives up in the end', async () => {
      proxy.faults.instead = 'cut'
      const waits: number[] = []
      const client = open(address(proxy.url), { tries: 5, random: () => 1, sleep: (ms) => { waits.push(ms); return Promise.resolve() } })
      await expect(client.get('kind=a/x', { maxBytes: 1_000 })).rejects.toMatchObject({ problem: { code: 'cut' } })
      expect(waits).toEqual([250, 500, 1_000, 2_000])
    })
  })
})

describe('S3 alone', () => {
  let store: FakeStore
  beforeAll(async () => { store = await fakeStore() })
  afterAll(() => store.close())

  it('names a bucket that is not there', async () => {
    await expect((async () => { for await (const _page of open(s3(store.url, { bucket: 'other' })).list('')) { /* nothing */ } })()).rejects.toMatchObject({ problem: { code: 'no-place', params: [expect.any(String), 'other'] } })
  })

  it('puts the bucket into the host or the path, as the address says', async () => {
    const asked: string[] = []
    const get = ((url: string) => { asked.push(url); return Promise.resolve(new Response(null, { status: 404 })) }) as typeof fetch
    await open(s3('https://s3.example', { pathStyle: false, folder: '' }), { fetch: get }).get('kind=a/x', { maxBytes: 1 })
    await open(s3('https://s3.example/', { folder: '' }), { fetch: get }).get('kind=a/x', { maxBytes: 1 })
    expect(asked).toEqual(['https://team.s3.example/kind%3Da/x', 'https://s3.example/team/kind%3Da/x'])
  })

  it('signs with the store\'s time once it was told that ours is wrong', async () => {
    const dates: string[] = []
    const storeNow = Date.UTC(2026, 10, 27, 12)
    const get = ((_: string, { headers }: { headers: Record<string, string> }) => {
      dates.push(headers['x-amz-date'] ?? '')
      const right = headers['x-amz-date']?.startsWith('20261127T12')
      return Promise.resolve(new Response(right ? 'ok' : '<Error><Code>RequestTimeTooSkewed</Code></Error>', { status: right ? 200 : 403, headers: { 'content-type': 'application/xml', date: new Date(storeNow).toUTCString() } }))
    }) as unknown as typeof fetch
    const client = open(s3('https://s3.example'), { fetch: get, now: () => storeNow + 5 * 3_600_000 })
    expect(await client.get('kind=a/x', { maxBytes: 100 })).toMatchObject({ kind: 'object' })
    expect(dates).toEqual(['20261127T170000Z', '20261127T120000Z'])
  })
})
