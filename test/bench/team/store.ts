import { foundTeam, nextManifest, type StoredManifest, type TeamNote } from '../../../lib/review/team/index.ts'
import { writeInvitation } from '../../../lib/team/invitation.ts'
import { makeManifest, makeNote } from '../../../lib/team/sync/make.ts'
import type { Signed } from '../../../lib/review/approval/index.ts'
import { localCertificate } from '../../team/certificate.ts'
import { fakeStore } from '../../team/fake-store.ts'
import { monthOf, TeamDevice } from '../../team/month.ts'

/**
 * The store of `npm run bench:team`, in a process of its own, so that what it does is not counted as the extension's: a FAKE S3 over https, as `test/team/fake-store.ts` has it, and a
 * lead in it who is no browser. Asked by messages `{id, ask, ...}`, each answered by `{id, value}`.
 */
const TEAM = 'benchteam0000000'
const BUCKET = `/team/team=${TEAM}/`

const certificate = await localCertificate()
const store = await fakeStore({}, certificate)
const founder = new TeamDevice('Dana Osei')
const address = { kind: 's3' as const, endpoint: store.url, region: 'us-east-1', bucket: 'team', pathStyle: true, folder: '' }
const credentials = { kind: 's3' as const, accessKeyId: 'BENCH', secretAccessKey: 'bench' }
const put = ({ key, bytes }: { readonly key: string; readonly bytes: Uint8Array }): unknown => store.objects.set(BUCKET + key, Buffer.from(bytes))
let head: StoredManifest | null = null

const ANSWERS: Readonly<Record<string, (asked: Record<string, unknown>) => unknown>> = {
  where: () => ({ address, credentials, spki: certificate.spki, origin: store.url }),
  traffic: () => ({ requests: store.asked.length, bytes: store.traffic.bytes, last: store.asked.slice(-5) }),
  /** Everything is taken away, and a team with so many objects is there instead. @returns an invitation to it */
  fill: async ({ objects, members }) => {
    store.objects.clear()
    const at = Date.now() - 40 * 86_400_000
    const lead = { card: founder.card, teamRole: 'lead' as const, since: at }
    const content = foundTeam(TEAM, 'Larkfield Sales', lead, at)
    const first = await makeManifest(founder.self, content)
    put(first.item)
    head = { digest: first.digest, signed: JSON.parse(first.kept.text) as StoredManifest['signed'], content }
    const wanted = Number(objects)
    for (let member = 1; member < Number(members); member++) {
      const device = new TeamDevice(`Member ${member}`)
      const note = await makeNote(device.self, { format: 1, team: TEAM, kind: 'join', card: device.card, at: Date.now() - (member % 28) * 86_400_000 }, founder.signKey)
      put(note.item)
      await change({ kind: 'add', member: { card: device.card, teamRole: 'rep', since: at }, note: note.digest })
    }
    // Small drafts: here it is the number of objects that matters.
    for await (const one of monthOf({ team: TEAM, members: Number(members), days: 60, drafts: 6, uploads: 3, until: Math.floor(Date.now() / 86_400_000) * 86_400_000, founder })) {
      if (store.objects.size >= wanted) break
      put(one)
    }
    return { objects: store.objects.size, code: await writeInvitation({ team: TEAM, name: 'Larkfield Sales', store: address, founder: founder.signKey, lead: { name: founder.card.name, signKey: founder.signKey } }, credentials) }
  },
  /** Whoever asked to join since and is not there yet is made a lead. */
  admit: async () => {
    const known = new Set(head?.content.members.map(({ card }) => card.signKey))
    for (const [path, bytes] of [...store.objects].filter(([key]) => key.startsWith(`${BUCKET}kind=notes/`))) {
      const { content } = JSON.parse(bytes.toString()) as Signed<TeamNote>
      if (content.kind === 'join' && !known.has(content.card.signKey)) await change({ kind: 'add', member: { card: content.card, teamRole: 'lead', since: Date.now() }, note: /-([0-9a-f]{64})\./.exec(path)?.[1] ?? null })
    }
    return head?.content.members.length
  },
}

async function change(one: Parameters<typeof nextManifest>[1][number]): Promise<void> {
  const content = head && nextManifest(head, [one], founder.signKey, Date.now())
  if (!content) throw new Error('the team did not change')
  const { item, digest, kept } = await makeManifest(founder.self, content)
  put(item)
  head = { digest, signed: JSON.parse(kept.text) as StoredManifest['signed'], content }
}

process.on('message', (message: { readonly id: number; readonly ask: string }) => {
  void Promise.resolve(ANSWERS[message.ask]?.(message as unknown as Record<string, unknown>)).then((value) => process.send?.({ id: message.id, value }), (error: unknown) => process.send?.({ id: message.id, error: String(error) }))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
