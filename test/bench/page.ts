import packs from 'virtual:builtin-packs'
import { compileRuleset, createScanner, encodeRuleset, type Draft } from '../../lib/engine/index.ts'
import type { GuardCore, GuardPort, Rulebook } from '../../lib/guard/index.ts'
import { openRules, openSession } from '../../lib/guard/session/index.ts'
import { defaultPolicy, policyDigest } from '../../lib/policy/index.ts'
import { generic } from '../../lib/sites/index.ts'
import { article } from './texts.ts'

// Runs in a real Chromium page. The guard's core and the way to the worker are stand-ins: what is measured is reading, scanning, deciding and painting.

export interface Samples { readonly [figure: string]: readonly number[] }

const timed = (run: () => void): number => {
  const start = performance.now()
  run()
  return performance.now() - start
}

const draftOf = (text: string): Draft => {
  let at = 0
  const blocks = text.split('\n').map((line) => {
    const span = { start: at, end: at + line.length }
    at = span.end + 1
    return { kind: 'text' as const, span }
  })
  return { kind: 'post', site: 'generic', subject: '', recipients: [], text, blocks, locale: 'en' }
}

/** Compiling all packs and the first scan of 10,000 words, against one `RegExp` a rule over the same text. */
export function firstScan(rounds: number): Samples {
  const text = article(10_000)
  const draft = draftOf(text)
  const words = packs.flatMap((pack) => pack.rules.flatMap((rule) => rule.match))
  const samples = { compile: [] as number[], scan: [] as number[], regexps: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    let ruleset: ReturnType<typeof compileRuleset> | undefined
    samples.compile.push(timed(() => (ruleset = compileRuleset(packs))))
    const scanner = createScanner(ruleset as ReturnType<typeof compileRuleset>)
    samples.scan.push(timed(() => scanner.scan(draft)))
    const peers = words.map((pattern) => new RegExp(`\\b${pattern.replace(/[^\p{L} ]+/gu, '.{0,20}')}\\b`, 'giu'))
    samples.regexps.push(timed(() => peers.forEach((peer) => [...text.matchAll(peer)])))
  }
  return samples
}

/** The gate's answer as the page's own event waits for it: in a draft that was looked at already, and right after a key that was not. Milliseconds. */
export async function decisions(count: number, words: number): Promise<Samples> {
  const { body, root } = writtenDraft(words)
  const open = openSession({ root, core: core(root), port, rules: Promise.resolve(openRules(rulebook())), now: Date.now, id: 'bench' })
  await open.ready
  const samples = { still: [] as number[], key: [] as number[] }
  const paragraphs = [...body.children]
  for (let at = 0; at < count; at++) {
    const node = paragraphs[(at * 7919) % paragraphs.length]?.firstChild as Text
    node.insertData(node.length >> 1, 'x')
    samples.key.push(timed(() => open.ask()))
    // A look follows each key; the press on Send comes after it.
    await new Promise((resolve) => setTimeout(resolve))
    samples.still.push(timed(() => open.ask()))
  }
  open.dispose()
  return samples
}

/** A page with a form and an article of so many words in it. */
function writtenDraft(words: number): { readonly body: HTMLElement; readonly root: Element } {
  document.body.innerHTML = '<form id="draft"><div id="body" contenteditable></div><button type="submit">Publish</button></form>'
  const body = document.querySelector('#body') as HTMLElement
  body.innerHTML = article(words).split('\n').map((line) => `<p>${line.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`).join('')
  return { body, root: document.querySelector('#draft') as Element }
}

/** The whole answer of the gate after one key in a 10,000-word draft (read, scan, policy, digest, decide), against the same with nothing remembered. */
export async function keystrokes(count: number): Promise<Samples> {
  const { body, root } = writtenDraft(10_000)
  const book = rulebook()
  const session = () => openSession({ root, core: core(root), port, rules: Promise.resolve(openRules(book)), now: Date.now, id: 'bench' })
  const open = session()
  await open.ready
  const samples = { key: [] as number[], full: [] as number[] }
  const paragraphs = [...body.children]
  for (let at = 0; at < count; at++) {
    const node = paragraphs[(at * 7919) % paragraphs.length]?.firstChild as Text
    node.insertData(node.length >> 1, 'x')
    samples.key.push(timed(() => open.ask()))
    if (at % 10 === 0) {
      const fresh = session()
      await fresh.ready
      samples.full.push(timed(() => fresh.useRules(openRules(book))))
      fresh.dispose()
    }
    await new Promise((resolve) => setTimeout(resolve))
  }
  open.dispose()
  return samples
}

const never = <T>(value: T) => () => Promise.resolve(value)
const NONE = { areas: [], given: [], waiting: [], refused: null, code: null }
const port: GuardPort = { loadRulebook: never(rulebook()), recall: never([]), rememberOrigin: never(undefined), recallOrigin: never([]), held: never(undefined), decided: never(undefined), reopened: never(undefined), corrected: never(undefined), taught: never(undefined), suppressed: never(''), unsuppressed: never(undefined), signed: never(1),
  approvals: never(NONE), askApproval: never(NONE), unchecked: never(undefined), sent: never(1), loadReview: never(undefined) }

function rulebook(): Rulebook {
  const policy = defaultPolicy()
  return { ruleset: encodeRuleset(compileRuleset(packs)), rulesetDigest: 'bench', policy, policyDigest: policyDigest(policy), marks: [], suppressions: [], styleHints: false, reviewer: { name: 'Bench', role: '' }, owns: Object.keys(policy.areas) }
}

function core(root: Element): GuardCore {
  const logs = new WeakMap<Element, ReturnType<GuardCore['inputLog']>>()
  const site = { ...generic, draftRoot: () => root, draftRoots: () => [root], parts: () => ({ kind: 'post' as const, bodies: [root.querySelector('#body') as HTMLElement], subject: null, subjectField: null, recipients: [], missing: [], unreadable: false }) }
  return {
    window, site, host: 'bench', early: true, started: Promise.resolve(true), memory: { decisions: new Map(), signOffs: new Map(), origins: new Map() },
    sessions: () => [], unseen: () => [], noteUnseen: () => undefined, saidAt: () => ({ said: 'other', control: null }), subscribe: () => () => undefined, mountSurface: () => () => undefined, isPersonal: () => false, attach: () => undefined, ensure: () => null, drop: () => undefined,
    inputLog(element) {
      const log = logs.get(element) ?? { explained: 1e9, free: false, synthetic: false, transfers: [], acts: { last: null } }
      logs.set(element, log)
      return log
    },
    strayTransfers: () => [], useMarks: () => undefined, surfaceShown: () => true, tellLost: () => undefined, broken: () => false, ended: new AbortController().signal,
    arm: () => undefined, dispose: () => undefined,
  }
}

Object.assign(window, { bench: { decisions, firstScan, keystrokes } })
