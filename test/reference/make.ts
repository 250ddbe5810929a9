import type { Draft, Rule, RulePack } from '../../lib/engine/index.ts'

/** A rule for tests: no context effects, looks everywhere, unless said otherwise. */
export function ruleOf(parts: Partial<Rule>): Rule {
  return {
    id: 'test/rule', title: 'Test', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Look at this.', sources: [], match: [], unless: [], near: [],
    negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text', 'heading', 'list', 'quote', 'signature', 'code', 'subject'], once: false, reasons: [],
    examples: { flagged: [], clean: [] }, ...parts,
  }
}

export function packOf(rules: readonly Rule[], lists: Readonly<Record<string, readonly string[]>> = {}): RulePack {
  return { format: 1, id: 'test', version: '1.0.0', title: 'Test', description: '', owner: 'tests', lists, rules }
}

/** A draft of one text block. */
export function draftOf(text: string, subject = ''): Draft {
  return { kind: 'email', site: 'test', subject, recipients: [], text, blocks: [{ span: { start: 0, end: text.length }, kind: 'text' }], locale: '' }
}
