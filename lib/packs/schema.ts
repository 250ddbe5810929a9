import { z } from 'zod'
import { CATEGORIES, TIERS, type Category, type ContextEffect, type Rule, type RulePack } from '../engine/index.ts'
import { MARK_FIELDS, marksUpdateSchema } from './marks-schema.ts'

/** Limits that keep a pack readable by people and harmless to the browser. Sizes are in UTF-16 code units. */
export const LIMITS = {
  ruleFile: 64 * 1024,
  packFile: 4 * 1024 * 1024,
  packJson: 8 * 1024 * 1024,
  rules: 2_000,
  patterns: 200,
  listEntries: 50_000,
  depth: 12,
  /** Problems of broken YAML that are told of one file. */
  problems: 20,
} as const

export const CONTEXT_EFFECTS = ['clears', 'lowers', 'ignores'] as const
export const PLACES = ['subject', 'text', 'heading', 'list', 'quote', 'signature', 'code'] as const

/** A person reading what is theirs: quoted history, a signature and code are not the draft's claims. */
export const DEFAULT_WHERE = ['subject', 'text', 'heading', 'list'] as const

interface Context { negation: ContextEffect; hedge: ContextEffect; question: ContextEffect; quoted: ContextEffect }

const CLAIM: Context = { negation: 'clears', hedge: 'ignores', question: 'lowers', quoted: 'lowers' }
const SOFT_CLAIM: Context = { ...CLAIM, hedge: 'lowers' }
const FACT: Context = { negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores' }

/**
 * What a negation, a hedge, a question and quotation marks do where a rule does not say. A hedge softens a price or a promise;
 * it does not soften a medical, financial, private or irreversible statement, because an implied claim counts there as well.
 */
export const CONTEXT_DEFAULTS: Readonly<Record<Category, Context>> = {
  pricing: { ...SOFT_CLAIM, negation: 'lowers' },
  promise: SOFT_CLAIM,
  medical: CLAIM,
  legal: { ...CLAIM, negation: 'lowers' },
  financial: CLAIM,
  safety: CLAIM,
  customer: { ...FACT, question: 'lowers' },
  brand: { ...FACT, quoted: 'clears' },
  privacy: FACT,
  strategy: { ...SOFT_CLAIM, negation: 'ignores' },
  irreversible: CLAIM,
  statistic: { ...CLAIM, negation: 'ignores' },
  // Somebody who writes about a leftover, in backticks, has not left one.
  leftover: { ...FACT, quoted: 'lowers' },
  environment: CLAIM,
}

const line = (max: number) => z.string().trim().min(1).max(max)
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)
const ruleId = z.string().regex(/^[a-z][a-z0-9-]{0,62}\/[a-z0-9][a-z0-9-]{0,62}$/)
const version = z.string().regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/)
const pattern = line(1_000)
const patterns = z.array(pattern).max(LIMITS.patterns)
const effect = z.enum(CONTEXT_EFFECTS)
const example = z.string().min(1).max(2_000)

const source = z.strictObject({
  title: line(200).describe('Law, standard or page, or "House rule".'),
  note: line(500).optional().describe('What it says, in a few words.'),
  url: z.url({ protocol: /^https?$/ }).max(500).optional().describe('Full address, starting with https://.'),
  checked: z.iso.date().optional().describe('Day on which a person last checked the source.'),
})

const examples = z.strictObject({
  flagged: z.array(example).min(1).max(100).describe('Sentences that the rule must catch.'),
  clean: z.array(example).min(1).max(100).describe('Sentences that look alike and must be left alone.'),
})

const check = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('price').describe('Price book: the amount that the pattern finds must be this one.'),
    amount: z.number().nonnegative().max(1e12), currency: z.string().regex(/^[A-Z]{3}$/).describe('Three letters, such as EUR.'),
    text: line(60).describe('The right price as it is written, such as "€49".'),
    from: z.iso.date().optional().describe('First day on which it holds.'), until: z.iso.date().optional().describe('Last day on which it holds.'),
  }),
  z.strictObject({ kind: z.literal('required').describe('Required text: a finding only where none of these phrases is in the draft.'), anyOf: z.array(line(300)).min(1).max(50) }),
  z.strictObject({ kind: z.literal('weekday').describe('The weekday is not that of the date.') }),
  z.strictObject({ kind: z.literal('percent-of-prices').describe('The percentage does not fit the two prices in its sentence.') }),
  z.strictObject({ kind: z.literal('greeting').describe('The name after the greeting is none of the recipients\'.') }),
  z.strictObject({ kind: z.literal('two-prices').describe('The thing before the price has another price further up in the draft.') }),
  z.strictObject({ kind: z.literal('sum').describe('The amounts before it do not add up to this total.') }),
])

