import { longRunEnd, runEnd } from './literals.ts'

/** Credentials by their makers' published shapes: bounded looks at one place of the text, like `literals.ts`. */

/** Prefix, smallest length of what follows, characters besides letters and digits. What follows must hold a digit and a letter. */
const SECRETS: readonly (readonly [prefix: string, least: number, extra: string])[] = [
  // Models and inference
  ['sk-', 16, '-_'], ['r8_', 30, ''], ['hf_', 28, ''], ['api_org_', 28, ''], ['gsk_', 30, ''], ['xai-', 40, ''], ['pplx-', 40, ''], ['nvapi-', 40, '-_'], ['fw_', 20, ''], ['tgp_v1_', 30, '-_'],
  // Payment
  ['sk_live_', 10, ''], ['sk_test_', 10, ''], ['rk_live_', 10, ''], ['rk_test_', 10, ''], ['whsec_', 16, '+/='], ['sq0atp-', 20, '-_'], ['sq0csp-', 30, '-_'], ['EAAA', 56, '-_'],
  ['access_token$production$', 30, '$'], ['access_token$sandbox$', 30, '$'], ['access-production-', 30, '-'], ['access-sandbox-', 30, '-'], ['access-development-', 30, '-'],
  ['FLWSECK-', 20, '-'], ['FLWSECK_TEST-', 12, '-'], ['rzp_live_', 14, ''], ['EZAK', 50, ''], ['EZTK', 50, ''], ['live_', 40, ''], ['shpat_', 24, ''], ['shpss_', 24, ''], ['shpca_', 24, ''], ['shppa_', 24, ''],
  // Clouds
  ['AKIA', 16, ''], ['ASIA', 16, ''], ['ABIA', 16, ''], ['ACCA', 16, ''], ['AIza', 30, '-_'], ['ya29.', 20, '-_'], ['GOCSPX-', 24, '-_'], ['LTAI', 17, ''], ['AKID', 30, ''], ['AQVN', 34, '-_'],
  ['dop_v1_', 40, ''], ['doo_v1_', 40, ''], ['dor_v1_', 40, ''], ['HRKU-', 30, '-_'], ['fo1_', 40, '-_'], ['fm2_', 60, '+/='], ['nfp_', 34, ''], ['pscale_tkn_', 30, '-_.='], ['pscale_pw_', 30, '-_.='],
  ['pscale_oauth_', 30, '-_.='], ['sbp_', 38, ''], ['sb_secret_', 20, '-_'], ['dapi', 32, '-'], ['v1.0-', 24, '-'], ['scw-', 30, '-'],
  // Code and packages
  ['ghp_', 30, ''], ['gho_', 30, ''], ['ghu_', 30, ''], ['ghs_', 30, ''], ['ghr_', 30, ''], ['github_pat_', 22, '_'], ['glpat-', 18, '-_.'], ['gldt-', 18, '-_'], ['glft-', 18, '-_'], ['glrt-', 18, '-_'],
  ['glptt-', 36, '-_'], ['glsoat-', 18, '-_'], ['glcbt-', 18, '-_'], ['glimt-', 22, '-_'], ['glagent-', 40, '-_'], ['gloas-', 60, '-_'], ['GR1348941', 20, '-_'], ['ATBB', 28, ''], ['ATATT3', 100, '-_='], ['ATCTT3', 100, '-_='],
  ['npm_', 30, ''], ['pypi-', 40, '-_'], ['rubygems_', 44, ''], ['oy2', 43, ''], ['dckr_pat_', 24, '-_'], ['dckr_oat_', 28, '-_'], ['CLOJARS_', 58, ''], ['AKCp', 60, ''], ['cio', 50, ''],
  ['sqp_', 38, ''], ['squ_', 38, ''], ['sqa_', 38, ''], ['CCIPAT_', 40, '_'], ['CCIPRJ_', 40, '_'], ['bkua_', 38, ''], ['API-', 26, ''], ['pul-', 38, ''], ['pnu_', 34, ''], ['hvs.', 22, '-_'], ['hvb.', 22, '-_'], ['hvr.', 22, '-_'],
  // Messages and mail
  ['xoxb-', 10, '-'], ['xoxp-', 10, '-'], ['xoxa-', 10, '-'], ['xoxr-', 10, '-'], ['xoxs-', 10, '-'], ['xoxe-', 20, '-'], ['xoxe.xoxb-', 20, '-'], ['xoxe.xoxp-', 20, '-'], ['xoxc-', 20, '-'], ['xoxd-', 20, '-_%+/='], ['xapp-', 10, '-'],
  ['SG.', 30, '-_.'], ['key-', 32, ''], ['xkeysib-', 60, '-'], ['xsmtpsib-', 60, '-'], ['re_', 22, '_'], ['SK', 32, ''], ['AC', 32, ''],
  // Work and data
  ['lin_api_', 30, ''], ['lin_oauth_', 40, ''], ['secret_', 40, ''], ['ntn_', 40, ''], ['pat', 60, '.'], ['PMAK-', 40, '-'], ['figd_', 36, '-_'], ['figo_', 36, '-_'], ['sl.', 120, '-_'], ['CFPAT-', 40, '-_'], ['tfp_', 50, '-_.'],
  ['rdme_', 40, ''], ['fio-u-', 60, '-_='], ['duffel_test_', 40, '-_'], ['duffel_live_', 40, '-_'], ['dp.pt.', 40, ''], ['dp.st.', 40, '.'], ['ico-', 30, ''], ['pat.', 50, '-_.'], ['p8e-', 30, ''], ['EAAC', 60, ''], ['EAA', 100, ''],
  ['IGQV', 80, '-_'], ['AGE-SECRET-KEY-', 40, ''], ['ops_eyJ', 100, '-_'], ['A3-', 30, '-'], ['NRAK-', 24, ''], ['NRJS-', 18, ''], ['NRII-', 28, '-'], ['glc_', 32, '+/='], ['glsa_', 36, '_'], ['sntrys_', 60, '+/=_'], ['sntryu_', 60, ''],
  ['phx_', 40, '-_'], ['phc_', 40, '-_'], ['sk.eyJ', 60, '-_.'], ['tk-us-', 44, '-_'], ['SWMTKN-1-', 60, '-'], ['EDGE', 60, ''], ['tskey-', 18, '-'], ['ccpat_', 40, '_'],
]

