import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StoreAddress } from '../../lib/review/team/index.ts'
import { driverPorts, openStore, type TeamStore } from '../../lib/team/store/index.ts'
import { localCertificate } from './certificate.ts'
import { couple } from './couple.ts'
import { fakeStore, type FakeStore } from './fake-store.ts'
import { faultyProxy, type Faults, type Proxy } from './proxy.ts'

let [store, proxy]: [FakeStore, Proxy] = [undefined as unknown as FakeStore, undefined as unknown as Proxy]
beforeAll(async () => {
  store = await fakeStore()
  proxy = await faultyProxy(store.url)
})
afterAll(async () => { await proxy.close(); await store.close() })
beforeEach(() => {
  store.objects.clear()
  for (const name of Object.keys(proxy.faults) as (keyof Faults)[]) delete proxy.faults[name]
})

const address = (): StoreAddress => ({ kind: 's3', endpoint: proxy.url, region: 'us-east-1', bucket: 'team', pathStyle: true, folder: 'x' })
const KEYS = { kind: 's3', accessKeyId: 'AK', secretAccessKey: 'SK' } as const
const ports = (tries = 3) => ({ ...driverPorts(), sleep: () => Promise.resolve(), timeout: 5_000, tries })
const open = (tries = 3) => () => openStore(address(), KEYS, ports(tries))

