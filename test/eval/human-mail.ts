import { blocksOfText } from '../../lib/cli/html-text.ts'
import { atLeast } from '../../lib/engine/index.ts'
import { type EvalSection, type Figure, share } from './figure.ts'
import { humanMails } from './mails.ts'
import { plainDraft, scannerOfBuiltin } from './ruleset.ts'

/** Mails on which the rules would make a person act, private data aside: the measure of crying wolf. */
export function humanMail(): Promise<EvalSection> {
  const title = 'Mail that people wrote'
  const mails = humanMails()
  if (!mails) return Promise.resolve({ title, figures: [], notes: ['the mails are not installed: npm ci in test/eval'] })
  const scanner = scannerOfBuiltin()
  const counts: Record<'personal' | 'newsletters', [number, number]> = { personal: [0, 0], newsletters: [0, 0] }
  const rules = new Map<string, number>()
  const shown: string[] = []
  for (const { id, text } of mails) {
    const kind = id.startsWith('hard') ? 'newsletters' : 'personal'
    const { findings } = scanner.scan({ ...plainDraft(text), blocks: blocksOfText(text) })
    const alarms = findings.filter(({ category, tier }) => category !== 'privacy' && atLeast(tier, 'review'))
    counts[kind][1]++
    if (alarms.length > 0) counts[kind][0]++
    if (kind !== 'personal') continue
    for (const { rule, quote } of alarms) {
      rules.set(rule, (rules.get(rule) ?? 0) + 1)
      shown.push(`${rule}: ${quote}`)
    }
  }
  const figures: Figure[] = [
    share('personal and list mails with a finding of review or higher', ...counts.personal, 0.03, 'at-most'),
    share('newsletters with a finding of review or higher', ...counts.newsletters, null, 'at-most'),
  ]
  const loudest = [...rules].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([rule, count]) => `${rule} ${count}`)
  return Promise.resolve({ title, figures, notes: [`findings by rule: ${loudest.join(', ')}`, ...(process.env['MAIL_ALARMS'] ? shown.sort() : [])] })
}