/** Prefixes that are words too: what follows must be hexadecimal and nothing else. */
const HEX_ONLY = new Set(['SK', 'AC', 'key-', 'dapi', 'dop_v1_', 'doo_v1_', 'dor_v1_', 'v1.0-', 'pul-', 'sbp_', 'rubygems_', 'p8e-'])
/** Prefixes whose rest is capitals and digits only. */
const CAPITALS = new Set(['AKIA', 'ASIA', 'ABIA', 'ACCA', 'API-', 'A3-', 'NRAK-', 'AGE-SECRET-KEY-', 'EDGE'])

/** First letters of all of them. */
export const SECRET_STARTS = [...new Set(SECRETS.map(([prefix]) => prefix.charAt(0)))].join('') + 'eMNO'

/** Secrets by their first two letters, so that nearly every word is passed over at once. */
const BY_START = new Map<number, (readonly [string, number, string])[]>()
const startOf = (text: string, at: number): number => text.charCodeAt(at) * 128 + (text.charCodeAt(at + 1) & 127)
for (const secret of SECRETS) BY_START.set(startOf(secret[0], 0), [...(BY_START.get(startOf(secret[0], 0)) ?? []), secret])
for (const list of BY_START.values()) list.sort((a, b) => b[0].length - a[0].length)

/** Characters of the shortest secret, none of which is a space. */
const SHORTEST = Math.min(...SECRETS.map(([prefix, least]) => prefix.length + least))

function isLong(text: string, at: number): boolean {
  if (at + SHORTEST > text.length) return false
  for (let i = at; i < at + SHORTEST; i++) if (text.charCodeAt(i) <= 32) return false
  return true
}

/** What people write where a secret would stand. */
const STAND_IN = /x{5,}|X{5,}|\*{4,}|\.{3}|(?:^|[-_.])(?:your|example|placeholder|sample|dummy|changeme|redacted|insert|replace|here|todo|fake|goes)(?:$|[-_.])|0{8,}|1234567890(?:1234|abcd)|abcdefghij/i

function looksRandom(body: string): boolean {
  if (!/\d/.test(body) || !/[A-Za-z]/.test(body) || STAND_IN.test(body)) return false
  // "sk-learn-contrib-2-extras" is words; a token changes between letters and digits, or has both cases without words.
  const longest = Math.max(...body.split(/[^A-Za-z0-9]/).map((part) => part.length))
  return longest >= 10
}

/** A key or token of a known maker at `at`, which is the first letter of a word. */
export function secretEnd(text: string, at: number): number {
  if (!isLong(text, at)) return -1
  for (const [prefix, least, extra] of BY_START.get(startOf(text, at)) ?? []) {
    if (!text.startsWith(prefix, at)) continue
    const from = at + prefix.length
    let end = runEnd(text, from, 600, extra)
    while (end > from && /[-._]/.test(text.charAt(end - 1))) end--
    const body = text.slice(from, end)
    if (body.length < least || !looksRandom(body) || (!CAPITALS.has(prefix) && /example/i.test(body))) continue
    if (HEX_ONLY.has(prefix) && !/^[0-9a-f-]+$/i.test(body)) continue
    if ((prefix === 'SK' || prefix === 'AC' || prefix === 'key-') && body.length !== 32) continue
    if (CAPITALS.has(prefix) && !/^[A-Z0-9-]+$/.test(body)) continue
    if (prefix === 'pat' && !/^[A-Za-z0-9]{14}\.[0-9a-f]{64}$/.test(body)) continue
    return end
  }
  if (text.startsWith('eyJ', at)) return jwtEnd(text, at)
  return 'MNO'.includes(text.charAt(at)) ? discordEnd(text, at) : -1
}

