import '../ui/tokens.css'
import '../shell/shell.css'
import './history.css'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import type { Finding } from '../../lib/engine/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { HistoryView } from './HistoryView.tsx'
import { LedgerView, type LedgerStanding } from './LedgerView.tsx'
import { itemsOf, NO_FILTERS, passes, type HistoryFilters, type HistoryRecord, type HistoryRow } from './model.ts'
import { RecordView } from './RecordView.tsx'

const NOW = Date.UTC(2026, 10, 24, 12)
let stage: Stage

beforeEach(() => {
  stubI18n()
  stage = startStage()
})
afterEach(() => stage.end())

function row(id: number, change: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id, at: NOW - id * 3_600_000, subject: `Offer ${id}`, site: 'gmail', host: id % 2 ? 'mail.google.com' : 'blog.example', verdict: 'ai', product: 'ChatGPT',
    counts: { note: 0, review: 1, approve: id % 3 === 0 ? 1 : 0, block: 0 }, categories: id % 2 ? ['pricing'] : ['medical'], outcome: id % 5 ? 'signed' : 'held', person: 'Dana', ...change,
  }
}

const nobody = () => undefined

function Listed({ rows, start = NO_FILTERS, more = false, onWant = nobody }: { readonly rows: readonly HistoryRow[] | null; readonly start?: HistoryFilters; readonly more?: boolean; readonly onWant?: (from: number, to: number) => void }) {
  const [filters, setFilters] = useState(start)
  const found = rows?.filter((each) => passes(each, filters, NOW)) ?? null
  return (
    <HistoryView
      list={found && { total: found.length, more, at: (index) => found[index] ?? null }} onWant={onWant} hosts={['blog.example', 'mail.google.com']} filters={filters} onFilter={(change) => setFilters({ ...filters, ...change })} onClear={() => setFilters(NO_FILTERS)}
      onExport={() => undefined} keepDays={365} now={NOW}
    />
  )
}

