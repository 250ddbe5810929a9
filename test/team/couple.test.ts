import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StoreAddress } from '../../lib/review/team/index.ts'
import { driverPorts, openStore } from '../../lib/team/store/index.ts'
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
const open = (tries = 3) => () => openStore(address(), { kind: 's3', accessKeyId: 'AK', secretAccessKey: 'SK' }, { ...driverPorts(), sleep: () => Promise.resolve(), timeout: 5_000, tries })

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
    ['a login that is refused', { instead: 'login' }, 'login'], ['answers that break off', { instead: 'cut' }, 'cut'],
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
})
