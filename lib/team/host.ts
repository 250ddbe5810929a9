import type { RulePack } from '../engine/index.ts'
import { installPack } from '../packs/index.ts'
import { formerKeys, memberOf, type StoredManifest, type TeamTrouble } from '../review/team/index.ts'
import { activatePack, activePack, deviceKey, getPack, listRequests, noteInstead, noteTeam, noteTeamRejections, PERSONAL_PACK, preparedKey, removePack, saveFormerKeys, saveTeamAreas, switchKey, takeTeamContacts, toBase64Url } from '../store/index.ts'
import { askAnew, takeCode } from './approvals/index.ts'
import { problemOf } from './outcome.ts'
import type { TeamHost } from './sync/ports.ts'

/** What the sync finds goes into this device's packs, contacts, queue and ledger. */
export function deviceHost(builtins: readonly RulePack[], keyChanged: () => Promise<void>): TeamHost {
  return {
    followKey: async (manifest, now) => {
      if (!(await useWaitingKey(manifest, now))) return false
      await keyChanged()
      return true
    },
    usePack: (text, publicKey, back, at) => usePack(builtins, text, publicKey, back, at),
    // Only a pack of the team goes: one of the same name that the person installed meanwhile is theirs.
    dropPack: async (id) => { if ((await getPack(id))?.source === 'team') await removePack(id) },
    takeCode: async (code, kind, mayAsk, now) => {
      const taken = await takeCode(code, now, mayAsk)
      if (taken.kind === 'refused') return taken.refusal
      return taken.kind === kind ? null : 'not-a-code'
    },
    waitsForAnswers: async (now) => (await listRequests()).some(({ revokedAt, request, answers }) => revokedAt === null && request.until > now && answers.length < request.asked.length),
    teamChanged,
    note: noteTeamRejections,
  }
}

async function usePack(builtins: readonly RulePack[], text: string, publicKey: string, back: boolean, at: number): Promise<TeamTrouble | null> {
  const id = idOf(text)
  if (id === null || id === PERSONAL_PACK) return { code: 'reserved-id', params: [id ?? ''] }
  const decision = installPack({ json: text, file: `${id}.json`, active: await activePack(id, builtins), trust: { kind: 'pinned', publicKey }, allowOlder: back })
  if (decision.kind === 'keep') return decision.problems[0] ? problemOf(decision.problems[0]) : { code: 'invalid', params: [] }
  if (decision.kind === 'activate') await activatePack(decision, { source: 'team', url: null, text, at })
  return null
}

function idOf(text: string): string | null {
  try {
    const value = JSON.parse(text) as { pack?: { id?: unknown } } | null
    return typeof value?.pack?.id === 'string' ? value.pack.id : null
  } catch {
    return null
  }
}

/** Uses the key that waits here from now on, where the team knows this device by it. @returns whether it is so */
export async function useWaitingKey({ digest, content }: StoredManifest, now: number): Promise<boolean> {
  const next = await preparedKey()
  if (!next || memberOf(content, next.signKey) === null) return false
  return (await switchKey({ team: content.team, version: content.version, manifest: digest, by: content.by }, now)) !== null
}

async function teamChanged({ digest, content }: StoredManifest, now: number): Promise<void> {
  const own = toBase64Url((await deviceKey()).publicKey)
  const member = memberOf(content, own)
  await takeTeamContacts(content, own, now)
  await saveFormerKeys([...formerKeys(content)])
  const lost = content.former.find(({ next, why }) => next === own && why === 'lost')
  if (lost) await noteInstead(lost.signKey, { team: content.team, version: content.version, manifest: digest, by: content.by }, now)
  await askAnew(formerKeys(content), now)
  await saveTeamAreas(member ? { areas: member.card.areas, deputy: member.card.deputy } : null)
  await noteTeam('members', { team: content.team, version: content.version, digest, by: content.by, members: content.members.length }, now)
}
