import { compileRuleset, createScanner, type Finding, type Rule, type RulePack, type Scanner } from '../../lib/engine/index.ts'
import { maskChange, propose, ruleFromProposal, type Decided, type Proposal, type RuleInUse } from '../../lib/learning/index.ts'
import type { Correction } from '../../lib/review/index.ts'
import { FALSE_ALARMS, HABITS, MISTAKES, PLAIN, RATES, RISKS, THINGS, WHIMS } from './world.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 5, 1)
const NOBODY: ReadonlySet<string> = new Set()

/** Seconds that a person spends: on a draft that is held at all, on a finding left as it is, on one changed by hand, on one changed by its suggestion, on finding and changing what nothing marked. Assumed. */
const SECONDS = { held: 15, left: 8, byHand: 25, bySuggestion: 5, unmarked: 25 } as const

/** Two rules of the team's own, as teams write them: one too wide, and one that reminds of a word. */
const TEAM_RULES: readonly Rule[] = [own('team/share', '{percent} of', 'statistic', 'Some 20% of calls came late.'), own('team/update', 'quick update', 'brand', 'This is a quick update.')]

function own(id: string, pattern: string, category: Rule['category'], flagged: string): Rule {
  return {
    id, title: pattern, category, tier: 'review', owner: category, languages: ['en'], message: 'House rule.', sources: [], match: [pattern], unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores',
    quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: [flagged], clean: ['Nothing here.'] },
  }
}

export interface SimulationOptions {
  readonly packs: readonly RulePack[]
  readonly seed: number
  readonly reps: number
  readonly days: number
  readonly draftsPerDay: number
  /** Without it nothing is ever proposed: the same drafts and the same readers, to compare with. */
  readonly learning: boolean
  readonly onDay?: (rep: number, day: number) => void
}

export interface Simulated {
  readonly drafts: number
  readonly corrections: number
  /** Every proposal with what it is about; `right` says whether that is a planted mistake, this person's habit, or a rule that is too wide. */
  readonly proposals: readonly { readonly rep: number; readonly day: number; readonly kind: Proposal['kind']; readonly about: string; readonly right: boolean }[]
  /** For each person and planted mistake: how often it was corrected before it was proposed, null where it never was; only those that could have been. */
  readonly planted: readonly { readonly rep: number; readonly mistake: string; readonly corrections: number; readonly proposedAt: number | null }[]
  /** Rules that find something truly risky, and were proposed to be lowered all the same. */
  readonly wronglyLowered: readonly string[]
  /** By week: review seconds and drafts without risk, and risky spans that left though they were wrong, of so many. */
  readonly weeks: readonly { seconds: number; drafts: number; missed: number; bad: number; unreviewed: number }[]
}

interface Piece { readonly sentence: string; readonly said: string; readonly truth: Truth; readonly key: string }
type Truth =
  | { readonly kind: 'plain' } | { readonly kind: 'alarm'; readonly id: string } | { readonly kind: 'risk'; readonly id: string; readonly bad: boolean }
  | { readonly kind: 'mistake'; readonly id: string } | { readonly kind: 'habit'; readonly id: string }

/** Runs the team, day by day. The same options give the same result; with and without learning the assistant tries to write the same, and every reader sees or misses the same words. */
export function simulate(options: SimulationOptions): Simulated {
  const result: { -readonly [K in keyof Simulated]: Simulated[K] extends readonly (infer T)[] ? T[] : Simulated[K] } = { drafts: 0, corrections: 0, proposals: [], planted: [], wronglyLowered: [], weeks: [] }
  const team: RulePack = { format: 1, id: 'team', version: '1.0.0', title: 'Team', description: '', owner: 'team', lists: {}, rules: TEAM_RULES }
  const packs = [...options.packs, team]
  const base = createScanner(compileRuleset(packs))
  const inUse = packs.flatMap((pack) => pack.rules.map((rule): RuleInUse => ({ rule, lists: pack.lists, own: pack === team, since: START })))
  for (let rep = 0; rep < options.reps; rep++) new Person(rep, options, base, inUse, result).live()
  return result
}