describe('the list', () => {
  const rows = Array.from({ length: 300 }, (_, index) => row(index + 1))
  const shownRows = () => stage.host.querySelectorAll('[role=row].r').length

  it('shows the rows in view alone, and says how many there are', async () => {
    stage.show(<Listed rows={rows} />)
    await stage.says('300 records')
    expect(stage.host.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('301')
    await expect.poll(shownRows).toBeGreaterThan(5)
    expect(shownRows()).toBeLessThan(60)
    await stage.isAccessible()
  })

  it('narrows by each filter and tells the number', async () => {
    stage.show(<Listed rows={rows} />)
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Outcome' }), 'held')
    await stage.says('60 records')
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Site' }), 'mail.google.com')
    await stage.says('30 records')
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Category' }), 'medical')
    await stage.says('No record matches')
    await stage.isAccessible()
    await userEvent.click(page.getByRole('button', { name: 'Clear the filters' }))
    await stage.says('300 records')
  })

  it('says that there may be more, and asks for what comes into view', async () => {
    const wanted: (readonly [number, number])[] = []
    const want = (from: number, to: number): void => { wanted.push([from, to]) }
    stage.show(<Listed rows={rows} more onWant={want} />)
    await stage.says('The newest 300')
    expect(stage.host.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('-1')
    await expect.poll(() => wanted.at(-1)?.[0]).toBe(0)
    stage.host.querySelector('.win')!.scrollTop = 8_000
    await expect.poll(() => wanted.at(-1)?.[0] ?? 0).toBeGreaterThan(100)
  })

  it('keeps a site in view that a link names but no record has', async () => {
    stage.show(<Listed rows={rows} start={{ ...NO_FILTERS, site: 'gone.example' }} />)
    await stage.says('No record matches')
    await expect.element(page.getByRole('combobox', { name: 'Site' })).toHaveValue('gone.example')
  })

  it('tells an empty history from one that is being read', async () => {
    stage.show(<Listed rows={null} />)
    await expect.element(page.getByRole('status', { name: 'Loading' })).toBeVisible()
    await stage.isAccessible()
    stage.show(<Listed rows={[]} />)
    await stage.says('No records yet')
    await stage.isAccessible()
    expect([...stage.host.querySelectorAll('h1, h2, h3')].map(({ tagName }) => tagName)).toEqual(['H1', 'H2'])
  })

  it('is reached and opened by the keyboard', async () => {
    stage.show(<Listed rows={rows.slice(0, 3)} />)
    await stage.says('3 records')
    page.getByRole('combobox', { name: 'Site' }).element().focus()
    await userEvent.keyboard('{Tab}')
    expect(document.activeElement?.getAttribute('href')).toBe('#/history/1')
  })
})

const finding: Finding = {
  rule: 'pricing/percent-off', title: 'Percent off', pack: 'pricing', packVersion: '1.0.0', category: 'pricing', owner: 'pricing', tier: 'review', field: 'body',
  span: { start: 8, end: 15 }, quote: '15% off', message: 'A discount is a commitment.', suggest: null, sources: [{ title: '16 CFR 233.1' }], reasons: [], evidence: [], fingerprint: 'f1',
}

function record(text: string | null): HistoryRecord {
  const decisions = [
    { fingerprint: 'f1', rule: finding.rule, category: 'pricing', tier: 'review', outcome: 'kept', reason: 'In the signed offer', quote: '15% off', at: NOW },
    { fingerprint: 'f0', rule: 'privacy/account', category: 'privacy', tier: 'block', outcome: 'fixed', reason: '', quote: 'account 4417', at: NOW },
  ] as const
  const corrections = [{ rule: 'privacy/account', category: 'privacy', before: 'account 4417', after: 'your group', sentence: 'For account 4417 it holds.', site: 'gmail', at: NOW }] as const
  return {
    row: row(7), draft: { recipients: [], blocks: [], kind: 'email', text }, findings: [finding],
    items: itemsOf({ findings: [finding], decisions, corrections, titleOf: (rule) => (rule === 'privacy/account' ? 'Account number' : null) }),
    origin: { verdict: 'ai', evidence: [{ class: 'T2', mark: 'a', product: 'ChatGPT', count: 2 }, { class: 'T2', mark: 'b', product: 'ChatGPT', count: 1 }], places: [{ first: 2, last: 4, kind: 'paste', product: 'ChatGPT', edited: 0.12 }] },
    requirement: { tier: 'review', owners: [], reasons: [{ code: 'finding', tier: 'review', detail: 'Percent off', count: 1 }] },
    signOff: null, unchecked: null, sent: null, heldFor: null, digest: 'a91f04c7'.repeat(8), entry: null,
  }
}

describe('a record', () => {
  it('marks the flagged words in the kept text and shows what a fixed place became', async () => {
    stage.show(<RecordView record={record('You get 15% off.')} onForget={() => Promise.resolve()} onTakeBack={() => Promise.resolve()} />)
    await stage.says('You get 15% off.')
    expect([...stage.host.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['15% off'])
    expect(stage.host.querySelector('.diff del')?.textContent).toContain('account 4417')
    expect(stage.host.querySelector('.diff ins')?.textContent).toContain('your group')
    expect(stage.host.textContent).toContain('pasted from ChatGPT: 3 page marks')
    expect(stage.host.textContent).toContain('Paragraphs 2 to 4: pasted from ChatGPT, 12% edited since')
    await stage.isAccessible()
  })

  it('marks nothing where the words are not at their place', async () => {
    stage.show(<RecordView record={record('Another text, without it.')} onForget={() => Promise.resolve()} onTakeBack={() => Promise.resolve()} />)
    await stage.says('Another text, without it.')
    expect(stage.host.querySelector('mark')).toBeNull()
  })

  it('is evidence of review on paper: who, when, what was found and decided, the whole digests', async () => {
    const signOff = {
      reviewer: { name: 'Dana Whitfield', role: 'Sales' }, at: NOW, site: 'gmail', kind: 'email', digest: 'a91f04c7'.repeat(8), rulesetDigest: 'b'.repeat(64), policyDigest: 'c'.repeat(64),
      requirement: record(null).requirement, decisions: [],
    } as const
    stage.show(<RecordView record={{ ...record('You get 15% off.'), signOff }} onForget={() => Promise.resolve()} onTakeBack={() => Promise.resolve()} />)
    await stage.says('Art. 50(4)')
    const shown = (): string => stage.host.innerText.replace(/\s+/g, ' ')
    expect(shown()).not.toContain('a91f04c7'.repeat(8))
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print' })
    try {
      for (const words of ['Dana Whitfield signed for this exact text', 'a91f04c7'.repeat(8), 'b'.repeat(64), 'c'.repeat(64), 'In the signed offer', 'A discount is a commitment.']) expect(shown()).toContain(words)
      expect(shown()).not.toContain('Forget this record')
    } finally {
      await cdp().send('Emulation.setEmulatedMedia', { media: '' })
    }
    stage.show(<RecordView record={{ ...record(null), signOff: { ...signOff, override: { reason: 'deadline' } } }} onForget={() => Promise.resolve()} onTakeBack={() => Promise.resolve()} />)
    await stage.says('deadline')
    expect(stage.host.textContent).not.toContain('Art. 50(4)')
  })

  it('shows quotes where the text was not kept, and forgets only after a question', async () => {
    let forgotten = 0
    stage.show(<RecordView record={record(null)} onForget={() => { forgotten += 1; return Promise.resolve() }} onTakeBack={() => Promise.resolve()} />)
    await stage.says('The text was not kept.')
    await userEvent.click(page.getByRole('button', { name: 'Forget this record' }))
    expect(forgotten).toBe(0)
    await stage.isAccessible()
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Forget this record' }))
    expect(forgotten).toBe(1)
  })
})

describe('what can be done with a record', () => {
  it('takes a dismissal back, makes a rule of a correction, and copies the record without the draft', async () => {
    const shown = record('You get 15% off. The heron stands by the pond.')
    const [first, ...others] = shown.items
    const items = [{ ...first!, outcome: 'dismissed' as const }, ...others.map((item) => ({ ...item, correction: 12 }))]
    const taken: string[] = []
    let copied = ''
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => { copied = text; return Promise.resolve() } } })
    try {
      stage.show(<RecordView record={{ ...shown, items }} onForget={() => Promise.resolve()} onTakeBack={(fingerprint) => { taken.push(fingerprint); return Promise.resolve() }} />)
      await userEvent.click(page.getByRole('button', { name: /^It was an issue after all/ }))
      expect(taken).toEqual([first!.key])
      await expect.element(page.getByRole('link', { name: /^Make a rule from the correction/ })).toHaveAttribute('href', '#/rules/personal/new/make/12')
      await userEvent.click(page.getByRole('button', { name: 'Copy review record' }))
      await stage.says('Copied, without the draft.')
    } finally {
      Reflect.deleteProperty(navigator, 'clipboard')
    }
    for (const words of ['Record 7: Offer 7', '“15% off”', '“account 4417” → “your group”', `SHA-256 ${shown.digest}`]) expect(copied, words).toContain(words)
    expect(copied).not.toContain('heron')
    await stage.isAccessible()
  })
})

describe('the ledger', () => {
  const entry = { seq: 8112, at: NOW, kind: 'signed', body: {}, prev: 'aa', digest: '77d0'.repeat(16) } as const
  it.each<[string, LedgerStanding, string]>([
    ['intact', { kind: 'intact', entries: 8112, at: NOW }, '8,112 entries, chain intact'],
    ['broken', { kind: 'broken', seq: 8112, reason: 'Its content does not match its digest.', since: NOW, after: NOW - 1000, at: NOW }, 'Entry 8,112 is not what was written'],
    ['failed', { kind: 'failed', message: 'disk is full' }, 'disk is full'],
    ['checking', { kind: 'checking', share: 0.4 }, 'Verifying'],
  ])('%s', async (_name, standing, words) => {
    stage.show(<LedgerView standing={standing} latest={[entry]} total={8112} onVerify={() => undefined} onExport={() => undefined} />)
    await stage.says(words)
    await stage.isAccessible()
  })
})
