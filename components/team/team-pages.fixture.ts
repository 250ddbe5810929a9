import type { PendingNote, TeamMember, TeamPackView, TeamStatus } from '../../lib/review/team/index.ts'
import type { RulePack } from '../../lib/engine/index.ts'
import type { TeamPagePort } from './port.ts'
import type { TeamNow } from './useTeam.ts'

export const NOW = Date.UTC(2026, 10, 24, 12)

const key = (letter: string): string => letter.repeat(43)
export const member = (name: string, teamRole: TeamMember['teamRole'], letter: string, areas: readonly string[] = []): TeamMember =>
  ({ card: { name, role: '', areas, deputy: [], signKey: key(letter), sealKey: key(letter) }, teamRole, since: NOW - 30 * 86_400_000 })

export const LEAD = member('Ines Roy', 'administrator', 'a')
export const REP = member('Dana Whitfield-Okonkwo', 'rep', 'b')
export const OWNER = member('Olga Lind', 'reviewer', 'c', ['pricing', 'legal'])

export const status = (change: Partial<TeamStatus> = {}): TeamStatus => ({
  team: 'abcdefghij123456', name: 'Larkfield Sales', membership: 'member', own: LEAD, members: [LEAD, REP, OWNER], former: [{ signKey: key('d'), name: 'Per Holm', at: NOW - 86_400_000, why: 'left', keep: [], next: null }],
  settings: { askCorrections: false }, version: 4, history: [{ version: 4, at: NOW - 3_600_000, by: LEAD.card.signKey, changes: [{ kind: 'add', member: OWNER, note: null }] }], conflicts: [],
  store: { kind: 'webdav', url: 'https://cloud.larkfield.example/remote.php/dav/files/team/', folder: 'countersign' }, moved: null, credentials: true, capabilities: null, phrase: null, newKey: null, sharing: { ledger: true, corrections: false },
  sync: { checkedAt: NOW - 60_000, goodAt: NOW - 60_000, problem: null, waiting: 0, rejections: [], missing: [] }, ...change,
})

export const NOTE: PendingNote = { id: 'n1', kind: 'join', at: NOW - 120_000, card: member('Tom Abara', 'rep', 'e').card, signKey: key('e'), phrase: 'amber violin dusk harbour' }

export const PACK: TeamPackView = {
  id: 'sales', title: 'Sales rules', target: '1.1.0', installed: '1.1.0', standing: 'use', pinned: false, reason: '', problem: null, share: 10, conflicts: [],
  versions: [
    { version: '1.1.0', digest: '2'.repeat(64), signedBy: 'Ines Roy', signedAt: '2026-11-23T10:00:00Z', text: 'Handshakes are asked of legal.' },
    { version: '1.0.0', digest: '1'.repeat(64), signedBy: 'Ines Roy', signedAt: '2026-11-20T10:00:00Z', text: 'First rules.' },
  ],
  statements: [
    { number: 2, action: 'release', version: '1.1.0', share: 10, text: 'Handshakes are asked of legal.', at: NOW - 86_400_000, by: LEAD.card.signKey },
    { number: 1, action: 'release', version: '1.0.0', share: 100, text: 'First rules.', at: NOW - 4 * 86_400_000, by: LEAD.card.signKey },
  ],
}

const rule = (id: string, title: string, words: string, tier: 'review' | 'approve' = 'review'): RulePack['rules'][number] => ({
  id, title, category: 'pricing', tier, owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: [words], unless: [], near: [], negation: 'ignores', hedge: 'ignores',
  question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: [`We say ${words} here.`], clean: ['Nothing of the kind.'] },
})
const pack = (id: string, version: string, rules: RulePack['rules']): RulePack => ({ format: 1, id, version, title: 'Sales rules', description: 'What our reps must not say.', owner: 'pricing', lists: {}, rules })
export const VERSIONS: Readonly<Record<string, RulePack>> = {
  ['1'.repeat(64)]: pack('sales', '1.0.0', [rule('sales/one', 'Golden handshake', 'golden handshake')]),
  ['2'.repeat(64)]: pack('sales', '1.1.0', [rule('sales/one', 'Golden handshake', 'golden handshake', 'approve'), rule('sales/two', 'Bronze medal', 'bronze medal')]),
}
export const OWN: RulePack = { ...pack('personal', '0.3.0', [rule('personal/sales-two', 'Bronze medal', 'bronze medals'), rule('personal/free-pens', 'Free pens', 'free pens')]), title: 'Mine' }

export const team = (change: Partial<TeamNow> = {}): TeamNow => ({ status: status(), notes: [NOTE], packs: [PACK], ...change })

/** A stand-in for the worker: notes each question and answers as told. The real service has its tests in lib/team. */
export function fakePort(calls: unknown[][], change: Partial<TeamPagePort> = {}): TeamPagePort {
  const answer = <T>(name: string, value: T) => (...args: unknown[]): Promise<T> => {
    calls.push([name, ...args])
    return Promise.resolve(value)
  }
  const done = { ok: true as const, value: status() }
  return {
    status: answer('status', status()), probe: answer('probe', { ok: true, value: { read: true, write: true, createOnly: true, ifMatch: true, startAfter: false, clockAhead: 0 } }), create: answer('create', done),
    invite: answer('invite', { ok: true, value: { code: `CS-INVITE ${'x'.repeat(600)}`, invitation: invitation() } }), readInvitation: answer('readInvitation', { ok: true, value: invitation() }),
    join: answer('join', done), setCredentials: answer('setCredentials', { ok: true, value: { read: true, write: true, createOnly: true, ifMatch: true, startAfter: false, clockAhead: 0 } }), move: answer('move', done), notes: answer('notes', [NOTE]),
    confirm: answer('confirm', done), decline: answer('decline', done), changeMember: answer('changeMember', done), removeMember: answer('removeMember', done), changeSettings: answer('changeSettings', done),
    setSharing: answer('setSharing', done), newKey: answer('newKey', done), leave: answer('leave', { ok: true, value: null }), publish: answer('publish', { ok: true, value: PACK }), say: answer('say', { ok: true, value: PACK }),
    packs: answer('packs', [PACK]), packText: (...args) => { calls.push(['packText', ...args]); return Promise.resolve({ ok: true, value: JSON.stringify(VERSIONS[args[1]]) }) },
    ledgers: answer('ledgers', { ok: true, value: null }), insights: answer('insights', { ok: true, value: null }), check: answer('check', { outcome: 'unchanged', problem: null, packs: [], requests: 1, answers: 0, rejected: [] }), requestStore: answer('requestStore', true), copy: answer('copy', undefined), exportTeam: answer('exportTeam', { objects: 1_204, unread: 0 }), restoreTeam: answer('restoreTeam', { put: 1_200, there: 4, refused: 0 }), ...change,
  }
}

function invitation() {
  return { team: 'abcdefghij123456', name: 'Larkfield Sales', store: status().store, founder: key('a'), lead: { name: 'Ines Roy', signKey: key('a') }, withCredentials: false }
}
