/** Regular expressions from the literature on ReDoS: each has texts that a backtracking matcher needs exponential, or a high power of, time for. */
export const EVIL: readonly string[] = [
  '/^(a+)+$/', '/^([a-zA-Z]+)*$/', '/^(a|aa)+$/', '/^(a|a?)+$/', '/^(.*a){20}$/', '/(a*)*b/', '/(x+x+)+y/', '/^(a?){30}a{30}$/', '/(.*)(.*)(.*)(.*)[0-9]/', '/^(\\w+\\s?)*$/',
  '/^(([a-z])+.)+[A-Z]([a-z])+$/', '/^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$/', '/(\\d+)+x/', '/^(a|b|ab)*c$/', '/(?:\\s*\\w+\\s*)+;/',
  '/^(?:(?:a+b?)+c?)+$/', '/(\\w*)*@/', '/((ab)*)*c/', '/^\\s*(\\w+\\s*,?\\s*)*$/', '/<(?:\\w+\\s*=?\\s*"?\\w*"?\\s*)+>/', '/(a+)\\1+b/', '/\\w+\\w+\\w+\\w+!/',
]

const amounts = ['\\d+', '\\d{1,3}(?:,\\d{3})*', '\\d{1,3}(?:\\.\\d{3})*(?:,\\d{2})?', '\\d+(?:[.,]\\d{1,2})?', '\\d[\\d., ]{0,12}']
const currencies = ['\\$', '€', '£', 'USD', 'EUR', 'CHF', '(?:US|CA|AU)\\$', '(?:kr|SEK|NOK)']
const units = ['mg', 'ml', 'kg', 'km', 'kWh', 'hours?', 'days?', 'business days?', 'weeks?', 'months?', 'GB', 'users?', 'seats?', 'licen[cs]es']

