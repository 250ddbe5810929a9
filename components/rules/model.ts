import { TIERS, type Block, type BlockKind, type Draft, type Explanation, type Rule, type RulePack, type RuleSource, type ScanResult } from '../../lib/engine/index.ts'

/** Where a pack comes from. `team`: fetched from an address. `personal`: made here from accepted proposals. */
export type PackOrigin = 'builtin' | 'installed' | 'team' | 'personal'

/** A pack as the Rules page shows it. */
export interface PackView {
  readonly pack: RulePack
  readonly origin: PackOrigin
  readonly on: boolean
  /** Ids of rules that are switched off. */
  readonly rulesOff: ReadonlySet<string>
  readonly signedBy: string | null
  readonly fingerprint: string | null
  readonly url: string | null
}

/** Why a pack was refused: one sentence with its place, and what to do. */
export interface Refusal { readonly place: string | null; readonly sentence: string; readonly fix: string | null }

/** What became of a pack that a person opened. */
export type OpenResult =
  | { readonly kind: 'installed' | 'updated' | 'unchanged'; readonly title: string; readonly version: string }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/** A pack that was read and found good, before it is in use. */
export interface PackPreview {
  readonly kind: 'preview'
  readonly pack: RulePack
  readonly signedBy: string | null
  /** The version that it takes the place of, null for a new pack. */
  readonly replaces: string | null
  readonly name: string
  readonly text: string
}

/** What a try of the text box gave. */
export type TryResult = { readonly ok: true; readonly result: ScanResult } | { readonly ok: false; readonly message: string }

/** The name of a rule inside its pack: `percent-off` of `pricing/percent-off`. */
export function ruleName(rule: Pick<Rule, 'id'>): string {
  return rule.id.slice(rule.id.indexOf('/') + 1)
}

/** Built-in packs first, then the team's, then what a person opened or made; inside each by title. */
export function sortPacks(packs: readonly PackView[]): readonly PackView[] {
  const order: readonly PackOrigin[] = ['personal', 'team', 'installed', 'builtin']
  return [...packs].sort((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin) || a.pack.title.localeCompare(b.pack.title))
}

/** The serious rules first, then by title. */
export function sortRules(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || a.title.localeCompare(b.title))
}

/** Sources of all rules of a pack, each once, by title. */
export function sourcesOf(pack: RulePack): readonly RuleSource[] {
  const seen = new Map<string, RuleSource>()
  for (const source of pack.rules.flatMap((rule) => rule.sources)) if (!seen.has(source.title)) seen.set(source.title, source)
  return [...seen.values()].sort((a, b) => a.title.localeCompare(b.title))
}

/** Examples of all rules of a pack. */
export function exampleCount(pack: RulePack): number {
  return pack.rules.reduce((sum, rule) => sum + rule.examples.flagged.length + rule.examples.clean.length, 0)
}

/** A pattern cut into words, entities (`{percent}`) and signs (brackets, bars, gaps), for showing. */
export function patternParts(pattern: string): readonly { readonly kind: 'word' | 'entity' | 'sign'; readonly text: string }[] {
  return pattern.split(/(\{[^}]*\}|\.\.\.|[()[\]|])/).filter((text) => text !== '').map((text) => ({
    kind: text.startsWith('{') && text.endsWith('}') ? 'entity' : /^(\.\.\.|[()[\]|])$/.test(text) ? 'sign' : 'word', text,
  }))
}

/** Only web addresses become links: a pack is data from outside. */
export function safeUrl(url: string | undefined): string | null {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null
}

/** Why the rules found what they did in one block; null where nothing can be said. */
export type ExplainBlock = (text: string, kind: BlockKind) => Explanation | null

/** A pasted text as a draft: one block a line. */
export function draftOf(text: string): Draft {
  const clean = text.replace(/\r\n?/g, '\n')
  const blocks: Block[] = []
  let start = 0
  for (const line of clean.split('\n')) {
    if (line !== '') blocks.push({ span: { start, end: start + line.length }, kind: 'text' })
    start += line.length + 1
  }
  return { kind: 'email', site: '', subject: '', recipients: [], text: clean, blocks, locale: '' }
}
