export type Table = Int32Array | Uint16Array | Uint8Array

/** How a table of whole numbers travels; the smallest that can say it is taken. `bytes` and `shorts` are its numbers in less room, `steps` the differences of an ascending table, `sevens` seven bits a byte, `few` gap and number of what is not 0. */
const FORMS = ['same', 'bytes', 'shorts', 'byteSteps', 'shortSteps', 'sevens', 'few'] as const
type Form = (typeof FORMS)[number]

/** A table on its way. `size` is what its numbers are in memory, in bytes. */
export interface Packed { readonly form: number; readonly size: number; readonly length: number; readonly payload: Uint8Array }

/** The table in the form that needs least room. What each form would need is counted first, and only the one that is taken is written: a table of a large company has millions of numbers. */
export function pack(table: Table): Packed {
  const { form, bytes } = smallestForm(table)
  return { form: FORMS.indexOf(form), size: table.BYTES_PER_ELEMENT, length: table.length, payload: write(table, form, bytes) }
}

function smallestForm(table: Table): { readonly form: Form; readonly bytes: number } {
  const { length } = table
  let [most, least, largest, smallest] = [0, 0, 0, 0]
  let [sevenBytes, fewBytes] = [0, 1]
  for (let at = 0, last = 0, lastSet = -1; at < length; at++) {
    const value = table[at] as number
    if (value > most) most = value
    if (value < least) least = value
    if (value - last > largest) largest = value - last
    if (value - last < smallest) smallest = value - last
    last = value
    sevenBytes += sevensOf(value)
    if (value !== 0) {
      fewBytes += sevensOf(at - lastSet) + sevensOf(value)
      lastSet = at
    }
  }
  let form: Form = 'same'
  let bytes = table.byteLength
  if (least < 0) return { form, bytes }
  const consider = (other: Form, needs: number): void => {
    if (needs < bytes) [form, bytes] = [other, needs]
  }
  if (most < 256) consider('bytes', length)
  else if (most < 65_536) consider('shorts', 2 * length)
  if (smallest >= 0 && largest < 256) consider('byteSteps', length)
  else if (smallest >= 0 && largest < 65_536) consider('shortSteps', 2 * length)
  if (most > 255) consider('sevens', sevenBytes)
  consider('few', fewBytes)
  return { form, bytes }
}

function write(table: Table, form: Form, bytes: number): Uint8Array {
  switch (form) {
    case 'same': return bytesOf(table)
    case 'bytes': return Uint8Array.from(table)
    case 'shorts': return bytesOf(Uint16Array.from(table))
    case 'byteSteps': return steps(table, new Uint8Array(table.length))
    case 'shortSteps': return bytesOf(steps(table, new Uint16Array(table.length)))
    case 'sevens': return sevens(table, new Uint8Array(bytes))
    case 'few': return few(table, new Uint8Array(bytes))
  }
}

/** The table again. `at` is where its payload begins, a multiple of 8. */
export function unpack(buffer: ArrayBuffer, form: number, size: number, at: number, length: number): Table {
  switch (FORMS[form]) {
    case 'bytes': return sized(size, new Uint8Array(buffer, at, length))
    case 'shorts': return sized(size, new Uint16Array(buffer, at, length))
    case 'byteSteps': return summed(size, new Uint8Array(buffer, at, length))
    case 'shortSteps': return summed(size, new Uint16Array(buffer, at, length))
    case 'sevens': return unfolded(sized(size, length), new Uint8Array(buffer, at))
    case 'few': return spread(sized(size, length), new Uint8Array(buffer, at))
    default: return size === 4 ? new Int32Array(buffer, at, length) : size === 2 ? new Uint16Array(buffer, at, length) : new Uint8Array(buffer, at, length)
  }
}

function bytesOf(table: Table): Uint8Array {
  return new Uint8Array(table.buffer, table.byteOffset, table.byteLength)
}

function sized(size: number, of: Uint8Array | Uint16Array | number): Table {
  if (size === 4) return typeof of === 'number' ? new Int32Array(of) : new Int32Array(of)
  if (size === 2) return typeof of === 'number' ? new Uint16Array(of) : new Uint16Array(of)
  return typeof of === 'number' ? new Uint8Array(of) : new Uint8Array(of)
}

function steps<T extends Uint8Array | Uint16Array>(table: Table, out: T): T {
  for (let at = 0, last = 0; at < out.length; at++) {
    const value = table[at] as number
    out[at] = value - last
    last = value
  }
  return out
}

function summed(size: number, table: Uint8Array | Uint16Array): Table {
  const out = sized(size, table.length)
  let sum = 0
  for (let i = 0; i < table.length; i++) out[i] = sum += table[i] as number
  return out
}

/** Gap and number of each that is not 0, seven bits a byte; a gap of 0, the last byte of `out`, ends them. */
function few(table: Table, out: Uint8Array): Uint8Array {
  let to = 0
  let last = -1
  for (let at = 0; at < table.length; at++) {
    const value = table[at] as number
    if (value === 0) continue
    to = putSevens(out, to, at - last)
    to = putSevens(out, to, value)
    last = at
  }
  return out
}

function sevens(table: Table, out: Uint8Array): Uint8Array {
  let to = 0
  for (let at = 0; at < table.length; at++) to = putSevens(out, to, table[at] as number)
  return out
}

/** Writes `value` from `to` on, seven bits a byte, and gives where the next begins. */
function putSevens(out: Uint8Array, to: number, value: number): number {
  let [at, rest] = [to, value]
  for (; rest > 127; rest >>>= 7) out[at++] = (rest & 127) | 128
  out[at++] = rest
  return at
}

/** How many bytes a number of 0 or more takes at seven bits a byte. */
function sevensOf(value: number): number {
  return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5
}

function unfolded(out: Table, from: Uint8Array): Table {
  let read = 0
  for (let i = 0; i < out.length; i++) {
    let byte = from[read++] as number
    let value = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = from[read++] as number
      value |= (byte & 127) << shift
    }
    out[i] = value
  }
  return out
}

function spread(out: Table, from: Uint8Array): Table {
  let read = 0
  const next = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      // Past the end is the end: what lacks its last byte must not be read for ever.
      const byte = from[read++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  for (let at = -1, gap = next(); gap !== 0; gap = next()) out[(at += gap)] = next()
  return out
}
