import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { bytesToSign } from '../approval/index.ts'
import { foldChain } from './chain.ts'
import { foundTeam, nextManifest, stepOf } from './manifest.ts'
import type { ManifestStep, StoredManifest, StoredStep, TeamChange, TeamManifest, TeamMember } from './types.ts'

const TEAM = 'chainteam0000000'
const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

function person(name: string, teamRole: TeamMember['teamRole'] = 'rep') {
  const secret = ed25519.utils.randomSecretKey()
  const signKey = base64Url(ed25519.getPublicKey(secret))
  const member: TeamMember = { card: { name, role: '', areas: [], deputy: [], signKey, sealKey: `${signKey}${signKey}x` }, teamRole, since: 1 }
  return { signKey, member, sign: (content: ManifestStep): StoredStep => {
    const signed = { content, signature: base64Url(ed25519.sign(bytesToSign('manifest', content), secret)) }
    return { digest: bytesToHex(sha256(utf8ToBytes(JSON.stringify(signed)))), signed }
  } }
}

const lead = person('Dana', 'lead')
const add = (member: TeamMember): TeamChange => ({ kind: 'add', member, note: null })

/** The chain as an honest lead makes it. */
function chainOf(changes: readonly (readonly TeamChange[])[]): StoredManifest[] {
  const founded = foundTeam(TEAM, 'Sales', lead.member, 1)
  const chain: StoredManifest[] = [{ ...lead.sign(stepOf(founded)), content: founded }]
  for (const [at, each] of changes.entries()) {
    const next = nextManifest(chain.at(-1) as StoredManifest, each, lead.signKey, at + 2) as TeamManifest
    chain.push({ ...lead.sign(stepOf(next)), content: next })
  }
  return chain
}

/** What is stored: without the team that it makes. */
const stored = ({ digest, signed }: StoredManifest): StoredStep => ({ digest, signed })

describe('a chain of manifests', () => {
  it('makes the same team of its steps, in whatever order they come', () => {
    const [one, two] = [person('Ines'), person('Rhea')]
    const chain = chainOf([[add(one.member)], [add(two.member), { kind: 'settings', settings: { askCorrections: true } }], [{ kind: 'remove', signKey: one.signKey, why: 'lost', note: null, keep: [] }]])
    const folded = foldChain(TEAM, lead.signKey, [...chain].reverse().map(stored))
    expect(folded.chain.map(({ content }) => content)).toEqual(chain.map(({ content }) => content))
    expect(folded.chain.at(-1)?.content).toMatchObject({ version: 4, settings: { askCorrections: true }, members: [{ card: { name: 'Dana' } }, { card: { name: 'Rhea' } }], former: [{ name: 'Ines', why: 'lost' }] })
  })

  it('stores of a version what it changes, however many are in the team', () => {
    const sizes = chainOf(Array.from({ length: 300 }, () => [add(person('Somebody').member)])).map(({ signed }) => JSON.stringify(signed).length)
    expect(Math.max(...sizes.slice(1)) - Math.min(...sizes.slice(1))).toBeLessThan(10)
  })

  it.each<[string, (head: StoredManifest) => ManifestStep, string]>([
    ['says that it changes what it does not', ({ content, digest }) => ({ ...stepOf(content), version: 3, previous: digest, changes: [add(lead.member)] }), 'malformed'],
    ['founds the team again', ({ content, digest }) => ({ ...stepOf(content), version: 3, previous: digest, changes: [{ kind: 'create', name: 'Ours', founder: lead.member }] }), 'malformed'],
    ['leaves nobody who may lead', ({ content, digest }) => ({ ...stepOf(content), version: 3, previous: digest, changes: [{ kind: 'remove', signKey: lead.signKey, why: 'left', note: null, keep: [] }] }), 'malformed'],
    ['jumps a version', ({ content, digest }) => ({ ...stepOf(content), version: 4, previous: digest, changes: [add(person('Tom').member)] }), 'broken-chain'],
    ['is of another team', ({ content, digest }) => ({ ...stepOf(content), team: 'otherteam0000000', version: 3, previous: digest, changes: [add(person('Tom').member)] }), 'other-team'],
  ])('ends before a step that %s', (_, make, refusal) => {
    const chain = chainOf([[add(person('Ines').member)]])
    const bad = lead.sign(make(chain.at(-1) as StoredManifest))
    const folded = foldChain(TEAM, lead.signKey, [...chain.map(stored), bad])
    expect(folded.chain).toHaveLength(2)
    expect(folded.others).toEqual([{ manifest: bad, refusal }])
  })

  it('takes no first version from another founder, nor one in which the founder may not lead', () => {
    const evil = person('Eve', 'lead')
    const theirs = evil.sign(stepOf(foundTeam(TEAM, 'Ours', evil.member, 1)))
    const rep = lead.sign(stepOf(foundTeam(TEAM, 'Sales', { ...lead.member, teamRole: 'rep' }, 1)))
    const other = lead.sign({ ...stepOf(foundTeam(TEAM, 'Sales', evil.member, 1)), by: lead.signKey })
    expect(foldChain(TEAM, lead.signKey, [theirs, rep, other])).toEqual({ chain: [], others: [{ manifest: theirs, refusal: 'unknown-key' }, { manifest: rep, refusal: 'wrong-role' }, { manifest: other, refusal: 'wrong-role' }] })
  })
})
