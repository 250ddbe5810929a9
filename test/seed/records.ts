import { createHash } from 'node:crypto'
import type { Category, DraftKind, Finding, OriginVerdict, Tier } from '../../lib/engine/index.ts'
import type { Correction, Decision, Outcome } from '../../lib/review/index.ts'
import type { RecordOutcome, ReviewRecord } from '../../lib/store/db.ts'
import { pick, randomFrom } from '../bench/random.mjs'

/**
 * A person's history as this device would have kept it, repeatable: for looking at pages with little and much in them. Sentences, names and hosts are made up; how often
 * what happens is set so that every state of a page occurs, and says nothing about real drafts.
 */
export interface Seeded { readonly records: readonly ReviewRecord[]; readonly corrections: readonly Correction[] }

interface Place { readonly rule: string; readonly title: string; readonly category: Category; readonly tier: Tier; readonly quote: string; readonly after: string; readonly sentence: string; readonly message: string }

const PLACES: readonly Place[] = [
  { rule: 'pricing/percent-off', title: 'Percentage discount', category: 'pricing', tier: 'review', quote: '20% off', after: 'the price in your quote', sentence: 'Sign today and get 20% off.', message: 'A discount is a commitment.' },
  { rule: 'pricing/lowest-price', title: 'Price in a mail', category: 'pricing', tier: 'review', quote: '49 EUR a month', after: '59 EUR a month', sentence: 'The plan costs 49 EUR a month.', message: 'Check the price list.' },
  { rule: 'promise/guarantee', title: 'Guarantee', category: 'promise', tier: 'review', quote: 'We guarantee', after: 'We plan', sentence: 'We guarantee that your lamps arrive in time.', message: 'A guarantee binds the house.' },
  { rule: 'promise/never-again', title: 'Always, never', category: 'promise', tier: 'review', quote: 'never fails', after: 'seldom fails', sentence: 'The pump never fails.', message: 'Never is a promise.' },
  { rule: 'medical/clinically-proven', title: 'Clinically proven', category: 'medical', tier: 'approve', quote: 'clinically proven', after: 'tested in 3 clinics', sentence: 'It is clinically proven to help.', message: 'Needs evidence.' },
  { rule: 'legal/compliance-claim', title: 'Compliance claim', category: 'legal', tier: 'approve', quote: 'fully GDPR compliant', after: 'made with GDPR in mind', sentence: 'Our store is fully GDPR compliant.', message: 'A legal claim.' },
  { rule: 'privacy/payment-card', title: 'Account number', category: 'privacy', tier: 'block', quote: '4417 0293 11', after: 'your account', sentence: 'We charged account 4417 0293 11.', message: 'Private.' },
  { rule: 'brand/self-praise', title: 'Superlative', category: 'brand', tier: 'note', quote: 'the best', after: 'a good', sentence: 'It is the best desk.', message: 'Says little.' },
  { rule: 'strategy/recommendation', title: 'Strategic advice', category: 'strategy', tier: 'review', quote: 'you should move to', after: 'you could try', sentence: 'In our view you should move to one system.', message: 'Advice.' },
  { rule: 'irreversible/agreement-step', title: 'Cancellation', category: 'irreversible', tier: 'review', quote: 'cancel your contract', after: 'ask you about your contract', sentence: 'We will cancel your contract.', message: 'Not undone easily.' },
  { rule: 'statistic/change-figure', title: 'Statistic', category: 'statistic', tier: 'review', quote: 'by 38%', after: 'by about a third', sentence: 'It cuts no-shows by 38%.', message: 'Name the study.' },
]
const PRODUCTS = ['ChatGPT', 'ChatGPT', 'ChatGPT', 'Claude', 'Claude', 'Gemini', null] as const
const HOSTS: readonly (readonly [string, string, DraftKind])[] = [
  ['gmail', 'mail.google.com', 'email'], ['gmail', 'mail.google.com', 'email'], ['gmail', 'mail.google.com', 'reply'], ['hubspot', 'app.hubspot.com', 'email'], ['zendesk', 'larkfield.zendesk.com', 'reply'], ['wordpress', 'blog.larkfield.example', 'post'],
]
const NAMES = ['Marta Olsen', 'Tom Baker', 'Priya Raman', 'Jonas Weber', 'Lee Okafor', 'Sofia Ferreira de Albuquerque e Castro', 'Émile Noël', 'Grace Hopper']
const COMPANIES = ['lakeside-clinics', 'harbour-foods', 'halden', 'brannock', 'northwind', 'wexcombe-mills']
const SUBJECTS = ['Offer for the Lakeside clinics', 'Rates for Harbour Foods', 'Your 40 clinics', 'Re: invoice 4471', 'Five ways to fewer no-shows', 'Renewal in March', 'Thanks for the call', 'Trial for the north region and what it would take to have all of its sites on one plan before the season starts', '']
const REASONS = ['On the price list of this week', 'Agreed with the team', 'The customer has it in writing']
const DAY = 86_400_000

/** `count` records of the 120 days before `now` (or as many days as `over` says), the oldest first, with the corrections made in them. */
export function seeded(count: number, now: number, over = 120): Seeded {
  const random = randomFrom(7)
  const records: ReviewRecord[] = []
  const corrections: Correction[] = []
  for (let number = 1; number <= count; number++) {
    const age = (1 - number / (count + 1)) * over * DAY
    const at = Math.round(now - age - random() * 3_600_000)
    const made = record(number, at, random, age / (over * DAY))
    records.push(made.record)
    corrections.push(...made.corrections)
  }
  return { records, corrections }
}