/** A number in 0..1 that belongs to its name: the same whoever asks, and in whatever order. */
function lot(...names: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of names.join('|')) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296
}

class Person {
  private readonly corrections: Correction[] = []
  private readonly decided: Decided[] = []
  private readonly history: string[] = []
  private readonly answered = new Set<string>()
  private readonly off = new Set<string>()
  private readonly mine: Rule[] = []
  private readonly lists: Record<string, readonly string[]> = {}
  private readonly samples = new Map<string, number>()
  private readonly seen = new Set<string>()
  /** Mistakes that the prompt warns of. */
  private readonly told = new Set<string>()
  private readonly truthOf = new Map<string, Truth>()
  private readonly corrected = new Map<string, number>()
  private readonly proposedAt = new Map<string, number>()
  private readonly risky = new Set<string>()
  private scanner: Scanner | null = null
  private drafts = 0

  constructor(private readonly rep: number, private readonly o: SimulationOptions, private readonly base: Scanner, private readonly inUse: readonly RuleInUse[], private readonly result: Writable) {}

  live(): void {
    for (let day = 0; day < this.o.days; day++) {
      for (let number = 0; number < this.o.draftsPerDay; number++) this.review(this.write(day, number), day, number)
      if (this.o.learning) this.learn(day)
      this.o.onDay?.(this.rep, day)
    }
    this.result.drafts += this.drafts
    this.result.corrections += this.corrections.length
    for (const [mistake, corrections] of this.corrected) {
      const proposedAt = this.proposedAt.get(mistake) ?? null
      if (corrections >= 5 || proposedAt !== null) this.result.planted.push({ rep: this.rep, mistake, corrections, proposedAt })
    }
  }

  /** What the assistant writes: some plain sentences, and at their rates everything else. */
  private write(day: number, number: number): Piece[] {
    const name = [this.o.seed, this.rep, day, number] as const
    const one = (kind: string, list: readonly string[]): string => list[Math.floor(lot(...name, kind) * list.length)] ?? ''
    const fill = (sentence: string, kind: string): string => sentence.replaceAll('@', () => one(`${kind}@`, THINGS)).replaceAll('#', () => String(2 + Math.floor(lot(...name, kind, '#') * 7) * 5))
    const pieces: Piece[] = []
    const add = (kind: string, sentence: string, truth: Truth): void => {
      const filled = fill(sentence, kind)
      const said = /<(.+)>/.exec(filled)?.[1] ?? (truth.kind === 'habit' ? HABITS.find(({ id }) => id === truth.id)?.said ?? '' : filled)
      pieces.push({ sentence: filled.replace(/[<>]/g, ''), said, truth, key: [...name, kind].join('|') })
    }
    for (let index = 0; index < 3; index++) add(`plain${index}`, one(`plain${index}`, PLAIN), { kind: 'plain' })
    for (const { id, rate, sentences } of MISTAKES) {
      const warned = this.told.has(id) && lot(...name, id, 'prompt') < RATES.promptFollowed
      if (lot(...name, id) < rate && !warned) add(id, one(id, sentences), { kind: 'mistake', id })
    }
    for (const { id, rate, bad, sentences } of RISKS) if (lot(...name, 'risk', id) < rate) add(`risk-${id}`, one(`risk-${id}`, sentences), { kind: 'risk', id, bad: lot(...name, id, 'bad') < bad })
    for (const { id, rate, sentences } of FALSE_ALARMS) if (lot(...name, 'alarm', id) < rate) add(`alarm-${id}`, one(`alarm-${id}`, sentences), { kind: 'alarm', id })
    for (let index = 0; index < 3; index++) {
      const habit = HABITS[(this.rep * 3 + index) % HABITS.length]
      if (habit && lot(...name, habit.id) < 0.1) add(habit.id, habit.sentence, { kind: 'habit', id: habit.id })
    }
    return pieces.sort((a, b) => (a.truth.kind === 'mistake' && a.truth.id === 'opener' ? -1 : b.truth.kind === 'mistake' && b.truth.id === 'opener' ? 1 : 0))
  }

