import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// The engine has a package.json of its own beside this file, so that only who asks for it installs it.
interface Connection { run(sql: string): Promise<unknown>; runAndReadAll(sql: string): Promise<{ columnNames(): string[]; getRowObjectsJson(): Record<string, unknown>[] }>; closeSync(): void }
interface Engine { DuckDBInstance: { create(path: string, options?: Record<string, string>): Promise<{ connect(): Promise<Connection> }> } }

/** Where a team's records lie, and which days are looked at (both `YYYY-MM-DD`, both included). */
export interface Place {
  /** The folder that holds `team=...`, or `s3://bucket/folder`. */
  readonly root: string
  readonly since: string
  readonly until: string
  /** For a bucket; its secret never appears in what is printed. */
  readonly s3?: { readonly endpoint: string; readonly region: string; readonly key: string; readonly secret: string; readonly pathStyle: boolean } | undefined
}

export interface Answer { readonly name: string; readonly title: string; readonly sql: string; readonly rows: readonly Record<string, unknown>[]; readonly columns: readonly string[] }

/** The questions by name, as `sql/` has them: a file more is a question more. */
export function questions(): readonly { readonly name: string; readonly title: string; readonly sql: string }[] {
  const folder = join(import.meta.dirname, 'sql')
  return readdirSync(folder).filter((file) => file.endsWith('.sql')).sort().map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8')
    return { name: file.replace(/^\d+-|\.sql$/g, ''), title: /^-- (.*)/.exec(sql)?.[1] ?? file, sql }
  })
}

/**
 * Asks questions of a team's records where they lie.
 * @throws {RangeError} for a day, an address or a question that is none, and where no records lie
 * @throws whatever the engine says of what it cannot read, and where it cannot fetch `httpfs`, which reads buckets, from its makers the first time
 */
export async function ask(place: Place, asked: readonly string[] = questions().map(({ name }) => name)): Promise<readonly Answer[]> {
  const known = questions()
  for (const day of [place.since, place.until]) if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`${day} is no day; days are written 2026-11-27.`)
  const unknown = asked.find((name) => known.every((one) => one.name !== name))
  if (unknown !== undefined) throw new RangeError(`There is no question ${unknown}; there are ${known.map(({ name }) => name).join(', ')}.`)
  const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api') as Engine
  // Nothing is kept: the records are read, and never copied into a database.
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  try {
    if (place.s3) await openBucket(connection, place.s3)
    await connection.run(await viewsOf(connection, place))
    const answers: Answer[] = []
    for (const one of known.filter(({ name }) => asked.includes(name))) {
      const read = await connection.runAndReadAll(one.sql)
      answers.push({ ...one, rows: read.getRowObjectsJson(), columns: read.columnNames() })
    }
    return answers
  } finally {
    connection.closeSync()
  }
}

/** The views, over what there is: the engine takes a pattern that no file fits for a mistake, and in a team that shares no corrections there are none. */
async function viewsOf(connection: Connection, { root, since, until }: Place): Promise<string> {
  const values: Readonly<Record<string, string>> = { ROOT: quoted(root.replace(/\/+$/, '')), SINCE: since, UNTIL: until }
  let sql = readFileSync(join(import.meta.dirname, 'views.sql'), 'utf8').replace(/\$(ROOT|SINCE|UNTIL)/g, (_, name: string) => values[name] ?? '')
  let there = 0
  for (const [source, pattern = ''] of [...sql.matchAll(SOURCE)]) {
    const [found] = (await connection.runAndReadAll(`SELECT 1 FROM glob('${pattern}') LIMIT 1`)).getRowObjectsJson()
    if (found) there += 1
    else sql = sql.replace(source, () => NO_LINES)
  }
  if (there === 0) throw new RangeError(`There are no records of a team in ${root}: it holds no file like team=.../kind=ledger/day=.../....jsonl.`)
  return sql
}

/** What a view reads, and the pattern of its files, in which a quotation mark is written twice. */
const SOURCE = /read_json_objects\('((?:[^']|'')*)'[^)]*\)/g
const NO_LINES = "(SELECT NULL::JSON AS json, '' AS team, NULL::DATE AS day WHERE false)"

async function openBucket(connection: Connection, { endpoint, region, key, secret, pathStyle }: NonNullable<Place['s3']>): Promise<void> {
  if (!URL.canParse(endpoint)) throw new RangeError(`${endpoint} is no address.`)
  const { host, protocol } = new URL(endpoint)
  try {
    await connection.run('INSTALL httpfs; LOAD httpfs')
  } catch (error) {
    throw new Error(`DuckDB has no reader of buckets here, and could not fetch it from its makers. --copy FOLDER --team ID needs none.\n${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  await connection.run(`CREATE SECRET (TYPE s3, KEY_ID '${quoted(key)}', SECRET '${quoted(secret)}', REGION '${quoted(region)}', ENDPOINT '${quoted(host)}', URL_STYLE '${pathStyle ? 'path' : 'vhost'}', USE_SSL ${protocol === 'https:'})`)
}

function quoted(text: string): string {
  return text.replaceAll("'", "''")
}