const ruleShape = {
  id: ruleId.describe('pack/name, where name is the name of the file.'),
  title: line(100).describe('What people call the rule: a few words.'),
  category: z.enum(CATEGORIES).describe('The area it belongs to; what a negation or a hedge does depends on it.'),
  tier: z.enum(TIERS).describe('note: shown. review: the author settles it. approve: the area\'s owner signs. block: the text must change.'),
  owner: slug.optional().describe('Area whose owner signs; by default the category.'),
  languages: z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)).min(1).max(20).default(['en']).describe('Languages of the texts that the rule reads, such as en, de or pt-BR; mul for what is the same in all of them.'),
  message: line(600).describe('What was found, why it matters, what evidence clears it.'),
  sources: z.array(source).min(1).max(20).describe('On what the rule rests; at least one.'),
  match: patterns.min(1).describe('Patterns, or regular expressions between slashes such as /SKU-\\d{4}/i; one of them is enough.'),
  unless: patterns.default([]).describe('Patterns that clear a match they overlap.'),
  near: patterns.default([]).describe('If given, one of these must be in the same sentence.'),
  negation: effect.optional().describe('What "no" or "never" before the words does. clears: no finding. lowers: one tier down. ignores: nothing.'),
  hedge: effect.optional().describe('What "may" or "up to" does: clears, lowers or ignores.'),
  question: effect.optional().describe('What a question mark at the end of the sentence does: clears, lowers or ignores.'),
  quoted: effect.optional().describe('What quotation marks or reported speech do: clears, lowers or ignores.'),
  where: z.array(z.enum(PLACES)).min(1).max(PLACES.length).default([...DEFAULT_WHERE]).describe('Where the rule looks; by default everywhere but quote, signature and code.'),
  once: z.boolean().default(false).describe('Report only the first place in a draft.'),
  suggest: line(300).optional().describe('Safer words that can stand in place of the flagged ones.'),
  check: check.optional().describe('What is looked at besides the words.'),
  reasons: z.array(line(120)).max(10).default([]).describe('Ready-made reasons for keeping the words.'),
  examples: examples.describe('Sentences that prove the rule; they run before it is used anywhere.'),
}

/** One rule file as its author writes it. */
export const ruleFileSchema = z.strictObject(ruleShape)

const wordList = z.array(line(100)).max(LIMITS.listEntries).superRefine((words, ctx) => {
  const first = new Map<string, number>()
  words.forEach((word, i) => {
    const key = word.toLowerCase()
    const before = first.get(key)
    if (before === undefined) first.set(key, i)
    else ctx.addIssue({ code: 'custom', path: [i], message: `"${word}" is already entry ${before + 1} of this list.`, params: { fix: 'Remove one of the two.' } })
  })
})
const lists = z.record(slug, wordList)

const suppression = z.strictObject({
  rule: ruleId.describe('Id of the rule, in this pack or another.'),
  words: line(2_000).optional().describe('The flagged words; left out, whatever the rule flags.'),
  host: line(1_000).optional().describe('Host of the page, such as mail.google.com; left out, everywhere.'),
  reason: line(1_000).describe('Why it is no issue here.'),
  until: z.iso.date().optional().describe('Last day on which it holds.'),
})
const suppressions = z.array(suppression).max(500).describe('What the whole team does not want flagged. It hides nothing that must change or that another area signs.').optional()

const packShape = {
  id: slug.describe('The name of the folder.'),
  version: version.describe('Raise it with every change; a client never goes back by itself.'),
  title: line(100).describe('What people call the pack.'),
  description: line(1_000).describe('What it is for, in a few sentences.'),
  suppressions,
}

const price = z.strictObject({
  product: line(80).describe('The name as it stands in texts.'),
  also: z.array(line(80)).max(10).default([]).describe('Other names for it.'),
  amount: z.number().nonnegative().max(1e12),
  currency: z.string().regex(/^[A-Z]{3}$/).describe('Three letters, such as EUR.'),
  text: line(60).describe('The price as it is written, such as "€49 a month".'),
  from: z.iso.date().optional().describe('First day on which it holds.'),
  until: z.iso.date().optional().describe('Last day on which it holds; from then on every price of the product is a finding.'),
})

const marks = marksUpdateSchema.optional().describe('Marks of AI chat pages and assistants that are newer than the built-in ones.')

/** `pack.yaml`: what a pack says of itself, and the word lists its patterns use. */
export const packFileSchema = z.strictObject({ ...packShape, owner: slug.optional().describe('Area that answers for the pack; by default its id.'), lists: lists.default({}).describe('Word lists by name, for {list:name} in patterns.'), prices: z.array(price).max(500).superRefine((prices, ctx) => {
  const first = new Map<string, number>()
  prices.forEach(({ product }, i) => {
    const before = first.get(slugOf(product))
    if (before === undefined) first.set(slugOf(product), i)
    else ctx.addIssue({ code: 'custom', path: [i, 'product'], message: `"${product}" has a price already, in line ${before + 1} of the price book.`, params: { fix: 'Remove one of the two.' } })
  })
}).optional().describe('Price book: one rule is made of each.'), marks })

