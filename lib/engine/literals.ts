import type { EntityKind } from './types.ts'

/**
 * Entities that are known by their spelling and not by their words: unfilled placeholders and tokens an assistant left. Each function looks at
 * one place of the text, reads a bounded number of characters, and returns where the thing ends or -1. Nothing here backtracks.
 */

/** What the last successful look found. */
export interface Found { kind: EntityKind; end: number }

const LONG = 600
const SHORT = 80

function isWordUnit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95
}

/** For each `extra` of `runEnd` that has been asked for, 1 for the ASCII units that such a run may have. */
const runUnits = new Map<string, Uint8Array>()

function unitsOf(extra: string): Uint8Array {
  let units = runUnits.get(extra)
  if (!units) {
    runUnits.set(extra, (units = new Uint8Array(128)))
    for (let unit = 0; unit < 128; unit++) if (isWordUnit(unit) || extra.includes(String.fromCharCode(unit))) units[unit] = 1
  }
  return units
}

/** End of the run of `[A-Za-z0-9_]` plus the ASCII signs `extra` from `at`, at most `most` characters on. */
export function runEnd(text: string, at: number, most: number, extra = ''): number {
  const units = unitsOf(extra)
  const stop = Math.min(text.length, at + most)
  let i = at
  while (i < stop && units[text.charCodeAt(i)] === 1) i++
  return i
}

/** Where the last search for a closing sign or line end began and ended in `searchedText`: a flood of opening signs is searched once and not once a sign. */
const searches = new Map<string, { from: number; found: number }>()
let searchedText = ''

/** Tells that from now on another text is looked at. */
export function beginLiterals(text: string): void {
  searchedText = text
  if (searches.size > 0) searches.clear()
  if (nextRun === 0) return
  nextRun = 0
  for (const run of runs) run.from = run.until = -1
}

/** The last runs of letters, digits, `_` and `-` that were read, as far as they were: many starts in one run read it once. */
const runs = Array.from({ length: 4 }, () => ({ from: -1, until: -1 }))
let nextRun = 0

/** `runEnd` with `-`, for long runs in which others may begin. */
export function longRunEnd(text: string, at: number, most: number): number {
  if (text !== searchedText) return runEnd(text, at, most, '-')
  const known = runs.find(({ from, until }) => from <= at && at <= until && from >= 0)
  const run = known ?? runs[nextRun++ % runs.length]
  if (!run) return runEnd(text, at, most, '-')
  if (!known) run.from = run.until = at
  const stop = Math.min(text.length, at + most)
  while (run.until < stop && (isWordUnit(text.charCodeAt(run.until)) || text.charCodeAt(run.until) === 45)) run.until++
  return Math.min(run.until, stop)
}

/** First `what` at or after `at`, or -1. */
function nextOf(text: string, what: string, at: number): number {
  if (text !== searchedText) return text.indexOf(what, at)
  let search = searches.get(what)
  if (!search) searches.set(what, (search = { from: at, found: text.indexOf(what, at) }))
  else if (at < search.from || (search.found >= 0 && search.found < at)) {
    search.from = at
    search.found = text.indexOf(what, at)
  }
  return search.found
}

/** Index of `close` after `at` on the same line within `most` characters, or -1. */
function closeOf(text: string, close: string, at: number, most: number): number {
  const found = nextOf(text, close, at)
  if (found < 0 || found >= at + most) return -1
  const line = nextOf(text, '\n', at)
  const back = nextOf(text, '\r', at)
  return (line >= 0 && line < found) || (back >= 0 && back < found) ? -1 : found
}

const TURN = /^(?:(?:file|image_group|nav(?:list|igation)?|product_?)?(?:cite|search|s|list|group|carousel|entity)?)?$/i
const TURN_PART = /turn\d{1,4}(?:search|view|news|image|file|fetch|product|forecast|reddit|academia|finance|sports|time|calculator|maps|video|msearch|mclick|click|open|find)\d{1,4}/iy

