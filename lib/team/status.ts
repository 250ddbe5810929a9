import { pairPhrase } from '../review/approval/index.ts'
import { decidePack, type Capabilities, type PendingNote, type StoredRelease, type TeamPackView, type TeamStatus } from '../review/team/index.ts'
import type { TeamNow } from './sync/now.ts'
import type { KeptObject, TeamState } from './sync/ports.ts'
import { keyOf, parseKey } from './layout.ts'

const HISTORY = 100

interface Known { readonly state: TeamState; readonly team: TeamNow }

/** The team as pages see it. */
export function statusOf({ state, team }: Known, device: { readonly signKey: string; readonly credentials: boolean; readonly capabilities: Capabilities | null; readonly waiting: number }): TeamStatus {
  const { manifest, own, chain } = team
  const former = manifest?.former.some(({ signKey, why }) => signKey === device.signKey && why !== 'demoted') ?? false
  return {
    team: state.team, name: manifest?.name ?? state.name, membership: own ? 'member' : former ? 'former' : 'waiting', own, members: manifest?.members ?? [], former: manifest?.former ?? [],
    settings: manifest?.settings ?? { askCorrections: false }, version: manifest?.version ?? 0,
    history: chain.chain.slice(-HISTORY).reverse().map(({ signed: { content: { version, at, by, changes } } }) => ({ version, at, by, changes })),
    conflicts: chain.others.filter(({ refusal }) => refusal === 'conflict').map(({ manifest: { signed } }) => ({ version: signed.content.version, by: signed.content.by })),
    store: state.store, credentials: device.credentials, capabilities: device.capabilities,
    phrase: own || former ? null : pairPhrase(state.team, state.lead.signKey, device.signKey), sharing: state.sharing,
    sync: { checkedAt: state.checkedAt, goodAt: state.goodAt, problem: state.problem, waiting: device.waiting, rejections: state.rejections, missing: state.missing },
  }
}

/** Notes that no manifest has answered, the oldest first. `own`: this lead's key, with which the words are compared. */
export function pendingNotes({ manifest, notes }: TeamNow, own: string): readonly PendingNote[] {
  if (!manifest) return []
  const members = new Set(manifest.members.map(({ card }) => card.signKey))
  return notes.filter(({ digest, signed: { content } }) => {
    if (manifest.answered.includes(digest)) return false
    return content.kind === 'join' ? !members.has(content.card.signKey) : members.has(content.signKey)
  }).map(({ digest, signed: { content } }) => {
    const card = content.kind === 'leave' ? null : content.card
    return { id: digest, kind: content.kind, at: content.at, card, signKey: content.kind === 'join' ? content.card.signKey : content.signKey, phrase: card && pairPhrase(manifest.team, own, card.signKey) }
  }).sort((a, b) => a.at - b.at)
}

/** The team's packs. `kept`: signed packs that are here. */
export function packViews({ state, team }: Known, kept: readonly KeptObject[], installed: (id: string) => string | null, signKey: string): readonly TeamPackView[] {
  return [...team.packs].map(([id, { statements, others }]): TeamPackView => {
    const target = decidePack(statements, signKey)
    const texts = kept.filter(({ key }) => { const parsed = parseKey(key); return parsed?.kind === 'packs' && parsed.pack === id })
    const last = [...statements].reverse().find(({ signed }) => signed.content.action === 'release')
    return {
      id, title: titleOf(texts.at(-1)?.text) ?? id, versions: versionsOf(id, statements, texts),
      statements: [...statements].reverse().map(({ signed: { content: { number, action, version, share, text, at, by } } }) => ({ number, action, version, share, text, at, by })),
      target: target && target.standing !== 'withdrawn' ? target.release.signed.content.version : null, installed: installed(id), standing: target?.standing ?? 'none', pinned: target?.pinned ?? false, reason: target?.reason ?? '',
      problem: state.packProblems[id] ?? null, share: last?.signed.content.share ?? 100,
      conflicts: others.filter(({ refusal }) => refusal === 'conflict').map(({ release: { signed } }) => `${signed.content.number} ${signed.content.version ?? signed.content.action}`),
    }
  })
}

function versionsOf(id: string, statements: readonly StoredRelease[], texts: readonly KeptObject[]): TeamPackView['versions'] {
  const rows = new Map<string, TeamPackView['versions'][number]>()
  for (const { signed: { content } } of [...statements].reverse()) {
    const { version, digest, action } = content
    if (version === null || digest === null || (rows.has(digest) && action !== 'release')) continue
    const text = texts.find(({ key }) => key === keyOf.pack(id, version, digest))?.text
    rows.set(digest, { version, digest, ...signerOf(text), text: action === 'release' ? content.text : (rows.get(digest)?.text ?? '') })
  }
  return [...rows.values()]
}

interface Outline { readonly signedBy?: unknown; readonly signedAt?: unknown; readonly pack?: { readonly title?: unknown } | undefined }

function outlineOf(text: string | undefined): Outline {
  // Kept texts were checked against their digest; only a pack that the install rules refused may be no JSON.
  try {
    return text === undefined ? {} : ((JSON.parse(text) as Outline | null) ?? {})
  } catch {
    return {}
  }
}

function signerOf(text: string | undefined): { signedBy: string; signedAt: string } {
  const { signedBy, signedAt } = outlineOf(text)
  return { signedBy: typeof signedBy === 'string' ? signedBy : '', signedAt: typeof signedAt === 'string' ? signedAt : '' }
}

function titleOf(text: string | undefined): string | null {
  const title = outlineOf(text).pack?.title
  return typeof title === 'string' ? title : null
}
