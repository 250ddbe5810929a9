import { compileRuleset, createScanner, parsePattern, type RulePack } from '../../lib/engine/index.ts'
import { referenceHits, referenceMatches } from '../reference/matcher.ts'
import { sentenceTokens } from '../reference/tokens.ts'
import { draftOf } from '../reference/make.ts'

/**
 * Compares the engine's hits with the reference matcher's, rule by rule, in paragraphs that are first reduced to what the reference can read: letters and the commonest signs.
 * Returns how many hits one has and the other has not, and how many were compared.
 */
export function compareWithReference(pack: RulePack, paragraphs: readonly string[]): { readonly different: number; readonly compared: number } {
  const scanner = createScanner(compileRuleset([pack]))
  const patterns = pack.rules.map((rule) => ({ id: rule.id, words: rule.match.join(' ').split(/[^a-z]+/), patterns: rule.match.map((source) => parsePattern(source, {})) }))
  let different = 0
  let compared = 0
  for (const paragraph of paragraphs) {
    const text = paragraph.replace(/[^A-Za-z ,;!?.*]|\.(?=\S)/g, ' ')
    const found = new Set(scanner.scan(draftOf(text)).findings.map(({ rule, span }) => `${rule} ${span.start} ${span.end}`))
    const tokens = sentenceTokens(text)
    const has = new Set(tokens.map(({ word }) => word))
    for (const { id, words, patterns: sources } of patterns) {
      if (!words.some((word) => has.has(word))) continue
      for (const { from, to } of referenceHits(referenceMatches(text, sources, () => []), [])) {
        compared++
        if (!found.delete(`${id} ${tokens[from]?.start} ${tokens[to - 1]?.end}`)) different++
      }
    }
    different += found.size
  }
  return { different, compared }
}
