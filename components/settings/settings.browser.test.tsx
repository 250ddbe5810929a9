import '../ui/tokens.css'
import '../shell/shell.css'
import './settings.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import type { RulePack } from '../../lib/engine/index.ts'
import { defaultPolicy, layered, type Policy } from '../../lib/policy/index.ts'
import type { StoredComparison } from '../../lib/store/index.ts'
import type { StartComparison } from '../compare/Compare.tsx'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { day } from '../shell/format.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import type { SettingsData } from './model.ts'
import { SettingsView } from './SettingsView.tsx'
import { createSettingsStore, type SettingsPort, type SettingsState } from './store.ts'

const DATA: SettingsData = {
  sites: [{ prefix: 'https://mail.google.com/', adapter: 'gmail', on: true }], reviewer: { name: 'Dana', role: '' }, policy: { ...defaultPolicy(), vip: ['halden.example'] }, refused: [], teamPolicy: null, suppressions: [], teamSuppressions: [], styleHints: false, keepTexts: false, retentionDays: 365, retentionCount: 0, locked: new Set(), featuresOff: [],
}

const RULE: RulePack['rules'][number] = {
  id: 'pricing/off', title: 'Percentage discount', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'A discount is a commitment.', sources: [],
  match: ['{percent} off'], unless: [], near: [], negation: 'ignores', hedge: 'lowers', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: [], clean: [] },
}
const PACKS: readonly RulePack[] = [{ format: 1, id: 'pricing', version: '1.0.0', title: 'Prices', description: '', owner: 'pricing', lists: {}, rules: [RULE] }]

const LOOKED: StoredComparison = {
  looked: 3, foundNow: 0, foundThen: 0, heldNow: 2, heldThen: 0, ownedNow: 0, ownedThen: 0, withoutText: 0,
  newlyFound: { count: 0, numbers: [] }, newlyHeld: { count: 0, numbers: [] }, noLongerHeld: { count: 2, numbers: [9, 4] }, againstDismissed: { count: 0, numbers: [] }, againstFixed: { count: 0, numbers: [] },
}
const compare = (changed: Policy): StartComparison => () => {
  calls.push(['compare', changed.modes])
  return { done: Promise.resolve(LOOKED), cancel: () => undefined }
}

let stage: Stage
let calls: unknown[][]

function Shown({ store, data, part }: { readonly store: StoreApi<SettingsState>; readonly data: SettingsData | null; readonly part: string }) {
  return <SettingsView data={data} usage={{ used: 2_400_000, quota: 1_000_000_000 }} state={useStore(store)} part={part} packs={PACKS} onTry={() => undefined} compare={compare} changedBy={(part) => layered({ team: part }).policy} />
}

function show(change: Partial<SettingsPort> = {}, data: SettingsData | null = DATA, part = ''): void {
  const note = <T,>(name: string, value: T) => (...args: unknown[]): Promise<T> => {
    calls.push([name, ...args])
    return Promise.resolve(value)
  }
  const port: SettingsPort = {
    saveReviewer: note('reviewer', undefined), savePolicy: note('policy', undefined), saveTeamPolicy: note('team', undefined), saveKeeping: note('keeping', undefined), saveStyleHints: note('hints', undefined), requestAccess: note('ask', true), enableSite: note('enable', 2),
    disableSite: note('disable', undefined), removeSite: note('remove', undefined), removeSuppression: note('unsuppress', undefined), exportAll: note('export', 'data.json'), importAll: note('import', 3), forgetAll: note('forget', undefined), ...change,
  }
  stage.show(<Shown store={createSettingsStore(port)} data={data} part={part} />)
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
})
afterEach(() => stage.end())

