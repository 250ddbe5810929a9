import { z } from 'zod'
import { formatProblem, installPack } from '../packs/index.ts'
import { CATEGORIES } from '../engine/index.ts'
import { asHeader } from '../review/ledger-signature.ts'
import { draftKind } from '../review/schemas.ts'
import { db, type PackRow } from './db.ts'
import { guarded, StoreError } from './errors.ts'
import { countCorrections } from './tallies.ts'
import { changeSettings, ownSettings, settingsSchema, type Settings } from './settings.ts'

/** Larger files are refused before they are read: a text of more cannot be held at once. An export of a million corrections is about 300 MB. Bytes. */
export const IMPORT_LIMIT = 400 * 1024 * 1024
const MB = 1024 * 1024
const BATCH = 1_000

const words = z.string().max(20_000)
/** A correction in a file, or in a team's store. */
export const correctionSchema = z.strictObject({
  rule: z.string().max(200), category: z.enum(CATEGORIES), before: words, after: words, sentence: words, site: z.string().max(200), at: z.number(),
  session: z.string().max(200).optional(), kind: draftKind.optional(), assistant: z.string().max(200).optional(), level: z.enum(['span', 'block']).optional(),
})
const proposalSchema = z.strictObject({ id: z.string().min(1).max(500), state: z.enum(['accepted', 'refused']), at: z.number(), rule: z.string().max(200).nullable() })
const packSchema = z.strictObject({ text: z.string().max(8 * 1024 * 1024), source: z.enum(['file', 'url', 'personal', 'team']), url: z.string().max(2_000).nullable(), activatedAt: z.number() })

const subscriptionSchema = z.strictObject({ url: z.string().max(2_000).refine((url) => URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol)), packId: z.string().max(200).nullable(), pinned: z.string().regex(/^[0-9a-f]{64}$/).optional() })

const exportSchema = z.strictObject({
  countersign: z.literal('export'),
  version: z.literal(1),
  at: z.number(),
  settings: settingsSchema,
  packs: z.array(packSchema).max(1_000),
  /** Missing in an export of an older version. */
  subscriptions: z.array(subscriptionSchema).max(1_000).default([]),
  corrections: z.array(correctionSchema).max(1_000_000),
  proposals: z.array(proposalSchema).max(100_000),
})

/**
 * What a person owns and can take along: settings, packs with the addresses they come from, corrections, answers to proposals, as JSON in pieces. What is the team's comes back from its store; its login is never exported. Reviews and the ledger are this
 * device's record and are exported on their own (`ledgerLines`): a record that could be imported would prove nothing.
 */
export async function* exportAll(at: number): AsyncGenerator<string, void, undefined> {
  const [settings, packs, proposals, subscribed] = await Promise.all([ownSettings(), guarded(() => db.packs.toArray()), guarded(() => db.proposals.toArray()), guarded(() => db.subscriptions.toArray())])
  const answers = proposals.map(({ id, state, at: on, rule }) => ({ id, state, at: on, rule }))
  const subscriptions = subscribed.map(({ url, packId, pinned }) => ({ url, packId, pinned }))
  const kept = packs.map(({ text, source, url, activatedAt }) => ({ text, source, url, activatedAt }))
  yield `{"countersign":"export","version":1,"at":${at},"settings":${JSON.stringify(settings)},"packs":${JSON.stringify(kept)},"subscriptions":${JSON.stringify(subscriptions)},"proposals":${JSON.stringify(answers)},"corrections":[`
  for (let after = -Infinity, first = true; ;) {
    const rows = await guarded(() => db.corrections.where('id').above(after).limit(BATCH).toArray())
    for (const { id: _id, ...correction } of rows) {
      yield `${first ? '' : ','}\n${JSON.stringify(correction)}`
      first = false
    }
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) break
    after = last.id
  }
  yield ']}\n'
}

export interface Imported { readonly packs: number; readonly corrections: number; readonly proposals: number }

/**
 * Takes an export in: settings replace ours (but no site is turned on: that needs a permission), packs that we do not have, corrections and answers that are new.
 * Everything is checked first and written in one transaction: all of it is there afterwards, or nothing.
 * @throws {StoreError} `malformed` or `newer-version` with what and where, `storage-full`.
 */
export async function importAll(text: string): Promise<Imported> {
  const data = readExport(text)
  const rows = data.packs.map(readPackRow)
  // Settings live elsewhere than the rest and come first: what then fails gives them back.
  const before = await ownSettings()
  await changeSettings((ours) => mergedSettings(ours, data.settings))
  try {
    return await importRows(data, rows)
  } catch (error) {
    await changeSettings(() => before)
    throw error
  }
}

/**
 * The same for a file, which is refused by its size before it is read.
 * @throws {StoreError} as `importAll`
 */
