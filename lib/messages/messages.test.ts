import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeDecision, makeRecord, makeRulebook, makeSignOff } from '../store/draft.fixture.ts'
import { StoreError } from '../store/errors.ts'
import { send } from './client.ts'
import { createGuardPort } from './guard-port.ts'
import { SENDERS, type KindName, type Reply } from './protocol.ts'
import { sendable } from './bytes.ts'
import { createRouter, type Handlers, type Listener } from './router.ts'
import { matchPattern } from './sites.ts'

const ID = 'countersignid'
const ROOT = `chrome-extension://${ID}/`
const guard = { id: ID, url: 'https://mail.google.com/', tab: { id: 7 }, frameId: 3, documentId: 'doc' } as chrome.runtime.MessageSender
const page = { id: ID, url: `${ROOT}popup.html` } as chrome.runtime.MessageSender
const pageInTab = { ...page, tab: { id: 8 }, frameId: 0 } as chrome.runtime.MessageSender

/** Handlers that write down what reached them. */
function makeHandlers(change: Partial<Handlers> = {}) {
  const reached: string[] = []
  const names = Object.keys(SENDERS) as KindName[]
  const handlers = Object.fromEntries(names.map((name) => [name, () => { reached.push(name); return null }])) as unknown as Handlers
  return { reached, handlers: { ...handlers, ...change } }
}

/** Sends to the router as the browser would: a copy goes in, a copy comes out. Null: no answer. */
async function ask(listener: Listener, message: unknown, sender: chrome.runtime.MessageSender): Promise<Reply | null> {
  return new Promise((resolve) => {
    let answered = 0
    const later = listener(JSON.parse(JSON.stringify(message)), sender, (reply) => {
      expect(++answered).toBe(1)
      resolve(JSON.parse(JSON.stringify(reply)) as Reply)
    })
    if (!later && answered === 0) resolve(null)
  })
}

const message = (kind: string, body: unknown) => ({ countersign: 1, kind, body })