describe('settings', () => {
  it('is readable by everyone, loading and loaded', async () => {
    show({}, null)
    await expect.element(page.getByRole('status', { name: 'Loading' })).toBeVisible()
    show()
    await stage.says('High-value customers')
    await stage.isAccessible()
  })

  it('brings the part that was asked for to the top as the page is loaded, until the person does anything', async () => {
    show({}, DATA, 'data')
    const part = (): HTMLElement => document.getElementById('settings-data')!
    await expect.element(page.getByRole('heading', { name: 'Try the policy' })).toBeInTheDocument()
    const grow = async (pixels: number): Promise<number> => {
      part().parentElement!.append(Object.assign(document.createElement('div'), { style: `height: ${pixels}px` }))
      await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)) })
      return part().getBoundingClientRect().top
    }
    // With the end of the page near there was no room to bring it to the top.
    expect(await grow(3_000)).toBeLessThan(20)
    await userEvent.keyboard('{Shift}')
    window.scrollTo(0, 0)
    expect(await grow(1_000)).toBeGreaterThan(20)
  })

  it('has style hints off, and says what they are not before one turns them on', async () => {
    show()
    const hints = page.getByRole('switch', { name: 'Style hints' })
    await expect.element(hints).not.toBeChecked()
    await stage.says('never changes what a draft needs')
    await userEvent.click(hints)
    expect(calls).toEqual([['hints', true]])
    await stage.says('Saved')
  })

  it('turns a new address on for its own host, and says which tabs need a reload', async () => {
    show()
    await userEvent.fill(page.getByLabelText('Address', { exact: true }), 'crm.example.com/app?x=1')
    await userEvent.click(page.getByRole('button', { name: 'Turn on' }))
    await stage.says('Reload 2 open tabs')
    expect(calls).toEqual([['ask', 'https://crm.example.com/app'], ['enable', 'https://crm.example.com/app', 'generic']])
  })

  it('refuses an address twice and one that is none, without asking the browser', async () => {
    show()
    await userEvent.fill(page.getByLabelText('Address', { exact: true }), 'https://mail.google.com/')
    await userEvent.click(page.getByRole('button', { name: 'Turn on' }))
    await stage.says('This address is in the list.')
    await userEvent.fill(page.getByLabelText('Address', { exact: true }), 'chrome://settings')
    await userEvent.click(page.getByRole('button', { name: 'Turn on' }))
    await stage.says('Write a full web address')
    expect(calls).toEqual([])
  })

  it('leaves a site off when the browser says no', async () => {
    show({ requestAccess: () => Promise.resolve(false) })
    await userEvent.fill(page.getByLabelText('Address', { exact: true }), 'crm.example.com')
    await userEvent.click(page.getByRole('button', { name: 'Turn on' }))
    await stage.says('The browser did not give permission for https://crm.example.com/')
    expect(calls).toEqual([])
  })

  it('saves a floor, and people only when they changed', async () => {
    show()
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Public brand voice: at least' }), 'approve')
    await expect.poll(() => calls).toEqual([['policy', { kind: 'floor', category: 'brand', value: 'approve' }]])
    const owner = page.getByRole('textbox', { name: 'Legal claims: who decides' })
    await userEvent.click(owner)
    await userEvent.tab()
    expect(calls).toHaveLength(1)
    await userEvent.fill(owner, 'Amara Osei, Lucas Brandt')
    await userEvent.tab()
    await expect.poll(() => calls.at(-1)).toEqual(['policy', { kind: 'people', category: 'legal', value: ['Amara Osei', 'Lucas Brandt'] }])
  })

  it('does not take an empty name', async () => {
    show()
    await userEvent.clear(page.getByLabelText('Name', { exact: true }))
    await userEvent.tab()
    await stage.says('A signature needs a name.')
    expect(calls).toEqual([])
  })

  it('forgets only when the word is typed', async () => {
    show()
    await userEvent.click(page.getByRole('button', { name: 'Forget everything' }))
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Forget everything' })
    await expect.element(confirm).toHaveAttribute('aria-disabled', 'true')
    await userEvent.click(confirm, { force: true })
    expect(calls).toEqual([])
    await stage.isAccessible()
    await userEvent.fill(page.getByLabelText('Type forget to confirm'), 'forget')
    await userEvent.click(confirm)
    await expect.poll(() => calls).toEqual([['forget']])
    await stage.says('Nothing of your drafts is kept here.')
  })

  it('lists what is not flagged again, with where, until when, why and by whom, and takes it back', async () => {
    const one = { id: 's1', rule: 'promise/refund', words: 'a full refund', host: null, reason: 'It is in our terms.', by: 'Dana', from: 0, until: Date.UTC(2100, 0, 2, 12) }
    show({}, { ...DATA, suppressions: [one, { ...one, id: 's2', words: null, host: 'mail.example', by: '', until: null }] })
    await stage.says('“a full refund”')
    await stage.says(`promise/refund · everywhere · until ${day(one.until)} · Dana: It is in our terms.`)
    await stage.says('mail.example · until taken back · It is in our terms.')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Flag again: Everything promise/refund flags' }))
    await expect.poll(() => calls).toEqual([['unsuppress', 's2']])
  })

  it('lists what the team does not want flagged, without a way to take it back here', async () => {
    show({}, { ...DATA, teamSuppressions: [{ id: 'acme#0', rule: 'promise/refund', words: 'a full refund', host: null, reason: 'It is in our terms.', by: 'Acme rules', from: 0, until: null }] })
    await stage.says('Set by the team: Acme rules')
    await stage.says('promise/refund · everywhere · until taken back · It is in our terms.')
    expect(page.getByRole('button', { name: /Flag again/ }).elements()).toEqual([])
    await stage.isAccessible()
  })

  it('shows what a text needs by the policy in force and by a changed one, with every reason, over past drafts too', async () => {
    show()
    await userEvent.fill(page.getByLabelText('Text', { exact: true }), 'Today you get 20% off.')
    await stage.says('Needs your signature, because: Percentage discount')
    await userEvent.fill(page.getByLabelText('Recipients', { exact: true }), 'ann@halden.example')
    await stage.says('Needs Pricing, because: a recipient at ann@halden.example is high-value; Percentage discount')
    await userEvent.fill(page.getByLabelText('A changed policy, written as in a policy file'), 'format: 1\nmodes: { pricing: observe }')
    await stage.says('Goes by itself. Nothing to sign.')
    await userEvent.click(page.getByRole('button', { name: 'Try on past drafts' }))
    await stage.says('Drafts looked at: 3')
    expect(stage.host.querySelector('.cmp tbody')?.textContent).toBe('Something found00Held20Waiting for an owner00')
    await userEvent.click(page.getByText('Held no longer (2)'))
    expect([...stage.host.querySelectorAll('.compare a')].map((link) => link.getAttribute('href'))).toEqual(['#/history/9', '#/history/4'])
    await stage.isAccessible()
    expect(calls.splice(0)).toEqual([['compare', { pricing: 'observe' }]])
    await userEvent.click(page.getByRole('button', { name: 'Use as the team\'s policy' }))
    await expect.poll(() => calls).toEqual([['team', { modes: { pricing: 'observe' } }]])
  })

  it('keeps as many reviews as are chosen, and shows a number that is no choice as it is', async () => {
    show()
    const count = page.getByLabelText('And at most this many of each')
    await userEvent.selectOptions(count, '100,000')
    await expect.poll(() => calls).toEqual([['keeping', { retentionCount: 100_000 }]])
    show({}, { ...DATA, retentionCount: 1_234 })
    await expect.element(count).toHaveDisplayValue('1,234')
  })

  it('says where a policy file is wrong and takes nothing of it', async () => {
    show()
    await userEvent.fill(page.getByLabelText('A changed policy, written as in a policy file'), 'format: 1\nareas: { legal: { owner: legal, people: [], deputy: counsel, hours: 4 } }')
    await stage.says('areas.legal.deputy: No area has the owner "counsel".')
    await expect.element(page.getByRole('button', { name: 'Use as the team\'s policy' })).toHaveAttribute('aria-disabled', 'true')
    await userEvent.fill(page.getByLabelText('A changed policy, written as in a policy file'), 'format: [')
    await stage.says('1:10')
    await stage.isAccessible()
  })

  it('sets modes of all and of one category, recipients, and says what a stronger layer does not let through', async () => {
    show({}, { ...DATA, refused: [{ layer: 'person', field: 'floor.pricing', setBy: 'team' }] })
    await stage.says('floor.pricing stays as the team set it: what you wanted is looser.')
    await userEvent.selectOptions(page.getByLabelText('How strictly the policy is followed up'), 'remind')
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Follow-up of Pricing' }), 'observe')
    const limit = page.getByLabelText('Review beyond this many outside recipients')
    await userEvent.fill(limit, '4')
    await userEvent.tab()
    await expect.poll(() => calls).toEqual([
      ['policy', { kind: 'mode', value: 'remind' }], ['policy', { kind: 'modeOf', category: 'pricing', value: 'observe' }],
      ['policy', { kind: 'recipients', value: { outside: { most: 4, tier: 'review' } } }],
    ])
  })

  it('says what could not be saved', async () => {
    show({ saveKeeping: () => Promise.reject(new Error('disk is full')) })
    await userEvent.click(page.getByRole('switch', { name: 'Keep whole texts of held, signed and sent drafts in History' }))
    await stage.says('Not saved: disk is full')
  })
})
