import fc from 'fast-check'

/** Texts that have broken parsers before: other scripts and directions, half characters, names of fields of every object, markup, formulas, numbers that are none. */
const HOSTILE_TEXTS = [
  '', ' ', '\0', '\ud83d', '\ude00', '\ufeff', '\u202eabc', '\u2028', 'é\u0301\u0302', '＜', '__proto__', 'constructor', 'toString', '<img src=x onerror=alert(1)>', '=1+1', 'javascript:alert(1)', 'file:///', 'NaN',
  '1e999', '-0', '../../..', '%00', '${x}', '(a+)+$', '...', 'x'.repeat(3_000), '\n'.repeat(500), '['.repeat(2_000), 'http://127.0.0.1/', 'chrome-extension://abc/', '🇩🇪👩‍👩‍👧',
]
const HOSTILE_VALUES: readonly unknown[] = [
  null, true, false, 0, -1, -0, 0.1, 2 ** 31, 2 ** 53, 1e308, NaN, Infinity, undefined, [], {}, [[]], [null], { __proto__: null }, { length: 3 }, { then: 1 }, new Date(0), new Map([['a', 1]]), new Set([1]), new ArrayBuffer(8), new Uint8Array(3), 10n,
]

export const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }))
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(hostileText, fc.constantFrom(...HOSTILE_VALUES), fc.jsonValue({ maxDepth: 3 }))

type Change = { readonly at: number; readonly how: 'replace' | 'remove' | 'add' | 'double' | 'swap' | 'nest'; readonly value: unknown; readonly name: string }
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(), how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'double', 'swap', 'nest'), value: hostileValue, name: fc.constantFrom('extra', '__proto__', 'constructor', 'id', 'text', 'url', 'code', '0'),
})

interface Place { readonly holder: unknown[] | Record<string, unknown>; readonly key: string }

/** Every place of a value that something can be put into, outermost first. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])])
}

/** A copy goes in: the values above are used again and again, and must not come to hold each other. */
function put({ holder, key }: Place, value: unknown): void {
  Object.defineProperty(holder, key, { value: structuredClone(value), enumerable: true, configurable: true, writable: true })
}

/** Does one change to a value in place. */
function alter(root: { value: unknown }, { at, how, value, name }: Change): void {
  const places = placesOf(root)
  const place = places[at % places.length] as Place
  const there = (place.holder as Record<string, unknown>)[place.key]
  if (how === 'remove' && Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1)
  else if (how === 'remove' && place.holder !== (root as unknown)) delete (place.holder as Record<string, unknown>)[place.key]
  else if (how === 'add' && typeof there === 'object' && there !== null && !Array.isArray(there)) put({ holder: there as Record<string, unknown>, key: name }, value)
  else if (how === 'double' && Array.isArray(there)) there.push(...structuredClone(there) as unknown[])
  else if (how === 'swap') {
    const other = places[(at + 7) % places.length] as Place
    put(place, (other.holder as Record<string, unknown>)[other.key])
  } else if (how === 'nest') put(place, [[there]])
  else put(place, value)
}

/** Values that were right once: each with some changes done to it. `most` 0 gives them as they are. */
export function mutated(samples: readonly unknown[], most = 4): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: most })).map(([sample, changes]) => {
    const root = { value: structuredClone(sample) }
    for (const each of changes) alter(root, each)
    return root.value
  })
}

type Cut = { readonly from: number; readonly length: number; readonly text: string }

/** Texts that were right once: cut, doubled and with pieces of `words` put in. */
export function mutatedText(samples: readonly string[], words: readonly string[], most = 6): fc.Arbitrary<string> {
  const piece = words.length > 0 ? fc.oneof(fc.constantFrom(...words), hostileText) : hostileText
  const cut: fc.Arbitrary<Cut> = fc.record({ from: fc.nat(), length: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(2_000)), text: fc.oneof(piece, fc.constant('')) })
  return fc.tuple(fc.constantFrom(...samples), fc.array(cut, { maxLength: most })).map(([sample, cuts]) =>
    cuts.reduce((text, { from, length, text: put }) => {
      const at = text.length === 0 ? 0 : from % (text.length + 1)
      return text.slice(0, at) + put + text.slice(at + length)
    }, sample))
}

/** '' for what JSON cannot hold. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch (error) {
    if (error instanceof TypeError) return ''
    throw error
  }
}
