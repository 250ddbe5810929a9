import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { monthOf, type MadeObject } from '../team/month.ts'
import { ask, questions } from './query.ts'

const there = existsSync(join(import.meta.dirname, 'node_modules', '@duckdb', 'node-api'))
const TEAM = 'querytestteam000'
const folder = mkdtempSync(join(tmpdir(), 'countersign-query-'))
const span = { root: folder, since: '2026-10-01', until: '2026-10-31' }

interface Line { readonly day: string; readonly device: string; readonly kind: string; readonly body: Readonly<Record<string, string>>; readonly at: number; readonly countersign?: string; readonly rule: string; readonly before: string; readonly after: string }
const lines = { ledger: [] as Line[], corrections: [] as Line[] }

/** The same questions, answered by hand. */
function keep({ key, bytes }: MadeObject): void {
  const path = join(folder, `team=${TEAM}`, key)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  const [, kind, day = ''] = /^kind=(ledger|corrections)\/day=([^/]+)/.exec(key) ?? []
  if (kind === 'ledger' || kind === 'corrections') lines[kind].push(...new TextDecoder().decode(bytes).trim().split('\n').map((line) => ({ ...(JSON.parse(line) as Line), day })).filter(({ countersign }) => countersign === undefined))
}

const count = (rows: readonly Line[], wanted: (line: Line) => boolean): number => rows.filter(wanted).length
async function answer(name: string): Promise<readonly Record<string, unknown>[]> {
  return (await ask(span, [name]))[0]?.rows ?? []
}

