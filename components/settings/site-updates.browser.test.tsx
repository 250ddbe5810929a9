import '../ui/tokens.css'
import '../shell/shell.css'
import './settings.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { FACTS } from '../../lib/sites/catalog.ts'
import { problemsInFacts } from '../../lib/sites/check.ts'
import type { SiteUpdateOutcome, SiteUpdateRow } from '../../lib/store/index.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { SiteUpdates } from './SiteUpdates.tsx'
import { isSelector } from './SiteUpdatesPage.tsx'

const SIGNED = { publicKey: 'A'.repeat(43), signedBy: 'Dana Osei', signedAt: '2026-11-27T08:00:00.000Z', at: 0 }
const CORRECTED: SiteUpdateRow = { id: 'zendesk', version: '1.2.0', facts: FACTS.zendesk as SiteUpdateRow['facts'], reason: '', ...SIGNED, previous: null }
const OFF: SiteUpdateRow = { id: 'gmail', version: '1.1.0', facts: null, reason: 'Send moved on 26 November', ...SIGNED, previous: { ...CORRECTED, id: 'gmail', version: '1.0.5' } }

let stage: Stage
let undone: string[]
function show(rows: readonly SiteUpdateRow[] | null, outcome?: SiteUpdateOutcome): void {
  stage.show(<div className="stack"><SiteUpdates rows={rows} port={{ install: () => (outcome ? Promise.resolve(outcome) : Promise.reject(new Error('QuotaExceededError'))), undo: (id) => { undone.push(id); return Promise.resolve() } }} /></div>)
}
const open = async (): Promise<void> => {
  await stage.says('Install a correction')
  await userEvent.upload(document.querySelector('[data-cs=site-update]') as Element, new File(['{}'], 'zendesk-1.2.0.json', { type: 'application/json' }))
}

beforeEach(() => {
  stubI18n()
  stage = startStage()
  undone = []
})
afterEach(() => stage.end())

describe('corrections of sites', () => {
  it('says who signed each and when, why one is switched off, and takes one back with one press', async () => {
    show([CORRECTED, OFF])
    await stage.says('signed by Dana Osei')
    await stage.says('Send moved on 26 November')
    await stage.isAccessible()
    await expect.element(page.getByRole('button', { name: 'Back to 1.0.5: correction of Gmail' })).toBeVisible()
    await userEvent.click(page.getByRole('button', { name: 'Take back: correction of Zendesk' }))
    await stage.says('The correction of Zendesk is taken back.')
    expect(undone).toEqual(['zendesk'])
  })

  it('says what is in use after a file was installed', async () => {
    show([], { ok: true, row: CORRECTED })
    await stage.says('None installed')
    await open()
    await stage.says('Zendesk 1.2.0 is in use. Open pages take it when they are reloaded.')
  })

  it('says what is wrong, where, and what to do, and that the last good one stays', async () => {
    show([CORRECTED], { ok: false, problems: [{ code: 'selector', where: 'facts.drafts.ticket.body', params: ['div[['] }, { code: 'untrusted', where: '', params: ['Mallory', '3f0a 91c2'] }] })
    await open()
    await stage.says('zendesk-1.2.0.json was not taken.')
    await stage.says('facts.drafts.ticket.body This browser does not take the selector div[[. Ask whoever made it to try the selector in this browser.')
    await stage.says('which signed no pack that you use')
    await stage.says('What was in use stays in use.')
    await stage.isAccessible()
  })

  it('says that it could not be kept', async () => {
    show([])
    await open()
    await stage.says('QuotaExceededError')
  })
})

it.each(Object.values(FACTS))('takes every selector of the facts of $id', (facts) => {
  expect(problemsInFacts(facts, isSelector)).toEqual([])
})

it('takes no selector that the browser does not', () => {
  expect(isSelector('div[[')).toBe(false)
})
