import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { TeamResult } from '../review/team/index.ts'
import { installFakeChrome } from '../store/chrome.fixture.ts'
import { db } from '../store/db.ts'
import { changeSettings, changeTeamStore, noteTeam, recordCorrection } from '../store/index.ts'
import { ARCHIVED, archiveSource, exportTeam, linesOf, restoreTeam, type Archived } from './archive.ts'
import { memoryStore } from './store/memory.ts'
import { createTeam } from './team.ts'

const NOW = Date.UTC(2026, 10, 27)
const [store, empty] = [memoryStore('archived'), memoryStore('archive-empty')]
const ports = { builtins: [], now: () => NOW, allowed: () => Promise.resolve(true) }
const good = <T>(result: TeamResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const kept = (objects: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] => [...objects].filter(([key]) => ARCHIVED.some((kind) => key.startsWith(`kind=${kind}/`))).sort(([a], [b]) => (a < b ? -1 : 1))

beforeEach(async () => {
  installFakeChrome()
  for (const { objects } of [store, empty]) objects.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, reviewer: { name: 'Dana Osei', role: '' } }))
})

/** A team with something of every kind but notes in its store. */
async function founded(): Promise<ReturnType<typeof createTeam>> {
  const team = createTeam(ports)
  good(await team.create('Sales', { kind: 'memory', name: 'archived' }, { kind: 'memory' }))
  good(await team.setSharing({ ledger: true, corrections: true }))
  await recordCorrection({ rule: '', category: 'pricing', before: 'a', after: 'ü\u2028b', sentence: 'a', site: 'gmail', at: NOW })
  await noteTeam('tried', { words: 'line\nend "quoted"' }, NOW)
  good(await team.publish(JSON.stringify({
    format: 1, id: 'sales', version: '1.0.0', title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {},
    rules: [{
      id: 'sales/one', title: 'One', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: ['golden handshake'], unless: [], near: [],
      negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: ['We say golden handshake here.'], clean: ['Nothing of the kind.'] },
    }],
  }), 'First.', 100))
  return team
}

async function exported(): Promise<{ readonly file: Blob; readonly told: Archived }> {
  const made = exportTeam(await archiveSource(ports), NOW)
  const pieces: string[] = []
  for (;;) {
    const next = await made.next()
    if (next.done) return { file: new Blob(pieces), told: next.value }
    pieces.push(next.value)
  }
}

describe('a team in a file', () => {
  it('is everything that the store has of it, byte for byte in an empty one, where the team goes on', async () => {
    const team = await founded()
    const { file, told } = await exported()
    const all = kept(store.objects)
    expect(new Set(all.map(([key]) => key.split('/')[0]))).toEqual(new Set(['kind=manifest', 'kind=packs', 'kind=releases', 'kind=ledger', 'kind=corrections']))
    expect(told).toEqual({ objects: all.length, unread: 0 })
    expect(await file.text()).not.toContain('credentials')
    await changeTeamStore({ store: { kind: 'memory', name: 'archive-empty' }, sent: { ledger: 1e6, corrections: 1e6, at: NOW } }, { kind: 'memory' })
    const seen: number[] = []
    expect(await restoreTeam(await archiveSource(ports), () => linesOf(file), (done) => seen.push(done))).toEqual({ put: all.length, there: 0, refused: 0 })
    expect(kept(empty.objects)).toEqual(all)
    expect(seen).toEqual(all.map((_, index) => index + 1))
    expect(await restoreTeam(await archiveSource(ports), () => linesOf(file))).toEqual({ put: 0, there: all.length, refused: 0 })
    expect(await team.check('all')).toMatchObject({ problem: null })
  })

  it('leaves out and counts what the store does not give as its name says', async () => {
    await founded()
    const [[key = '']] = kept(store.objects) as [[string, Uint8Array]]
    store.objects.set(key, new Uint8Array([1]))
    expect((await exported()).told).toEqual({ objects: kept(store.objects).length - 1, unread: 1 })
  })

  it.each<[string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, -40)], ['without one of its lines', (text) => text.split('\n').filter((_, at) => at !== 2).join('\n')], ['of another team', (text) => text.replace(/"team":"[a-z0-9]{16}"/, '"team":"anotherteam00000"')],
    ['no export at all', () => '<html></html>'], ['empty', () => ''], ['with something behind its end', (text) => `${text}{"key":"x","text":""}\n`],
  ])('that is %s is refused before anything is written', async (_, spoil) => {
    await founded()
    const { file } = await exported()
    const bad = new Blob([spoil(await file.text())])
    store.objects.clear()
    await expect(restoreTeam(await archiveSource(ports), () => linesOf(bad))).rejects.toMatchObject({ problem: { code: 'bad-archive' } })
    expect(store.objects.size).toBe(0)
  })

  it('that never ends a line is left before it fills the memory', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(120)
    let given = 0
    const endless = { stream: () => new ReadableStream<Uint8Array<ArrayBuffer>>({ pull: (controller) => { given += 1; controller.enqueue(megabyte) } }) }
    await expect(linesOf(endless).next()).rejects.toMatchObject({ problem: { code: 'bad-archive' } })
    expect(given).toBeLessThan(120)
  })

  it('puts nothing there whose bytes are not what its name says, or that has no place in a store', async () => {
    await founded()
    const { file } = await exported()
    const lines = (await file.text()).trimEnd().split('\n')
    const [key] = [JSON.parse(lines[1] ?? '') as { key: string }].map((one) => one.key)
    lines[1] = JSON.stringify({ key, text: '{"changed":true}' })
    lines[2] = JSON.stringify({ key: 'hints/team.json', text: '{}' })
    store.objects.clear()
    expect(await restoreTeam(await archiveSource(ports), () => linesOf(new Blob([lines.join('\n')])))).toMatchObject({ refused: 2 })
    expect([store.objects.has(key ?? ''), store.objects.has('hints/team.json')]).toEqual([false, false])
  })

  it('is a lead’s to make', async () => {
    await expect(archiveSource(ports)).rejects.toMatchObject({ problem: { code: 'no-member' } })
    const team = await founded()
    await db.meta.delete('team-credentials')
    await expect(exported()).rejects.toMatchObject({ problem: { code: 'no-credentials' } })
    await team.leave()
    await expect(archiveSource(ports)).rejects.toMatchObject({ problem: { code: 'no-member' } })
  })
})
