import type { Table } from './packing.ts'

/** So many texts in a row are written as what differs from the one before; the first of them is whole. */
const RUN = 16

/** Texts in two tables, read one by one when they are asked for: where each ends, and their units. */
export class Texts {
  constructor(private readonly ends: Table, private readonly units: Table) {}

  /** Tables of `list`. `shared`: most begin as the one before. */
  static tablesOf(list: readonly string[], shared: boolean): readonly [Int32Array, Uint8Array | Uint16Array] {
    const written = shared ? list.map((text, i) => (i % RUN === 0 ? text : differing(list[i - 1] as string, text))) : list
    const ends = new Int32Array(list.length)
    let end = 0
    written.forEach((text, i) => { ends[i] = end += text.length })
    return [ends, unitsOf(written.join(''))]
  }

  /** A text of a list that was written without sharing. */
  at(number: number): string {
    const { units } = this
    const stop = this.ends[number] as number
    let out = ''
    for (let at = number === 0 ? 0 : this.ends[number - 1] as number; at < stop; at += 4_096) out += String.fromCharCode(...units.subarray(at, Math.min(stop, at + 4_096)))
    return out
  }

  /** A text of a list that was written with sharing. */
  sharedAt(number: number): string {
    let text = ''
    for (let i = number - (number % RUN); i <= number; i++) {
      const written = this.at(i)
      text = i % RUN === 0 ? written : text.slice(0, written.charCodeAt(0)) + written.slice(1)
    }
    return text
  }
}

/** How many units are as in the text before, and the rest. */
function differing(before: string, text: string): string {
  let same = 0
  while (same < 255 && same < text.length && text[same] === before[same]) same++
  return String.fromCharCode(same) + text.slice(same)
}

/** Half the size where no character needs more. */
function unitsOf(text: string): Uint8Array | Uint16Array {
  const units = /^[\0-\xff]*$/.test(text) ? new Uint8Array(text.length) : new Uint16Array(text.length)
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i)
  return units
}