describe('two devices over a store', () => {
  it('a pack that is published is in use on the other at its next look, and an unchanged look costs one conditional request of less than 1 KB', async () => {
    const { lead, rep, publish } = await couple(open())
    await publish('1.0.0', 'golden words')
    await lead.sync.check('now')
    expect((await rep.sync.check('hint')).packs).toEqual([{ id: 'sales', version: '1.0.0' }])
    expect((await rep.sync.check('hint')).outcome).toBe('unchanged')

    await new Promise((resolve) => setTimeout(resolve, 60)) // The proxy counts what is on the wire every 20 ms.
    const before = { ...proxy.traffic }
    expect((await rep.sync.check('hint')).outcome).toBe('unchanged')
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(proxy.traffic.requests - before.requests).toBe(1)
    expect(proxy.traffic.up + proxy.traffic.down - before.up - before.down).toBeLessThan(1_024)

    await publish('1.1.0', 'silver words')
    await lead.sync.check('hint')
    expect((await rep.sync.check('hint')).packs).toEqual([{ id: 'sales', version: '1.1.0' }])
  })

  it.each<[string, Faults, string]>([
    ['a login page with status 200', { instead: 'html' }, 'html-page'], ['another host', { instead: 'redirect' }, 'redirected'], ['2 GB', { instead: 'huge' }, 'too-large'], ['a gzip bomb', { instead: 'bomb' }, 'too-large'],
    ['a login that is refused', { instead: 'login' }, 'login'], ['answers that break off', { instead: 'cut' }, 'cut'], ['nothing, 0 bytes', { instead: 'empty' }, 'not-a-store'],
  ])('%s changes nothing: the last good state is in use, and the reason is known', async (_, faults, code) => {
    const { lead, rep, publish } = await couple(open(1))
    await publish('1.0.0', 'golden words')
    await lead.sync.check('now')
    await rep.sync.check('now')
    Object.assign(proxy.faults, faults)
    expect(await rep.sync.check('now')).toMatchObject({ outcome: 'failed', problem: { code } })
    expect(rep.packs.get('sales')?.pack.version).toBe('1.0.0')
    expect((await rep.sync.now())?.state).toMatchObject({ problem: { code }, active: { sales: { version: '1.0.0' } } })
    for (const name of Object.keys(faults) as (keyof Faults)[]) delete proxy.faults[name]
    expect((await rep.sync.check('now')).problem).toBeNull()
  })

  it('who may read but not write gets packs all the same, and is told', async () => {
    const { lead, rep, publish } = await couple(open())
    await publish('1.0.0', 'golden words')
    await lead.sync.check('now')
    proxy.faults.instead = 'readonly'
    await rep.mail('request', 'r1', lead.signKey)
    expect(await rep.sync.check('now')).toMatchObject({ outcome: 'partly', problem: { code: 'read-only' }, packs: [{ id: 'sales', version: '1.0.0' }] })
  })

  it('a listing that hides the newest versions takes nobody back, and what is hidden is named', async () => {
    const { lead, rep, publish } = await couple(open())
    await publish('1.0.0', 'golden words')
    await publish('2.0.0', 'silver words')
    await lead.sync.check('now')
    await rep.sync.check('now')
    proxy.faults.hide = '00000002-'
    await rep.sync.check('all')
    expect(rep.packs.get('sales')?.pack.version).toBe('2.0.0')
    const now = await rep.sync.now()
    expect(now?.team.manifest?.version).toBe(2)
    expect(now?.state.missing.some((name) => name.startsWith('kind=manifest/00000002-'))).toBe(true)
  })

  it('a certificate that has run out, and is of nobody that is trusted, lets nothing through in either direction', async () => {
    const secure = await fakeStore({}, await localCertificate({ expired: true }))
    let broken = false
    const open = (): TeamStore => {
      const [good, bad] = [openStore(address(), KEYS, ports()), openStore({ ...address(), endpoint: secure.url } as StoreAddress, KEYS, { ...ports(), tries: 1 })]
      const now = (): TeamStore => (broken ? bad : good)
      return { kind: 's3', list: (...args) => now().list(...args), get: (...args) => now().get(...args), put: (...args) => now().put(...args), probe: () => now().probe(), clockAhead: () => now().clockAhead() }
    }
    const { lead, rep, publish } = await couple(open)
    await publish('1.0.0', 'golden words')
    await lead.sync.check('now')
    await rep.sync.check('now')
    broken = true
    await rep.mail('request', 'r1', lead.signKey)
    expect(await rep.sync.check('now')).toMatchObject({ outcome: 'failed', problem: { code: 'unreachable', params: [new URL(secure.url).host] } })
    expect(secure.asked, 'not one request was made').toEqual([])
    expect([rep.packs.get('sales')?.pack.version, await rep.memory.outboxSize()]).toEqual(['1.0.0', 1])
    broken = false
    expect((await rep.sync.check('now')).problem).toBeNull()
    expect(await rep.memory.outboxSize()).toBe(0)
    await secure.close()
  })

  it('a clock that is hours off, here or there, keeps nothing back', async () => {
    const { lead, rep, publish } = await couple(open())
    proxy.faults.clock = 5 * 3_600_000
    rep.skew = -30 * 3_600_000
    await publish('1.0.0', 'golden words')
    await lead.sync.check('now')
    expect((await rep.sync.check('now')).packs).toEqual([{ id: 'sales', version: '1.0.0' }])
    await rep.mail('request', 'r1', lead.signKey)
    expect(await rep.sync.check('now')).toMatchObject({ problem: null })
    expect([...store.objects.keys()].some((path) => path.includes('kind=requests/'))).toBe(true)
  })

  it('what a key signs after it was given up is refused and named, and what it published before stays', async () => {
    const { lead, rep, publish, publishAs, change } = await couple(open())
    await publish('1.0.0', 'golden words')
    await change({ kind: 'change', signKey: rep.signKey, teamRole: 'lead', areas: [], deputy: [], keep: [] })
    await lead.sync.check('now')
    await rep.sync.check('now')
    await change({ kind: 'remove', signKey: rep.signKey, why: 'lost', note: null, keep: [] })
    await lead.sync.check('now')
    // The lost device does not know it yet.
    await publishAs(rep, 2, '2.0.0', 'other words')
    await rep.sync.check('now')
    expect((await lead.sync.check('now')).rejected).toMatchObject([{ refusal: 'former-key', detail: 'rep' }])
    expect((await lead.sync.check('all')).packs).toEqual([])
    expect(lead.packs.get('sales')?.pack.version).toBe('1.0.0')
    expect(rep.packs.size, 'who is out has none of the packs').toBe(0)
  })

  it('two leads who publish one version at once: the same one counts for both, and the other is named', async () => {
    const { lead, rep, publishAs, change } = await couple(open())
    await change({ kind: 'change', signKey: rep.signKey, teamRole: 'lead', areas: [], deputy: [], keep: [] })
    await lead.sync.check('now')
    await rep.sync.check('now')
    await publishAs(lead, 1, '1.0.0', 'golden words')
    await publishAs(rep, 1, '1.0.0', 'silver words')
    for (const device of [rep, lead, rep]) await device.sync.check('now')
    const folded = await Promise.all([lead, rep].map(async (device) => (await device.sync.now())?.team.packs.get('sales')))
    // Who is longer in the team.
    expect(folded.map((packs) => packs?.statements.map(({ signed }) => signed.content.by))).toEqual([[lead.signKey], [lead.signKey]])
    expect(folded.map((packs) => packs?.others.map(({ refusal }) => refusal))).toEqual([['conflict'], ['conflict']])
    for (const device of [lead, rep]) expect((await device.sync.now())?.state.rejections.map(({ refusal }) => refusal)).toContain('conflict')
    // It stays so where the first lead takes a new key.
    const keep = folded[0]?.statements.map(({ digest }) => digest) ?? []
    await change({ kind: 'rotate', from: lead.signKey, card: { ...lead.card, signKey: 'n'.repeat(43) }, note: null, keep })
    await lead.sync.check('now')
    await rep.sync.check('now')
    expect((await rep.sync.now())?.team.packs.get('sales')?.statements.map(({ digest }) => digest)).toEqual(keep)
  })

  it('a team that the store shows as it was before goes back on nobody, and the store gets what it lost', async () => {
    const { lead, rep, publish, change } = await couple(open())
    await publish('1.0.0', 'golden words')
    await lead.sync.check('now')
    const before = new Map(store.objects)
    await change({ kind: 'settings', settings: { askCorrections: true } })
    await publish('2.0.0', 'silver words')
    await lead.sync.check('now')
    await rep.sync.check('now')
    const whole = [...store.objects.keys()].filter((path) => !path.includes('/hints/')).sort()
    store.objects.clear()
    for (const [path, bytes] of before) store.objects.set(path, bytes)
    await rep.sync.check('now')
    expect([(await rep.sync.now())?.team.manifest?.version, rep.packs.get('sales')?.pack.version]).toEqual([3, '2.0.0'])
    await rep.sync.check('all')
    expect([...store.objects.keys()].filter((path) => !path.includes('/hints/')).sort()).toEqual(whole)
  })
})