function jwtEnd(text: string, at: number): number {
  const head = longRunEnd(text, at, 2_000)
  if (head - at < 12 || text[head] !== '.') return -1
  const body = longRunEnd(text, head + 1, 8_000)
  if (body - head < 12) return -1
  return text[body] === '.' ? runEnd(text, body + 1, 2_000, '-=') : body
}

/** Bot token: the account's number in base 64, a time, a mark. */
function discordEnd(text: string, at: number): number {
  const found = /^[MNO][A-Za-z\d]{22,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/.exec(text.slice(at, at + 90))
  return found && looksRandom(found[0]) ? at + found[0].length : -1
}

/** `-----BEGIN … PRIVATE KEY-----` to its end line, or to as much of it as is there. */
export function keyBlockEnd(text: string, at: number): number {
  const head = /^-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/.exec(text.slice(at, at + 80))
  if (!head) return -1
  const from = at + head[0].length
  const close = text.slice(from, from + 4_096).search(/-----END [A-Z0-9 ]{3,40}-----/)
  return close < 0 ? from : text.indexOf('-----', from + close + 8) + 5
}

/** An address that opens a door: a webhook of a chat, or a name and password before the host. */
export function isSecretUrl(url: string): boolean {
  if (/^https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{8,}\/[A-Za-z0-9/]{16,}/.test(url)) return true
  if (/^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d{15,}\/[\w-]{40,}/.test(url) || /^https:\/\/[\w.-]+\.webhook\.office\.com\/webhookb2\/[\w@-]{40,}/.test(url)) return true
  if (/^https:\/\/hooks\.zapier\.com\/hooks\/catch\/\d+\/\w+/.test(url) || /[?&]sig=[A-Za-z0-9%+/]{40,}/.test(url)) return true
  const login = /^[a-z+]+:\/\/[^\s/:@]{1,64}:([^\s/@]{4,128})@/i.exec(url)
  return login !== null && !/^(?:pass(?:word)?|pwd|secret|token|x+|\*+|<.*>|\$\{.*\}|your.*|user)$/i.test(login[1] ?? '')
}

const NAMES = /(?:api[ _-]?key|apikey|secret(?:[ _-]?(?:access)?[ _-]?key)?|access[ _-]?(?:key|token)|auth[ _-]?token|(?:bearer|refresh|session|bot|personal)?[ _-]?token|client[ _-]?secret|private[ _-]?key|account[ _-]?key|signing[ _-]?key|encryption[ _-]?key|credentials?)[\w.-]{0,12}["'`\]]?\s?$/i

/** What may stand between a name and its sign. */
const BEHIND_NAME = '"\'`]'

/** Whether what stands before the sign can be the end of a name: a letter, a digit or a sign that names hold, behind at most one closing mark and one space. */
function endsName(text: string, sign: number): boolean {
  let at = sign - 1
  if (text.charAt(at).trim() === '') at--
  if (at >= 0 && BEHIND_NAME.includes(text.charAt(at))) at--
  if (at < 0) return false
  const unit = text.charCodeAt(at)
  return (unit >= 48 && unit <= 57) || ((unit | 32) >= 97 && (unit | 32) <= 122) || unit === 95 || unit === 45 || unit === 46
}

/** The value behind the `=` or `:` at `sign` where a name such as "api_key" stands before it: start and end, or null. */
export function assignedSecret(text: string, sign: number): readonly [number, number] | null {
  if (!endsName(text, sign)) return null
  let from = sign + 1
  while (from - sign < 6 && ' "\'`>'.includes(text.charAt(from)) && from < text.length) from++
  if (runEnd(text, from, 16, '+/=.~-:') - from < 16) return null
  if (!NAMES.test(text.slice(Math.max(0, sign - 40), sign))) return null
  const value = text.slice(from, runEnd(text, from, 300, '+/=.~-:')).replace(/[.:]+$/, '')
  if (value.length < 16 || !looksRandom(value) || new Set(value).size < 8 || /example/i.test(value) || /^[a-z]+:\/\//i.test(value) || /[a-z]{9,}/.test(value)) return null
  const turns = value.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0
  return turns >= 3 ? [from, from + value.length] : null
}
