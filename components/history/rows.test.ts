import { describe, expect, it, vi } from 'vitest'
import { tallyCounts } from '../../lib/learning/index.ts'
import { NO_FILTERS, type HistoryFilters, type HistoryRow } from './model.ts'
import { openRows, type RowList, type RowPort } from './rows.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 26, 12)

/** `days` days with `each` records on each of them, numbered from 1; every 50th was held, and every 3rd is of another host. */
function history(days: number, each: number) {
  const all: HistoryRow[] = Array.from({ length: days * each }, (_, index): HistoryRow => {
    const id = index + 1
    const age = days - 1 - Math.floor(index / each)
    return {
      id, at: NOW - age * DAY, subject: `Draft ${id}`, site: 'gmail', host: id % 3 ? 'mail.google.com' : 'blog.example', verdict: 'ai', product: null, counts: { note: 0, review: 1, approve: 0, block: 0 },
      categories: ['pricing'], outcome: id % 50 ? 'signed' : 'held', person: 'Dana',
    }
  })
  const read: number[] = []
  const numbers = (holds: (row: HistoryRow) => boolean): number[] => all.filter(holds).map(({ id }) => id).reverse()
  const dates = all.map(({ at }) => new Date(at).toISOString().slice(0, 10))
  const dayOf = ({ id }: HistoryRow): string => dates[id - 1] ?? ''
  const found = (query: string): number[] => numbers(({ id }) => String(id).startsWith(query))
  const port: RowPort = {
    newestFound: async (query, limit) => (query.includes(' ') ? null : found(query).slice(0, limit)),
    newest: async (limit) => [...all].reverse().slice(0, limit), latest: async () => all.length,
    days: async () => [...new Set([...all].reverse().map(dayOf))].map((day) => ({ day, counts: { ...tallyCounts([]), seen: each, signed: each } })),
    ofDay: async (day) => numbers((row) => dayOf(row) === day), since: async (at) => numbers((row) => row.at >= at), ofHost: async (host) => numbers((row) => row.host === host),
    between: async (from, to) => numbers(({ id }) => id >= from && id <= to), search: async (query) => (query.trim() === '' ? null : found(query.trim())),
    rows: async (asked) => {
      read.push(...asked)
      return asked.flatMap((number) => all[number - 1] ?? [])
    },
  }
  return { port, read }
}

function open(port: RowPort, change: Partial<HistoryFilters> = {}) {
  const said: RowList[] = []
  const rows = openRows(port, { ...NO_FILTERS, ...change }, NOW, (list) => said.push(list), (error) => { throw error })
  const settled = async (): Promise<RowList> => {
    for (let calm = 0, before = -1; calm < 3; calm = said.length === before ? calm + 1 : 0) {
      before = said.length
      await new Promise((resolve) => setTimeout(resolve))
    }
    return said.at(-1)!
  }
  return { rows, said, settled }
}

