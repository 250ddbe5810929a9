import { mkdirSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bytesDigest, dayBefore, dayOf, kindFolder, parseKey } from '../../lib/team/layout.ts'
import { checkAddress, openStore, type TeamStore } from '../../lib/team/store/index.ts'
import { LIMITS } from '../../lib/team/sync/read.ts'
import { ask, questions, type Answer, type Place } from './query.ts'

const DAYS = 30
const AT_ONCE = 8
const USAGE = `Asks what a lead wants to know of the records that a team's members put into its store.

  npm run -s team:query -- PLACE [--since DAY] [--until DAY] [--only NAME,...] [--json | --sql] [--copy FOLDER --team ID]

PLACE is a folder that holds team=..., s3://BUCKET/FOLDER with --endpoint URL [--region R] [--vhost], or, with --copy, the https address of a WebDAV folder.
Days are written 2026-11-27; without them the last ${DAYS} are looked at. Names: ${questions().map(({ name }) => name).join(', ')}.
A bucket's key is read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a WebDAV folder's login from TEAM_USER and TEAM_PASSWORD.
--copy: what FOLDER does not have yet of those days is fetched into it, checked against its name, and asked there: for WebDAV, and where DuckDB cannot fetch its reader of buckets.
--sql prints the questions as they are, to be asked elsewhere.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    since: { type: 'string', default: dayBefore(Date.now(), DAYS) }, until: { type: 'string', default: dayOf(Date.now()) }, only: { type: 'string' }, json: { type: 'boolean', default: false }, sql: { type: 'boolean', default: false },
    endpoint: { type: 'string', default: 'https://s3.amazonaws.com' }, region: { type: 'string', default: 'us-east-1' }, vhost: { type: 'boolean', default: false }, copy: { type: 'string' }, team: { type: 'string' },
  },
})
process.exitCode = await main(positionals[0])

async function main(place: string | undefined): Promise<number> {
  if (values.sql) {
    for (const { name, sql } of questions()) console.log(`-- ${name}\n${sql}`)
    return 0
  }
  if (place === undefined) {
    console.error(USAGE)
    return 2
  }
  try {
    const answers = await ask(await placeOf(place), values.only?.split(','))
    if (values.json) console.log(JSON.stringify(answers.map(({ name, title, rows }) => ({ name, title, rows }))))
    else answers.forEach(print)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return error instanceof RangeError ? 2 : 1
  }
}

async function placeOf(place: string): Promise<Place> {
  const { since, until } = values
  if (values.copy !== undefined) {
    await copy(storeAt(place), values.copy)
    return { root: resolve(values.copy), since, until }
  }
  if (place.startsWith('https:')) throw new RangeError('A WebDAV folder is asked with --copy FOLDER --team ID.')
  if (!place.startsWith('s3://')) return { root: resolve(place), since, until }
  return { root: place, since, until, s3: { endpoint: values.endpoint, region: values.region, key: secret('AWS_ACCESS_KEY_ID'), secret: secret('AWS_SECRET_ACCESS_KEY'), pathStyle: !values.vhost } }
}

function secret(name: string): string {
  const value = process.env[name]
  if (!value) throw new RangeError(`${name} is not set.`)
  return value
}

function storeAt(place: string): TeamStore {
  if (!/^[a-z0-9]{16}$/.test(values.team ?? '')) throw new RangeError('--copy needs --team with the 16 letters and digits after team= in the store.')
  const below = `team=${values.team ?? ''}`
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(place) ?? []
  if (bucket !== '') {
    const address = checkAddress({ kind: 's3', endpoint: values.endpoint, region: values.region, bucket, pathStyle: !values.vhost, folder: path })
    return openStore({ ...address, folder: [path, below].filter(Boolean).join('/') } as typeof address, { kind: 's3', accessKeyId: secret('AWS_ACCESS_KEY_ID'), secretAccessKey: secret('AWS_SECRET_ACCESS_KEY') })
  }
  const address = checkAddress({ kind: 'webdav', url: place, folder: '' })
  return openStore({ ...address, folder: below } as typeof address, { kind: 'webdav', user: secret('TEAM_USER'), password: secret('TEAM_PASSWORD') })
}

/** Objects never change, so that what is there is there. */
async function copy(store: TeamStore, folder: string): Promise<void> {
  for (const kind of ['ledger', 'corrections'] as const) {
    const prefix = kindFolder(kind)
    for await (const page of store.list(prefix, { startAfter: `${prefix}day=${values.since}` })) {
      const wanted = page.filter(({ key }) => key < `${prefix}day=${values.until}0` && !existsSync(pathOf(folder, key)))
      for (let at = 0; at < wanted.length; at += AT_ONCE) await Promise.all(wanted.slice(at, at + AT_ONCE).map(({ key }) => fetchInto(store, folder, key)))
    }
  }
}

async function fetchInto(store: TeamStore, folder: string, key: string): Promise<void> {
  const parsed = parseKey(key)
  const got = parsed && await store.get(key, { maxBytes: LIMITS[parsed.kind] })
  if (got?.kind !== 'object' || bytesDigest(got.bytes) !== parsed?.digest) {
    console.error(`Left out, it is not what its name says: ${key}`)
    return
  }
  const path = pathOf(folder, key)
  mkdirSync(dirname(path), { recursive: true })
  // Who ends in the middle leaves nothing that passes for whole.
  writeFileSync(`${path}.part`, got.bytes)
  renameSync(`${path}.part`, path)
}

function pathOf(folder: string, key: string): string {
  return join(folder, `team=${values.team ?? ''}`, key)
}

function print({ name, title, rows, columns }: Answer): void {
  const cells = rows.map((row) => columns.map((column) => told(row[column])))
  const widths = columns.map((column, at) => Math.max(column.length, ...cells.map((line) => line[at]?.length ?? 0)))
  const line = (parts: readonly string[]): string => parts.map((part, at) => part.padEnd(widths[at] ?? 0)).join('  ').trimEnd()
  console.log(`\n${title}  (${name})\n${rows.length === 0 ? 'Nothing.' : [line(columns), ...cells.map(line)].join('\n')}`)
}

function told(value: unknown): string {
  return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}
