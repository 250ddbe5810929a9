import encodeQR from 'qr'

/** Modules of free space around a QR code, as its standard asks for. */
const QUIET = 4

/** A text as the dark modules of a QR code, one SVG path; null where it is too long for one. `size` in modules, free space included. */
export function qrPath(text: string): { readonly size: number; readonly path: string } | null {
  let rows: readonly (readonly boolean[])[]
  try {
    rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET })
  } catch {
    return null // The library's only refusal of a text is its length.
  }
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return { size: rows.length, path }
}
