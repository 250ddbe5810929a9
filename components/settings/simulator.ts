import { parse as parseYaml, YAMLParseError } from 'yaml'
import type { Finding, Recipient, RulePack } from '../../lib/engine/index.ts'
import { applyPolicy, requirementOf, type Policy, type PolicyPart, type Requirement } from '../../lib/policy/index.ts'
import { PolicyFileError, readPolicyPart, type PolicyProblem } from '../../lib/policy/schema.ts'
import { draftOf } from '../rules/model.ts'
import { createTry } from '../rules/try.ts'

/** Where a tried draft would be written. */
export const TRIED_KINDS = ['email', 'reply', 'post', 'note'] as const
export type TriedKind = (typeof TRIED_KINDS)[number]

export interface Tried { readonly text: string; readonly to: string; readonly kind: TriedKind; readonly typed: boolean }

/** What the policies ask of a tried draft. `changed` is null where no change is written. */
export interface Simulated { readonly findings: readonly Finding[]; readonly now: Requirement; readonly changed: Requirement | null }

/** Policy changes as they are written: what they say, or what is wrong with them. Empty text is no change. */
export type WrittenPolicy = { readonly kind: 'none' } | { readonly kind: 'good'; readonly part: PolicyPart } | { readonly kind: 'bad'; readonly problems: readonly PolicyProblem[] }

/** Reads a policy file's text, YAML or JSON. */
export function readWritten(text: string): WrittenPolicy {
  if (text.trim() === '') return { kind: 'none' }
  try {
    return { kind: 'good', part: readPolicyPart(parseYaml(text)) }
  } catch (error) {
    if (error instanceof PolicyFileError) return { kind: 'bad', problems: error.problems }
    if (!(error instanceof YAMLParseError)) throw error
    const line = error.linePos?.[0]
    return { kind: 'bad', problems: [{ where: line ? `${line.line}:${line.col}` : 'YAML', what: error.message.split('\n')[0] ?? '', todo: '' }] }
  }
}

/** Recipients from a field: addresses parted by commas, spaces or lines. */
export function recipientsIn(text: string): Recipient[] {
  return [...new Set(text.toLowerCase().split(/[\s,;]+/).filter((word) => word.includes('@')))].map((address) => ({ address, name: '', field: 'to' }))
}

/** Asks both policies about drafts; packs are compiled once. */
export function createSimulator(packs: readonly RulePack[]): (tried: Tried, now: Policy, changed: Policy | null) => Simulated | string {
  const scan = createTry(packs)
  return ({ text, to, kind, typed }, now, changed) => {
    const result = scan(text)
    if (!result.ok) return result.message
    const draft = { ...draftOf(text), kind, recipients: recipientsIn(to) }
    const { findings } = result.result
    const asked = (policy: Policy): Requirement => requirementOf({ draft, findings, policy, origin: { verdict: typed ? 'typed' : 'ai', evidence: [] } })
    return { findings: applyPolicy(findings, changed ?? now), now: asked(now), changed: changed && asked(changed) }
  }
}
