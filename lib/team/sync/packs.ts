import { decidePack, mayGoBack, type PackTarget, type Rejection, type StoredRelease, type TeamTrouble } from '../../review/team/index.ts'
import { keyOf } from '../layout.ts'
import type { TeamNow } from './now.ts'
import type { SyncPorts, TeamState } from './ports.ts'
import { LIMITS, textOf } from './read.ts'

type Noting = (rejections: readonly Rejection[]) => Promise<void>

/** Brings the packs in use here to what the team's statements say for this device. Whatever is refused stays out, and the last good version in use. */
export async function followPacks(ports: SyncPorts, before: TeamState, team: TeamNow, note: Noting): Promise<readonly { id: string; version: string }[]> {
  const { memory, self } = ports
  const used: { id: string; version: string }[] = []
  let state = before
  const save = async (change: Partial<TeamState>): Promise<void> => {
    state = { ...state, ...change }
    await memory.changeState(change)
  }
  if (!team.own) {
    // Who is not in the team any more has none of its packs.
    for (const id of team.manifest && team.chain.chain.length > 0 ? Object.keys(state.active).filter((id) => state.active[id]) : []) {
      await ports.host.dropPack(id)
      await save({ active: { ...state.active, [id]: undefined } })
    }
    return used
  }
  for (const [id, { statements }] of team.packs) {
    const target = decidePack(statements, self.signKey)
    const active = state.active[id]
    if (!target || target.standing === 'withdrawn') {
      if (active && (target?.standing === 'withdrawn')) {
        await ports.host.dropPack(id)
        await save({ active: { ...state.active, [id]: undefined } })
      }
      continue
    }
    const { number } = target.release.signed.content
    // A lower number than the one followed: whatever the store shows, nobody goes back by it.
    if (active && (number < active.number || target.release.digest === active.digest)) continue
    if (!active && target.standing === 'deprecated') continue
    const problem = await usePack(ports, id, { ...target, back: active ? mayGoBack(statements, active, target) : target.back }, note)
    const { version } = target.release.signed.content
    if (problem === null && version !== null) {
      await save({ active: { ...state.active, [id]: { number, digest: target.release.digest, version } }, packProblems: { ...state.packProblems, [id]: undefined } })
      if (active?.version !== version) used.push({ id, version })
    } else if (problem) await save({ packProblems: { ...state.packProblems, [id]: problem } })
  }
  return used
}

async function usePack(ports: SyncPorts, id: string, { release, back }: PackTarget, note: Noting): Promise<TeamTrouble | null> {
  const key = packKey(release)
  const text = key === null ? null : await packText(ports, key)
  if (key === null || text === null) return { code: 'gone', params: [id, release.signed.content.version ?? ''] }
  const signer = signerOf(text)
  const problem = await ports.host.usePack(text, signer, back, ports.now())
  if (problem && problem.code !== 'storage-full') await note([{ key, refusal: 'bad-pack', detail: problem.detail ?? problem.params.join(' ') }])
  return problem
}

function packKey({ signed }: StoredRelease): string | null {
  const { pack, version, digest } = signed.content
  return version === null || digest === null ? null : keyOf.pack(pack, version, digest)
}

/** A signed pack from what is kept here or, checked against the digest that the statement names, from the store; null where it is not there. */
export async function packText({ memory, store }: Pick<SyncPorts, 'memory' | 'store'>, key: string): Promise<string | null> {
  const kept = await memory.keptOne(key)
  if (kept) return kept.text
  const got = await store.get(key, { maxBytes: LIMITS.packs })
  const read = got.kind === 'object' ? textOf(key, got.bytes) : null
  if (!read?.ok) return null
  await memory.keep([{ key, kind: 'packs', text: read.value.text }])
  return read.value.text
}

/** The key that a pack says it is signed by. The statement names this very text, so whoever may publish vouches for it; the install rules check that the signature fits. */
function signerOf(text: string): string {
  try {
    const value = JSON.parse(text) as { publicKey?: unknown } | null
    return typeof value?.publicKey === 'string' ? value.publicKey : ''
  } catch {
    return '' // No JSON: the install rules say so.
  }
}
