import type { Evidence } from './types.ts'

/**
 * What surrounds an answer in a chat (class T3): the assistant's own words before and after the draft, a `Subject:` line in the body, Markdown signs
 * standing as text. People write such words too, now and then, so the wording is narrow (an offer must speak of the draft itself) and it never makes a verdict `ai`.
 */
export function chatContext(text: string): Evidence[] {
  const head = plain(text.slice(0, EDGE))
  const tailStart = Math.max(0, text.length - EDGE)
  const tail = plain(text.slice(tailStart))
  return [
    ...(MAIL_HEAD.test(head) ? [] : first('chat-preamble', head, PREAMBLES, 0)),
    ...first('chat-closing-offer', tail, CLOSINGS, tailStart),
    ...first('assistant-speaks', head, SPEAKS, 0),
    ...first('answer-to-a-prompt', head, ANSWERS, 0),
    ...subjectLine(head),
    ...quotedOptions(text),
    ...literalMarkdown(text),
  ]
}

/** Characters looked at from either end for the assistant's own words. */
const EDGE = 900
/** Markdown is looked for in at most this much of the text. */
const MARKDOWN_LIMIT = 200_000

const DRAFT = '(?:e-?mails?|letters?|drafts?|messages?|templates?|versions?|samples?|examples?|outlines?|replies|reply|responses?|posts?|articles?|summary|scripts?|reports?|proposals?|memos?|invitations?|descriptions?|bios?|captions?|newsletters?|press releases?|statements?|announcements?|cover letters?|resumes?|plans?|lists?|lines?|words|adjectives|points|names|ideas|suggestions|examples|options|steps|tips|ways|headlines?|slogans?|taglines?|ads?|copy|content|text|table|guide|overview|analysis|agenda|speech|code)'
const TALK = "(?:here(?:'s| is| are)|below (?:is|are|you'll find)|this is|i(?:'ve| have)? (?:drafted|written|prepared|put together|created|crafted))"
/** `Certainly! Here is an email ...` or, without the exclamation, a line that announces the draft and ends with a colon. */
const PREAMBLES = [
  new RegExp(`^\\s*(?:certainly|absolutely|of course|sure(?: thing)?|great|happy to help|no problem|okay|ok|yes)[!.,:]{1,2}\\s+${TALK}\\b[^\\n]{0,160}?\\b${DRAFT}\\b[^\\n]{0,200}`, 'i'),
  /^\s*(?:certainly|absolutely|of course)!\s+[^\n]{3,200}/i,
  new RegExp(`^\\s*${TALK} (?:an?|your|some|several|a few|one|two|three|four|five|ten|\\d+|the (?:revised|rewritten|updated|polished|improved|edited|corrected))\\b[^\\n]{0,180}?\\b${DRAFT}\\b[^\\n]{0,160}:[*_]{0,2}\\s*(?:\\n|$)`, 'i'),
]