/** `old` is 1 for the oldest and 0 for the newest: over time there is less to settle. */
function record(number: number, at: number, random: () => number, old: number): { record: ReviewRecord; corrections: Correction[] } {
  const [site, host, kind] = pick(random, HOSTS)
  const product = pick(random, PRODUCTS)
  const session = `seed-${number}`
  // What was hardly ever right is only noted from half of the time on, and what people always settled alike from the last third.
  const places = PLACES.filter(() => random() < 0.06 + 0.12 * old).map((place) => (place.category === 'strategy' && old < 0.5) || (place.category === 'promise' && old < 0.33) ? { ...place, tier: 'note' as const } : place)
  const subject = pick(random, SUBJECTS)
  const name = pick(random, NAMES)
  const address = `${name.split(' ')[0]!.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()}@${pick(random, COMPANIES)}.example`
  const lines = [`Hi ${name.split(' ')[0]},`, ...places.map(({ sentence }) => sentence), 'See you on Thursday.']
  const text = lines.join('\n\n')
  const settleMs = Math.round(4_000 + random() * random() * 120_000)
  const outcome = outcomeOf(places, random)
  const settled = outcome !== 'held' && outcome !== 'unreviewed'
  const decisions: Decision[] = []
  const findings: Finding[] = []
  const corrections: Correction[] = []
  for (const place of places) {
    const fingerprint = createHash('sha256').update(`${session} ${place.rule}`).digest('hex').slice(0, 16)
    const chosen = outcomeOfPlace(place, random)
    const start = text.indexOf(place.quote)
    if (settled && place.tier !== 'note') decisions.push({ fingerprint, rule: place.rule, category: place.category, tier: place.tier, outcome: chosen, reason: chosen === 'kept' ? pick(random, REASONS) : '', quote: place.quote, at: at + settleMs })
    if (chosen === 'fixed' && settled) {
      corrections.push({ rule: place.rule, category: place.category, before: place.quote, after: place.after, sentence: place.sentence, site, at: at + settleMs + corrections.length, session, kind, assistant: product ?? '' })
      continue
    }
    findings.push({
      rule: place.rule, title: place.title, pack: place.rule.split('/')[0]!, packVersion: '1.0.0', category: place.category, owner: place.category, tier: place.tier, field: 'body', span: { start, end: start + place.quote.length },
      quote: place.quote, message: place.message, suggest: place.after, sources: [{ title: 'House rule' }], reasons: [], evidence: [], fingerprint,
    })
  }
  const left = lines.map((line) => places.reduce((all, { quote, after, rule }) => (decisions.some((one) => one.rule === rule && one.outcome === 'fixed') ? all.replace(quote, after) : all), line)).join('\n\n')
  const highest = (['block', 'approve', 'review', 'note'] as const).find((tier) => places.some((place) => place.tier === tier)) ?? 'note'
  const verdict: OriginVerdict = product === null ? (random() < 0.5 ? 'typed' : 'inserted') : 'ai'
  const digest = createHash('sha256').update(session).digest('hex')
  const reviewer = { name: 'Dana Whitfield', role: 'Customer team' }
  const requirement = { tier: highest, owners: highest === 'approve' ? ['medical'] : [], reasons: places.map(({ title, tier }) => ({ code: 'finding' as const, tier, detail: title, count: 1 })) }
  const signed = outcome === 'signed' || outcome === 'overridden' || (outcome === 'sent' && highest !== 'note')
  return {
    corrections,
    record: {
      number, session, at, updated: at + settleMs, site, host, kind, subject, recipients: kind === 'post' ? [] : [{ address, name, field: 'to' }], digest, length: left.length,
      origin: { verdict, evidence: product === null ? [] : [{ class: 'T2', mark: 'page-marks', product, count: 3 }] },
      requirement, findings: findings.map((finding) => ({ ...finding, span: { start: left.indexOf(finding.quote), end: left.indexOf(finding.quote) + finding.quote.length } })), decisions, outcome,
      heldAt: highest === 'note' ? null : at,
      signOff: signed ? { reviewer, at: at + settleMs, site, kind, digest, rulesetDigest: 'a'.repeat(64), policyDigest: 'b'.repeat(64), requirement, decisions, ...(outcome === 'overridden' ? { override: { reason: 'Deadline at 15:00' } } : {}) } : null,
      unchecked: null, sent: outcome === 'held' || outcome === 'signed' ? null : { at: at + settleMs + 300, kind: kind === 'post' ? 'publish' : 'send' },
      text: left, blocks: [], noted: [`held:${digest}`],
      categories: [...new Set(places.map(({ category }) => category))], rules: [...new Set(places.map(({ rule }) => rule))],
      words: [...new Set(`${subject} ${name} ${address} ${host} ${left}`.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}.@-]+/u).filter(Boolean))],
    },
  }
}

function outcomeOf(places: readonly Place[], random: () => number): RecordOutcome {
  if (places.every(({ tier }) => tier === 'note')) return 'sent'
  const dice = random()
  return dice < 0.05 ? 'held' : dice < 0.09 ? 'overridden' : dice < 0.12 ? 'unreviewed' : dice < 0.14 ? 'signed' : 'sent'
}

/** What must change was changed; superlatives and the like are mostly left. */
function outcomeOfPlace({ tier, category }: Place, random: () => number): Outcome {
  if (tier === 'block') return 'fixed'
  const dice = random()
  if (category === 'strategy') return dice < 0.8 ? 'dismissed' : 'kept'
  return dice < 0.55 ? 'fixed' : dice < 0.85 ? 'kept' : 'dismissed'
}
