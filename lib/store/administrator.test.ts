import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readSites } from '../messages/sites.ts'
import { administratorFrom, FEATURES, NO_ADMINISTRATOR, readAdministrator } from './administrator.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { buildRulebook } from './rulebook.ts'
import { defaultSettings, keepForcedSites, layeredPolicy, loadSettings, ownSettings, saveSettings, setSite, watchSettings } from './settings.ts'

const EXAMPLES = join(import.meta.dirname, '..', 'policy', 'administrator')
const example = (name: string): string => readFileSync(join(EXAMPLES, name), 'utf8')
const settings = JSON.parse(example('settings.json')) as Record<string, unknown>

let browser: ReturnType<typeof installFakeChrome>
beforeEach(() => { browser = installFakeChrome() })

describe('what an administrator sets', () => {
  it('is nothing where nobody administers the browser', async () => {
    expect(await readAdministrator()).toEqual(NO_ADMINISTRATOR)
  })

  it('counts word for word where it can be read', () => {
    const read = administratorFrom(settings)
    expect(read.problems).toEqual([])
    expect(read.policy).toEqual(settings['policy'])
    expect(read.sites.map(({ prefix }) => prefix)).toEqual(['https://mail.google.com/', 'https://crm.larkfield.example/'])
    expect(read).toMatchObject({ packs: { on: ['pricing', 'privacy'], off: [] }, keeping: { keepTexts: false, retentionDays: 90 }, off: ['switches', 'sources'], team: null })
  })

  it.each([
    ['a mode nobody knows', { policy: { mode: 'hold', floor: { legal: 'approve' } } }, { where: 'policy.mode', instead: 'enforced' }, { mode: 'enforce', floor: { legal: 'approve' } }],
    ['a tier nobody knows', { policy: { floor: { legal: 'aprove', brand: 'review' } } }, { where: 'policy.floor.legal', instead: 'raised' }, { floor: { legal: 'approve', brand: 'review' } }],
    ['a category nobody knows', { policy: { floor: { prices: 'approve' } } }, { where: 'policy.floor.prices', instead: 'strict' }, { floor: {}, overrides: false, unchecked: 'hold' }],
    ['a fail rule nobody knows', { policy: { unchecked: 'stop' } }, { where: 'policy.unchecked', instead: 'strict' }, { overrides: false, unchecked: 'hold' }],
    ['a policy that is none', { policy: 'strict' }, { where: 'policy', instead: 'strict' }, { overrides: false, unchecked: 'hold' }],
  ])('%s is said and answered on the careful side', (_, stored, problem, policy) => {
    const read = administratorFrom(stored)
    expect(read.problems).toMatchObject([problem])
    expect(read.problems[0]?.what).toMatch(/^[A-Z].*\.$/)
    expect(read.policy).toEqual(policy)
  })

  it('leaves out an entry that is wrong and takes the others', () => {
    const read = administratorFrom({ sites: [{ prefix: 'mail' }, { prefix: 'https://a.example/' }], packs: { on: [1, 'house'] }, features: { off: ['suppressions', 'fun'] }, keeping: { retentionDays: -5, keepTexts: 'no' }, color: 'red' })
    expect(read.problems.map(({ where, instead }) => `${where} ${instead}`)).toEqual([
      'color leftOut', 'features.off, entry 2 leftOut', 'sites, entry 1 leftOut', 'packs.on, entry 1 leftOut', 'keeping.retentionDays leftOut', 'keeping.keepTexts noTexts',
    ])
    expect(read).toMatchObject({ sites: [{ prefix: 'https://a.example/', adapter: 'generic' }], packs: { on: ['house'] }, off: ['suppressions'], keeping: { keepTexts: false } })
    expect(read.keeping.retentionDays).toBeUndefined()
  })

  it('closes own sources where a forced one cannot be read', () => {
    const read = administratorFrom({ sources: [{ url: 'http://rules.example/a.json' }, { url: 'https://rules.example/a.json', key: 'short' }] })
    expect([read.sources, read.off, read.problems.length]).toEqual([[], ['sources'], 2])
  })

  it('says what does not fit together', () => {
    const read = administratorFrom({ policy: { areas: { pricing: { owner: 'pricing', people: [], deputy: 'nobody', hours: 2 } } } })
    expect(read.problems).toMatchObject([{ where: 'policy.areas.pricing.deputy' }])
  })
})

