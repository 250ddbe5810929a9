import { pairPhrase } from '../review/approval/index.ts'
import { decidePack, mayLead, type Capabilities, type PendingNote, type StoreAddress, type StoredRelease, type TeamManifest, type TeamPackView, type TeamStatus } from '../review/team/index.ts'
import { canonicalJson } from '../packs/index.ts'
import { addressSchema } from './store/address.ts'
import type { TeamNow } from './sync/now.ts'
import type { TeamMemory, TeamState } from './sync/ports.ts'
import { keyOf, parseKey } from './layout.ts'

const HISTORY = 100

interface Known { readonly state: TeamState; readonly team: TeamNow }

/** The team as pages see it. */
export function statusOf({ state, team }: Known, device: { readonly signKey: string; /** Key that waits for a lead. */ readonly next: string | null; readonly credentials: boolean; readonly capabilities: Capabilities | null; readonly waiting: number }): TeamStatus {
  const { manifest, own, chain } = team
  const former = manifest?.former.some(({ signKey, why }) => signKey === device.signKey && why !== 'demoted') ?? false
  return {
    team: state.team, name: manifest?.name ?? state.name, membership: own ? 'member' : former ? 'former' : 'waiting', own, members: manifest?.members ?? [], former: manifest?.former ?? [],
    settings: manifest?.settings ?? { askCorrections: false }, version: manifest?.version ?? 0,
    history: chain.chain.slice(-HISTORY).reverse().map(({ content: { version, at, by, changes } }) => ({ version, at, by, changes })),
    conflicts: chain.others.filter(({ refusal }) => refusal === 'conflict').map(({ manifest: { signed } }) => ({ version: signed.content.version, by: signed.content.by })),
    store: state.store, moved: movedFrom(state.store, team), credentials: device.credentials, capabilities: device.capabilities,
    phrase: own || former ? null : pairPhrase(state.team, state.lead.signKey, device.signKey), newKey: newKeyWords(manifest, device), sharing: state.sharing,
    sync: { checkedAt: state.checkedAt, goodAt: state.goodAt, problem: state.problem, waiting: device.waiting, rejections: state.rejections, missing: state.missing },
  }
}

/** Where the team went, as its leads say; null where this device went too, or what they say is no address. */
function movedFrom(own: StoreAddress, { manifest, chain }: TeamNow): TeamStatus['moved'] {
  const read = addressSchema.safeParse(manifest?.store)
  const said = chain.chain.findLast(({ content }) => content.changes.some(({ kind }) => kind === 'store'))
  return !read.success || !said || canonicalJson(read.data) === canonicalJson(own) ? null : { store: read.data, by: said.content.by, at: said.content.at }
}

/** Who may confirm this device's new key, and the words to compare with each of them. */
function newKeyWords(manifest: TeamManifest | null, { signKey, next }: { readonly signKey: string; readonly next: string | null }): TeamStatus['newKey'] {
  if (!manifest || next === null) return null
  return manifest.members.filter(({ card, teamRole }) => mayLead(teamRole) && card.signKey !== signKey).map(({ card }) => ({ name: card.name, phrase: pairPhrase(manifest.team, card.signKey, next) }))
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

/** The team's packs. `kept`: what the signed packs that are here say of themselves, by key. */
export function packViews({ state, team }: Known, kept: ReadonlyMap<string, Outline>, installed: (id: string) => string | null, signKey: string): readonly TeamPackView[] {
  return [...team.packs].map(([id, { statements, others }]): TeamPackView => {
    const target = decidePack(statements, signKey)
    const titled = [...kept].findLast(([key]) => { const parsed = parseKey(key); return parsed?.kind === 'packs' && parsed.pack === id })
    const last = [...statements].reverse().find(({ signed }) => signed.content.action === 'release')
    return {
      id, title: titled?.[1].title || id, versions: versionsOf(id, statements, kept),
      statements: [...statements].reverse().map(({ signed: { content: { number, action, version, share, text, at, by } } }) => ({ number, action, version, share, text, at, by })),
      target: target && target.standing !== 'withdrawn' ? target.release.signed.content.version : null, installed: installed(id), standing: target?.standing ?? 'none', pinned: target?.pinned ?? false, reason: target?.reason ?? '',
      problem: state.packProblems[id] ?? null, share: last?.signed.content.share ?? 100,
      conflicts: others.filter(({ refusal }) => refusal === 'conflict').map(({ release: { signed } }) => `${signed.content.number} ${signed.content.version ?? signed.content.action}`),
    }
  })
}

function versionsOf(id: string, statements: readonly StoredRelease[], kept: ReadonlyMap<string, Outline>): TeamPackView['versions'] {
  const rows = new Map<string, TeamPackView['versions'][number]>()
  for (const { signed: { content } } of [...statements].reverse()) {
    const { version, digest, action } = content
    if (version === null || digest === null || (rows.has(digest) && action !== 'release')) continue
    const { signedBy = '', signedAt = '' } = kept.get(keyOf.pack(id, version, digest)) ?? {}
    rows.set(digest, { version, digest, signedBy, signedAt, text: action === 'release' ? content.text : (rows.get(digest)?.text ?? '') })
  }
  return [...rows.values()]
}

/** What a signed pack says of itself; '' for what it does not say. */
export interface Outline { readonly title: string; readonly signedBy: string; readonly signedAt: string }

/** Reads outlines of the packs that are kept, each once in the life of this reader: a pack may be megabytes, and pages ask every few seconds. In the order of their keys. */
export function createOutlines(memory: TeamMemory): () => Promise<ReadonlyMap<string, Outline>> {
  let read: ReadonlyMap<string, Outline> = new Map()
  return async () => {
    const fresh = await memory.kept('packs', read)
    if (fresh.length > 0) read = new Map([...read, ...fresh.map(({ key, text }) => [key, outlineOf(text)] as const)].sort(([a], [b]) => (a < b ? -1 : 1)))
    return read
  }
}

function outlineOf(text: string): Outline {
  const said = (value: unknown): string => (typeof value === 'string' ? value : '')
  // Kept texts were checked against their digest; only a pack that the install rules refused may be no JSON.
  try {
    const { signedBy, signedAt, pack } = (JSON.parse(text) ?? {}) as { readonly signedBy?: unknown; readonly signedAt?: unknown; readonly pack?: { readonly title?: unknown } | null }
    return { title: said(pack?.title), signedBy: said(signedBy), signedAt: said(signedAt) }
  } catch {
    return { title: '', signedBy: '', signedAt: '' }
  }
}
