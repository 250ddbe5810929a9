import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { installFakeChrome } from '../../lib/store/chrome.fixture.ts'
import { changeSettings } from '../../lib/store/index.ts'
import { db } from '../../lib/store/db.ts'
import { ask, ID, startWorker } from '../fuzz/worker.ts'

const LESSON = {
  session: 's1', site: 'gmail', kind: 'email', assistant: 'ChatGPT', at: 1, wrote: [], left: [], people: [],
  corrections: [{ rule: 'pricing/percent-off', category: 'pricing', before: '20% off', after: 'our spring rate', sentence: 'Sign today and get 20% off.' }],
}
const PAGE = 'https://mail.google.com/mail/u/0/'
const teach = (listener: ReturnType<typeof startWorker>['listener']) =>
  ask(listener, { countersign: 1, kind: 'record/taught', body: LESSON }, { id: ID, url: PAGE, origin: 'https://mail.google.com', frameId: 0, tab: { id: 1, url: PAGE } as chrome.tabs.Tab })

let browser: ReturnType<typeof installFakeChrome>
beforeEach(async () => {
  browser = installFakeChrome()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, sites: [{ prefix: 'https://mail.google.com/', adapter: 'gmail', on: true }] }))
})

it('keeps what a person made of a draft while the browser has not said yet what its administrator set, by what it said last', async () => {
  Object.assign(chrome.storage.managed, { get: () => new Promise<never>(() => undefined) })
  const { listener } = startWorker()
  expect(await teach(listener)).toMatchObject({ ok: true })
  expect(await db.corrections.toArray()).toMatchObject([{ before: '20% off', after: 'our spring rate' }])

  await db.corrections.clear()
  browser.stored['administrator'] = { features: { off: ['corrections'] } }
  expect(await teach(listener)).toMatchObject({ ok: true })
  expect(await db.corrections.count(), 'as at the last start').toBe(0)
})