const CHANGE = '(?:mix and match|go into more detail|adjust|revise|tweak|modify|change|refine|tailor|expand|shorten|rewrite|rephrase|edit|customi[sz]e|personali[sz]e|adapt|make (?:it|this|any|the))'
const CLOSINGS = [
  new RegExp(`\\b(?:let me know if|would you like me to|do you want me to|i can also|if you'd like, i can)\\b[^.?!\\n]{0,80}\\b${CHANGE}\\b[^.?!\\n]{0,120}[.?!]?`, 'i'),
  /\blet me know if you(?:'d| would)? (?:like|want|need|have)\b[^.?!\n]{0,40}\b(?:shorter|longer|more (?:formal|casual|concise|detailed)|another|different|further|other|any) (?:version|draft|tone|changes|adjustments|modifications|edits|revisions)\b[^.?!\n]{0,100}[.?!]?/i,
  new RegExp(`\\bfeel free to ${CHANGE}\\b[^.?!\\n]{0,160}[.?!]?`, 'i'),
  /\b(?:remember|be sure|make sure|don't forget|please|you (?:can|should|may)|just)(?: to)? (?:replace|fill in|customi[sz]e|personali[sz]e|tailor|adapt|adjust)\b[^.?!\n]{0,60}\b(?:placeholders?|brackets?|bracketed|template|e-?mail|letter|draft|message|details|information)\b[^.?!\n]{0,120}[.?!]?/i,
  /\breplace (?:the )?(?:placeholders?|bracketed|text in (?:the )?brackets|\[[^\]\n]{1,40}\])[^.?!\n]{0,120}[.?!]?/i,
  /^\W*(?:please )?note(?: that)?:?\s(?:this|the (?:above|email|letter|draft|template))\b[^\n]{0,80}\b(?:template|placeholders?|general|sample|example|fictional)\b[^\n]{0,160}/im,
]

const SPEAKS = [
  /\bas an? (?:large )?(?:ai|language)(?: language)? (?:model|assistant)\b/i,
  /\bi(?:'m| am)(?: just)? an? ai(?: language)?(?: model| assistant)?\b/i,
  /\bas of my (?:last|latest) (?:knowledge |training )?(?:update|cutoff|cut-off)\b/i,
  /\bi (?:do not|don't) have (?:personal|access to (?:real-time|current|the internet|specific)|real-time|the ability to (?:access|browse|generate|execute))\b/i,
  /^\s*(?:i apologi[sz]e|i'm sorry|i am sorry|unfortunately)\b[^.\n]{0,40}\b(?:i|as an? [^.,\n]{3,40},? i) (?:cannot|can't|can not|am not able to|am unable to|'m unable to) (?:directly )?(?:generate|execute|compile|run|browse|access|fulfil|fulfill|assist with|write (?:code|functioning)|provide (?:code|a program|images?|real-time))\b/i,
]

/** An answer that speaks of the prompt it was given. */
const ANSWERS = [
  /^\s*(?:based on|according to|from) the (?:given|provided)\b[^\n]{0,120}/i,
  /^\s*the (?:given|provided) (?:text|code|snippet|passage|article|sentence|paragraph|dialogue|conversation|data|information|example|statement|\w+ code)\b[^\n]{0,120}/i,
  /\b(?:text|code|snippets?|passage|article|tweet|prompt|dialogue|excerpt|paragraph|sentences?) you(?:'ve| have)? (?:provided|shared|given)\b/i,
]

function first(mark: string, text: string, patterns: readonly RegExp[], offset: number): Evidence[] {
  for (const pattern of patterns) {
    const found = pattern.exec(text)
    if (!found) continue
    const lead = found[0].length - found[0].trimStart().length
    return [{ class: 'T3', mark, product: null, count: 1, span: { start: offset + found.index + lead, end: offset + found.index + found[0].trimEnd().length } }]
  }
  return []
}

const SUBJECT = /^[ \t]{0,3}[*_#]{0,3}[ \t]*(?:subject(?: line)?|betreff|objet|asunto|oggetto|onderwerp|assunto)[ \t]*:[*_]{0,2}[ \t]*(?!(?:re|fwd?|aw|wg|tr|sv)\s*:)[^\s*][^\n]*/im
/** Lines of a mail's header: words among them were copied from a mail, not from a chat. */
const HEADER = /^[ \t>]*(?:from|to|cc|date|sent|reply-to|message-id|x-[a-z-]+|von|an|datum|gesendet|de|para|fecha|à|da|a)[ \t]*:/im
/** A whole header near the beginning: at least two of its lines. */
const MAIL_HEAD = /^(?:[ \t>]*(?:from|to|cc|date|sent|subject|reply-to|message-id|x-[a-z-]+|mime-version|content-type):[^\n]*\n){2}/im
/** Where somebody else's mail begins. */
const FORWARDED = /^[ \t]*(?:>|-{3,}|_{5,}|from )|original message|forwarded message|\bwrote:/im

/** Before the subject stands nothing, or the sentence or two with which an assistant hands the mail over. */
function subjectLine(head: string): Evidence[] {
  const found = SUBJECT.exec(head)
  if (!found) return []
  const start = found.index + found[0].length - found[0].trimStart().length
  const end = found.index + found[0].trimEnd().length
  const before = head.slice(0, start)
  if (before.trim().split(/\n+/).length > 4 || FORWARDED.test(before)) return []
  if (HEADER.test(before) || HEADER.test(head.slice(end, end + 300))) return []
  return [{ class: 'T3', mark: 'subject-in-body', product: null, count: 1, span: { start, end } }]
}

/** Versions to choose from: three or more numbered lines, each wholly in quotation marks. */
function quotedOptions(text: string): Evidence[] {
  const found = [...text.slice(0, MARKDOWN_LIMIT).matchAll(/^[ \t]{0,4}\d{1,2}[.)][ \t]{1,3}["\u201c][^"\u201d\n]{3,300}["\u201d][.!]?[ \t]*$/gm)]
  const [first] = found
  if (!first || found.length < 3) return []
  return [{ class: 'T3', mark: 'quoted-options', product: null, count: found.length, span: { start: first.index, end: first.index + first[0].trimEnd().length } }]
}

/** Two bold runs, two headings of the second level or below, a bullet that begins in bold, a fenced block or a table. One `#` or a row of dashes is common in human mail. */
function literalMarkdown(text: string): Evidence[] {
  const part = text.slice(0, MARKDOWN_LIMIT)
  const bold = part.match(/(?<![*\w])\*\*[^\s*](?:[^*\n]{0,120}[^\s*])?\*\*(?![*\w])/g)?.length ?? 0
  const headings = part.match(/^#{2,6} \S/gm)?.length ?? 0
  const bullets = part.match(/^[ \t]{0,12}(?:[-*•]|\d{1,3}[.)])[ \t]{1,4}\*\*[^*\n]{1,120}\*\*/gm)?.length ?? 0
  const fences = part.match(/^[ \t]{0,3}```/gm)?.length ?? 0
  const tables = part.match(/^\|?[ \t]?:?-{3,200}:?[ \t]{0,3}\|/gm)?.length ?? 0
  if (bold < 2 && headings < 2 && bullets < 1 && fences < 2 && tables < 1) return []
  return [{ class: 'T3', mark: 'literal-markdown', product: null, count: bold + headings + fences + tables }]
}

/** Typographic signs to their plain form, one character for one, so that offsets stay. */
function plain(text: string): string {
  return text.replace(/[\u2018\u2019\u02bc]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u00a0\u202f\u2009]/g, ' ')
}
