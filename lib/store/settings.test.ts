import { beforeEach, describe, expect, it } from 'vitest'
import { readSites, siteFor, watchRulebook, watchSites, type SiteSetting } from '../messages/sites.ts'
import { defaultPolicy } from '../policy/index.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { addSuppression, changeSettings, defaultSettings, loadSettings, policyOf, removeSuppression, saveSettings, setSite, settingsFrom, watchSettings } from './settings.ts'

let browser: ReturnType<typeof installFakeChrome>
beforeEach(() => {
  browser = installFakeChrome()
})

describe('settings', () => {
  it('are the defaults on a new device: no site on, no text kept', async () => {
    expect(await loadSettings()).toEqual(defaultSettings())
    expect(defaultSettings()).toMatchObject({ sites: [], keepTexts: false, welcomed: false })
  })

  it('lose nothing when several changes are made at once', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => setSite(`https://site${i}.example/`, 'generic', true)))
    expect((await loadSettings()).sites).toHaveLength(10)
  })

  it('refuse what is not valid and stay as they were', async () => {
    await saveSettings({ retentionDays: 30 })
    for (const bad of [{ retentionDays: -1 }, { sites: [{ prefix: 'javascript:alert(1)', adapter: 'gmail' as const, on: true }] }]) {
      await expect(saveSettings(bad)).rejects.toMatchObject({ code: 'malformed' })
    }
    expect((await loadSettings()).retentionDays).toBe(30)
  })

  it('say that the disk is full', async () => {
    browser.fail(new Error('QUOTA_BYTES quota exceeded'))
    await expect(saveSettings({ welcomed: true })).rejects.toMatchObject({ code: 'storage-full' })
  })

  it('keep every field that can be read when one cannot, and every site but the broken one', () => {
    const sites = [{ prefix: 'https://mail.google.com/', adapter: 'gmail', on: true }, { prefix: 'nonsense', adapter: 'gmail', on: true }]
    const read = settingsFrom({ version: 7, sites, keepTexts: true, retentionDays: 'never', fromTheFuture: 1 })
    expect(read).toEqual({ ...defaultSettings(), keepTexts: true, sites: [sites[0]] })
  })

  it('tell other pages of each change until they stop listening', async () => {
    const heard: string[] = []
    const stop = watchSettings((settings) => heard.push(settings.reviewer.name))
    await saveSettings({ reviewer: { name: 'Dana', role: '' } })
    await expect.poll(() => heard).toEqual(['Dana'])
    stop()
    await saveSettings({ reviewer: { name: 'Osei', role: '' } })
    expect(heard).toEqual(['Dana'])
  })

  it('lay what the person set over the default policy, category by category', () => {
    const policy = policyOf({ policy: { floor: { pricing: 'approve' }, vip: ['big.example'] } })
    expect(policy.floor).toEqual({ ...defaultPolicy().floor, pricing: 'approve' })
    expect(policy.areas).toEqual(defaultPolicy().areas)
    expect(policy.vip).toEqual(['big.example'])
  })
})

describe('what content scripts read of them', () => {
  it('is the sites as they were set', async () => {
    await setSite('https://mail.google.com/', 'gmail', true)
    const { sites } = await setSite('http://127.0.0.1:8123/mail', 'gmail', false)
    expect(await readSites()).toEqual(sites)
    // The compiler's word that the two rooms mean the same by a site.
    const same: readonly SiteSetting[] = sites
    expect(same).toHaveLength(2)
  })

  it('changes when sites change and not when something else does', async () => {
    await saveSettings({})
    const heard: string[] = []
    watchSites((sites) => heard.push(`sites ${sites.length}`))
    watchRulebook(() => heard.push('rules'))
    await setSite('https://a.example/', 'generic', true)
    await saveSettings({ keepTexts: true })
    await changeSettings((settings) => ({ ...settings, off: { packs: ['brand'], rules: [] } }))
    await saveSettings({ reviewer: { name: 'Dana', role: 'Sales' } })
    await addSuppression({ rule: 'promise/refund', words: null, host: null, reason: 'Ours.', until: null }, 1, 's1')
    await chrome.storage.local.set({ rulebook: 'new' })
    expect(heard).toEqual(['sites 1', 'rules', 'rules', 'rules', 'rules'])
  })

  it('keeps suppressions under the name of the person, one a reach, without those that ended', async () => {
    await saveSettings({ reviewer: { name: 'Dana', role: '' }, suppressions: [] })
    const choice = { rule: 'promise/refund', words: 'a full refund', host: null, reason: 'Ours.', until: null }
    await addSuppression({ ...choice, until: 5 }, 1, 'ends')
    await addSuppression({ ...choice, words: null }, 4, 'rule')
    await addSuppression(choice, 6, 'again')
    expect((await addSuppression({ ...choice, reason: 'Still ours.' }, 7, 'newer')).suppressions.map(({ id, by, reason }) => [id, by, reason])).toEqual([['rule', 'Dana', 'Ours.'], ['newer', 'Dana', 'Still ours.']])
    expect((await removeSuppression('rule')).suppressions.map(({ id }) => id)).toEqual(['newer'])
    await expect(addSuppression({ ...choice, reason: ' ' }, 8, 'no')).rejects.toMatchObject({ code: 'malformed' })
  })

  it('reads settings of a version that knew no suppressions', async () => {
    const { suppressions: _, ...older } = { ...defaultSettings(), welcomed: true }
    expect(settingsFrom(older)).toEqual({ ...defaultSettings(), welcomed: true })
  })

  it('holds an address by whole parts of its path, on its own port, by the longest prefix that is on', () => {
    const site = (prefix: string, on = true): SiteSetting => ({ prefix, adapter: 'generic', on })
    const sites = [site('http://127.0.0.1:8123/mail'), site('http://127.0.0.1:8123/'), site('https://mail.google.com/'), site('https://off.example/', false)]
    const held = (address: string) => siteFor(address, sites)?.prefix ?? null
    expect(held('http://127.0.0.1:8123/mail')).toBe('http://127.0.0.1:8123/mail')
    expect(held('http://127.0.0.1:8123/mail/u/0?x#y')).toBe('http://127.0.0.1:8123/mail')
    expect(held('http://127.0.0.1:8123/mailing')).toBe('http://127.0.0.1:8123/')
    for (const address of ['http://127.0.0.1:9/mail', 'http://mail.google.com/', 'https://mail.google.com.evil.example/', 'https://off.example/', 'about:blank', '']) {
      expect([address, held(address)]).toEqual([address, null])
    }
  })
})
