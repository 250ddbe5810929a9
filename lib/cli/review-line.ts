import { z } from 'zod'
import { findEntities, withOutcome, type BlockKind, type Draft, type DraftKind, type Explanation, type Finding, type Span, type Recipient, type Scanner } from '../engine/index.ts'
import { asideOf, htmlMarkTable, marksInHtml, originOf, textMarks, type HtmlMarkTable, type MarksUpdate, type Origin, type OriginEvent, type WordMarks } from '../origin/index.ts'
import { applyPolicy, requirementOf, withoutSuppressed, type Policy, type Reason, type Requirement, type Suppression } from '../policy/index.ts'
import { blocksOfText, htmlToText, type PlainDraft } from './html-text.ts'

const id = z.union([z.string(), z.number()])
/** One line in. Fields that are not named here are let through unread: labelled data has its own. */
const input = z.object({
  id,
  text: z.string().optional(),
  html: z.string().optional(),
  subject: z.string().optional(),
  to: z.array(z.string()).optional(),
  site: z.string().optional(),
  locale: z.string().optional(),
  paste: z.object({ html: z.string().optional(), text: z.string().optional() }).optional(),
  typed: z.boolean().optional(),
})
export type ReviewInput = z.output<typeof input>

export interface ReviewTools {
  readonly scanner: Scanner
  readonly policy: Policy
  /** What the packs say is not to be flagged; those for one host alone are for the browser. */
  readonly suppressions: readonly Suppression[]
  readonly marks: ReviewMarks
  readonly entities: boolean
  /** Explains a block, where asked for. */
  readonly explain: ((text: string, kind: BlockKind | 'subject', locale: string) => Explanation) | null
}

/** The marks of AI pages that texts and pastes are compared with. */
export interface ReviewMarks { readonly html: HtmlMarkTable; readonly words: WordMarks }

/** The built-in marks with those that packs carry. */
export function reviewMarks(updates: readonly MarksUpdate[]): ReviewMarks {
  return { html: htmlMarkTable(updates), words: { text: textMarks(updates) } }
}

export interface ReviewLine {
  /** One line of JSON, without its end. */
  readonly json: string
  readonly ok: boolean
}

/** One draft in, one review out. What is wrong with a line is said without repeating its text. Never throws on any input. */
export function reviewLine(line: string | null, tools: ReviewTools): ReviewLine {
  if (line === null) return bad(null, 'The line is too long to be read.')
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return bad(null, 'The line is not JSON.') // The parser's own message would repeat the draft.
  }
  const known = z.object({ id }).safeParse(value)
  const parsed = input.safeParse(value)
  if (!parsed.success) return bad(known.data?.id ?? null, problem(parsed.error))
  if ((parsed.data.text === undefined) === (parsed.data.html === undefined)) return bad(parsed.data.id, 'A line has either "text" or "html".')
  try {
    return { ok: true, json: JSON.stringify(review(parsed.data, tools)) }
  } catch (error) {
    // The engine's stated limits; its messages name lengths, never text.
    return bad(parsed.data.id, error instanceof Error && error.name === 'DraftTooLongError' ? `${error.message}.` : 'The draft could not be reviewed.')
  }
}

function bad(lineId: string | number | null, error: string): ReviewLine {
  return { ok: false, json: JSON.stringify({ id: lineId, error }) }
}

/** Names of fields and what they should be; never a value. */
function problem(error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return 'The line is not a draft.'
  const field = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the line'
  const wanted = issue.code === 'invalid_type' ? `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}` : 'is missing or has the wrong type'
  return `${field.charAt(0).toUpperCase()}${field.slice(1)} ${wanted}.`
}

function review(data: ReviewInput, { scanner, policy, suppressions, marks, entities, explain }: ReviewTools): Record<string, unknown> {
  const draft = draftOf(data)
  const events = eventsOf(data, draft.text.length, marks.html)
  const origin = originOf(events, draft.text, asideOf(draft.blocks), marks.words)
  const { findings: found, more } = scanner.scan(draft)
  const { findings, suppressed } = withoutSuppressed(applyPolicy(found, policy), suppressions, { host: '', now: Date.now(), owns: [] })
  const requirement = requirementOf({ draft, findings, origin, policy: events.length > 0 ? policy : forUnseen(policy) })
  return {
    id: data.id,
    text: draft.text,
    findings: findings.map(findingOut),
    ...(more > 0 ? { more } : {}),
    ...(suppressed > 0 ? { suppressed } : {}),
    origin: originOut(origin),
    requirement: requirementOut(requirement),
    ...(entities ? { entities: findEntities(draft.text).map(({ kind, span }) => ({ kind, ...span, text: draft.text.slice(span.start, span.end) })) } : {}),
    ...(explain ? { explain: explainOut(draft, explain, found, findings) } : {}),
  }
}

