import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { compileRuleset, encodeRuleset } from '../engine/index.ts'
import type { KnownBlock } from '../origin/index.ts'
import { defaultPolicy, policyDigest } from '../policy/index.ts'
import type { Correction } from '../review/index.ts'
import type { SiteAdapter } from '../sites/index.ts'
import type { GateSession, GuardCore } from './core.ts'
import { openRules, openSession } from './session/index.ts'
import { startGuard } from './start.ts'
import type { GuardPort } from './types.ts'

// Real guard, real session, real keys, clipboard and input method of the browser. Only the way to the worker is a stand-in.

const PAGE = `
  <div id="draft"><div id="body" contenteditable></div><div id="send" role="button">Send</div></div>
  <div id="source"></div>
  <div class="panel" aria-label="Copilot pane"><textarea id="prompt"></textarea><button id="assistant">Insert</button></div>
  <button id="templates">Templates</button><button id="plain">Insert</button>
  <div><span title="Claude Martin" id="person">Claude Martin</span> <a id="mail" href="#">Send mail to Aimee</a></div>`
const TEXT = 'Thank you for your message and for the list of rooms. All three lamps come with what is needed to hang them up, and with a plan for each of the rooms. Please tell us which day suits you, so that we can book the fitter for that morning.'
const CHATGPT = `<p data-start="0" data-end="60">${TEXT.slice(0, 60)}</p><p data-start="62" data-end="300" data-is-last-node="">${TEXT.slice(60)}</p>`

const body = () => document.querySelector('#body') as HTMLElement
const click = (id: string) => userEvent.click(document.querySelector(`#${id}`) as Element)

const site: SiteAdapter = {
  id: 'generic', name: 'Test', hosts: [], excluded: '.quote, .signature',
  draftRoot: (element) => element.closest('#draft'),
  draftRoots: (doc) => [...doc.querySelectorAll('#draft')],
  parts: (root) => ({ kind: 'email', bodies: [...root.querySelectorAll<HTMLElement>('#body')], subject: null, subjectField: null, recipients: [], missing: [], unreadable: false }),
  wayOutAt: () => null, wayOutByKey: () => null, sendControl: () => null,
}

let core: GuardCore
let session: GateSession
let known: Map<string, KnownBlock>
let corrections: Correction[]

function port(): GuardPort {
  return {
    loadRulebook: () => Promise.reject(new Error('not asked here')), recall: () => Promise.resolve([]),
    rememberOrigin: async (_, blocks) => { for (const block of JSON.parse(JSON.stringify(blocks)) as KnownBlock[]) known.set(block.digest, block) },
    recallOrigin: async (_, digests) => digests.flatMap((digest) => known.get(digest) ?? []),
    held: async () => undefined, decided: async () => undefined, reopened: async () => undefined, corrected: async (one) => { corrections.push(one) },
    signed: async () => 1, sent: async () => 1, approvals: async () => ({ areas: [], given: [], waiting: [], refused: null, code: null }),
    askApproval: async () => ({ areas: [], given: [], waiting: [], refused: null, code: null }),
    unchecked: async () => undefined, suppressed: async () => '', unsuppressed: async () => undefined, loadReview: async () => undefined,
  }
}

/** Starts anew, as a page that was just loaded: nothing is remembered but what the worker was told. `before` happens while the checking script is on its way. */
async function load(html = '', before: () => Promise<void> = async () => undefined): Promise<void> {
  document.body.innerHTML = PAGE
  body().innerHTML = html
  const started = await startGuard({ window, site: Promise.resolve(site), early: true, loadDrafts: () => Promise.resolve(), askUnchecked: () => false })
  core = started as GuardCore
  await before()
  const policy = defaultPolicy()
  const book = { ruleset: encodeRuleset(compileRuleset([])), rulesetDigest: 'r', policy, policyDigest: policyDigest(policy), reviewer: { name: 'Ann', role: '' }, owns: [], suppressions: [] }
  core.attach((root) => (session = openSession({ root, core, port: port(), rules: Promise.resolve(openRules(book)), now: Date.now, id: 's' })))
  core.ensure(document.querySelector('#draft') as Element)
  await session.ready
}

