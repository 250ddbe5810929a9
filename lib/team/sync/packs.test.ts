import { expect, it } from 'vitest'
import type { ReleaseAction, StoredRelease } from '../../review/team/index.ts'
import type { TeamNow } from './now.ts'
import { followPacks } from './packs.ts'
import type { SyncPorts, TeamState } from './ports.ts'

const release = (number: number, { action = 'release', of = number, digest = String(number) }: { action?: ReleaseAction; of?: number; digest?: string } = {}): StoredRelease => ({
  digest, signed: { signature: '', content: { format: 1, team: 't', pack: 'sales', number, action, version: `${of}.0.0`, digest: `pack${of}`, share: 100, text: '', at: 0, by: 'k' } },
})

/** Follows these statements on a device that follows number 5 already; gives the versions that it tried to use. */
async function follow(statements: readonly StoredRelease[]): Promise<string[]> {
  const tried: string[] = []
  const state = { active: { sales: { number: 5, digest: '5', version: '5.0.0' } }, packProblems: {} } as unknown as TeamState
  const ports = {
    memory: {
      state: () => Promise.resolve(state), changeState: () => Promise.resolve(), keep: () => Promise.resolve(),
      keptOne: (key: string) => Promise.resolve(statements.map(({ signed: { content } }) => ({ key: `kind=packs/pack=sales/00000${content.version?.[0]}.000000.000000-${content.digest}.json`, kind: 'packs', text: JSON.stringify({ v: content.version }) })).find((one) => one.key === key) ?? null),
    },
    self: { signKey: 'me' }, now: () => 0, host: { usePack: (text: string, _signer: string, back: boolean) => { tried.push(back ? `${text} back` : text); return Promise.resolve(null) }, dropPack: () => Promise.resolve() },
  } as unknown as SyncPorts
  const team = { own: {}, packs: new Map([['sales', { statements, others: [], missing: [] }]]) } as unknown as TeamNow
  await followPacks(ports, state, team, () => Promise.resolve())
  return tried
}

it('never follows a statement with a lower number than the one it follows: a store that shows less takes nobody back', async () => {
  expect(await follow([release(3), release(4)])).toEqual([])
  expect(await follow([release(4), release(5)])).toEqual([])
  expect(await follow([release(5), release(6)])).toEqual(['{"v":"6.0.0"}'])
})

it('takes an older version where what it follows lost to another statement of the same number: all devices come to what stands', async () => {
  expect(await follow([release(4), release(5, { of: 4, digest: 'won' })])).toEqual(['{"v":"4.0.0"} back'])
})

it('takes an older version where a lead rolled back while it was away, and only then', async () => {
  expect(await follow([release(5), release(6, { action: 'roll-back', of: 2 }), release(7, { of: 3 })])).toEqual(['{"v":"3.0.0"} back'])
  expect(await follow([release(4, { action: 'roll-back', of: 2 }), release(5), release(7, { of: 3 })])).toEqual(['{"v":"3.0.0"}'])
})