  private review(pieces: readonly Piece[], day: number, number: number): void {
    this.drafts++
    const at = START + day * DAY + number * 600_000
    const text = pieces.map(({ sentence }) => sentence).join('\n')
    const findings = this.scan(text, number)
    const holds = findings.filter(({ tier }) => tier !== 'note')
    const week = (this.result.weeks[Math.floor(day / 7)] ??= { seconds: 0, drafts: 0, missed: 0, bad: 0, unreviewed: 0 })
    let seconds = holds.length > 0 ? SECONDS.held : 0
    let start = 0
    for (const piece of pieces) {
      const span = { start, end: start + piece.sentence.length }
      start = span.end + 1
      const hits = findings.filter((finding) => finding.span.start >= span.start && finding.span.end <= span.end)
      seconds += this.settle(piece, hits, at, week)
    }
    if (lot(this.o.seed, this.rep, day, number, 'noise') < RATES.noise) this.whim(pieces, at)
    if (pieces.some(({ truth }) => truth.kind === 'risk')) return
    week.seconds += seconds
    week.drafts += 1
    if (holds.length === 0) week.unreviewed += 1
  }

  /** What the person does with one sentence. Seconds that it took. */
  private settle(piece: Piece, hits: readonly Finding[], at: number, week: Simulated['weeks'][number]): number {
    const { truth, key, sentence, said } = piece
    const holding = hits.filter(({ tier }) => tier !== 'note')
    const marked = holding[0] ?? hits[0]
    for (const { rule } of hits) this.seen.add(rule)
    // What is only shown is read by nobody: marks help where the draft is held for them.
    const sees = lot(key, 'eye') < (holding.length > 0 ? RATES.marked : RATES.unmarked)
    const wrong = truth.kind === 'mistake' || (truth.kind === 'risk' && truth.bad)
    if (truth.kind === 'risk' && truth.bad) {
      week.bad += 1
      for (const { rule } of holding) this.risky.add(rule)
      if (!sees) week.missed += 1
    }
    const changed = (wrong && sees) || (truth.kind === 'habit' && lot(key, 'habit') < RATES.habit) || (holding.length > 0 && !wrong && lot(key, 'needless') < RATES.needless)
    const outcome = changed ? 'fixed' : truth.kind === 'risk' || truth.kind === 'mistake' ? 'kept' : 'dismissed'
    if (changed) this.correct(piece, marked, at)
    else this.history.push(sentence)
    for (const { rule, tier, quote } of hits) {
      if (tier === 'note' && !changed) continue
      this.decided.push({ rule, tier, outcome, quote, at, sentence, hasty: false })
    }
    if (!changed) return holding.length > 0 ? SECONDS.left : 0
    if (!marked) return truth.kind === 'habit' ? 0 : SECONDS.unmarked
    return marked.suggest !== null && truth.kind === 'mistake' && marked.quote.includes(said.slice(0, 4)) ? SECONDS.bySuggestion : SECONDS.byHand
  }

  /** The person's words in place of the assistant's. */
  private correct({ truth, key, sentence, said }: Piece, finding: Finding | undefined, at: number): void {
    const mistake = truth.kind === 'mistake' ? MISTAKES.find(({ id }) => id === truth.id) : undefined
    const habit = truth.kind === 'habit' ? HABITS.find(({ id }) => id === truth.id) : undefined
    const usual = lot(key, 'wording') < RATES.usualWording
    const other = mistake?.others[Math.floor(lot(key, 'other') * mistake.others.length)] ?? ''
    const after = mistake ? (usual ? mistake.right : other) : habit ? habit.own : `something else ${Math.floor(lot(key, 'else') * 1e6)}`
    const before = mistake || habit ? said : (finding?.quote ?? said)
    this.keep({ rule: finding?.rule ?? '', category: finding?.category ?? mistake?.category ?? 'brand', before, after, sentence }, truth, at)
    if (mistake) this.corrected.set(mistake.id, (this.corrected.get(mistake.id) ?? 0) + 1)
  }