/** Explanations of the subject and of each block, with offsets into the draft's text. `found` is what the scanner said, `standing` what is left of it: what is not has been set `aside` by a suppression or by another finding on the same words. */
function explainOut(draft: Draft, explain: NonNullable<ReviewTools['explain']>, found: readonly Finding[], standing: readonly Finding[]): readonly Record<string, unknown>[] {
  const parts = [...(draft.subject ? [{ kind: 'subject' as const, text: draft.subject, start: 0 }] : []), ...draft.blocks.map(({ kind, span }) => ({ kind, text: draft.text.slice(span.start, span.end), start: span.start }))]
  return parts.filter(({ text }) => text.trim() !== '').map(({ kind, text, start: from }) => {
    const field = kind === 'subject' ? 'subject' : 'body'
    const { tokens, entities, found: matched, dropped, nearest } = withOutcome(withOutcome(explain(text, kind, draft.locale), field, from, found, 'check'), field, from, standing, 'aside')
    const placed = <T extends Span>({ start, end, ...rest }: T) => ({ ...rest, start: start + from, end: end + from, text: text.slice(start, end) })
    return { kind, tokens: tokens.map(placed), entities: entities.map(placed), found: matched.map(placed), dropped: dropped.map(placed), nearest }
  })
}

/**
 * A line that says nothing of how its text came to be (no `paste`, no `typed`) was given to be reviewed, so it gets the full requirement,
 * though its origin stays what it is: unknown. In the browser such a draft is held by `block` findings alone.
 */
function forUnseen(policy: Policy): Policy {
  return { ...policy, drafts: 'all' }
}

function draftOf(data: ReviewInput): Draft {
  const plain: PlainDraft = data.html !== undefined ? htmlToText(data.html) : { text: data.text ?? '', blocks: blocksOfText(data.text ?? '') }
  const site = data.site ?? ''
  return { kind: kindOf(site), site, subject: data.subject ?? '', recipients: (data.to ?? []).map(recipientOf), ...plain, locale: data.locale ?? '' }
}

function kindOf(site: string): DraftKind {
  if (site === 'wordpress') return 'post'
  return site === 'zendesk' ? 'reply' : 'email'
}

/** `Ann Lee <ann@example.com>` or the address alone. */
function recipientOf(entry: string): Recipient {
  const open = entry.lastIndexOf('<')
  const bracketed = open !== -1 && entry.trimEnd().endsWith('>')
  const address = (bracketed ? entry.slice(open + 1, entry.lastIndexOf('>')) : entry).trim().toLowerCase()
  const name = bracketed ? entry.slice(0, open).replaceAll('"', '').trim() : ''
  return address.includes('@') ? { address, name, field: 'to' } : { address: null, name: entry.trim(), field: 'to' }
}

/** Page marks survive in saved and delivered HTML, so those of an HTML draft say as much as those of a paste. */
function eventsOf({ paste, typed, html }: ReviewInput, length: number, table: HtmlMarkTable): OriginEvent[] {
  const events: OriginEvent[] = []
  const kept = html === undefined ? [] : marksInHtml(html, table)
  if (kept.length > 0) events.push({ kind: 'paste', marks: kept, chars: length, at: 0 })
  if (paste) events.push({ kind: 'paste', marks: marksInHtml(paste.html ?? '', table), chars: paste.text?.length ?? length, at: 0 })
  if (typed) events.push({ kind: 'typed', chars: length, at: 0 })
  return events
}

function findingOut(finding: Finding): Record<string, unknown> {
  const { rule, category, tier, field, span, quote, message, suggest } = finding
  return { rule, category, tier, ...(field === 'subject' ? { field } : {}), start: span.start, end: span.end, text: quote, message, suggest }
}

function originOut({ verdict, evidence }: Origin): Record<string, unknown> {
  return {
    verdict,
    evidence: evidence.map(({ mark, class: kind, product, count, span }) => ({ mark, class: kind, product, count, start: span?.start ?? null, end: span?.end ?? null })),
  }
}

function requirementOut({ tier, owners, reasons }: Requirement): Record<string, unknown> {
  return { tier, owners, reasons: reasons.map(inWords) }
}

/** A reason as a person would say it. */
function inWords({ code, tier, detail, count }: Reason): string {
  switch (code) {
    case 'finding': return `${TIER_WORDS[tier]}: ${detail}${count > 1 ? ` (${count} places)` : ''}`
    case 'ai-public': return 'Needs a signature: text from an AI goes public'
    case 'vip-recipient': return `One step up: ${detail}${count > 1 ? ` and ${count - 1} more` : ''} on the VIP list`
    case 'not-checked': return `Not checked: ${detail}`
    case 'outside-unknown': return `${TIER_WORDS[tier]}: ${count} recipients outside the house or without an address, more than ${detail}`
    case 'outside-count': return `${TIER_WORDS[tier]}: ${count} recipients outside the house, more than ${detail}`
    case 'first-mail': return `${TIER_WORDS[tier]}: first mail to ${detail}${count > 1 ? ` and ${count - 1} more` : ''}`
    case 'two-customers': return `${TIER_WORDS[tier]}: two customers in one mail: ${detail}`
    case 'to-everyone': return `${TIER_WORDS[tier]}: goes to everybody at ${detail} and cannot be undone`
    case 'draft-kind': return `${TIER_WORDS[tier]}: every ${detail} does`
  }
}

const TIER_WORDS = { note: 'For information', review: 'Needs the author', approve: 'Needs the owner', block: 'Must change' } as const