describe('the router', () => {
  const router = (change: Partial<Handlers> = {}) => {
    const { reached, handlers } = makeHandlers(change)
    return { reached, listener: createRouter(handlers, { id: ID, root: ROOT }) }
  }

  it('takes what is for our pages from them alone, and nothing from strangers, before a handler sees it', async () => {
    for (const kind of Object.keys(SENDERS) as KindName[]) {
      const { reached, listener } = router()
      const strangers = [{ ...guard, id: 'another' }, { ...page, id: undefined }, { id: ID, url: 'https://mail.google.com/' }]
      for (const sender of SENDERS[kind] === 'page' ? [guard, ...strangers] : strangers) {
        expect([kind, await ask(listener, message(kind, null), sender)]).toMatchObject([kind, { ok: false, code: 'refused' }])
      }
      expect(reached).toEqual([])
    }
  })

  it('takes the guard\'s kinds from our own pages too: the welcome page reviews its practice draft by them', async () => {
    const { reached, listener } = router()
    for (const sender of [page, pageInTab]) expect(await ask(listener, message('rulebook/load', { anew: false }), sender)).toMatchObject({ ok: true })
    expect(reached).toEqual(['rulebook/load', 'rulebook/load'])
  })

  it('lets a whole review through, as the page side sends it', async () => {
    const { reached, listener } = router()
    const record = makeRecord()
    const messages: [KindName, unknown][] = [
      ['rulebook/load', { anew: false }], ['record/recall', { site: 'gmail', fingerprints: ['f1'] }], ['record/held', { record, kind: 'send' }],
      ['record/decided', { session: 's1', site: 'gmail', decision: makeDecision() }], ['record/signed', { record, signOff: makeSignOff(record) }],
      ['record/signed', { record, signOff: makeSignOff(record, { override: { reason: 'urgent' } }) }],
      ['record/corrected', { rule: '', category: 'pricing', before: 'a', after: '', sentence: 'a', site: 'gmail', at: 1 }],
      ['record/taught', { session: 's1', site: 'gmail', kind: 'email', assistant: 'ChatGPT', at: 1, corrections: [], wrote: ['a'], left: ['b'], people: ['Ines Roy'] }],
      ['record/sent', { record, kind: 'schedule', signedAs: 1 }], ['inject/draft', null], ['inject/review', null], ['side/open', null],
    ]
    for (const [kind, body] of messages) expect([kind, await ask(listener, message(kind, body), guard)]).toEqual([kind, { ok: true, value: null }])
    expect(reached).toEqual(messages.map(([kind]) => kind))
    for (const sender of [page, pageInTab]) expect(await ask(listener, message('packs/check', null), sender)).toMatchObject({ ok: true })
  })

  it.each<[string, unknown]>([
    ['a missing field', { ...makeRecord(), digest: undefined }],
    ['a field nobody asked for', { ...makeRecord(), password: 'x' }],
    ['a digest that is none', { ...makeRecord(), digest: 'abc' }],
    ['a span that ends before it starts', { ...makeRecord(), findings: makeRecord().findings.map((finding) => ({ ...finding, span: { start: 5, end: 1 } })) }],
    ['a text of ten million characters', { ...makeRecord(), draft: { ...makeRecord().draft, text: 'x'.repeat(10_000_000) } }],
    ['nothing', null],
  ])('refuses a record with %s', async (_, record) => {
    const { reached, listener } = router()
    expect(await ask(listener, message('record/held', { record, kind: 'send' }), guard)).toMatchObject({ ok: false, code: 'malformed' })
    expect(reached).toEqual([])
  })

  it('refuses kinds that do not exist and leaves other messages to others', async () => {
    const { listener } = router()
    for (const kind of ['record/delete', '__proto__', 'constructor']) expect(await ask(listener, message(kind, null), guard)).toMatchObject({ code: 'malformed' })
    expect(await ask(listener, { countersign: 2 }, guard)).toMatchObject({ code: 'malformed' })
    expect(await ask(listener, { hello: 1 }, guard)).toBeNull()
    expect(await ask(listener, 'text', guard)).toBeNull()
  })

  it('answers also when a handler throws, with the reason when it is one of ours', async () => {
    const full = router({ 'record/corrected': () => { throw new StoreError('storage-full', 'disk') } })
    const odd = router({ 'record/corrected': () => Promise.reject(new TypeError('x is undefined')) })
    const body = { rule: 'a/b', category: 'pricing', before: 'a', after: 'b', sentence: 'a', site: 'gmail', at: 1 }
    expect(await ask(full.listener, message('record/corrected', body), guard)).toEqual({ ok: false, code: 'storage-full', message: 'disk' })
    expect(await ask(odd.listener, message('record/corrected', body), guard)).toMatchObject({ ok: false, code: 'failed' })
  })

  it('tells the handler who asked by the browser\'s word, not by the message\'s', async () => {
    const from = vi.fn<(asker: unknown) => void>()
    const { listener } = router({ 'inject/review': (_, asker) => { from(asker); return null } })
    await ask(listener, message('inject/review', null), guard)
    expect(from).toHaveBeenCalledWith({ tabId: 7, frameId: 3, documentId: 'doc' })
  })

  it('takes an address for a subscription only if it is one', async () => {
    const { listener } = router()
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/plain,x', '']) {
      expect(await ask(listener, message('packs/look', { url }), page)).toMatchObject({ code: 'malformed' })
      expect(await ask(listener, message('packs/subscribe', { url, looked: null }), page)).toMatchObject({ code: 'malformed' })
    }
    expect(await ask(listener, message('packs/look', { url: 'https://packs.example/a.json' }), page)).not.toMatchObject({ code: 'malformed' })
    expect(await ask(listener, message('packs/subscribe', { url: 'https://packs.example/a.json', looked: null }), page)).not.toMatchObject({ code: 'malformed' })
  })
})

