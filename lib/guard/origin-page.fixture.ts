import { afterEach, beforeEach } from 'vitest'
import { userEvent } from 'vitest/browser'
import { compileRuleset, encodeRuleset } from '../engine/index.ts'
import type { KnownBlock, MarksUpdate } from '../origin/index.ts'
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
export const TEXT = 'Thank you for your message and for the list of rooms. All three lamps come with what is needed to hang them up, and with a plan for each of the rooms. Please tell us which day suits you, so that we can book the fitter for that morning.'
export const CHATGPT = `<p data-start="0" data-end="60">${TEXT.slice(0, 60)}</p><p data-start="62" data-end="300" data-is-last-node="">${TEXT.slice(60)}</p>`

export const body = () => document.querySelector('#body') as HTMLElement
export const click = (id: string) => userEvent.click(document.querySelector(`#${id}`) as Element)

const site: SiteAdapter = {
  id: 'generic', excluded: '.quote, .signature',
  draftRoot: (element) => element.closest('#draft'),
  draftRoots: (doc) => [...doc.querySelectorAll('#draft')],
  parts: (root) => ({ kind: 'email', bodies: [...root.querySelectorAll<HTMLElement>('#body, .block')], subject: null, subjectField: null, recipients: [], missing: [], unreadable: false }),
  wayOutAt: () => null, wayOutByKey: () => null, sendControl: () => null,
}

export let core: GuardCore
export let session: GateSession
export let known: Map<string, KnownBlock>
export let corrections: Correction[]
/** Ways out of which the worker was told that a draft went through them. */
export let sent: string[]
/** How often the interface was asked for. */
export let interfaces: number
/** What the person set, and what a pack carries; for the next `load`. */
export const given: { styleHints: boolean; packMarks: MarksUpdate | null } = { styleHints: false, packMarks: null }

function port(): GuardPort {
  return {
    loadRulebook: () => Promise.reject(new Error('not asked here')), recall: () => Promise.resolve([]),
    rememberOrigin: async (_, blocks) => { for (const block of JSON.parse(JSON.stringify(blocks)) as KnownBlock[]) known.set(block.digest, block) },
    recallOrigin: async (_, digests) => digests.flatMap((digest) => known.get(digest) ?? []),
    held: async () => undefined, decided: async () => undefined, reopened: async () => undefined, corrected: async (one) => { corrections.push(one) }, taught: async () => undefined,
    signed: async () => 1, sent: async (_, kind) => sent.push(kind), approvals: async () => ({ areas: [], given: [], waiting: [], refused: null, code: null }),
    askApproval: async () => ({ areas: [], given: [], waiting: [], refused: null, code: null }),
    unchecked: async () => undefined, suppressed: async () => '', unsuppressed: async () => undefined, loadReview: async () => void interfaces++,
  }
}

/** Starts anew, as a page that was just loaded: nothing is remembered but what the worker was told. `before` happens while the checking script is on its way. */
export async function load(html = '', before: () => Promise<void> = async () => undefined): Promise<void> {
  document.body.innerHTML = PAGE
  body().innerHTML = html
  const started = await startGuard({ window, site: Promise.resolve(site), early: true, loadDrafts: () => Promise.resolve(), askUnchecked: () => false })
  core = started as GuardCore
  await before()
  const policy = defaultPolicy()
  const book = { ruleset: encodeRuleset(compileRuleset([])), marks: given.packMarks ? [given.packMarks] : [], rulesetDigest: 'r', policy, policyDigest: policyDigest(policy), reviewer: { name: 'Ann', role: '' }, owns: [], suppressions: [], styleHints: given.styleHints }
  core.attach((root) => (session = openSession({ root, core, port: port(), rules: Promise.resolve(openRules(book)), now: Date.now, id: 's' })))
  core.ensure(document.querySelector('#draft') as Element)
  await session.ready
}

/** A page with an empty draft for each test. */
export function usePage(): void {
  beforeEach(async () => {
    known = new Map()
    corrections = []
    sent = []
    interfaces = 0
    Object.assign(given, { styleHints: false, packMarks: null })
    await load()
  })
  afterEach(() => core.dispose())
}

/** As the panel would show it now. */
export const origin = async () => {
  session.ask()
  await new Promise((resolve) => setTimeout(resolve))
  return session.snapshot().origin
}
export const marks = async () => (await origin()).evidence.map(({ mark }) => mark)
export const caretTo = (end: 'start' | 'end', editor = body()) => {
  editor.focus()
  const selection = getSelection()
  selection?.selectAllChildren(editor)
  if (end === 'end') selection?.collapseToEnd()
  else selection?.collapseToStart()
}

/** Puts exactly this on the real clipboard, as a chat page or a program does, then pastes with the browser's own key. */
export async function paste(html: string, text = TEXT, editor?: HTMLElement): Promise<void> {
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
  caretTo('end', editor)
  await userEvent.paste()
}