/** `turn0search1`, `citeturn0search0turn1view2`, `filecite…` at `at`. */
function turnEnd(text: string, at: number): number {
  const first = text.slice(at, at + 24).toLowerCase().indexOf('turn')
  if (first < 0 || !TURN.test(text.slice(at, at + first).replace(/\d+$/, ''))) return -1
  let end = at + first
  for (let n = 0; n < 200; n++) {
    TURN_PART.lastIndex = end
    if (!TURN_PART.test(text)) break
    end = TURN_PART.lastIndex
  }
  return end > at + first ? end : -1
}

/** Private-use wrapper U+E200 … U+E201; counts only with an assistant's word inside, because icon fonts use these code points too. */
function wrapperEnd(text: string, at: number): number {
  const close = closeOf(text, '\ue201', at + 1, LONG)
  const end = close >= 0 ? close + 1 : Math.min(text.length, at + SHORT)
  const inside = text.slice(at + 1, end)
  if (!/^(?:file)?cite|turn\d|navlist|image_group|entity|url\ue202|i\ue202/.test(inside)) return -1
  if (close >= 0) return end
  let i = at + 1
  while (i < end && (isWordUnit(text.charCodeAt(i)) || (text.charCodeAt(i) >= 0xe200 && text.charCodeAt(i) <= 0xe206))) i++
  return i
}

/** Leftover that starts with a word; called at the first letter of a word. */
export function leftoverWord(text: string, at: number): number {
  switch (text.charCodeAt(at) | 32) {
    case 116: // t
    case 99: // c
    case 102: // f
    case 110: // n
      if (!'uioa'.includes(text.charAt(at + 1).toLowerCase())) return -1
      if (/^(?:turn\d|(?:file)?cite ?turn\d|navlistturn\d)/i.test(text.slice(at, at + 14))) {
        const end = turnEnd(text, at)
        if (end > 0) return end
      }
      return text.startsWith('contentReference', at) && text.startsWith('[oaicite', at + 16) ? contentReferenceEnd(text, at) : -1
    case 115: // s
      if (text.startsWith('sandbox:/mnt/data', at)) return runEnd(text, at + 17, 200, '/.-')
      return -1
    case 111: // o
      if (text.startsWith('oaicite', at) || text.startsWith('oai_citation', at)) return runEnd(text, at, SHORT, ':')
      return -1
    case 97: // a
      return text.startsWith('attributableIndex', at) ? at + 17 : -1
    case 103: // g
      return text.startsWith('grok_card', at) || text.startsWith('grok_render_', at) ? runEnd(text, at, SHORT) : -1
    case 112: // p
      return text.startsWith('ppl-ai-file-upload', at) ? runEnd(text, at, 400, '-./:?=&%') : -1
    case 101: // e
      return text.startsWith('end_turn', at) && runEnd(text, at, 9) === at + 8 ? at + 8 : -1
    default:
      return -1
  }
}

/** `contentReference[oaicite:0]{index=0}` at `at`, without the colons in front. */
function contentReferenceEnd(text: string, at: number): number {
  let end = at + 'contentReference'.length
  if (text[end] === '[') {
    const close = closeOf(text, ']', end, SHORT)
    if (close > 0) end = close + 1
  }
  if (text[end] === '{') {
    const close = closeOf(text, '}', end, SHORT)
    if (close > 0) end = close + 1
  }
  return end
}

/** Leftover that starts with a sign: `:`, `【`, `[`, `<` or a private-use character. */
export function leftoverSign(text: string, at: number): number {
  switch (text.charCodeAt(at)) {
    case 58: { // :
      if (text.startsWith(':::writing{', at)) {
        const close = closeOf(text, '}', at + 10, LONG)
        return close < 0 ? at + 10 : close + 1
      }
      const word = text.startsWith('::', at) ? at + 2 : at + 1
      return text.startsWith('contentReference', word) ? contentReferenceEnd(text, word) : -1
    }
    case 0x3010: { // 【
      const close = closeOf(text, '】', at + 1, SHORT)
      if (close < 0) return -1
      const inside = text.slice(at + 1, close)
      return /^\d{1,4}(?::\d{1,4})?†/.test(inside) || turnEnd(text, at + 1) === close ? close + 1 : -1
    }
    case 91: // [
      return bracketLeftover(text, at)
    case 60: // <
      return angleLeftover(text, at)
    case 0xe200:
      return wrapperEnd(text, at)
    default:
      return -1
  }
}

