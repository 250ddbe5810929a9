import { ed25519 } from '@noble/curves/ed25519.js'
import { canonicalJson, signPack } from '../../lib/packs/index.ts'
import { foundTeam, type TeamChange } from '../../lib/review/team/index.ts'
import type { TeamStore } from '../../lib/team/store/types.ts'
import { changeTeam, makeManifest, makePack, makeRelease } from '../../lib/team/sync/make.ts'
import { Device, packOf } from './device.ts'

const TEAM = 'coupleteam000000'

/** A lead and a rep with a store of their own choice between them: the real sync, over whatever `store` is. */
export async function couple(store: () => TeamStore): Promise<{ readonly lead: Device; readonly rep: Device; readonly publish: (version: string, words: string) => Promise<void>; readonly publishAs: (device: Device, number: number, version: string, words: string) => Promise<void>; readonly change: (change: TeamChange) => Promise<void> }> {
  const [lead, rep] = [new Device('lead', store(), Date.now), new Device('rep', store(), Date.now)]
  const at = Date.now()
  const first = await makeManifest(lead.self, foundTeam(TEAM, 'Team', { card: lead.card, teamRole: 'lead', since: at }, at))
  for (const device of [lead, rep]) await device.join(TEAM, lead.signKey)
  await lead.memory.keep([first.kept], [first.item])
  const head = (await lead.sync.now())?.team.head
  if (head) await changeTeam(lead.memory, lead.self, head, [{ kind: 'add', member: { card: rep.card, teamRole: 'rep', since: at }, note: null }], at)
  let number = 0
  const publishAs = async (device: Device, as: number, version: string, words: string): Promise<void> => {
    const pack = packOf(version, words)
    const text = canonicalJson(await signPack(pack, { name: device.name, publicKey: ed25519.getPublicKey(device.secret), at: Date.now() }, (bytes) => Promise.resolve(ed25519.sign(bytes, device.secret))))
    const packed = makePack(pack, text)
    const statement = await makeRelease(device.self, { format: 1, team: TEAM, pack: pack.id, number: as, action: 'release', version, digest: packed.digest, share: 100, text: '', at: Date.now(), by: device.signKey })
    await device.memory.keep([packed.kept, statement.kept], [packed.item, statement.item])
  }
  return {
    lead, rep, publishAs, publish: (version, words) => publishAs(lead, ++number, version, words),
    /** A change of the team by the lead, in force on the lead's device. */
    change: async (change) => {
      const now = (await lead.sync.now())?.team.head
      if (now) await changeTeam(lead.memory, lead.self, now, [change], Date.now())
    },
  }
}