describe('the rows of a history', () => {
  it('are not looked for any further once somebody has typed on', async () => {
    const { port } = history(400, 50)
    const asked: string[] = []
    const watched: RowPort = { ...port, search: (query) => { asked.push(query); return port.search(query) } }
    const first = open(watched, { q: '1' })
    first.rows.close()
    await first.settled()
    expect(asked).toEqual([])
    const second = open(watched, { q: '19' })
    await second.settled()
    expect(asked, 'who has only just seen it may still type on').toEqual([])
    await vi.waitFor(() => expect(asked).toEqual(['19']), 5_000)
    expect(asked).toEqual(['19'])
  })

  it('stand at their places however far down, read where they are looked at alone', async () => {
    const { port, read } = history(400, 50)
    const { rows, said, settled } = open(port)
    const list = await settled()
    expect(said[0]?.at(0)?.id).toBe(20_000)
    expect([list.total, list.more]).toEqual([20_000, false])
    rows.want(12_340, 12_360)
    const there = await settled()
    expect([12_340, 12_359].map((index) => there.at(index)?.id)).toEqual([20_000 - 12_340, 20_000 - 12_359])
    expect(there.at(6_000)).toBeNull()
    expect(read.length).toBeLessThan(500)
  })

  it('are all shown where the counts know of fewer', async () => {
    const { port } = history(10, 50)
    const { rows, settled } = open({ ...port, days: async () => [] })
    rows.want(0, 600)
    const list = await settled()
    expect([list.total, list.more, list.at(0)?.id, list.at(499)?.id]).toEqual([500, false, 500, 1])
  })

  it('of a short history are there at once', async () => {
    const { port } = history(3, 2)
    const { settled } = open(port)
    const list = await settled()
    expect([list.total, list.more, list.at(5)?.id, list.at(6)]).toEqual([6, false, 1, null])
  })

  it('that a filter leaves are found as far as somebody looks', async () => {
    const { port, read } = history(400, 50)
    const { rows, settled } = open(port, { outcome: 'held' })
    const list = await settled()
    expect([list.more, list.at(0)?.id, list.at(1)?.id]).toEqual([true, 20_000, 19_950])
    expect(read.length).toBeLessThan(20_000)
    rows.want(390, 400)
    const all = await settled()
    expect([all.total, all.more, all.at(399)?.id]).toEqual([400, false, 50])
  })

  it('follow host, time and words by their own lists, and all of them together', async () => {
    const { port } = history(100, 10)
    const first = async (change: Partial<HistoryFilters>): Promise<[number, boolean, number | undefined]> => {
      const list = await open(port, change).settled()
      return [list.total, list.more, list.at(0)?.id]
    }
    expect(await first({ site: 'blog.example' })).toEqual([333, false, 999])
    expect(await first({ days: 7 })).toEqual([80, false, 1_000])
    expect(await first({ q: '99' })).toEqual([11, false, 999])
    expect(await first({ q: '99', site: 'blog.example' })).toEqual([5, false, 999])
    expect(await first({ q: '7777' })).toEqual([0, false, undefined])
    expect(await first({ days: 1, outcome: 'held', site: 'blog.example' })).toEqual([0, false, undefined])
  })

  it('of a search are seen from the newest on while the others are still being looked for', async () => {
    const { port } = history(400, 50)
    let answer = (): void => undefined
    const asked = new Promise<void>((resolve) => { answer = resolve })
    const { rows, said, settled } = open({ ...port, search: (query) => asked.then(() => port.search(query)) }, { q: '19' })
    const newest = await settled()
    expect([newest.total, newest.more, newest.at(0)?.id, newest.at(39)?.id]).toEqual([40, true, 19_999, 19_960])
    answer()
    expect((await settled()).more, 'nobody scrolled').toBe(true)
    rows.want(20, 60)
    const all = await settled()
    expect([all.total, all.more, all.at(0)?.id]).toEqual([1_111, false, 19_999])
    // What was seen stays in its place.
    expect(said.map((list) => list.at(0)?.id)).toEqual(said.map(() => 19_999))
  })

  it('of a search that finds few are there without looking any further', async () => {
    const { port } = history(400, 50)
    const list = await open({ ...port, search: () => Promise.reject(new Error('asked')) }, { q: '1999' }).settled()
    expect([list.total, list.more, list.at(0)?.id]).toEqual([11, false, 19_999])
  })

  it('are followed number by number while nothing is counted yet', async () => {
    const { port } = history(20, 30)
    const { rows, settled } = open({ ...port, days: async () => null })
    expect((await settled()).more).toBe(true)
    rows.want(590, 600)
    const list = await settled()
    expect([list.total, list.more, list.at(599)?.id]).toEqual([600, false, 1])
  })

  it('are told no more once the list is closed', async () => {
    const { port } = history(100, 10)
    const { rows, said, settled } = open(port)
    rows.close()
    await settled()
    expect(said).toEqual([])
  })
})
