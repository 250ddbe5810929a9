import '../ui/tokens.css'
import './shell.css'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStage, type Stage } from './fixtures/stage.ts'
import { StorageView } from './StorageBanner.tsx'

let stage: Stage
beforeEach(() => { stubI18n(); stage = startStage() })
afterEach(() => stage.end())

describe('what is said of the storage', () => {
  it('is nothing while all is well, also of an empty database', () => {
    stage.show(<StorageView counting={null} full={null} failed={null} />)
    expect(stage.host.textContent).toBe('')
    stage.show(<StorageView counting={{ done: 0, total: 0 }} full={null} failed={null} />)
    expect(stage.host.textContent).toBe('')
  })

  it('is said before the room is used up, with the way to the settings', async () => {
    stage.show(<StorageView counting={null} full={0.87} failed={null} />)
    await stage.says('87%')
    await expect.element(page.getByRole('link')).toHaveAttribute('href', '#/settings/data')
    await stage.isAccessible()
  })

  it('tells how far counting is, and what failed, each by itself', async () => {
    stage.show(<StorageView counting={{ done: 250_000, total: 1_000_000 }} full={null} failed={null} />)
    await stage.says('25%')
    await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '250000')
    await stage.isAccessible()
    stage.show(<StorageView counting={null} full={null} failed="the disk is gone" />)
    await expect.element(page.getByRole('alert')).toHaveTextContent('the disk is gone')
    await stage.isAccessible()
  })
})
