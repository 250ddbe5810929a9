import { dateTime, number } from '../shell/format.ts'
import { originWords, requirementWords, sendName, siteName, standing, verdictName } from '../shell/words.ts'
import { categoryName, t, tierName } from '../ui/index.ts'
import type { HistoryRecord } from './model.ts'

/**
 * A record as plain text, to be put into a ticket or a file: who reviewed what, when, what was decided of each place, and what proves it. The draft itself is not in it,
 * only the flagged words; its digest says which text was meant.
 */
export function recordText({ row, draft, origin, requirement, items, signOff, sent, digest, entry }: HistoryRecord): string {
  const line = (label: string, value: string): string[] => (value === '' ? [] : [`${label}: ${value}`])
  const people = draft.recipients.map((person) => person.name || person.address || '').filter(Boolean).join(', ')
  return [
    `${t('historyRecord', number(row.id))}: ${row.subject || t('historyNoSubject')}`,
    ...line(t('historyOutcome'), t(`historyOutcome_${row.outcome}`)),
    ...line(t('historyTo'), people),
    ...line(t('historySite'), `${row.host} (${siteName(row.site)})`),
    ...line(t('historyOrigin'), [verdictName(origin.verdict), ...originWords(origin)].join('; ')),
    ...line(t('historyRequired'), requirementWords(requirement)),
    ...(sent ? line(t('historySent'), `${sendName(sent.kind)}, ${dateTime(sent.at, true)}`) : []),
    '', t('historyDecisions'),
    ...(items.length === 0 ? [t('historyNoFindings')] : items.map(({ tier, title, category, quote, after, outcome, reason }) => `- ${tierName(tier)}, ${categoryName(category)}, ${title}: “${quote}”${after === null ? '' : ` → “${after}”`}. ${standing(outcome)}${reason === '' ? '' : `: ${reason}`}`)),
    '', t('historySignature'),
    ...(signOff
      ? [[signOff.reviewer.name, signOff.reviewer.role].filter(Boolean).join(', '), signOff.override ? t('historyOverride', signOff.override.reason) : t('historyStatement', dateTime(signOff.at, true))]
      : [t('historyUnsigned')]),
    '', t('historyProof'),
    ...line(t('historyProofText'), `SHA-256 ${digest}`),
    ...(signOff ? [...line(t('historyProofRules'), signOff.rulesetDigest), ...line(t('historyProofPolicy'), signOff.policyDigest)] : []),
    ...line(t('historyProofEntry'), entry ? `${number(entry.seq)}, ${entry.digest}` : t('historyNoEntry')),
    '',
  ].join('\n')
}