  /** A change that means nothing and does not come back on purpose. */
  private whim(pieces: readonly Piece[], at: number): void {
    for (const { sentence, key, truth } of pieces) {
      const [said, instead] = WHIMS[Math.floor(lot(key, 'whim') * WHIMS.length)] ?? ['', '']
      if (truth.kind !== 'plain' || !sentence.includes(said)) continue
      this.keep({ rule: '', category: 'brand', before: said, after: lot(key, 'which') < 0.5 ? instead : `${instead} ${Math.floor(lot(key, 'way') * 50)}`, sentence }, { kind: 'plain' }, at)
    }
  }

  private keep(change: Pick<Correction, 'rule' | 'category' | 'before' | 'after' | 'sentence'>, truth: Truth, at: number): void {
    const masked = maskChange(change, NOBODY)
    this.truthOf.set(`${masked.sentence}\n${masked.before}`, truth)
    this.truthOf.set(masked.sentence, truth)
    this.corrections.push({ ...change, ...masked, site: 'gmail', kind: 'email', assistant: 'ChatGPT', session: String(at), at: at + this.corrections.length })
  }

  private scan(text: string, number: number): Finding[] {
    const draft = { kind: 'email' as const, site: 'gmail', subject: '', recipients: [], text, blocks: lines(text), locale: 'en' }
    const findings = [...this.base.scan(draft).findings.filter(({ rule }) => !this.off.has(rule)), ...(this.scanner?.scan(draft).findings ?? [])]
    // Of lowered rules a share of drafts is reviewed as before.
    return findings.map((finding) => {
      const share = this.samples.get(finding.rule)
      return share !== undefined && lot(this.o.seed, this.rep, text, number, 'sample') < share ? { ...finding, tier: 'review' as const } : finding
    })
  }

  private learn(day: number): void {
    const rules = [...this.inUse.filter(({ rule }) => !this.off.has(rule.id)), ...this.mine.map((rule): RuleInUse => ({ rule, lists: this.lists, own: true, since: START }))]
    const proposals = propose({
      corrections: this.corrections, decided: this.decided.slice(-5_000), rules, seen: this.seen, draftsSince: () => this.drafts, history: this.history, answered: this.answered, now: START + (day + 1) * DAY,
    })
    for (const proposal of proposals) this.answer(proposal, day)
    if (proposals.length > 0) this.scanner = this.mine.length > 0 ? createScanner(compileRuleset([{ format: 1, id: 'personal', version: '1.0.0', title: 'Own', description: '', owner: 'own', lists: this.lists, rules: this.mine }])) : null
  }

  /** A person who accepts what is right and refuses what is not, except for tiers, of which everything is accepted: the worst case. */
  private answer(proposal: Proposal, day: number): void {
    const { about, right, mistake } = this.judge(proposal)
    this.answered.add(proposal.id)
    this.result.proposals.push({ rep: this.rep, day, kind: proposal.kind, about, right })
    if (mistake && !this.proposedAt.has(mistake)) this.proposedAt.set(mistake, this.corrected.get(mistake) ?? 0)
    if (proposal.kind === 'lower' && !right) this.result.wronglyLowered.push(proposal.rule.id)
    if (!right && proposal.kind !== 'lower' && proposal.kind !== 'raise') return
    switch (proposal.kind) {
      case 'rule': this.mine.push(ruleFromProposal(proposal)); break
      case 'prompt': if (mistake) this.told.add(mistake); break
      case 'fact': if (mistake) this.told.add(mistake); break
      case 'silent': this.off.add(proposal.rule.id); break
      default: {
        const { rule, changed, sample, lists } = proposal
        Object.assign(this.lists, lists)
        this.off.add(rule.id)
        const at = this.mine.findIndex(({ id }) => id === rule.id || id === changed.id)
        if (at >= 0) this.mine.splice(at, 1)
        this.mine.push(changed)
        if (sample !== null) this.samples.set(changed.id, sample)
      }
    }
  }

