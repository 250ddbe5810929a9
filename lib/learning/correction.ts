import type { Tier } from '../engine/index.ts'
import { tryRule, type RuleFields } from '../packs/index.ts'
import type { Correction } from '../review/index.ts'
import { day, PERSONAL_PACK, shorten, slug } from './rule.ts'
import { patternOf, piecesOf } from './template.ts'

/** Signs that mean something in a pattern; the words around them still make one. */
const SYNTAX = /[()[\]{}|*\\^…]+/g

/**
 * A rule that one correction suggests, for a person to go on with in the editor: what was replaced as pattern, what replaced it as suggestion, its sentence
 * before and after as examples. Where the new words hold the old ones ("free", "free of charge for a year") the new ones are its exception.
 * Pure; the id is `personal/name` and perhaps taken.
 */
export function fieldsFromCorrection({ before, after, sentence, category, at }: Correction): RuleFields {
  const [said, better] = [before.trim(), after.trim()]
  const tier: Tier = category === 'brand' ? 'note' : 'review'
  const mended = sentence.replace(before, () => after).replace(/ {2,}/g, ' ').trim()
  const fields: RuleFields = {
    id: `${PERSONAL_PACK}/${slug(said)}`,
    title: shorten(better === '' ? `Without "${said}"` : `"${better}", not "${said}"`, 100),
    category, tier, languages: ['en'],
    message: shorten(better === '' ? `Leave out "${said}".` : `Write "${better}" instead of "${said}".`, 600),
    sources: [{ title: 'House rule', note: 'A correction', checked: day(at) }],
    match: [phraseOf(said)],
    ...(better === '' || better.length > 300 ? {} : { suggest: better }),
    examples: { flagged: [sentence.trim()], clean: mended === '' ? [] : [mended] },
  }
  if (better === '' || tryRule(fields, {}).examples.every(({ kind, ok }) => kind === 'flagged' || ok)) return fields
  return { ...fields, unless: [phraseOf(better)] }
}

function phraseOf(words: string): string {
  return patternOf([piecesOf(words)]) ?? words.replace(SYNTAX, ' ').replace(/\s+/g, ' ').trim()
}
