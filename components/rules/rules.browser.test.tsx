import '../ui/tokens.css'
import '../shell/shell.css'
import './rules.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import type { Rule, RulePack } from '../../lib/engine/index.ts'
import type { StartComparison } from '../compare/Compare.tsx'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { RulesView } from './RulesView.tsx'
import type { OpenResult, PackPreview, PackView } from './model.ts'
import type { RuleNotice } from './notice.ts'
import { createRulesStore, type RulesState } from './store.ts'
import { createTry, createWhy } from './try.ts'

const RULE: Rule = {
  id: 'pricing/percent-off', title: 'Percent off', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'A discount is a commitment.',
  sources: [{ title: '16 CFR 233.1', url: 'javascript:alert(1)' }, { title: 'Price list', url: 'https://prices.example/' }], match: ['{percent} off'], unless: [], near: [],
  negation: 'clears', hedge: 'lowers', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: ['Get 20% off.'], clean: ['Only 20% saw it.'] },
}
const PACK: RulePack = { format: 1, id: 'pricing', version: '1.0.0', title: 'Prices', description: 'Prices and discounts.', owner: 'pricing', lists: {}, rules: [RULE] }
const PACKS: readonly PackView[] = [
  { pack: PACK, origin: 'builtin', on: true, rulesOff: new Set(), signedBy: null, fingerprint: null, url: null },
  { pack: { ...PACK, id: 'personal', title: 'My rules', rules: [{ ...RULE, id: 'personal/own', title: 'Own' }] }, origin: 'personal', on: true, rulesOff: new Set(), signedBy: null, fingerprint: null, url: null },
  { pack: { ...PACK, id: 'mine', title: 'Mine', rules: [{ ...RULE, id: 'mine/own' }] }, origin: 'team', on: false, rulesOff: new Set(['mine/own']), signedBy: 'Mara', fingerprint: 'ab12', url: 'https://p.example/' },
  { pack: { ...PACK, id: 'leftover', title: 'Leftovers', marks: { checked: '2000-01-01', html: [{ id: 'nova-turn', product: 'Nova', strength: 'sure', attributes: { 'data-nova-turn': { is: 'number' } } }], withdrawn: ['chatgpt-table-column'] } }, origin: 'team', on: true, rulesOff: new Set(), signedBy: null, fingerprint: null, url: null },
]

const explain = createWhy([PACK])
let stage: Stage
let calls: unknown[][]
let result: OpenResult
let preview: PackPreview | null
const compareNew = (pack: RulePack): StartComparison => (onProgress) => {
  calls.push(['compare', pack.id])
  onProgress(40, 100)
  return { done: new Promise(() => undefined), cancel: () => calls.push(['stop']) }
}
let notice: RuleNotice | null

function Shown({ store, packId, rule }: { readonly store: StoreApi<RulesState>; readonly packId: string; readonly rule: string }) {
  const { opened, text, open, use, dismiss, setText } = useStore(store)
  return (
    <RulesView
      packs={PACKS} packId={packId} rule={rule} seen={{ 'pricing/percent-off': 4 }} opened={opened} text={text} tried={text === '' ? null : createTry([PACK])(text)} explain={explain} onText={setText}
      onOpen={(file) => void open(file)} onUse={() => void use()} compareNew={compareNew} onDismiss={dismiss} onPack={(...args) => calls.push(['pack', ...args])} onRule={(...args) => calls.push(['rule', ...args])} onRemove={(id) => calls.push(['remove', id])}
      onDelete={(each) => calls.push(['delete', each.id])} notice={notice} onUndo={() => calls.push(['undo'])} onNotice={() => calls.push(['close'])} unsaved={[{ key: 'make', title: 'Half price' }]}
    />
  )
}

function show(packId = 'pricing', rule = ''): StoreApi<RulesState> {
  const port = { look: (name: string, text: string) => {
    calls.push(['look', name, text])
    return Promise.resolve(preview ?? result)
  }, install: (name: string, text: string) => {
    calls.push(['install', name, text])
    return Promise.resolve(result)
  } }
  const store = createRulesStore(port)
  stage.show(<Shown store={store} packId={packId} rule={rule} />)
  return store
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
  notice = null
  preview = null
  result = { kind: 'installed', title: 'Prices', version: '2.0.0' }
})
afterEach(() => stage.end())

