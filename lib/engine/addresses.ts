import { DIGIT, kindOf, LETTER } from './chars.ts'

/** Addresses and secrets: bounded looks at one place of the text, like `literals.ts`. */

const BACK = 64
const TLD = /^(?:com|org|net|io|ai|gov|edu|dev|app|info|biz|eu|de|fr|es|nl|uk|ch|at|be|co|us|ca|shop|tech|cloud|online|me|tv)$/

function isHostUnit(unit: number): boolean {
  const kind = kindOf(unit)
  return kind === LETTER || kind === DIGIT || unit === 45 || unit === 46
}

const URL_STOP = ' \t\n\r"“”<>`|\\^{}«»\u00a0\u3000\u202f【】'

/** End of a URL whose text has begun at `at`: up to white space or a quotation mark, without closing punctuation of the sentence. */
function urlEnd(text: string, at: number): number {
  let end = at
  let open = 0
  while (end < text.length) {
    const char = text.charAt(end)
    if (URL_STOP.includes(char)) break
    if (char === '(' || char === '[') open++
    if ((char === ')' || char === ']') && --open < 0) break
    end++
  }
  while (end > at && '.,;:!?\'’*_…'.includes(text.charAt(end - 1))) end--
  return end
}

/** `://` at `colon`, with a scheme of letters before it: start and end of the URL, or null. */
export function urlAtScheme(text: string, colon: number): readonly [number, number] | null {
  let start = colon
  while (start > 0 && colon - start < 12 && /[a-z+]/i.test(text.charAt(start - 1))) start--
  if (!/^(?:https?|ftps?|sftp|file|ssh|git|wss?|postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?|amqps?|cloudinary|jdbc)$/i.test(text.slice(start, colon))) return null
  const end = urlEnd(text, colon + 3)
  return end > colon + 3 ? [start, end] : null
}

/** `www.` at `at`. */
export function urlAtWww(text: string, at: number): number {
  if (!/^www\.[a-z0-9]/i.test(text.slice(at, at + 5))) return -1
  return urlEnd(text, at)
}

/** A bare domain such as `example.com/path` around the full stop at `dot`: start and end, or null. */
export function bareDomain(text: string, dot: number): readonly [number, number] | null {
  let start = dot
  while (start > 0 && dot - start < BACK && isHostUnit(text.charCodeAt(start - 1))) start--
  let host = dot
  while (host < text.length && host - dot < BACK && isHostUnit(text.charCodeAt(host))) host++
  while (host > dot && /[.-]/.test(text.charAt(host - 1))) host--
  const tld = text.slice(text.lastIndexOf('.', host - 1) + 1, host)
  if (start === dot || !TLD.test(tld) || text[host] === '@' || (start > 0 && /[@\\]/.test(text.charAt(start - 1)))) return null
  if (!/[a-z]/i.test(text.slice(start, dot))) return null
  const rest = text.charAt(host)
  return [start, rest === '/' || rest === '?' || rest === '#' || rest === ':' ? urlEnd(text, host) : host]
}

/** E-mail address around the `@` at `at`: start and end, or null. */
export function emailAround(text: string, at: number): readonly [number, number] | null {
  let start = at
  while (start > 0 && at - start < BACK) {
    const unit = text.charCodeAt(start - 1)
    if (!isHostUnit(unit) && !'_%+\'&/='.includes(text.charAt(start - 1))) break
    start--
  }
  while (start < at && '.\'/=&-'.includes(text.charAt(start))) start++
  let end = at + 1
  while (end < text.length && end - at < 254 && isHostUnit(text.charCodeAt(end))) end++
  while (end > at + 1 && '.-'.includes(text.charAt(end - 1))) end--
  const domain = text.slice(at + 1, end)
  return start < at && /^[^.-][^@]*\.[^\d\W][\w-]*$/u.test(domain) && !domain.includes('..') ? [start, end] : null
}

const HEX = /^[0-9a-f]{1,4}$/i

/** IPv6 address from `start`, or -1. */
export function ip6End(text: string, start: number): number {
  let end = start
  let colons = 0
  for (; end < text.length && end - start < 46; end++) {
    const unit = text.charCodeAt(end)
    if (unit === 58) colons++
    else if (unit !== 46 && !(unit >= 48 && unit <= 57) && !((unit | 32) >= 97 && (unit | 32) <= 102)) break
    // Eight groups have no more, with the one that may stand behind them.
    if (colons > 9) return -1
  }
  if (colons < 2) return -1
  if (end < text.length && kindOf(text.charCodeAt(end)) === LETTER) return -1
  while (end > start && text[end - 1] === '.') end--
  if (text[end - 1] === ':' && text[end - 2] !== ':') end--
  const address = text.slice(start, end)
  const halves = address.split('::')
  if (halves.length > 2) return -1
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const four = /^(?:\d{1,3}\.){3}\d{1,3}$/.test(last) && last.split('.').every((part) => Number(part) <= 255)
  const count = groups.length + (four ? 1 : 0)
  if (!groups.every((group, i) => HEX.test(group) || (four && i === groups.length - 1))) return -1
  return (halves.length === 2 ? count < 8 && count > 0 && (/\d/.test(address) || count > 1) : count === 8) ? end : -1
}
