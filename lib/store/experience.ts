import { sentenceAt, type RulePack } from '../engine/index.ts'
import { maskPersonal, namesFrom, sumTallies, type Decided, type Experience, type RuleInUse } from '../learning/index.ts'
import { listCorrections } from './corrections.ts'
import type { ReviewRecord } from './db.ts'
import { listPacks, PERSONAL_PACK } from './packs.ts'
import { answeredProposals } from './answers.ts'
import { listRecords } from './records.ts'
import { packsInUse } from './packs-in-use.ts'
import type { Settings } from './settings.ts'
import { listTallies } from './tallies.ts'

/** Records that decisions are taken from, the latest; and those of them whose words are looked at. */
const RECORDS = 5_000
const TEXTS = 300
const SENTENCES = 1_000

/**
 * All that proposals are made of, as this device keeps it. Reads much: for a worker, which has the database but not the extension's own storage.
 * @param builtins packs that come with the extension
 * @param off what the settings switch off
 */
export async function loadExperience(builtins: readonly RulePack[], off: Settings['off'], now: number): Promise<Experience> {
  const [corrections, records, installed, answered, tallies] = await Promise.all([
    listCorrections(), listRecords({ limit: RECORDS }), listPacks(), answeredProposals(), listTallies(),
  ])
  const rows = new Map(installed.map((row) => [row.id, row]))
  const rules = packsInUse(builtins, installed.map(({ pack }) => pack), off).flatMap(({ id, lists, rules: all }) => all.map((rule): RuleInUse => ({
    rule, lists, own: rows.has(id), since: id === PERSONAL_PACK ? sinceOf(rule.sources, rows.get(id)?.activatedAt ?? now) : rows.get(id)?.activatedAt ?? 0,
  })))
  const days = sumTallies(tallies, { of: 'drafts', by: ['day'] })
  return {
    corrections, rules, now, answered: new Set(answered.keys()), seen: new Set(sumTallies(tallies, { of: 'rules', by: ['rule'] }).flatMap(({ at, counts }) => (counts.seen > 0 ? [at[0] ?? ''] : []))),
    decided: records.flatMap(decidedIn).sort((a, b) => a.at - b.at), history: records.slice(0, TEXTS).flatMap(sentencesOf).slice(0, SENTENCES),
    draftsSince: (at) => days.reduce((sum, { at: [day = ''], counts }) => (Date.parse(day) >= at ? sum + counts.seen : sum), 0),
  }
}

/** A rule of one's own is as old as the date its source was written down; every change of the pack gives all of it a new date. */
function sinceOf(sources: readonly { readonly checked?: string | undefined }[], otherwise: number): number {
  const dates = sources.flatMap(({ checked }) => (checked ? [Date.parse(checked)] : [])).filter((at) => !Number.isNaN(at))
  return dates.length === 0 ? otherwise : Math.max(...dates)
}

function decidedIn({ decisions, findings, text, signOff, recipients }: ReviewRecord): Decided[] {
  const spans = new Map(findings.map((finding) => [finding.fingerprint, finding]))
  const reading = signOff?.reading
  const names = namesFrom(recipients.flatMap(({ name, address }) => [name, address ?? '']))
  return decisions.map(({ rule, tier, outcome, quote, at, fingerprint }) => {
    const finding = spans.get(fingerprint)
    const place = text !== null && finding?.field === 'body' ? sentenceAt(text, finding.span.start) : null
    const sentence = place && text !== null ? maskPersonal(text.slice(place.start, place.end).trim(), names) : ''
    // Half the time that reading takes at least is no reading.
    return { rule, tier, outcome, quote, at, sentence: sentence.includes(quote) ? sentence : '', hasty: reading !== undefined && reading.ms * 2 < reading.least }
  })
}

/** The sentences of a draft that went out, masked. */
function sentencesOf({ text, sent, recipients }: ReviewRecord): string[] {
  if (text === null || sent === null) return []
  const names = namesFrom(recipients.flatMap(({ name, address }) => [name, address ?? '']))
  const sentences: string[] = []
  for (let at = 0; at < text.length;) {
    const { start, end } = sentenceAt(text, at)
    const sentence = text.slice(start, end).trim()
    if (sentence !== '') sentences.push(maskPersonal(sentence, names))
    at = Math.max(end, at + 1)
  }
  return sentences
}