function bracketLeftover(text: string, at: number): number {
  const head = text.slice(at + 1, at + 16)
  if (!/^(?:cite[_: ]|oaicite|oai_citation|span_\d|web:\d|file:\d|image:\d|page:\d|attached_|memory:\d|source:\d|conversation_h)/.test(head)) return -1
  const close = closeOf(text, ']', at + 1, 300)
  if (close < 0) return -1
  const inside = text.slice(at + 1, close)
  const end = close + 1
  if (/^oai_?cit/.test(inside)) {
    if (text[end] !== '(') return end
    const paren = closeOf(text, ')', end, LONG)
    return paren < 0 ? end : paren + 1
  }
  if (/^span_\d+$/.test(inside)) return /^\((?:start|end)_span\)/.test(text.slice(end, end + 12)) ? text.indexOf(')', end) + 1 : -1
  return /^(?:cite_(?:start|end)|cite: ?[\d,\s–-]+|(?:web|file|image|page|memory|source|attached_file|attached_image|conversation_history):\d+)$/.test(inside) ? end : -1
}

function angleLeftover(text: string, at: number): number {
  const head = text.slice(at, at + 24)
  if (/^<(?:grok-card|grok:render)[\s>]/.test(head)) {
    const name = head.startsWith('<grok-card') ? '</grok-card>' : '</grok:render>'
    const close = closeOf(text, name, at, LONG)
    if (close >= 0) return close + name.length
    const open = closeOf(text, '>', at, LONG)
    return open < 0 ? -1 : open + 1
  }
  const tag = /^<\/?(?:think|thinking|antthinking|antartifact|scratchpad)\b[^>\n]{0,8}>?|^<\|[a-z_]{3,16}\|>/i.exec(head)
  return tag ? at + tag[0].length : -1
}

const FIELD_WORDS = new Set(`your name names insert company companyname date recipient recipients title position address phone email e-mail number amount link url website product
  city client client's customer customers signature contact department organization organisation organization's institution time location sender role job add enter specify describe mention placeholder
  recipient's company's customer's client's manager manager's employee employee's hiring supervisor's team's applicant candidate's project event venue price discount percentage service industry school university
  firstname lastname first last zip state street business brand year month day topic subject reason details detail feature deadline team yours my insertion xx xxx fill include
  ihr ihre ihren dein deine name firma firmenname unternehmen datum betrag adresse telefonnummer ansprechpartner empfänger projektname einfügen
  votre vos nom prénom entreprise société insérer poste destinataire adresse téléphone montant su tu nombre empresa fecha insertar cargo destinatario dirección teléfono
  employer feature features benefit benefits field description duration purpose goal goals objective objectives agenda platform solution problem pain promocode promo coupon outcome outcomes task process
  skill skills expertise opportunity testimonial resource topics timeframe timeline period explanation example examples statement overview incentive handle handles action specialization category
  nome azienda data inserire naam bedrijf datum invoegen seu sua cliente cidade kunde kunden`.split(/\s+/))
const NOT_FIELDS = /\b(?:redacted|protected|removed|hidden|added|external|sic|omitted|deleted|blocked|attached|internal|spam|ticket|case|ref|cid|image|citation|needed|mine|ours|original|translated|edited|inaudible|bot)\b/i
const UNCASED_START = /^(?:the|a|an|his|her|their|its|our|this|that|these|and|or|is|was|he|she|they|we|it|in|of|to)\s/i