beforeEach(async () => {
  known = new Map()
  corrections = []
  await load()
})
afterEach(() => core.dispose())

/** As the panel would show it now. */
const origin = async () => {
  session.ask()
  await new Promise((resolve) => setTimeout(resolve))
  return session.snapshot().origin
}
const marks = async () => (await origin()).evidence.map(({ mark }) => mark)
const caretTo = (end: 'start' | 'end') => {
  body().focus()
  const selection = getSelection()
  selection?.selectAllChildren(body())
  if (end === 'end') selection?.collapseToEnd()
  else selection?.collapseToStart()
}

/** Puts exactly this on the real clipboard, as a chat page or a program does, then pastes with the browser's own key. */
async function paste(html: string, text = TEXT): Promise<void> {
  const source = document.querySelector('#source') as HTMLElement
  source.textContent = 'x'
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    if (html) event.clipboardData?.setData('text/html', html)
    event.preventDefault()
  }
  document.addEventListener('copy', onCopy)
  getSelection()?.selectAllChildren(source)
  await userEvent.copy()
  document.removeEventListener('copy', onCopy)
  caretTo('end')
  await userEvent.paste()
}

describe('an AI draft', () => {
  it('is known when it is pasted from a chat page', async () => {
    await paste(CHATGPT)
    expect((await origin()).verdict).toBe('ai')
    expect(await marks()).toContain('chatgpt-data-is-last-node')
    expect((await origin()).places).toMatchObject([{ kind: 'paste', product: 'ChatGPT', edited: 0 }])
  })

  it('is known when it was pasted before the checking script came', async () => {
    core.dispose()
    await load('', () => paste(CHATGPT))
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT' }] })
    core.dispose()
    await load('', async () => {
      await userEvent.click(body())
      await userEvent.keyboard('Hello Ann')
    })
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('is known again after edits, in a draft that was closed and opened again, from digests alone', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('Hello Ann, [Enter]')
    session.ask()
    await paste(CHATGPT)
    session.ask()
    const html = body().innerHTML.replace(/ data-[\w-]+="[^"]*"/g, '')
    core.dispose()
    expect(JSON.stringify([...known])).not.toContain('rooms')
    await load(html)
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT' }] })
    core.dispose()
    known.clear()
    await load(html)
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen', mark: 'stood-before' }] })
  })

  it('is known when the page draws its editor anew at once', async () => {
    await paste(CHATGPT)
    session.ask()
    const again = body().cloneNode(true) as HTMLElement
    again.querySelectorAll('p').forEach((line) => [...line.attributes].forEach(({ name }) => line.removeAttribute(name)))
    body().replaceWith(again)
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ kind: 'paste', product: 'ChatGPT' }] })
  })

  it('is not made of another draft that shares a paragraph with one of which a person spoke', async () => {
    core.dispose()
    await load(`<p>${TEXT.slice(0, 60)}</p><p>${TEXT.slice(60)}</p>`)
    session.declareOrigin(true)
    core.dispose()
    await load(`<p>${TEXT.slice(0, 60)}</p><p>We met in Lyon, and I promised to write to you about the plan as soon as it is there.</p>`)
    expect(await origin()).toMatchObject({ verdict: 'unknown' })
    core.dispose()
    await load(`<p>${TEXT.slice(0, 60)}</p><p>${TEXT.slice(60)}</p>`)
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'unseen' }, { mark: 'declared-ai' }] })
  })

  it('does not make a new draft one of its own because a short closing is the same', async () => {
    await paste('<p data-start="0" data-end="60">Thank you for your message and for the list of all rooms.</p><p data-is-last-node="">Kind regards, Ann</p>', 'Thank you for your message and for the list of all rooms.\nKind regards, Ann')
    session.ask()
    core.dispose()
    await load('<p>We met in Lyon and I promised to write to you soon.</p><p>Kind regards, Ann</p>')
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
    core.dispose()
    await load('<p>Thank you for your message and for the list of all rooms.</p><p>Kind regards, Ann</p>')
    expect(await origin()).toMatchObject({ verdict: 'ai', places: [{ first: 1, last: 2 }] })
  })

  it('is gone when it was deleted, and back by undo', async () => {
    await paste(CHATGPT)
    session.ask()
    await userEvent.keyboard('{Control>}a{/Control}{Delete}')
    await userEvent.keyboard('My own short words.')
    expect((await origin()).verdict).toBe('typed')
    for (let at = 0; at < 25 && (await origin()).verdict !== 'ai'; at++) await userEvent.keyboard('{Control>}z{/Control}')
    expect((await origin()).verdict).toBe('ai')
  })

  it('is known by a press on an assistant in the page, then text that nobody typed', async () => {
    document.querySelector('#assistant')?.addEventListener('click', () => {
      body().focus()
      document.execCommand('insertText', false, TEXT)
    })
    await click('assistant')
    expect(await origin()).toMatchObject({ verdict: 'ai', evidence: [{ class: 'act', product: 'Copilot' }] })
  })

  it('is known when a person says so, which is kept as a correction', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('Hello Ann,')
    session.ask()
    await userEvent.keyboard('{Control>}{Shift>}{F8}{/Shift}{/Control}')
    expect((await origin()).verdict).toBe('ai')
    expect(corrections).toMatchObject([{ rule: 'origin/verdict', before: 'typed', after: 'ai', sentence: '' }])
    session.declareOrigin(false)
    expect(corrections.at(-1)).toMatchObject({ before: 'ai', after: 'typed' })
    expect(JSON.stringify(corrections)).not.toContain('Hello')
    session.declareOrigin(null)
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })
})