describe.skipIf(!there)('the records of a team, queried where they lie (npm run team:query installs what this needs)', () => {
  beforeAll(async () => {
    for await (const one of monthOf({ team: TEAM, members: 4, days: 14, drafts: 12, uploads: 2, until: Date.UTC(2026, 9, 31) })) keep(one)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has five questions, each with the sentence that it answers', () => {
    expect(questions().map(({ name, title }) => [name, title.length > 20])).toEqual(['ways-out', 'false-alarms', 'repeated-corrections', 'overrides', 'waiting'].map((name) => [name, true]))
  })

  it('tells the kind of an entry from the kind of the folder that it lies in', async () => {
    const rows = await answer('ways-out')
    const total = (column: string): number => rows.reduce((sum, row) => sum + Number(row[column]), 0)
    for (const kind of ['held', 'signed', 'overridden', 'sent', 'unreviewed']) expect([kind, total(kind)]).toEqual([kind, count(lines.ledger, (line) => line.kind === kind)])
    expect(rows.map(({ members }) => Number(members))).toEqual(rows.map(() => 4))
  })

  it('counts what people did with what a rule found, and leaves out what is too rare to say anything', async () => {
    const decided = lines.ledger.filter(({ kind }) => kind === 'decided')
    const rules = [...new Set(decided.map(({ body }) => body['rule'] ?? ''))]
    const expected = rules.flatMap((rule) => {
      const own = decided.filter(({ body }) => body['rule'] === rule)
      return own.length < 20 ? [] : [[rule, own.length, count(own, ({ body }) => body['outcome'] === 'dismissed')]]
    })
    expect((await answer('false-alarms')).map(({ rule, decided: all, not_an_issue: alarms }) => [rule, Number(all), Number(alarms)]).sort()).toEqual(expected.sort())
    expect(expected.length).toBeGreaterThan(0)
  })

  it('takes the last word on each place: a decision for another, and none where it was taken back', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'countersign-query-'))
    try {
      const decided = (seq: number, place: number, outcome: string): string => JSON.stringify({ device: 'd'.repeat(16), seq, at: Date.UTC(2026, 9, 5) + seq, kind: 'decided', body: { session: 's', fingerprint: `f${place}`, rule: 'pricing/percent-off', tier: 'review', outcome } })
      const places = Array.from({ length: 25 }, (_, at) => at)
      const written = [...places.map((place) => decided(place + 1, place, 'dismissed')), ...places.slice(0, 3).map((place) => decided(place + 26, place, 'reopened')), ...places.slice(3, 5).map((place) => decided(place + 26, place, 'kept'))]
      const day = join(alone, `team=${TEAM}`, 'kind=ledger', 'day=2026-10-05')
      mkdirSync(day, { recursive: true })
      writeFileSync(join(day, 'd-1.jsonl'), `${written.join('\n')}\n`)
      expect((await ask({ ...span, root: alone }, ['false-alarms']))[0]?.rows).toMatchObject([{ decided: '22', kept: '2', not_an_issue: '20' }])
    } finally {
      rmSync(alone, { recursive: true, force: true })
    }
  })

  it('finds what several people correct alike, with the head of a segment left out', async () => {
    const groups = new Map<string, Line[]>()
    for (const line of lines.corrections) groups.set(`${line.rule} ${line.before} ${line.after}`, [...(groups.get(`${line.rule} ${line.before} ${line.after}`) ?? []), line])
    const expected = [...groups.values()].filter((rows) => rows.length >= 3 && new Set(rows.map(({ device }) => device)).size >= 2).map((rows) => [rows[0]?.rule, rows.length])
    expect((await answer('repeated-corrections')).map(({ rule, times }) => [rule, Number(times)]).sort()).toEqual(expected.sort())
  })

  it('gives the reasons of overrides, and how long drafts waited', async () => {
    const overrides = await answer('overrides')
    expect(overrides.reduce((sum, { times }) => sum + Number(times), 0)).toBe(count(lines.ledger, ({ kind }) => kind === 'overridden'))
    const waiting = await answer('waiting')
    expect(waiting.reduce((sum, { drafts }) => sum + Number(drafts), 0)).toBe(new Set(lines.ledger.filter(({ kind }) => kind === 'held').map(({ device, body }) => `${device} ${body['session'] ?? ''}`)).size)
    expect(waiting.every(({ median_s: median, nine_in_ten_s: most }) => Number(median) >= 4 && Number(most) <= 124)).toBe(true)
  })

  it('looks at the days that were asked for and no others', async () => {
    const [day] = lines.ledger.map((line) => line.day).sort()
    const rows = (await ask({ ...span, since: day ?? '', until: day ?? '' }, ['ways-out']))[0]?.rows ?? []
    expect(rows.map(({ sent }) => Number(sent))).toEqual([count(lines.ledger, (line) => line.day === day && line.kind === 'sent')])
  })

  it('takes no question, day or folder for another', async () => {
    await expect(ask(span, ['secrets'])).rejects.toThrow('There is no question secrets')
    await expect(ask({ ...span, since: "2026-10-01' OR '1'='1" })).rejects.toThrow('is no day')
    await expect(ask({ ...span, root: "/nowhere' OR '" })).rejects.toThrow(/^There are no records of a team in \/nowhere' OR '/)
  })

  it('finds nothing, and says no more than that, of what a team does not share and of days without anything', async () => {
    const alone = mkdtempSync(join(tmpdir(), 'countersign-query-'))
    try {
      cpSync(join(folder, `team=${TEAM}`, 'kind=ledger'), join(alone, `team=${TEAM}`, 'kind=ledger'), { recursive: true })
      const answers = await ask({ ...span, root: alone })
      expect(answers.map(({ name, rows }) => [name, rows.length > 0])).toEqual(questions().map(({ name }) => [name, name !== 'repeated-corrections']))
      expect((await ask({ root: alone, since: '2027-01-01', until: '2027-01-31' })).every(({ rows }) => rows.length === 0)).toBe(true)
      rmSync(join(alone, `team=${TEAM}`), { recursive: true })
      await expect(ask({ ...span, root: alone })).rejects.toThrow(RangeError)
    } finally {
      rmSync(alone, { recursive: true, force: true })
    }
  })
})
