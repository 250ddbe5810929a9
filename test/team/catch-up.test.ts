import { expect, it } from 'vitest'
import { memoryStore } from '../../lib/team/store/memory.ts'
import type { TeamStore } from '../../lib/team/store/types.ts'
import { foundTeam, nextManifest, type StoredManifest } from '../../lib/review/team/index.ts'
import { makeManifest } from '../../lib/team/sync/make.ts'
import { TeamDevice } from './month.ts'
import { Device } from './device.ts'

const TEAM = 'catchuptest00000'
const MEMBERS = 150

it('reads each object of a large team once when a lead comes into it, and none of them again', async () => {
  const store = memoryStore('catch-up')
  const read = new Map<string, number>()
  const counted: TeamStore = {
    kind: store.kind, list: (prefix, options) => store.list(prefix, options), put: (key, bytes, options) => store.put(key, bytes, options), probe: () => store.probe(), clockAhead: () => null,
    get: (key, options) => { read.set(key, (read.get(key) ?? 0) + 1); return store.get(key, options) },
  }
  const [founder, lead] = [new TeamDevice('Founder'), new Device('lead', counted, Date.now)]
  const content = foundTeam(TEAM, 'Team', { card: founder.card, teamRole: 'lead', since: 1 }, 1)
  const first = await makeManifest(founder.self, content)
  store.objects.set(first.item.key, first.item.bytes)
  let head: StoredManifest = { digest: first.digest, signed: JSON.parse(first.kept.text) as StoredManifest['signed'], content }
  for (let member = 1; member <= MEMBERS; member++) {
    const card = member === MEMBERS ? lead.card : new TeamDevice(`Member ${member}`).card
    const next = nextManifest(head, [{ kind: 'add', member: { card, teamRole: member === MEMBERS ? 'lead' : 'rep', since: 1 }, note: null }], founder.signKey, 1)
    if (!next) throw new Error('nothing changed')
    const made = await makeManifest(founder.self, next)
    store.objects.set(made.item.key, made.item.bytes)
    head = { digest: made.digest, signed: JSON.parse(made.kept.text) as StoredManifest['signed'], content: next }
  }
  await lead.join(TEAM, founder.signKey)
  expect((await lead.sync.check('all')).problem).toBeNull()
  expect((await lead.sync.now())?.team.manifest?.members.length).toBe(MEMBERS + 1)
  const versions = [...read].filter(([key]) => key.startsWith('kind=manifest/'))
  expect([versions.length, new Set(versions.map(([, times]) => times))]).toEqual([MEMBERS + 1, new Set([1])])
  read.clear()
  await lead.sync.check('now')
  expect([...read.keys()].filter((key) => key.startsWith('kind='))).toEqual([])
})