describe('the client', () => {
  const sendMessage = vi.fn<(message: unknown) => Promise<unknown>>()
  const runtime: { id: string | undefined; sendMessage: typeof sendMessage } = { id: ID, sendMessage }
  beforeEach(() => {
    runtime.id = ID
    sendMessage.mockReset()
    vi.stubGlobal('chrome', { runtime })
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const settle = async (work: Promise<unknown>): Promise<unknown> => {
    const result = work.catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    return result
  }
  const gone = new Error('Could not establish connection. Receiving end does not exist.')
  const cut = new Error('A listener indicated an asynchronous response by returning true, but the message channel closed before a response was received')

  it('asks once more when the worker was just restarting or was stopped before it answered', async () => {
    for (const error of [gone, cut]) {
      sendMessage.mockReset()
      sendMessage.mockRejectedValueOnce(error).mockResolvedValueOnce({ ok: true, value: 12 })
      const record = makeRecord()
      expect(await settle(createGuardPort().signed(record, makeSignOff(record)))).toBe(12)
      expect(sendMessage.mock.calls[1]).toEqual(sendMessage.mock.calls[0])
    }
  })

  it('says worker-gone when nobody answers: not there, no listener, extension updated, too late', async () => {
    sendMessage.mockRejectedValue(gone)
    expect(await settle(send('rulebook/load', { anew: false }))).toMatchObject({ code: 'worker-gone' })
    sendMessage.mockResolvedValue(undefined)
    expect(await settle(send('rulebook/load', { anew: false }))).toMatchObject({ code: 'worker-gone' })
    sendMessage.mockReturnValue(new Promise(() => undefined))
    expect(await settle(send('rulebook/load', { anew: false }))).toMatchObject({ code: 'worker-gone' })
    sendMessage.mockImplementation(async () => { runtime.id = undefined; throw new Error('Extension context invalidated.') })
    expect(await settle(send('rulebook/load', { anew: false }))).toMatchObject({ code: 'worker-gone' })
    sendMessage.mockClear()
    expect(await settle(send('rulebook/load', { anew: false }))).toMatchObject({ code: 'worker-gone' })
    expect(sendMessage).not.toHaveBeenCalled()
  })

  it('does not ask again what was refused', async () => {
    sendMessage.mockResolvedValue({ ok: false, code: 'storage-full', message: 'disk' })
    expect(await settle(createGuardPort().held(makeRecord(), 'send'))).toMatchObject({ name: 'MessageError', code: 'storage-full', message: 'disk' })
    expect(sendMessage).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['clones messages', structuredClone],
    ['sends them as JSON', (value: unknown): unknown => JSON.parse(JSON.stringify(value))],
  ])('gives a rulebook through client, browser and router as it was made, where the browser %s', async (_, carry) => {
    const rulebook = makeRulebook({ ruleset: Uint8Array.from({ length: 20_000 }, (_value, i) => i * 7).buffer })
    const listener = createRouter({ ...makeHandlers().handlers, 'rulebook/load': ({ probe }) => sendable(rulebook, probe) }, { id: ID, root: ROOT })
    sendMessage.mockImplementation(async (body) => carry(await ask(listener, carry(body), guard)))
    const got = await settle(createGuardPort().loadRulebook()) as typeof rulebook
    expect(new Uint8Array(got.ruleset)).toEqual(new Uint8Array(rulebook.ruleset))
    expect({ ...got, ruleset: null }).toEqual({ ...rulebook, ruleset: null })
  })

  it('takes a ruleset that was damaged on its way for none, and asks for it anew when told to', async () => {
    for (const ruleset of ['a', '%%%', {}, null, 7]) {
      sendMessage.mockResolvedValue({ ok: true, value: { ruleset } })
      expect((await settle(createGuardPort().loadRulebook(true)) as { ruleset: ArrayBuffer }).ruleset.byteLength).toBe(0)
    }
    expect(sendMessage.mock.lastCall).toMatchObject([{ body: { anew: true } }])
  })

  it('asks nothing when there is nothing to recall', async () => {
    expect(await createGuardPort().recall('gmail', [])).toEqual([])
    expect(sendMessage).not.toHaveBeenCalled()
  })
})

describe('match patterns', () => {
  it('leave out port and path, which content script patterns cannot have or must not', () => {
    expect(matchPattern('http://127.0.0.1:8123/mail')).toBe('http://127.0.0.1/*')
    expect(matchPattern('https://mail.google.com/')).toBe('https://mail.google.com/*')
    expect(() => matchPattern('file:///x')).toThrow(TypeError)
  })
})