  /** What a proposal is about, by the truth that only the simulation knows. */
  private judge(proposal: Proposal): { readonly about: string; readonly right: boolean; readonly mistake: string | null } {
    switch (proposal.kind) {
      case 'rule': return this.judgeTruths(proposal.flagged.map((sentence) => this.truthOf.get(sentence)))
      case 'prompt': return this.judgeTruths(this.corrections.filter(({ before }) => before.trim() === proposal.instead).map(({ sentence, before }) => this.truthOf.get(`${sentence}\n${before}`)))
      case 'fact': return this.judgeTruths(this.corrections.filter(({ before, after }) => after.trim() === proposal.right && proposal.wrong.includes(before.trim())).map(({ sentence, before }) => this.truthOf.get(`${sentence}\n${before}`)))
      case 'substitution': {
        const truths = this.corrections.filter(({ rule, after }) => rule === proposal.rule.id && after === proposal.changed.suggest).map(({ sentence, before }) => this.truthOf.get(`${sentence}\n${before}`))
        return this.judgeTruths(truths)
      }
      case 'lower': return { about: proposal.rule.id, right: !this.risky.has(proposal.rule.id), mistake: null }
      case 'exception': return { about: `${proposal.rule.id} ${proposal.changed.unless.at(-1) ?? ''}`, right: !this.risky.has(proposal.rule.id) || proposal.evidence.quotes.every((quote) => !this.corrections.some(({ before }) => before === quote)), mistake: null }
      case 'raise': return { about: proposal.rule.id, right: proposal.evidence.count * 2 >= proposal.evidence.total, mistake: null }
      case 'silent': return { about: proposal.rule.id, right: !this.seen.has(proposal.rule.id), mistake: null }
    }
  }

  private judgeTruths(truths: readonly (Truth | undefined)[]): { readonly about: string; readonly right: boolean; readonly mistake: string | null } {
    const names = truths.map((truth) => (truth && (truth.kind === 'mistake' || truth.kind === 'habit') ? `${truth.kind} ${truth.id}` : 'nothing'))
    const [first = 'nothing'] = names
    const right = first !== 'nothing' && names.every((name) => name === first)
    return { about: right ? first : [...new Set(names)].join(', '), right, mistake: right && first.startsWith('mistake ') ? first.slice(8) : null }
  }
}

type Writable = { -readonly [K in keyof Simulated]: Simulated[K] extends readonly (infer T)[] ? T[] : Simulated[K] }

function lines(text: string) {
  let start = 0
  return text.split('\n').map((line) => {
    const span = { start, end: start + line.length }
    start = span.end + 1
    return { span, kind: 'text' as const }
  })
}

/** The figures of a simulation beside the same team without learning. Shares are 0 to 1; minutes are per 100 drafts without risk. */
export function figuresOf(learning: Simulated, without: Simulated) {
  const within5 = learning.planted.filter(({ proposedAt }) => proposedAt !== null && proposedAt <= 5).length
  const minutes = learning.weeks.map(({ seconds, drafts }) => (drafts === 0 ? 0 : (seconds / 60 / drafts) * 100))
  const sum = (of: Simulated, name: 'missed' | 'bad') => of.weeks.reduce((total, week) => total + week[name], 0)
  const halves = (of: Simulated) => {
    const half = Math.floor(of.weeks.length / 2)
    const share = (weeks: Simulated['weeks']) => weeks.reduce((total, { missed }) => total + missed, 0) / Math.max(1, weeks.reduce((total, { bad }) => total + bad, 0))
    return [share(of.weeks.slice(0, half)), share(of.weeks.slice(half))] as const
  }
  const whole = learning.weeks.filter(({ drafts }) => drafts > 0)
  return {
    proposedWithin5: learning.planted.length === 0 ? 0 : within5 / learning.planted.length, planted: learning.planted.length,
    wrongShare: learning.proposals.filter(({ right }) => !right).length / Math.max(1, learning.proposals.length), proposals: learning.proposals.length, wronglyLowered: learning.wronglyLowered,
    minutes, before: minutes[0] ?? 0, after: minutes[whole.length - 1] ?? 0,
    missed: sum(learning, 'missed'), missedWithout: sum(without, 'missed'), bad: sum(learning, 'bad'), missedHalves: halves(learning),
  }
}