/** The built pack: canonical JSON, defaults filled in. */
export const builtPackSchema = z.strictObject({
  format: z.literal(1),
  ...packShape,
  owner: slug,
  lists,
  rules: z.array(z.strictObject({
    ...ruleShape,
    owner: slug,
    languages: ruleShape.languages.unwrap(),
    unless: patterns, near: patterns,
    negation: effect, hedge: effect, question: effect, quoted: effect,
    where: ruleShape.where.unwrap(),
    once: z.boolean(),
    reasons: ruleShape.reasons.unwrap(),
  })).min(1).max(LIMITS.rules),
  marks,
})

/** A whole pack in one file as a person writes it: what a rule leaves out is filled in, as in a rule file. */
export const handWrittenPackSchema = z.strictObject({ format: z.literal(1), ...packFileSchema.shape, rules: z.array(ruleFileSchema).min(1).max(LIMITS.rules) })

export type RuleFile = z.output<typeof ruleFileSchema>
export type PackFile = z.output<typeof packFileSchema>

/** A rule as the engine takes it: the author's fields with every default filled in. */
export function completeRule(file: RuleFile): Rule {
  const defaults = CONTEXT_DEFAULTS[file.category]
  return {
    ...file,
    owner: file.owner ?? file.category,
    negation: file.negation ?? defaults.negation,
    hedge: file.hedge ?? defaults.hedge,
    question: file.question ?? defaults.question,
    quoted: file.quoted ?? defaults.quoted,
  }
}

/** The pack made of its file and its rules, in a stable order so that the same content gives the same digest. */
export function completePack(file: PackFile, rules: readonly Rule[]): RulePack {
  const { prices = [], ...rest } = file
  return { format: 1, ...rest, owner: file.owner ?? file.id, rules: [...rules, ...prices.map((each) => priceRule(file.id, each))].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) }
}

/** The part of a rule's id that names a product. */
function slugOf(product: string): string {
  return product.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 50) || 'product'
}

/** The rule of one line of a price book. Its own examples say the right price and another one. */
function priceRule(pack: string, { product, also, amount, currency, text, from, until }: z.output<typeof price>): Rule {
  const names = [product, ...also].map((name) => name.replace(/[()[\]{}|]/g, ' ').trim())
  const any = names.length > 1 ? `(${names.join('|')})` : (names[0] ?? product)
  const other = `${currency} ${amount + 1}`
  return completeRule({
    id: `${pack}/price-${slugOf(product)}`,
    title: `Price of ${product}`, category: 'pricing', tier: 'approve', languages: ['mul'],
    message: `The price book says ${text} for ${product}${until ? `, until ${until}` : ''}. Another price needs the owner.`,
    sources: [{ title: 'House rule', note: 'The price book of this pack.' }],
    match: [`${any} ...5 {money}`, `{money} ...4 ${any}`], unless: [], near: [], where: [...DEFAULT_WHERE], once: false, hedge: 'ignores', negation: 'ignores',
    check: { kind: 'price', amount, currency, text, ...(from ? { from } : {}), ...(until ? { until } : {}) }, reasons: ['Approved for this customer'],
    examples: { flagged: [`${product}: ${other}`], clean: [`${product} is new.`] },
  })
}

/** Fields that may stand at `path` of a rule file, `pack.yaml` or built pack: to name the one that was probably meant. */
export function knownFields(kind: 'rule' | 'pack' | 'built', path: readonly (string | number)[]): readonly string[] {
  const last = path.filter((p) => typeof p === 'string').at(-1)
  if (last === 'sources') return Object.keys(source.shape)
  if (last === 'examples') return Object.keys(examples.shape)
  if (last === 'suppressions') return Object.keys(suppression.shape)
  if (kind !== 'rule' && path[0] === 'marks') return MARK_FIELDS[last ?? ''] ?? []
  if (kind === 'rule' || last === 'rules') return Object.keys(ruleShape)
  return [...Object.keys(packShape), 'owner', 'lists', 'marks', ...(kind === 'built' ? ['format', 'rules'] : ['prices'])]
}

/** JSON Schema of rule files, `pack.yaml` and built packs, so that any editor completes and checks them. */
export function packJsonSchema(): Record<string, unknown> {
  const part = (schema: z.ZodType) => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>
    return rest
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Countersign rule pack',
    description: 'A rule file, a pack.yaml or a built pack. Point an editor at #/$defs/rule or #/$defs/pack for sharper completion.',
    anyOf: [{ $ref: '#/$defs/rule' }, { $ref: '#/$defs/pack' }, { $ref: '#/$defs/built' }],
    $defs: { rule: part(ruleFileSchema), pack: part(packFileSchema), built: part(builtPackSchema) },
  }
}
