import '../ui/tokens.css'
import '../shell/shell.css'
import './team.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { useStore, type StoreApi } from 'zustand'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import type { FoundPack, SubscribeResult, SubscriptionView } from './model.ts'
import { createTeamStore, type TeamPort, type TeamState } from './store.ts'
import { TeamView } from './TeamView.tsx'

const NOW = Date.UTC(2026, 10, 24, 12)
const GOOD: SubscriptionView = { url: 'https://packs.example/pricing.json', title: 'Pricing', version: '2026.4.0', state: 'current', problems: [], checkedAt: NOW - 300_000, fingerprint: 'ab12 cd34' }
const BAD: SubscriptionView = { ...GOOD, url: 'https://packs.example/medical.json', title: 'Medical', state: 'refused', problems: ['dose.yaml:14:3 There is no field "fuzzy" here.'] }

let stage: Stage
let calls: unknown[][]
let result: SubscribeResult
const FOUND: FoundPack = { kind: 'found', pack: { format: 1, id: 'brand', version: '1.0.0', title: 'Brand', description: 'Names as we write them.', owner: 'brand', lists: {}, rules: [] }, signedBy: 'Ines Roy', replaces: null, digest: 'd'.repeat(64) }
let looked: FoundPack | SubscribeResult

function Shown({ store, subscriptions }: { readonly store: StoreApi<TeamState>; readonly subscriptions: readonly SubscriptionView[] | null }) {
  return <TeamView subscriptions={subscriptions} own={[{ id: 'personal', title: 'My rules', version: '0.3.0' }]} fingerprint="f61f 5517" state={useStore(store)} now={NOW} />
}

function show(subscriptions: readonly SubscriptionView[] | null = [GOOD, BAD], change: Partial<TeamPort> = {}): void {
  const note = <T,>(name: string, value: () => T) => (...args: unknown[]): Promise<T> => {
    calls.push([name, ...args])
    return Promise.resolve(value())
  }
  const port: TeamPort = { look: note('look', () => looked), subscribe: note('subscribe', () => result), unsubscribe: note('unsubscribe', () => undefined), checkAll: note('check', () => undefined), exportPack: note('export', () => 'personal.json'), ...change }
  stage.show(<Shown store={createTeamStore(port)} subscriptions={subscriptions} />)
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  calls = []
  looked = FOUND
  result = { kind: 'added', title: 'Brand', version: '1.0.0' }
})
afterEach(() => stage.end())

describe('team', () => {
  it('shows each subscription with its state, version, key and problems', async () => {
    show()
    await stage.says('Last version refused')
    expect(stage.host.textContent).toContain('dose.yaml:14:3')
    expect(stage.host.textContent).toContain('Key ab12 cd34')
    expect(stage.host.textContent).toContain('checked 5 minutes ago')
    await stage.isAccessible()
    show([])
    await stage.says('No subscriptions')
    await stage.isAccessible()
  })

  it.each(['http://packs.example/a.json', 'packs', 'https://me:pass@packs.example/a.json'])('does not fetch %s', async (address) => {
    show()
    await userEvent.fill(page.getByLabelText('HTTPS address of the pack file'), address)
    await userEvent.click(page.getByRole('button', { name: 'Subscribe' }))
    await stage.says('Write a full address that starts with https://')
    expect(calls).toEqual([])
  })

  it('shows what an address would bring, takes up exactly that, once, and empties the field', async () => {
    show()
    await userEvent.fill(page.getByLabelText('HTTPS address of the pack file'), ' https://packs.example/brand.json ')
    await userEvent.keyboard('{Enter}')
    await stage.says('Brand, version 1.0.0, is not in use yet')
    await stage.says('Signed by Ines Roy.')
    await stage.isAccessible()
    expect(calls).toEqual([['look', 'https://packs.example/brand.json']])
    await userEvent.click(page.getByRole('button', { name: 'Use this pack' }))
    await stage.says('Brand, version 1.0.0, is in use.')
    expect(calls.slice(1)).toEqual([['subscribe', 'https://packs.example/brand.json', FOUND.digest]])
    await expect.element(page.getByLabelText('HTTPS address of the pack file')).toHaveValue('')
    await expect.element(page.getByLabelText('HTTPS address of the pack file')).toHaveFocus()
  })

  it('shows nothing of an address that is not written there any more when its answer comes', async () => {
    let answer = (): void => undefined
    const asked = new Promise<void>((resolve) => { answer = resolve })
    show([GOOD], { look: async () => { await asked; return FOUND } })
    const field = page.getByLabelText('HTTPS address of the pack file')
    await userEvent.fill(field, 'https://packs.example/brand.json')
    await userEvent.keyboard('{Enter}')
    await stage.says('Fetching')
    await userEvent.fill(field, 'https://packs.example/other.json')
    answer()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await expect.element(page.getByRole('button', { name: 'Use this pack' })).not.toBeInTheDocument()
  })

  it('lets a pack be that was looked at', async () => {
    show()
    await userEvent.fill(page.getByLabelText('HTTPS address of the pack file'), `https://packs.example/brand.json#sha256-${FOUND.digest}`)
    await userEvent.keyboard('{Enter}')
    await userEvent.click(page.getByRole('button', { name: 'Cancel' }))
    expect(calls).toEqual([['look', `https://packs.example/brand.json#sha256-${FOUND.digest}`]])
    await expect.element(page.getByRole('button', { name: 'Use this pack' })).not.toBeInTheDocument()
  })

  it('says when the browser or the pack said no', async () => {
    show()
    looked = { kind: 'denied', host: 'packs.example' }
    await userEvent.fill(page.getByLabelText('HTTPS address of the pack file'), 'https://packs.example/brand.json')
    await userEvent.keyboard('{Enter}')
    await stage.says('did not give permission for packs.example')
    looked = { kind: 'refused', problems: ['The pack is not signed.'] }
    await userEvent.keyboard('{Enter}')
    await stage.says('The pack was refused: The pack is not signed.')
  })

  it('removes only after a question', async () => {
    show()
    await userEvent.click(page.getByRole('button', { name: 'Remove the subscription to Pricing' }))
    expect(calls).toEqual([])
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Remove' }))
    await expect.poll(() => calls).toEqual([['unsubscribe', GOOD.url]])
  })

  it('exports a pack and names the file', async () => {
    show()
    await userEvent.click(page.getByRole('button', { name: 'Export signed file' }))
    await stage.says('Written: personal.json')
    expect(calls).toEqual([['export', 'personal']])
  })
})
