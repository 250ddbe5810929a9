import fc from 'fast-check'
import { expect } from 'vitest'
import { FAILURES, SENDERS, type KindName } from '../../lib/messages/protocol.ts'
import { makeDecision, makeRecord, makeSignOff } from '../../lib/store/draft.fixture.ts'
import type { Fuzzer } from './fuzzer.ts'
import { hostileText, hostileValue, mutated } from './mutate.ts'
import { ask, ID, ROOT, startWorker } from './worker.ts'

const record = makeRecord()
const DIGEST = 'b'.repeat(64)
/** A right body of each kind. Total, so that a new kind without one does not compile. */
const BODIES: { readonly [K in KindName]: unknown } = {
  'rulebook/load': { anew: false },
  'record/recall': { site: 'gmail', fingerprints: ['f1'] },
  'origin/remember': { site: 'gmail', blocks: [{ digest: DIGEST, edited: 0.1, arrival: { kind: 'paste', marks: [{ class: 'T2', mark: 'chatgpt', product: 'ChatGPT', count: 1 }], chars: 10, at: 1 } }] },
  'origin/recall': { site: 'gmail', digests: [DIGEST] },
  'record/held': { record, kind: 'send' },
  'record/decided': { session: 's1', site: 'gmail', decision: makeDecision() },
  'record/reopened': { session: 's1', site: 'gmail', fingerprint: 'f1', at: 1 },
  'suppression/add': { rule: 'test/free', words: 'free', host: null, reason: 'ours', until: null },
  'suppression/remove': { id: 'x' },
  'record/corrected': { rule: '', category: 'pricing', before: 'a', after: 'b', sentence: 'a', site: 'gmail', at: 1 },
  'record/taught': { session: 's1', site: 'gmail', kind: 'email', assistant: 'ChatGPT', at: 1, corrections: [{ rule: 'a/b', category: 'pricing', before: 'a', after: 'b', sentence: 'a' }], wrote: ['a b'], left: ['a c'], people: ['Ines'] },
  'record/signed': { record, signOff: makeSignOff(record) },
  'approval/standing': { digest: record.digest },
  'approval/ask': { record },
  'record/unchecked': { record, reason: 'the customer waits' },
  'record/sent': { record, kind: 'send', signedAs: null },
  'inject/draft': null,
  'inject/review': null,
  'side/open': null,
  'site/enable': { prefix: 'https://mail.example/', adapter: 'generic' },
  'site/disable': { prefix: 'https://mail.example/' },
  'sites/changed': null,
  'packs/install': { text: '{"format":1}' },
  'packs/look': { url: 'https://packs.example/a.json' },
  'packs/subscribe': { url: 'https://packs.example/a.json', looked: null },
  'packs/unsubscribe': { url: 'https://packs.example/a.json' },
  'packs/check': null,
  'packs/export': { id: 'test' },
  'team/status': null,
  'team/probe': { store: { kind: 'webdav', url: 'https://files.example/dav', folder: 'team' }, credentials: { kind: 'webdav', user: 'dana', password: 'secret' } },
  'team/create': { name: 'Sales', store: { kind: 's3', endpoint: 'https://s3.example', region: 'eu-west-1', bucket: 'team', pathStyle: true, folder: '' }, credentials: { kind: 's3', accessKeyId: 'A', secretAccessKey: 'B' } },
  'team/invite': { withCredentials: true },
  'team/read-invitation': { code: 'CS1.I.4.abcd.0123456789' },
  'team/join': { code: 'CS1.I.4.abcd.0123456789', credentials: null },
  'team/credentials': { credentials: { kind: 'webdav', user: 'dana', password: 'secret' } },
  'team/move': { store: { kind: 'webdav', url: 'https://cloud.example/new/', folder: '' }, credentials: { kind: 'webdav', user: 'dana', password: 'secret' } },
  'team/notes': null,
  'team/confirm': { note: '0'.repeat(64), as: { teamRole: 'reviewer', areas: ['pricing'], deputy: [] } },
  'team/decline': { note: '0'.repeat(64) },
  'team/change-member': { signKey: 'A'.repeat(43), as: { teamRole: 'rep', areas: [], deputy: [] } },
  'team/remove-member': { signKey: 'A'.repeat(43), why: 'lost' },
  'team/settings': { settings: { askCorrections: true } },
  'team/sharing': { sharing: { ledger: true, corrections: false } },
  'team/new-key': null,
  'team/leave': null,
  'team/publish': { pack: '{"format":1}', text: 'New.', share: 10 },
  'team/say': { pack: 'test', action: 'roll-back', version: '1.0.0', share: 100, text: 'Because.' },
  'team/packs': null,
  'team/pack-text': { pack: 'test', digest: '0'.repeat(64) },
  'team/ledgers': { how: 'new' },
  'team/insights': { how: 'known' },
  'team/check': { how: 'now' },
  'ledger/verify': null,
}
const KINDS = Object.keys(SENDERS) as KindName[]

const guard = { id: ID, url: 'https://mail.google.com/', tab: { id: 7 }, frameId: 3, documentId: 'doc' }
const page = { id: ID, url: `${ROOT}popup.html` }
const STRANGERS: readonly object[] = [{ ...guard, id: 'another' }, { id: ID, url: 'https://mail.google.com/' }, { ...page, id: undefined }, {}]
/** A page may write our address into its own: it stays a page. */
const GUARDS: readonly object[] = [guard, { ...guard, url: `https://evil.example/${ROOT}` }]
const SENDERS_TRIED = [...GUARDS, page, ...STRANGERS]

const envelope = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KINDS).chain((kind) => mutated([BODIES[kind]]).map((body) => ({ countersign: 1, kind, body }))) },
  { weight: 2, arbitrary: fc.record({ countersign: fc.constant(1), kind: fc.oneof(fc.constantFrom(...KINDS), hostileText), body: hostileValue }) },
  { weight: 1, arbitrary: mutated([{ countersign: 1, kind: 'record/sent', body: BODIES['record/sent'] }]) },
  { weight: 1, arbitrary: hostileValue },
)

let worker: ReturnType<typeof startWorker> | null = null

/** True where this sender may not ask this, whatever the body. */
function isForbidden(message: unknown, sender: object): boolean {
  const kind = typeof message === 'object' && message !== null && 'kind' in message ? message.kind : null
  return STRANGERS.includes(sender) || (GUARDS.includes(sender) && KINDS.some((known) => known === kind && SENDERS[known] === 'page'))
}

/** Whatever is sent, and by whom: at most one answer, with a code that has words; nothing is written for what was refused; a stranger is never answered well, and no handler stumbles over what it is given. */
export const messages: Fuzzer<{ readonly message: unknown; readonly sender: object }> = {
  name: 'messages',
  runs: 1_000,
  input: fc.record({ message: envelope, sender: fc.constantFrom(...SENDERS_TRIED) }),
  async check({ message, sender }) {
    worker ??= startWorker()
    const before = worker.writes()
    const reply = await ask(worker.listener, message, sender)
    const refused = reply === null || (!reply.ok && (reply.code === 'refused' || reply.code === 'malformed'))
    if (refused) expect(worker.writes()).toBe(before)
    if (isForbidden(message, sender)) expect(refused).toBe(true)
    if (reply === null || reply.ok) return
    expect(FAILURES).toContain(reply.code)
    expect(reply.code, reply.message).not.toBe('failed')
  },
}