function looksLikeField(inside: string): boolean {
  const content = inside.trim()
  // Variables, sums and somebody speaking are not fields.
  if (content.length < 2 || NOT_FIELDS.test(content) || /\$[a-z]|\+\$|[=;\\]|\bI\b/.test(content)) return false
  if (/^(?:insert|add|enter|include|specify|mention|describe|provide|list|briefly?|short|specific|optional|your|fill in|e\.g\.|i\.e\.|einfügen|insérer|insertar|inserire|object Object$|undefined$)\b/i.test(content)) return true
  if (/\be\.g\.|\bif applicable\b|\btypically\b/i.test(content)) return true
  if (/\d(?!$)|\S\d/.test(content) || UNCASED_START.test(content) || content.length > SHORT) return false
  const words = content.toLowerCase().replaceAll('’', '\'').split(/[\s/,_&()-]+/)
  return words.length <= 8 && words.some((word) => FIELD_WORDS.has(word))
}

/** Single braces are code as often as they are fields: one of the words in them has to be a field's. */
function namesField(inside: string): boolean {
  const words = inside.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/\d+/g, ' ').toLowerCase().trim().split(/[\s_.-]+/)
  return words.length < 4 && words.some((word) => FIELD_WORDS.has(word))
}

const FIELD_NAME = /^\s?[#/^!&]?[A-Za-z][\w.\- |"':]{0,60}\s?$/

/** Unfilled field that starts at `at` with `[`, `{`, `<`, `%`, `*` or `$`. */
export function placeholder(text: string, at: number): number {
  switch (text.charCodeAt(at)) {
    case 91: { // [
      const close = closeOf(text, ']', at + 1, 200)
      if (close < 0 || /^[([:]/.test(text.slice(close + 1, close + 2)) || text[close - 1] === '\\') return -1
      const inside = text.slice(at + 1, close)
      return !inside.includes('[') && looksLikeField(inside) ? close + 1 : -1
    }
    case 123: { // {
      if (text[at + 1] === '{') {
        const close = closeOf(text, '}}', at + 2, SHORT)
        return close > 0 && FIELD_NAME.test(text.slice(at + 2, close)) ? close + (text[close + 2] === '}' ? 3 : 2) : -1
      }
      if (at > 0 && /[\\\w}\]^%$@#]/.test(text.charAt(at - 1))) return -1
      const close = closeOf(text, '}', at + 1, 42)
      return close > 0 && /^[A-Za-z][A-Za-z]*(?:[ _.-]?[A-Za-z0-9']+){0,5}$/.test(text.slice(at + 1, close)) && close - at > 2 && namesField(text.slice(at + 1, close)) ? close + 1 : -1
    }
    case 60: { // <
      if (text[at + 1] === '<') {
        const close = closeOf(text, '>>', at + 2, SHORT)
        return close > 0 && /^\s?[A-Za-z][\w .'-]{1,60}$/.test(text.slice(at + 2, close)) && namesField(text.slice(at + 2, close)) ? close + 2 : -1
      }
      if (!/^<(?:your|insert|enter|recipient|company|customer|client) ?/i.test(text.slice(at, at + 12))) return -1
      const close = closeOf(text, '>', at + 1, SHORT)
      return close > 0 && /^[A-Za-z][\w '’_-]{3,60}$/.test(text.slice(at + 1, close)) ? close + 1 : -1
    }
    case 37: { // %
      const end = runEnd(text, at + 1, 40)
      return text[end] === '%' && end - at > 3 && /^[A-Z][A-Z_0-9]*$/.test(text.slice(at + 1, end)) ? end + 1 : -1
    }
    case 42: { // *
      if (text[at + 1] !== '|') return -1
      const end = runEnd(text, at + 2, 60, ':')
      return text.startsWith('|*', end) && end > at + 2 ? end + 2 : -1
    }
    case 36: { // $
      if (text[at + 1] !== '{') return -1
      const end = runEnd(text, at + 2, 60, '.')
      return text[end] === '}' && end > at + 2 && namesField(text.slice(at + 2, end)) ? end + 1 : -1
    }
    default:
      return -1
  }
}
