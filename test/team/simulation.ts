import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson, signPack } from '../../lib/packs/index.ts'
import { bytesToSign } from '../../lib/review/approval/index.ts'
import { foundTeam, memberOf, type ManifestStep, type ReleaseAction } from '../../lib/review/team/index.ts'
import { keyOf } from '../../lib/team/layout.ts'
import { changeTeam, makeMail, makeManifest, makePack, makeRelease } from '../../lib/team/sync/make.ts'
import { randomFrom } from '../bench/random.mjs'
import { Crash, Device, packOf, type Bucket, type Mail } from './device.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 1)

export interface Outcome {
  readonly devices: readonly Device[]
  /** Texts of packs, and digests of manifests and statements, that honest devices made. */
  readonly honest: ReadonlySet<string>
  readonly honestKeys: ReadonlySet<string>
  /** Keys that the malicious writer made, by who must have noted them. */
  readonly forged: readonly { readonly key: string; readonly mailbox: string | null }[]
  readonly mails: readonly { readonly kind: 'request' | 'answer'; readonly id: string; readonly to: string }[]
  readonly crashes: number
}

const TEAM = 'simulatedteam000'

/** One team over some hundred steps: 5 devices, offline at times, with clocks hours apart, crashing between requests, and a stranger who may write into the store. */
export async function simulate(seed: number, steps = 120): Promise<Outcome> {
  const random = randomFrom(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  let clock = START
  const bucket: Bucket = { objects: new Map(), faults: true, random }
  const devices = ['lead', 'second', 'reviewer', 'rep', 'other'].map((name) => new Device(name, bucket, () => clock))
  const [lead, second, reviewer, rep, other] = devices as [Device, Device, Device, Device, Device]
  for (const device of devices) device.skew = Math.round((random() - 0.5) * 12) * HOUR
  const honest = new Set<string>()
  const honestKeys = new Set<string>()
  const forged: { key: string; mailbox: string | null }[] = []
  const mails: { kind: 'request' | 'answer'; id: string; to: string }[] = []
  let crashes = 0
  let minor = 0

  const first = await makeManifest(lead.self, foundTeam(TEAM, 'Team', { card: lead.card, teamRole: 'lead', since: START }, START))
  honest.add(first.digest)
  honestKeys.add(first.kept.key)
  for (const device of devices) await device.join(TEAM, lead.signKey)
  await lead.memory.keep([first.kept], [first.item])
  const roles = { second: 'lead', reviewer: 'reviewer', rep: 'rep', other: 'rep' } as const
  for (const device of [second, reviewer, rep]) await change(lead, [{ kind: 'add', member: { card: device.card, teamRole: roles[device.name as keyof typeof roles], since: START }, note: null }])

  async function change(by: Device, changes: Parameters<typeof changeTeam>[3]): Promise<void> {
    const now = await by.sync.now()
    if (!now?.team.head || !now.team.own || now.team.own.teamRole !== 'lead') return
    await changeTeam(by.memory, by.self, now.team.head, changes, by.now())
    gather(by)
  }
  /** What an honest device has made and keeps is honest. Devices make manifests by themselves too, when a change is made again. */
  function gather(by: Device): void {
    for (const { key, text } of by.memory.keptObjects.values()) {
      const { content } = JSON.parse(text) as { content?: { by?: string } }
      if (content?.by === by.signKey) {
        honestKeys.add(key)
        honest.add(/-([0-9a-f]{64})\./.exec(key)?.[1] ?? '')
      }
    }
  }
  async function publish(by: Device, action: ReleaseAction): Promise<void> {
    const now = await by.sync.now()
    if (!now?.team.manifest || now.team.own?.teamRole !== 'lead') return
    const statements = now.team.packs.get('sales')?.statements ?? []
    const number = (statements.at(-1)?.signed.content.number ?? 0) + 1
    const at = by.now()
    if (action === 'release') {
      const pack = packOf(`1.${++minor}.0`, `golden word${minor}`)
      const text = canonicalJson(await signPack(pack, { name: by.name, publicKey: ed25519.getPublicKey(by.secret), at }, (bytes) => Promise.resolve(ed25519.sign(bytes, by.secret))))
      const packed = makePack(pack, text)
      const statement = await makeRelease(by.self, { format: 1, team: TEAM, pack: 'sales', number, action, version: pack.version, digest: packed.digest, share: pick([10, 50, 100, 100]), text: 'New words.', at, by: by.signKey })
      honest.add(text)
      honestKeys.add(packed.kept.key)
      await by.memory.keep([packed.kept, statement.kept], [packed.item, statement.item])
    } else {
      const older = pick(statements.filter(({ signed }) => signed.content.digest !== null))
      const named = action === 'pin' || action === 'roll-back'
      if (!older && named) return
      const { version, digest } = older?.signed.content ?? { version: null, digest: null }
      const statement = await makeRelease(by.self, { format: 1, team: TEAM, pack: 'sales', number, action, version: named ? version : null, digest: named ? digest : null, share: 100, text: 'Because.', at, by: by.signKey })
      await by.memory.keep([statement.kept], [statement.item])
    }
    gather(by)
  }

  const evil = new Device('evil', bucket, () => clock)
  async function attack(): Promise<void> {
    const put = (key: string, text: string, mailbox: string | null = null): void => {
      bucket.objects.set(key, utf8ToBytes(text).slice())
      forged.push({ key, mailbox })
    }
    const keys = [...bucket.objects.keys()]
    const some = (prefix: string): string | undefined => pick(keys.filter((key) => key.startsWith(prefix) && honestKeys.has(key)))
    switch (Math.floor(random() * 9)) {
      case 0: { // A manifest of their own that follows a real one, with themselves as lead.
        const real = some('kind=manifest/')
        if (real === undefined) return
        const digest = /-([0-9a-f]{64})\./.exec(real)?.[1] ?? ''
        const there = new TextDecoder().decode(bucket.objects.get(real))
        if (there === 'overwritten') return
        const { content } = JSON.parse(there) as { content: ManifestStep }
        const made = await makeManifest(evil.self, { ...content, version: content.version + 1, previous: digest, by: evil.signKey, changes: [{ kind: 'add', member: { card: evil.card, teamRole: 'lead', since: clock }, note: null }] })
        return put(made.kept.key, made.kept.text)
      }
      case 1: { // A first version of the same team.
        const made = await makeManifest(evil.self, foundTeam(TEAM, 'Ours now', { card: evil.card, teamRole: 'lead', since: clock }, clock + Math.floor(random() * 1e6)))
        return put(made.kept.key, made.kept.text)
      }
      case 2: { // A statement and a pack that they signed.
        const pack = packOf(`9.${Math.floor(random() * 1e5)}.0`, 'evil word')
        const text = canonicalJson(await signPack(pack, { name: 'lead', publicKey: ed25519.getPublicKey(evil.secret), at: clock }, (bytes) => Promise.resolve(ed25519.sign(bytes, evil.secret))))
        const packed = makePack(pack, text)
        bucket.objects.set(packed.kept.key, packed.item.bytes)
        const made = await makeRelease(evil.self, { format: 1, team: TEAM, pack: 'sales', number: 1 + Math.floor(random() * 40), action: 'release', version: pack.version, digest: packed.digest, share: 100, text: '', at: clock, by: evil.signKey })
        return put(made.kept.key, made.kept.text)
      }
      case 3: { // Signed in the lead's name by their own key.
        const content = { format: 1 as const, team: TEAM, pack: 'sales', number: 1 + Math.floor(random() * 40), action: 'withdraw' as const, version: null, digest: null, share: 100, text: String(random()), at: clock, by: lead.signKey }
        const made = await makeRelease(evil.self, content)
        return put(made.kept.key, made.kept.text)
      }
      case 4: { // A real statement again, under a higher number.
        const real = some('kind=releases/')
        if (real === undefined) return
        const bytes = bucket.objects.get(real)
        if (!bytes) return
        return put(keyOf.release('sales', 50 + Math.floor(random() * 1e6), bytesToHex(sha256(bytes))), new TextDecoder().decode(bytes))
      }
      case 5: { // A real object written over.
        const real = pick([some('kind=manifest/'), some('kind=releases/'), some('kind=packs/')])
        if (real !== undefined) bucket.objects.set(real, utf8ToBytes('overwritten').slice())
        return
      }
      case 6: { // A real object taken away.
        const real = pick([some('kind=manifest/'), some('kind=releases/')])
        if (real !== undefined) bucket.objects.delete(real)
        return
      }
      case 7: return put(`kind=${pick(['manifest', 'releases'])}/${pick(['x', 'latest.json', `0000-${'0'.repeat(64)}.json`])}${Math.floor(random() * 1e6)}`, '{}')
      default: { // Something signed by a stranger in the reviewer's mailbox.
        const content: Mail = { id: `evil${random()}`, from: evil.signKey, to: reviewer.signKey }
        const code = JSON.stringify({ content, signature: await evil.self.sign(bytesToSign('request', content)) })
        const item = makeMail('request', reviewer.signKey, code, reviewer.now())
        return put(item.key, code, reviewer.signKey)
      }
    }
  }

  async function act(device: Device): Promise<void> {
    const dice = random()
    if (dice < 0.55) await device.sync.check(pick(['hint', 'hint', 'now', 'all'] as const))
    else if (dice < 0.65 && (device === lead || device === second)) await publish(device, pick(['release', 'release', 'release', 'roll-back', 'pin', 'unpin', 'deprecate', 'withdraw']))
    else if (dice < 0.72 && (device === lead || device === second)) {
      await change(device, pick([
        [{ kind: 'add' as const, member: { card: other.card, teamRole: 'rep' as const, since: START }, note: null }],
        [{ kind: 'settings' as const, settings: { askCorrections: random() < 0.5 } }],
        [{ kind: 'change' as const, signKey: reviewer.signKey, teamRole: 'reviewer' as const, areas: pick([['pricing'], ['pricing', 'legal']]), deputy: [], keep: [] }],
      ]))
    } else if (dice < 0.85 && (device === rep || device === other)) {
      const now = await device.sync.now()
      if (now?.team.own && now.team.manifest && memberOf(now.team.manifest, reviewer.signKey)) {
        const id = `${device.name}${device.asked.size}`
        await device.mail('request', id, reviewer.signKey)
        mails.push({ kind: 'request', id, to: reviewer.signKey })
      }
    } else if (device === reviewer) {
      for (const { id, from } of device.inbox.values()) {
        if (mails.some((mail) => mail.kind === 'answer' && mail.id === id)) continue
        await device.mail('answer', id, from)
        mails.push({ kind: 'answer', id, to: from })
      }
    }
  }

  for (let step = 0; step < steps; step++) {
    clock += Math.floor(random() * 40 * 60_000)
    const device = pick(devices)
    device.offline = random() < 0.3
    if (random() < 0.12) await attack()
    try {
      await act(device)
    } catch (error) {
      if (!(error instanceof Crash)) throw error
      crashes += 1
      device.restart()
    }
    gather(device)
  }

  bucket.faults = false
  for (const device of devices) device.offline = false
  for (let round = 0; round < 6; round++) {
    for (const device of devices) {
      await device.sync.check('all')
      gather(device)
    }
  }
  return { devices, honest, honestKeys, forged, mails, crashes }
}
