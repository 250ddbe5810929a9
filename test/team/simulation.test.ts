import { expect, it } from 'vitest'
import { decidePack } from '../../lib/review/team/index.ts'
import { simulate } from './simulation.ts'

/** `TEAM_RUNS` runs from `TEAM_SEED` on; the seed of one that fails is in its name. `npm run test:team` makes 200. */
const runs = Number(process.env['TEAM_RUNS'] ?? 6)
const from = Number(process.env['TEAM_SEED'] ?? 1)

it.each(Array.from({ length: runs }, (_, at) => from + at))('a team of five with a stranger in its store finds together, seed %i', async (seed) => {
  const { devices, honest, honestKeys, forged, mails } = await simulate(seed)
  const teams = await Promise.all(devices.map((device) => device.sync.now()))
  const heads = teams.map((now) => now?.team.head?.digest)
  expect(new Set(heads).size, 'one manifest in force').toBe(1)

  for (const [at, device] of devices.entries()) {
    const now = teams[at]
    // Nothing that a stranger made was ever in use, and nothing that was changed.
    expect([...device.everActive].filter((one) => !honest.has(one)), `${device.name}: only what the team made was ever in use`).toEqual([])
    if (!now?.team.own) continue
    // Everybody follows the statement that all statements together make for them.
    const target = decidePack(now.team.packs.get('sales')?.statements ?? [], device.signKey)
    const active = now.state.active['sales']
    if (target && target.standing === 'use' && target.release.signed.content.number >= (active?.number ?? 0)) {
      expect(active?.digest, `${device.name} follows`).toBe(target.release.digest)
      expect(device.packs.get('sales')?.pack.version).toBe(target.release.signed.content.version)
    }
    if (target?.standing === 'withdrawn') expect(device.packs.has('sales')).toBe(false)
  }

  // Nothing that an honest device signed is lost: everybody who is in the team has it.
  const kept = [...honestKeys].filter((key) => !key.startsWith('kind=packs/'))
  for (const [at, device] of devices.entries()) {
    if (teams[at]?.team.own) expect(kept.filter((key) => !device.memory.keptObjects.has(key)), `${device.name} has all that was signed`).toEqual([])
  }
  // All members see the same statements, in the same order.
  const said = teams.flatMap((now) => (now?.team.own ? [JSON.stringify(now.team.packs.get('sales')?.statements.map(({ digest }) => digest))] : []))
  expect(new Set(said).size).toBeLessThanOrEqual(1)

  // Approvals: what was asked arrived, what was answered came back.
  for (const { kind, id, to } of mails) {
    const receiver = devices.find((device) => device.signKey === to)
    expect([kind, id, (kind === 'request' ? receiver?.inbox : receiver?.answered)?.has(id)]).toEqual([kind, id, true])
  }
  // Every refusal is in the ledger of each who looked there.
  for (const { key, mailbox } of forged) {
    for (const [at, device] of devices.entries()) {
      if (!teams[at]?.team.own || (mailbox !== null && device.signKey !== mailbox)) continue
      expect(device.ledger.some((note) => note.key === key), `${device.name} noted ${key}`).toBe(true)
    }
  }
})