describe('not from an AI', () => {
  it('typing, with corrections of the keyboard', async () => {
    await userEvent.click(body())
    await userEvent.keyboard(TEXT.slice(0, 80))
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('dictation and emoji pickers, which bring many characters at once', async () => {
    body().focus()
    await cdp().send('Input.insertText', { text: TEXT })
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('an input method, whose words come in steps', async () => {
    body().focus()
    let words = ''
    for (const [letters, word] of [['xiexienidelaixin', '谢谢你的来信'], ['womenzhouyikaishigongzuo', '我们周一开始工作']] as const) {
      for (let at = 1; at <= letters.length; at++) await cdp().send('Input.imeSetComposition', { text: letters.slice(0, at), selectionStart: at, selectionEnd: at })
      await cdp().send('Input.insertText', { text: word })
      words += word
    }
    expect(body().textContent).toBe(words)
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
    expect(core.inputLog(body()).explained, 'nothing is left over that could cover an insertion').toBeLessThan(20)
  })

  it('the replacement of a misspelt word, also by an extension', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('I recieved your mesage and wil answer tomorow.')
    session.ask()
    const node = body().firstChild as Text
    for (const [wrong, right] of [['recieved', 'received'], ['mesage', 'message'], ['tomorow', 'tomorrow']] as const) {
      node.data = node.data.replace(wrong, right)
      session.ask()
    }
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('a text expander that replaces an abbreviation is text without typing, cause unknown, and a short one nothing', async () => {
    await userEvent.click(body())
    await userEvent.keyboard('Hello Ann, ;br')
    session.ask()
    document.execCommand('insertText', false, 'Best regards, Ben from the lamps team')
    expect((await origin()).verdict).toBe('typed')
    document.execCommand('insertText', false, TEXT)
    expect(await origin()).toMatchObject({ verdict: 'inserted', evidence: [{ class: 'insertion' }] })
  })

  it('a template or snippet that a control of the page puts in', async () => {
    document.querySelector('#templates')?.addEventListener('click', () => { body().textContent = TEXT })
    await click('templates')
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
  })

  it('what stood there from the start, signature and quoted history', async () => {
    core.dispose()
    await load(`<p>Hi</p><div class="signature">${TEXT}</div><div class="quote">${TEXT}</div>`)
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
  })

  it('lines that an editor shows by scrolling', async () => {
    core.dispose()
    await load('<div class="cm-gap"></div><div>One</div>')
    body().append(...TEXT.split('. ').map((line) => Object.assign(document.createElement('div'), { textContent: line })))
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen' }] })
  })

  it('a paste of plain web text, and of one’s own words', async () => {
    await paste(`<div class="article"><p>${TEXT}</p></div>`)
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [] })
    await userEvent.keyboard('{Control>}a{/Control}{Delete}')
    await userEvent.keyboard('We start with the plan for each of the rooms on Monday. ')
    session.ask()
    await userEvent.keyboard('{Control>}a{/Control}')
    await userEvent.cut()
    session.ask()
    await userEvent.paste()
    await userEvent.paste()
    expect(await origin()).toEqual({ verdict: 'typed', evidence: [] })
  })

  it('an article about these marks', async () => {
    await paste('<p>The attribute data-is-last-node="" and class="font-claude-response-body"; &lt;grok-card&gt;</p><pre>&lt;p data-path-to-node="1"&gt;</pre>', 'Look for `citeturn0search0` in the text.')
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [] })
  })

  it('a person called Claude, a word with "ai" in it, a plain Insert button', async () => {
    for (const id of ['person', 'mail', 'plain']) {
      core.dispose()
      await load()
      await click(id)
      body().textContent = TEXT
      expect((await origin()).verdict, id).toBe('inserted')
    }
  })

  it('autofill of a field, which is short', async () => {
    core.dispose()
    await load()
    body().textContent = '12 High Street, London W1A 1AA'
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [] })
  })
})

