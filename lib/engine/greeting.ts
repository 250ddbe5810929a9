import { foldText } from './chars.ts'
import { shortHash } from './spans.ts'
import type { Draft, Finding } from './types.ts'

const TITLES = /^(?:mr|mrs|ms|mx|miss|dr|prof|sir|madam|herr|herrn|frau|m|mme|mlle|monsieur|madame|señor|señora|sr|sra|don|doña)\.?$/i
/** Nobody's name. */
const NOBODY = /^(?:all|team|everyone|everybody|there|colleagues|colleague|customer|customers|client|clients|friends|folks|both|again|guys|ladies|support|sales|hiring|recruitment|manager|valued|zusammen|kollegen|kolleginnen|kunden|team|leute|damen|à|tous|toutes|équipe|todos|todas|equipo|cliente|clientes|sir|madam|sirs)$/i
const ROLE_ADDRESS = /^(?:info|sales|support|office|contact|hello|team|admin|facilities|billing|accounts|hr|press|service|help|kontakt|no-?reply|news)\b/i
/** Short forms that do not begin like the name. */
const SHORT: Readonly<Record<string, string>> = {
  bob: 'robert', bill: 'william', dick: 'richard', jim: 'james', jack: 'john', ted: 'edward', tony: 'anthony', peggy: 'margaret', meg: 'margaret', liz: 'elizabeth', beth: 'elizabeth',
  kate: 'katherine', mike: 'michael', dave: 'david', steve: 'stephen', andy: 'andrew', sandy: 'alexander', hank: 'henry', chuck: 'charles', pepe: 'josé', paco: 'francisco', hans: 'johannes', fritz: 'friedrich',
}

/** Words of a name or address that a greeting could use. */
function namesOf({ recipients }: Draft): string[] {
  return recipients.flatMap(({ name, address }) => `${name} ${(address ?? '').split('@')[0] ?? ''}`.split(/[^\p{L}'’-]+/u)).map((word) => foldText(word)).filter((word) => word.length > 1)
}

/** The words after the greeting up to the comma or the end of the line, without titles; none where it is not a person's name. */
function greeted(text: string, from: number): { words: string[]; end: number } {
  const line = /^[ \t]*([^\n,:;!?.–—]{1,40}?)[ \t]*(?=[,:!\n–—]|$)/.exec(text.slice(from, from + 60))
  const words = (line?.[1] ?? '').split(/\s+/).filter((word) => word !== '' && !TITLES.test(word))
  const isName = words.length > 0 && words.length < 4 && words.every((word) => /^\p{Lu}[\p{L}'’.-]+$/u.test(word)) && !words.some((word) => NOBODY.test(word))
  return isName ? { words, end: from + (line?.[0].length ?? 0) } : { words: [], end: from }
}

const alike = (greeting: string, name: string): boolean => name.startsWith(greeting) || greeting.startsWith(name) || name.includes(greeting) || (SHORT[greeting] ?? '\0').startsWith(name)

/** A greeting whose name is none of the recipients'. Silent where recipients are unknown, many, or a role such as info@. */
export function greetingCheck(finding: Finding, draft: Draft): Finding | null {
  const { text, recipients } = draft
  const { start, end } = finding.span
  if (finding.field !== 'body' || recipients.length === 0 || recipients.length > 3 || recipients.some(({ name, address }) => name === '' && ROLE_ADDRESS.test(address ?? ''))) return null
  if (text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== '') return null
  const { words, end: to } = greeted(text, end)
  const names = namesOf(draft)
  if (words.length === 0 || names.length === 0 || words.some((word) => names.some((name) => alike(foldText(word), name)))) return null
  const quote = text.slice(start, to)
  return { ...finding, span: { start, end: to }, quote, fingerprint: shortHash(`${finding.fingerprint}\0${foldText(quote)}`), evidence: [...finding.evidence, `the mail goes to ${recipients.map(({ name, address }) => name || (address ?? '')).join(', ')}`] }
}
