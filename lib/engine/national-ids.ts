/**
 * Numbers that a state gives a person, known by their shape and their check digits. A shape that plain numbers have too counts only where a word such as
 * "tax ID" stands before it, because one in ten order numbers passes a check digit. Each function reads a bounded number of characters.
 */

const SHAPED: readonly (readonly [RegExp, (id: string) => boolean])[] = [
  // United Kingdom, National Insurance number (HMRC, NIM39110): prefix letters, six digits, A to D.
  [/^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Za-z0-9])/i, () => true],
  // Spain, DNI and NIE (Real Decreto 1553/2005): remainder of 23 gives the letter.
  [/^[XYZ]?-?\d{7,8}-? ?[A-HJ-NP-TV-Z](?![A-Za-z0-9])/i, spanish],
  // France, NIR: sex, year, month, department, commune, order, key of two digits.
  [/^[1278] ?\d\d ?(?:0[1-9]|1[0-2]|[23]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d(?!\d)/i, french],
  // Italy, codice fiscale.
  [/^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?![A-Za-z0-9])/i, italian],
  // Brazil, CPF with its points and dash.
  [/^\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)/, brazilian],
  // Switzerland, AHV number: 756 and the check digit of an EAN.
  [/^756\.\d{4}\.\d{4}\.\d\d(?!\d)/, swiss],
  // Belgium, national number with its points and dash.
  [/^\d\d\.(?:0\d|1[0-2])\.[0-3]\d-\d{3}\.\d\d(?!\d)/, belgian],
]

const CALLED: readonly (readonly [RegExp, (id: string) => boolean])[] = [
  // Germany, Steuer-ID (§ 139b AO): eleven digits, one digit twice or three times in the first ten, check digit after ISO 7064.
  [/^[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?!\d)/, german],
  // Netherlands, BSN: weighted sum of eleven.
  [/^\d{9}(?!\d)/, dutch],
  // Poland, PESEL.
  [/^\d{11}(?!\d)/, polish],
  [/^\d{11}(?!\d)/, brazilian],
  // United States, SSN without its dashes, and ITIN (IRS: 9, then 50 to 65, 70 to 88, 90 to 92, 94 to 99).
  [/^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}(?!\d)/, () => true],
  [/^9\d\d[- ]?(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]?\d{4}(?!\d)/, () => true],
]

const digitsOf = (id: string): number[] => [...id.replace(/\D/g, '')].map(Number)

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * (digits[i] ?? 0), 0)
}

function spanish(id: string): boolean {
  const plain = id.replace(/[- ]/g, '').toUpperCase()
  const number = plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)))
  return number.length === 8 && 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === plain.at(-1)
}

function french(id: string): boolean {
  const plain = id.replace(/ /g, '').toUpperCase().replace('2A', '19').replace('2B', '18')
  if (!/^\d{15}$/.test(plain)) return false
  return 97 - Number(BigInt(plain.slice(0, 13)) % 97n) === Number(plain.slice(13))
}

const ODD: Readonly<Record<string, number>> = Object.fromEntries(
  [...'0123456789'].map((char, i) => [char, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21][i] as number] as const)
    .concat([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((char, i) => [char, [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23][i] as number] as const)),
)

function italian(id: string): boolean {
  const plain = id.toUpperCase()
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const char = plain.charAt(i)
    sum += i % 2 === 0 ? (ODD[char] ?? 0) : /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65
  }
  return String.fromCharCode(65 + (sum % 26)) === plain.charAt(15)
}

function brazilian(id: string): boolean {
  const digits = digitsOf(id)
  if (new Set(digits).size === 1) return false
  const check = (count: number): number => ((weighted(digits, Array.from({ length: count }, (_, i) => count + 1 - i)) * 10) % 11) % 10
  return check(9) === digits[9] && check(10) === digits[10]
}

function swiss(id: string): boolean {
  const digits = digitsOf(id)
  return (10 - (weighted(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === digits[12]
}

function belgian(id: string): boolean {
  const plain = id.replace(/\D/g, '')
  const key = Number(plain.slice(9))
  return [plain.slice(0, 9), `2${plain.slice(0, 9)}`].some((number) => 97 - (Number(number) % 97) === key)
}

function german(id: string): boolean {
  const digits = digitsOf(id)
  const counts = Array.from({ length: 10 }, (_, digit) => digits.slice(0, 10).filter((value) => value === digit).length)
  if (counts.filter((count) => count > 1).length !== 1 || counts.some((count) => count > 3)) return false
  let product = 10
  for (let i = 0; i < 10; i++) {
    const sum = ((digits[i] as number) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === digits[10]
}

function dutch(id: string): boolean {
  return new Set(id).size > 1 && weighted(digitsOf(id), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
}

function polish(id: string): boolean {
  const digits = digitsOf(id)
  return new Set(digits).size > 1 && (10 - (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digits[10]
}

/** End of a national number that begins at `at`, or -1. `called`: a word that names such a number stands before it. */
export function nationalIdEnd(text: string, at: number, called: boolean): number {
  const piece = text.slice(at, at + 32)
  for (const [shape, valid] of called ? [...SHAPED, ...CALLED] : SHAPED) {
    const found = shape.exec(piece)
    // Small letters are a code of something else unless the words before say what it is.
    if (found && (called || found[0] === found[0].toUpperCase()) && valid(found[0])) return at + found[0].length
  }
  return -1
}