describe('a page that means ill', () => {
  const forged = (type: string, html: string) => {
    const data = new DataTransfer()
    data.setData('text/html', html)
    data.setData('text/plain', TEXT)
    body().dispatchEvent(new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true }))
  }

  it('cannot forge a paste with marks, nor typing, nor a press: its text stays text without typing, put in by a script', async () => {
    forged('paste', CHATGPT)
    body().dispatchEvent(new InputEvent('beforeinput', { inputType: 'insertText', data: TEXT, bubbles: true }))
    document.querySelector('#assistant')?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    body().textContent = TEXT
    expect(await origin()).toMatchObject({ verdict: 'inserted', evidence: [{ class: 'insertion', mark: 'inserted-by-script' }] })
    expect((await origin()).evidence).toHaveLength(1)
  })

  it('gets no verdict by swallowing a paste: marks of text that never came count for nothing', async () => {
    body().addEventListener('paste', (event) => event.preventDefault())
    await paste(CHATGPT)
    expect(body().textContent).toBe('')
    expect(await origin()).toEqual({ verdict: 'unknown', evidence: [] })
  })

  it('cannot hide a paste by stopping its event', async () => {
    window.addEventListener('paste', (event) => event.stopImmediatePropagation(), { capture: true, once: true })
    await paste(CHATGPT)
    expect((await origin()).verdict).toBe('ai')
  })

  it('neither freezes nor breaks on a clipboard of 20 MB, and says that it was not read to its end', async () => {
    body().addEventListener('paste', (event) => { // The page's own handling of 20 MB is its own matter.
      event.preventDefault()
      body().textContent = TEXT
    })
    const before = performance.now()
    await paste(`${'<p class="a b c" data-x="1">word <b>bold</b></p>'.repeat(420_000)}<p data-is-last-node="">`)
    expect(performance.now() - before).toBeLessThan(30_000)
    expect(await origin()).toMatchObject({ verdict: 'unknown', evidence: [{ class: 'unseen', mark: 'clipboard-cut' }] })
  })

  it.each(['<p data-is-last-node=""', '<script>alert(1)</script>', '<!--', '<p a="', '\ud800<\u0000>', '</'.repeat(2_000)])('takes malformed HTML: %s', async (html) => {
    await paste(html, 'Some words.')
    expect(['unknown', 'ai']).toContain((await origin()).verdict)
  })
})