/** What people write when they have regular expressions: prices, percentages, terms, claims with gaps, dates, codes. */
export const HONEST: readonly string[] = [
  ...currencies.flatMap((sign) => amounts.slice(0, 4).map((amount) => `/${sign}\\s?${amount}/`)),
  ...currencies.slice(3, 7).flatMap((sign) => amounts.map((amount) => `/\\b${amount}\\s?${sign}(?!\\w)/i`)),
  ...units.map((unit) => `/\\b\\d+(?:[.,]\\d+)?\\s*${unit}\\b/i`),
  ...units.map((unit) => `/\\b(?:within|in|after|for)\\s+(?:the\\s+next\\s+)?\\d{1,3}\\s+${unit}\\b/i`),
  ...['off', 'discount', 'reduction', 'rebate', 'cashback', 'Rabatt', 'Nachlass', 'de remise', 'de descuento', 'korting'].flatMap((word) => [`/\\b\\d{1,3}\\s?%\\s+${word}\\b/i`, `/\\b${word}\\b[^.!?]{0,30}\\d{1,3}\\s?%/i`]),
  ...['guarantee[sd]?', 'promise[sd]?', 'warrant(?:y|ies|ed)', 'commit(?:s|ted|ment)?', 'pledge[sd]?', 'assure[sd]?', 'ensure[sd]?'].flatMap((word) => [
    `/\\bwe\\b.{0,40}\\b${word}\\b/i`, `/\\b${word}\\b.{0,60}\\b(?:result|refund|return|delivery)s?\\b/i`, `/\\b(?:I|we|our team)\\s+(?:\\w+\\s+){0,3}${word}\\b/i`,
  ]),
  ...['cures?', 'heals?', 'treats?', 'prevents?', 'reverses?', 'eliminates?'].flatMap((word) => [`/\\b(?:clinically|scientifically)\\s+proven\\b.{0,50}\\b${word}\\b/i`, `/\\b${word}\\s+(?:\\w+\\s+){0,2}(?:cancer|diabetes|anxiety|pain)\\b/i`]),
  '/\\b(?:19|20)\\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])\\b/', '/\\b\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4}|\\d{2})\\b/', '/\\bQ[1-4]\\s?(?:19|20)\\d{2}\\b/', '/\\bby\\s+(?:end\\s+of\\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\\b/i',
  '/\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\\s+\\d{1,2}(?:st|nd|rd|th)?\\b/', '/\\bSKU[-\\s]?\\d{4,8}\\b/', '/\\bINV-\\d{4}-\\d{3,6}\\b/', '/\\bPO\\s?#\\s?\\d{5,}/', '/\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}\\b/', '/#\\d{3,6}\\b/',
  '/\\b[A-Z]{3}-\\d{3,5}\\b/', '/\\bv\\d+\\.\\d+(?:\\.\\d+)?\\b/', '/\\bCVE-\\d{4}-\\d{4,7}\\b/', '/\\bRFC\\s?\\d{3,5}\\b/', '/\\bISO(?:\\/IEC)?\\s?\\d{4,5}(?:[-:]\\d{1,4})?\\b/', '/\\bT[Kk]t-\\d+\\b/', '/\\bproject[-_ ]?(?:falcon|osprey|kestrel)\\b/i',
  '/\\b(?:no|zero)[- ](?:risk|cost|obligation)s?\\b/i', '/\\b100\\s?%\\s+(?:safe|secure|natural|effective|guaranteed)\\b/i', '/\\b(?:best|lowest|cheapest)\\s+(?:price|rate|deal)s?\\s+(?:in|on)\\s+the\\s+market\\b/i', '/\\bnumber\\s+(?:one|1)\\b.{0,25}\\b(?:in|for)\\b/i', '/\\b#1\\s+\\w+/',
  '/\\bfree\\s+(?:trial|upgrade|shipping)\\b(?!\\s+for\\s+members)/i', '/(?<!not )\\bfully\\s+compliant\\b/i', '/\\bGDPR[- ]?(?:compliant|ready|proof)\\b/i', '/\\bHIPAA\\b[^.]{0,40}\\b(?:certified|compliant)\\b/i', '/\\bSOC\\s?2(?:\\s+Type\\s+(?:I|II|1|2))?\\b/',
  '/\\b\\d{1,2}[:.]\\d{2}\\s?(?:am|pm|Uhr)\\b/i', '/\\+\\d{1,3}(?:[\\s-]\\d{2,4}){2,5}/', '/\\bext\\.?\\s?\\d{2,5}\\b/i', '/[\\w.-]+@example\\.com/', '/https?:\\/\\/[^\\s<>"]{1,100}/', '/\\bwww\\.[a-z\\d-]{1,40}\\.[a-z]{2,10}\\b/i',
  '/\\[(?:insert|your|add)\\b[^\\]]{0,60}\\]/i', '/\\{\\{\\s*\\w+\\s*\\}\\}/', '/<%=?\\s*\\w+\\s*%>/', '/\\bAs an AI\\b/i', '/\\bknowledge cut-?off\\b/i', '/\\bregenerate response\\b/i', '/\\bLorem ipsum\\b/i', '/\\bT(?:BD|BC|ODO)\\b/', '/\\bXX+\\b/', '/\\bconfidential(?:ity)?\\b.{0,30}\\b(?:agreement|information)\\b/i',
  '/\\bstrictly\\s+(?:private|confidential)\\b/i', '/\\bdo\\s+not\\s+(?:share|forward|distribute)\\b/i', '/\\binternal\\s+use\\s+only\\b/i', '/\\b(?:interest|APR|apr)\\s+(?:rate\\s+)?(?:of\\s+)?\\d+(?:\\.\\d+)?\\s?%/i', '/\\b\\d+(?:\\.\\d+)?\\s?%\\s+(?:p\\.\\s?a\\.|per\\s+(?:annum|year|month))/i',
  '/\\b(?:return|yield)s?\\s+of\\s+(?:up\\s+to\\s+)?\\d{1,3}\\s?%/i', '/\\bdouble\\s+your\\s+\\w+/i', '/\\b\\d+x\\s+(?:faster|cheaper|better)\\b/i', '/\\b(?:two|three|four|five|ten)\\s+times\\s+(?:more|less|as)\\b/i', '/\\b\\d+\\s+out\\s+of\\s+\\d+\\s+\\w+/i', '/\\bstudies?\\s+(?:have\\s+)?(?:shown?|proven?)\\b/i',
  '/\\baccording\\s+to\\s+(?:a|the)\\s+(?:\\w+\\s+){0,4}(?:study|survey|report)\\b/i', '/\\bunlimited\\s+(?:\\w+\\s+)?(?:support|storage|users)\\b/i', '/\\b24\\s?\\/\\s?7\\b/', '/\\b99\\.9{1,5}\\s?%\\s+(?:uptime|availability)\\b/i', '/\\bcancel\\s+any\\s?time\\b/i', '/\\bno\\s+(?:hidden|extra)\\s+(?:fee|cost|charge)s?\\b/i',
  '/\\bmoney[- ]back\\b/i', '/\\bhereby\\s+(?:waive|release|terminate)s?\\b/i', '/\\bwithout\\s+prejudice\\b/i', '/\\bnet\\s+\\d{2}\\b/i', '/\\blate\\s+fee\\b.{0,40}(?:\\$|€|£)\\s?\\d+/i', '/\\bceo\\b[^.]{0,20}\\bsaid\\b/i', '/\\bDr\\.?\\s+[A-Z][a-z]{2,20}\\b/', '/“[^”]{10,200}”\\s*[–—-]\\s*[A-Z]\\w+/',
]

/** Well meant and yet refused: many ways to divide the same digits. Beside each, what says the same and is let in. */
export const AMBIGUOUS: readonly (readonly [string, string])[] = [
  ['/\\+\\d{1,3}[\\s-]?\\(?\\d{2,4}\\)?(?:[\\s-]?\\d{2,4}){2,4}/', '/\\+\\d{1,3}(?:[\\s()-]{0,2}\\d){6,12}/'],
  ['/\\bwe\\b(?:\\s*\\w+\\s*){0,20}\\bpromise\\b/i', '/\\bwe\\s+(?:\\w+\\s+){0,7}promise\\b/i'],
]
