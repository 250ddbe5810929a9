import '../ui/tokens.css'
import '../shell/shell.css'
import './help.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userEvent, page } from 'vitest/browser'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { HelpView } from './HelpView.tsx'
import type { TabFacts } from './model.ts'

const FACTS: TabFacts = { version: '1.0.0', browser: 'Chrome/140', language: 'en', host: 'mail.example', open: true, on: true, allowed: true, registered: true, page: null, frames: 0, guarded: 0, rules: 'loaded' }

let stage: Stage
let reloads: number
const show = (facts: TabFacts | null | undefined): void => { stage.show(<HelpView facts={facts} onReload={() => { reloads += 1 }} />) }

beforeEach(() => {
  stubI18n()
  stage = startStage()
  reloads = 0
})
afterEach(() => stage.end())

describe('help', () => {
  it('says why drafts are held, all keys, and how to begin the diagnosis, without a tab', async () => {
    show(undefined)
    await stage.says('Why is this held?')
    await stage.says('press the toolbar button of Countersign')
    await stage.says('Removing the extension removes everything')
    await stage.isAccessible()
  })

  it('names the first thing to put right, does it, and shows what would be copied before it is copied', async () => {
    show(FACTS)
    await stage.says('Nobody answers in this tab. Reload it.')
    await userEvent.click(page.getByRole('button', { name: 'Reload tab' }))
    expect(reloads).toBe(1)
    const shown = document.querySelector<HTMLTextAreaElement>('[data-cs=unseen-report]')!
    expect(shown.value).toContain('guard: bad')
    expect(shown.value).not.toContain('mail.example')
    await userEvent.click(document.querySelector('[data-cs=unseen-host]')!)
    expect(shown.value).toContain('mail.example')
    await stage.isAccessible()
  })

  it('is accessible while it looks', async () => {
    show(null)
    await stage.isAccessible()
  })
})
