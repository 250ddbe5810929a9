import { emailAround, ip6End, urlAtScheme } from './addresses.ts'
import { foldOf, kindOf, LETTER } from './chars.ts'
import { Cursor, ENDED } from './cursor.ts'
import { leftoverSign, placeholder } from './literals.ts'
import { assignedSecret, isSecretUrl } from './secrets.ts'
import { ENDS, SIGN } from './tokens.ts'
import { ENTITY_KINDS, type EntityKind } from './types.ts'

const codeOf = (kind: EntityKind): number => ENTITY_KINDS.indexOf(kind)
export const URL = codeOf('url')
export const SECRET = codeOf('secret')
export const PLACEHOLDER = codeOf('placeholder')
export const LEFTOVER = codeOf('leftover')
const EMAIL = codeOf('email')
const IP = codeOf('ip')

/** What the lexer does at signs that may begin, or be in the middle of, something longer. */
export class Signs extends Cursor {
  protected sign(unit: number): void {
    const { text, at, out } = this
    switch (unit) {
      case 91: // [
      case 60: // <
        out.looks += 80
        if (this.literal(leftoverSign(text, at), LEFTOVER)) return
        if (this.literal(placeholder(text, at), PLACEHOLDER)) return
        break
      case 123: // {
      case 37: // %
        out.looks += 40
        if (this.literal(placeholder(text, at), PLACEHOLDER)) return
        break
      case 0x3010:
      case 0xe200:
        if (this.literal(leftoverSign(text, at), LEFTOVER)) return
        break
      case 58: // :
        if (this.colon()) return
        break
      case 64: { // @
        out.looks += 128
        const email = emailAround(text, at)
        if (email) return this.replace(email, EMAIL)
        break
      }
      case 33: // !
      case 63: // ?
      case 0xff01:
      case 0xff1f:
        this.end(unit)
        return
    }
    this.single(1, SIGN)
    if (unit === 61 || unit === 58) this.assigned(at)
  }

  /** `api_key = "…"`: the value, if it is a secret, is one token whatever it begins with. */
  private assigned(sign: number): void {
    this.out.looks += 64
    const value = assignedSecret(this.text, sign)
    if (value && !/\n/.test(this.text.slice(sign, value[0]))) {
      this.at = value[0]
      this.literal(value[1], SECRET)
    }
  }

  private end(unit: number): void {
    const { out } = this
    this.single(1, SIGN | ENDS)
    if (foldOf(unit) === 63 && out.sentences > 0) out.question[out.sentences - 1] = 1
    this.ended = ENDED.stop
    this.gap = unit > 255
  }

  private colon(): boolean {
    const { text, at, out } = this
    if (text.charCodeAt(at + 1) === 47 && text.charCodeAt(at + 2) === 47) {
      const url = urlAtScheme(text, at)
      if (url) {
        this.replace(url, isSecretUrl(text.slice(url[0], url[0] + 400)) ? SECRET : /ppl-ai-file-upload\.s3|vertexaisearch\.cloud\.google\.com\/grounding-api-redirect/.test(text.slice(url[0], url[0] + 120)) ? LEFTOVER : URL)
        return true
      }
    }
    if (this.literal(leftoverSign(text, at), LEFTOVER)) return true
    const last = out.count - 1
    const next = text.charCodeAt(at + 1)
    if (last >= 0 && out.end[last] === at && isHexOrColon(next)) {
      let start = at
      while (start > 0 && at - start < 5 && /[0-9a-f]/i.test(text.charAt(start - 1))) start--
      out.looks += 46
      if (start > 0 && (kindOf(text.charCodeAt(start - 1)) === LETTER || text[start - 1] === ':')) return false
      const end = start < at ? ip6End(text, start) : -1
      if (end > at) {
        this.replace([start, end], IP)
        return true
      }
    } else if (next === 58) {
      const end = ip6End(text, at)
      if (end > at + 2 && !this.letterOrDigitBefore(at) && text[at - 1] !== ':') return this.literal(end, IP)
    }
    return false
  }
}

function isHexOrColon(unit: number): boolean {
  return (unit >= 48 && unit <= 58) || ((unit | 32) >= 97 && (unit | 32) <= 102)
}