describe('settings under an administrator', () => {
  it('are forced, and the person\'s own come back when the administrator lets go', async () => {
    await saveSettings({ keepTexts: true, retentionDays: 0, off: { packs: ['pricing', 'style'], rules: ['pricing/off', 'brand/x'] } })
    browser.manage({ packs: { on: ['pricing'], off: ['medical'] }, keeping: { keepTexts: false, retentionDays: 30 } })
    expect(await loadSettings()).toMatchObject({ keepTexts: false, retentionDays: 30, off: { packs: ['style', 'medical'], rules: ['brand/x'] } })
    await saveSettings({ welcomed: true })
    browser.manage({})
    expect(await loadSettings()).toMatchObject({ keepTexts: true, retentionDays: 0, welcomed: true, off: { packs: ['pricing', 'style'], rules: ['pricing/off', 'brand/x'] } })
  })

  it('keep nothing of what is switched off or not flagged again where that is taken away', async () => {
    const one = { id: 'a', rule: 'pricing/off', words: null, host: null, reason: 'x', by: 'Dana', from: 1, until: null }
    await saveSettings({ suppressions: [one], off: { packs: ['pricing'], rules: [] } })
    browser.manage({ features: { off: ['switches', 'suppressions'] } })
    expect(await loadSettings()).toMatchObject({ suppressions: [], off: { packs: [], rules: [] } })
    expect(await ownSettings()).toMatchObject({ suppressions: [one] })
    // What drafts are checked with says so too, so that it is not offered beside a finding.
    expect(await buildRulebook([], await loadSettings())).toMatchObject({ suppressions: [], suppressingOff: true })
    browser.manage({})
    expect(await buildRulebook([], await loadSettings())).toMatchObject({ suppressingOff: undefined })
  })

  it('turn forced sites on where content scripts look, also where the person had them off', async () => {
    await setSite('https://mail.google.com/', 'generic', false)
    browser.manage({ sites: [{ prefix: 'https://mail.google.com/', adapter: 'gmail' }] })
    await keepForcedSites()
    await keepForcedSites()
    expect(await readSites()).toEqual([{ prefix: 'https://mail.google.com/', adapter: 'gmail', on: true }])
  })

  it('are told anew to whoever watches when the administrator changes something', async () => {
    const heard: boolean[] = []
    const stop = watchSettings(({ keepTexts }) => heard.push(keepTexts))
    browser.manage({ keeping: { keepTexts: true } })
    await expect.poll(() => heard).toEqual([true])
    stop()
  })

  it('tighten a policy under the administrator\'s and never loosen it', () => {
    const administrator = administratorFrom({ policy: { floor: { pricing: 'approve' }, mode: 'remind' } })
    const { policy, setBy, refused } = layeredPolicy({ ...defaultSettings(), teamPolicy: { floor: { pricing: 'review', legal: 'approve' } }, policy: { mode: 'observe', floor: { legal: 'block' } } }, administrator.policy)
    expect([policy.floor.pricing, policy.floor.legal, policy.mode]).toEqual(['approve', 'block', 'remind'])
    expect([setBy['floor.pricing'], setBy['floor.legal']]).toEqual(['administrator', 'team'])
    expect(refused.map(({ layer, field }) => `${layer} ${field}`)).toEqual(['team floor.pricing', 'person mode'])
  })
})

describe('the example files', () => {
  it.each([
    ['linux.json', (text: string): unknown => (JSON.parse(text) as { '3rdparty': { extensions: Record<string, unknown> } })['3rdparty'].extensions['EXTENSION_ID']],
    ['firefox-policies.json', (text: string): unknown => (JSON.parse(text) as { policies: { '3rdparty': { Extensions: Record<string, unknown> } } }).policies['3rdparty'].Extensions['countersign@countersign.invalid']],
    ['windows.reg', (text: string): unknown => Object.fromEntries([...(text.split('; Microsoft Edge')[0] ?? '').matchAll(/^"(\w+)"="(.*)"\r$/gm)].map(([, name, value]) => [name, JSON.parse((value ?? '').replaceAll('\\"', '"')) as unknown]))],
  ] as const)('%s says the same', (name, read) => {
    expect(read(example(name))).toEqual(settings)
  })

  it('the outline in the manifest names every value, in types only', () => {
    const outline = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'public', 'managed-schema.json'), 'utf8')) as { properties: Record<string, unknown> }
    expect(Object.keys(outline.properties).sort()).toEqual(['features', 'keeping', 'packs', 'policy', 'sites', 'sources', 'team'])
    expect(JSON.stringify(outline)).not.toContain('"enum"')
    for (const feature of FEATURES) expect(JSON.stringify(outline)).toContain(feature)
  })
})

describe('a browser that has only begun', () => {
  it('is not waited for: what was set at the last start counts, and what it says then is taken up and kept', async () => {
    vi.resetModules()
    const { ADMINISTRATOR_KEY, administratorByNow: read } = await import('./administrator.ts')
    browser.stored[ADMINISTRATOR_KEY] = { features: { off: ['sources'] } }
    let answer: (stored: object) => void = () => {}
    Object.assign(chrome.storage.managed, { get: () => new Promise<object>((resolve) => { answer = resolve }) })
    expect((await read()).off).toEqual(['sources'])
    const heard = new Promise((resolve) => chrome.storage.onChanged.addListener(resolve))
    answer({ features: { off: ['switches'] } })
    expect(await heard).toHaveProperty(ADMINISTRATOR_KEY)
    expect(browser.stored[ADMINISTRATOR_KEY]).toEqual({ features: { off: ['switches'] } })
    const again = read()
    answer({ features: { off: ['switches'] } })
    expect((await again).off).toEqual(['switches'])
  })
})