export async function importFile(file: Pick<File, 'size' | 'text'>): Promise<Imported> {
  if (file.size > IMPORT_LIMIT) throw new StoreError('malformed', `The file has ${Math.ceil(file.size / MB)} MB. An export of Countersign has at most ${IMPORT_LIMIT / MB} MB.`)
  return importAll(await file.text())
}

async function importRows(data: z.infer<typeof exportSchema>, rows: readonly PackRow[]): Promise<Imported> {
  return guarded(() => db.transaction('rw', [db.packs, db.subscriptions, db.corrections, db.proposals, db.tallies, db.meta], async () => {
    const newPacks = await missing(rows, (row) => db.packs.get(row.id))
    await db.packs.bulkAdd(newPacks)
    // Asked anew with the next check; the browser's permission for the address is asked for then.
    const newSubscriptions = await missing(data.subscriptions, (row) => db.subscriptions.get(row.url))
    await db.subscriptions.bulkPut(newSubscriptions.map(({ url, packId, pinned }) => ({ url, packId, etag: null, checkedAt: null, goodAt: null, failures: 0, problems: [], ...(pinned === undefined ? {} : { pinned }) })))
    const newCorrections = await missingCorrections(distinct(data.corrections))
    const ids = await db.corrections.bulkAdd(newCorrections.map((row) => ({ ...row })), { allKeys: true })
    await countCorrections(newCorrections.map((row, index) => ({ ...row, id: ids[index] ?? 0 })), 1)
    const newProposals = await missing(data.proposals, (row) => db.proposals.get(row.id))
    await db.proposals.bulkPut(newProposals)
    return { packs: newPacks.length, corrections: newCorrections.length, proposals: newProposals.length }
  }))
}

function readExport(text: string): z.infer<typeof exportSchema> {
  if (isLedger(text)) throw new StoreError('malformed', 'This file is a ledger. Entries of a ledger are never taken into another, also where both begin alike: each is proven by its own key alone. Check the file with "npm run -s ledger -- verify FILE". Nothing was changed here.')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new StoreError('malformed', 'The file is not complete, or not an export of Countersign.', { cause: error })
  }
  if (typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'number' && value.version > 1) {
    throw new StoreError('newer-version', 'The file was made by a newer version of Countersign.')
  }
  const read = exportSchema.safeParse(value)
  if (!read.success) throw new StoreError('malformed', z.prettifyError(read.error))
  return read.data
}

/** An exported ledger begins with its header; its entries can overlap ours. */
function isLedger(text: string): boolean {
  const [first = ''] = text.split('\n', 1)
  try {
    return asHeader(JSON.parse(first)) !== null
  } catch {
    return false // What else it is, is said further on.
  }
}

/** A pack is checked as on the day it was installed: form, signature, examples. What the export says of it is not taken on trust. */
function readPackRow({ text, source, url, activatedAt }: z.infer<typeof packSchema>): PackRow {
  const read = installPack({ json: text, file: 'export', active: null, trust: { kind: 'local' } })
  if (read.kind !== 'activate') throw new StoreError('malformed', read.kind === 'keep' ? read.problems.map(formatProblem).join('\n') : 'The pack is in use.')
  const { pack, digest, publicKey, signedBy, signedAt } = read
  return { id: pack.id, version: pack.version, pack, digest, publicKey, signedBy, signedAt, text, source, url, activatedAt, previous: null }
}

/** The other device's settings with our sites as they are, and its sites beside them, turned off. */
function mergedSettings(ours: Settings, theirs: Settings): Settings {
  const known = new Set(ours.sites.map((site) => site.prefix))
  const added = theirs.sites.filter((site) => !known.has(site.prefix)).map((site) => ({ ...site, on: false }))
  return { ...theirs, sites: [...ours.sites, ...added], welcomed: ours.welcomed || theirs.welcomed }
}

/** Corrections that are not kept yet, looked up many at a time. */
async function missingCorrections<T extends { at: number; rule: string; before: string }>(rows: readonly T[]): Promise<T[]> {
  const fresh: T[] = []
  for (let from = 0; from < rows.length; from += BATCH) {
    const some = rows.slice(from, from + BATCH)
    const keys = await db.corrections.where('[at+rule+before]').anyOf(some.map(({ at, rule, before }) => [at, rule, before])).keys()
    const known = new Set((keys as unknown[]).map((key) => JSON.stringify(key)))
    fresh.push(...some.filter(({ at, rule, before }) => !known.has(JSON.stringify([at, rule, before]))))
  }
  return fresh
}

async function missing<T>(rows: readonly T[], find: (row: T) => PromiseLike<unknown>): Promise<T[]> {
  const found = await Promise.all(rows.map((row) => find(row)))
  return rows.filter((_, i) => found[i] === undefined)
}

function distinct<T extends { at: number; rule: string; before: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [JSON.stringify([row.at, row.rule, row.before]), row])).values()]
}
