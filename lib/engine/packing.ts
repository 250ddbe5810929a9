export type Table = Int32Array | Uint16Array | Uint8Array

/** How a table of whole numbers travels; the smallest that can say it is taken. `bytes` and `shorts` are its numbers in less room, `steps` the differences of an ascending table, `sevens` seven bits a byte, `few` gap and number of what is not 0. */
const FORMS = ['same', 'bytes', 'shorts', 'byteSteps', 'shortSteps', 'sevens', 'few'] as const
type Form = (typeof FORMS)[number]

/** A table on its way. `size` is what its numbers are in memory, in bytes. */
export interface Packed { readonly form: number; readonly size: number; readonly length: number; readonly payload: Uint8Array }

/** The table in the form that needs least room. */
export function pack(table: Table): Packed {
  const forms: Partial<Record<Form, Uint8Array>> = { same: bytesOf(table) }
  let most = 0
  let least = 0
  let largest = 0
  let smallest = 0
  let last = 0
  for (const value of table) {
    most = Math.max(most, value)
    least = Math.min(least, value)
    largest = Math.max(largest, value - last)
    smallest = Math.min(smallest, value - last)
    last = value
  }
  if (least >= 0) {
    if (most < 256) forms.bytes = Uint8Array.from(table)
    else if (most < 65_536) forms.shorts = bytesOf(Uint16Array.from(table))
    if (smallest >= 0 && largest < 256) forms.byteSteps = Uint8Array.from(steps(table))
    else if (smallest >= 0 && largest < 65_536) forms.shortSteps = bytesOf(Uint16Array.from(steps(table)))
    if (most > 255) forms.sevens = Uint8Array.from(allSevens(table))
    forms.few = Uint8Array.from(few(table))
  }
  const [form, payload] = (Object.entries(forms) as [Form, Uint8Array][]).reduce((best, each) => (each[1].length < best[1].length ? each : best))
  return { form: FORMS.indexOf(form), size: table.BYTES_PER_ELEMENT, length: table.length, payload }
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

function* steps(table: Table): Generator<number> {
  let last = 0
  for (const value of table) {
    yield value - last
    last = value
  }
}

function summed(size: number, table: Uint8Array | Uint16Array): Table {
  const out = sized(size, table.length)
  let sum = 0
  for (let i = 0; i < table.length; i++) out[i] = sum += table[i] as number
  return out
}

/** Gap and number of each that is not 0, seven bits a byte; a gap of 0 ends them. */
function* few(table: Table): Generator<number> {
  let last = -1
  for (let i = 0; i < table.length; i++) {
    if (table[i] === 0) continue
    yield* sevens(i - last)
    yield* sevens(table[i] as number)
    last = i
  }
  yield 0
}

function* allSevens(table: Table): Generator<number> {
  for (const value of table) yield* sevens(value)
}

function* sevens(value: number): Generator<number> {
  let rest = value
  for (; rest > 127; rest >>>= 7) yield (rest & 127) | 128
  yield rest
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
      const byte = from[read++] as number
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  for (let at = -1, gap = next(); gap !== 0; gap = next()) out[(at += gap)] = next()
  return out
}