describe('rules', () => {
  it('explains why a text is not flagged, by the name of the rule', async () => {
    show()
    await userEvent.fill(page.getByLabelText('Paste or write a text'), 'There is no 20% off here.')
    await userEvent.click(page.getByText('Why?'))
    await stage.says('matches but is not flagged by “Percent off”: a negation clears it.')
    await stage.isAccessible()
    await userEvent.fill(page.getByLabelText('Paste or write a text'), 'Take 20% today.')
    await stage.says('Nearest rule “Percent off”: {percent} off. Here: {percent}. Missing in this sentence: off.')
  })

  it('shows a pack, its rules and their switches', async () => {
    show()
    await stage.says('Prices and discounts.')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('switch', { name: 'Use the rule Percent off' }))
    await userEvent.click(page.getByRole('switch', { name: 'Use the pack Prices' }))
    expect(calls).toEqual([['rule', 'pricing/percent-off', false], ['pack', 'pricing', false]])
    expect(page.getByRole('button', { name: 'Remove pack' }).query()).toBeNull()
  })

  it('shows the marks that a pack carries, when they were checked, and that older ones do not count', async () => {
    show('leftover')
    await stage.says('Marks of AI pages and assistants')
    await stage.says('The built-in marks were checked')
    await stage.isAccessible()
    await userEvent.click(page.getByText('In pasted text (1)'))
    await stage.says('Nova: nova-turn')
    await userEvent.click(page.getByText('No longer believed (1)'))
    await stage.says('chatgpt-table-column')
    show('pricing')
    await expect.poll(() => page.getByText('Marks of AI pages and assistants').query()).toBeNull()
  })

  it('shows who signed a team\'s pack and removes it after a question', async () => {
    show('mine')
    await stage.says('Signed by Mara')
    await expect.element(page.getByRole('switch', { name: 'Use the rule Percent off' })).not.toBeChecked()
    await userEvent.click(page.getByRole('button', { name: 'Remove pack' }))
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Remove pack' }))
    expect(calls).toEqual([['remove', 'mine']])
  })

  it('makes links only of web addresses', async () => {
    show('pricing', 'percent-off')
    await stage.says('What the writer reads')
    await stage.isAccessible()
    expect([...stage.host.querySelectorAll<HTMLAnchorElement>('.srcs a')].map((link) => link.href)).toEqual(['https://prices.example/'])
  })

  it('says which pack or rule an address does not find', async () => {
    show('nowhere')
    await stage.says('There is no pack "nowhere"')
    show('pricing', 'gone')
    await stage.says('There is no rule "gone" in this pack')
  })

  it('marks what the engine finds in a pasted text', async () => {
    show()
    await userEvent.fill(page.getByLabelText('Paste or write a text'), 'Line one.\nSign now for 20% off. You get 30% off later.')
    await stage.says('2 findings')
    expect([...stage.host.querySelectorAll('.try mark')].map((mark) => mark.textContent)).toEqual(['20% off', '30% off'])
    await stage.isAccessible()
    await userEvent.fill(page.getByLabelText('Paste or write a text'), 'See you on Thursday.')
    await stage.says('No rule has anything to say')
  })

  it('offers to change a rule: an own one itself, others as a copy', async () => {
    show('pricing', 'percent-off')
    await expect.element(page.getByRole('link', { name: 'Change a copy' })).toHaveAttribute('href', '#/rules/pricing/percent-off/edit')
    expect(page.getByRole('button', { name: 'Delete' }).query()).toBeNull()
    show('personal', 'own')
    await expect.element(page.getByRole('link', { name: 'Change', exact: true })).toHaveAttribute('href', '#/rules/personal/own/edit')
    await userEvent.click(page.getByRole('button', { name: 'Delete' }))
    expect(calls).toEqual([['delete', 'personal/own']])
  })

  it('says what was deleted, what checks instead, and takes it back', async () => {
    notice = { kind: 'deleted', title: 'Own', again: RULE, undo: () => Promise.resolve() }
    show()
    await stage.says('“Own” is deleted and checks no more. The original, “Percent off”, checks again.')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Undo' }))
    expect(calls).toEqual([['undo']])
  })

  it('leads back to what is written and not saved', async () => {
    show()
    await expect.element(page.getByRole('link', { name: 'Half price' })).toHaveAttribute('href', '#/rules/personal/new/make')
  })

  it('says where a refused pack is wrong, and what to do', async () => {
    result = { kind: 'refused', refusals: [{ place: 'dose.yaml:14:3', sentence: 'There is no field "fuzzy" here.', fix: 'Remove it.' }] }
    await show().getState().open(new File(['{}'], 'dose.json'))
    await expect.element(page.getByRole('alert')).toHaveTextContent('dose.yaml:14:3 There is no field "fuzzy" here. Remove it.')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Close' }))
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  })

  it('shows what a good pack would bring, tries it on past drafts, and uses it only when told to', async () => {
    preview = { kind: 'preview', pack: { ...PACK, version: '2.0.0' }, signedBy: 'Mara', replaces: '1.0.0', name: 'prices.json', text: '{}' }
    await show().getState().open(new File(['{}'], 'prices.json'))
    await stage.says('Prices, version 2.0.0, is not in use yet')
    await stage.says('It takes the place of version 1.0.0. Signed by Mara.')
    await userEvent.click(page.getByRole('button', { name: 'Try switching it on, on past drafts' }))
    await stage.says('40 of 100 drafts')
    await stage.isAccessible()
    expect(calls).toEqual([['look', 'prices.json', '{}'], ['compare', 'pricing']])
    await userEvent.click(page.getByRole('button', { name: 'Use this pack' }))
    await stage.says('Prices, version 2.0.0, is in use.')
    // A comparison that nobody waits for any more is ended.
    expect(calls.slice(2).map(([what]) => what).sort()).toEqual(['install', 'stop'])
  })

  it('leaves everything as it is where a previewed pack is not wanted', async () => {
    preview = { kind: 'preview', pack: PACK, signedBy: null, replaces: null, name: 'prices.json', text: '{}' }
    await show().getState().open(new File(['{}'], 'prices.json'))
    await stage.says('It is new here. It is not signed.')
    await userEvent.click(page.getByRole('button', { name: 'Cancel' }))
    await expect.element(page.getByRole('button', { name: 'Use this pack' })).not.toBeInTheDocument()
    expect(calls).toEqual([['look', 'prices.json', '{}']])
  })

  it('does not read a file that is far too large', async () => {
    await show().getState().open({ name: 'huge.json', size: 9 * 1024 * 1024, text: () => Promise.reject(new Error('must not be read')) })
    await expect.element(page.getByRole('alert')).toHaveTextContent('huge.json is larger than 8 MB')
    expect(calls).toEqual([])
  })
})
