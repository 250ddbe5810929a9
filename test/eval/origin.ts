import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marksInHtml, marksInText, tokensInText } from '../../lib/origin/index.ts'
import { share, type EvalSection, type Figure } from './figure.ts'
import { humanMails } from './mails.ts'
import { PASTES } from './pastes.ts'

interface Gold { readonly start: number; readonly end: number; readonly category: string }
interface Row { readonly id: string; readonly text: string; readonly label?: string; readonly domain?: string; readonly spans?: readonly Gold[] }

/** How often origin is right: marks in pastes, tokens in texts, the words around a chat answer. */
export async function origin(data: string): Promise<EvalSection> {
  const notes: string[] = []
  const figures: Figure[] = builtPastes(notes)
  const rows = (name: string): Row[] | null => {
    const path = join(data, name)
    if (existsSync(path)) return readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row)
    notes.push(`skipped: ${name} is not in ${data}`)
    return null
  }
  const pastes = rows('paste_markers.dev.jsonl')
  if (pastes) figures.push(collectedPastes(pastes, notes))
  const forms = rows('artefact_forms.dev.jsonl')
  if (forms) figures.push(...leakedTokens(forms, notes))
  const chat = rows('rawchat.dev.jsonl')
  if (chat) figures.push(...rawChat(chat))
  const mails = humanMails()
  if (mails) figures.push(humanMail(mails, notes))
  else notes.push('skipped: the human mails are not installed (npm ci in test/eval)')
  return { title: 'Origin: what pastes and texts show', figures, notes }
}

const productsOf = (html: string): string[] => [...new Set(marksInHtml(html).map(({ product }) => product ?? ''))]

function builtPastes(notes: string[]): Figure[] {
  const marked = PASTES.filter(({ product }) => product !== null)
  const plain = PASTES.filter(({ product }) => product === null)
  const missed = marked.filter(({ product, html }) => productsOf(html).join() !== product)
  const wrong = plain.filter(({ html }) => productsOf(html).length > 0)
  for (const { name } of [...missed, ...wrong].slice(0, 10)) notes.push(`wrong: ${name}`)
  return [
    share('pastes built from the marks: product named', marked.length - missed.length, marked.length, 1),
    share('pastes from other programs: false alarms', wrong.length, plain.length, 0, 'at-most'),
  ]
}

function collectedPastes(rows: readonly Row[], notes: string[]): Figure {
  const wrong = rows.filter(({ text, label }) => (productsOf(text).join().toLowerCase() || 'none') !== label)
  for (const { id } of wrong) notes.push(`wrong: paste ${id}`)
  return share('collected pastes right', rows.length - wrong.length, rows.length, 1)
}

/** Every token with its exact place; a text without gold must stay without evidence. */
function leakedTokens(rows: readonly Row[], notes: string[]): Figure[] {
  let [found, gold, hit, negatives] = [0, 0, 0, 0]
  for (const { id, text, spans = [] } of rows) {
    const seen = tokensInText(text).flatMap(({ span }) => span ?? [])
    if (spans.length === 0) {
      negatives += 1
      if (marksInText(text).length === 0) continue
      hit += 1
      notes.push(`wrong: something seen in hard negative ${id}`)
      continue
    }
    gold += spans.length
    const exact = spans.filter(({ start, end }) => seen.some((span) => span.start === start && span.end === end)).length
    found += exact
    if (exact < spans.length) notes.push(`wrong: ${id} wants ${JSON.stringify(spans.map(({ start, end }) => [start, end]))}, seen ${JSON.stringify(seen.map(({ start, end }) => [start, end]))}`)
  }
  return [share('leaked tokens found at their exact place', found, gold, 1), share('hard negatives in which something is seen', hit, negatives, 0, 'at-most')]
}

const hasEvidence = ({ text }: { readonly text: string }): boolean => marksInText(text).some((one) => one.class === 'T1' || one.class === 'T3')

function rawChat(rows: readonly Row[]): Figure[] {
  const letters = rows.filter(({ domain }) => domain === 'email/letter')
  return [
    share('raw chat, e-mails and letters: evidence in the text alone', letters.filter(hasEvidence).length, letters.length, 0.85),
    share('raw chat, all: evidence in the text alone', rows.filter(hasEvidence).length, rows.length, 0.55),
  ]
}

function humanMail(mails: readonly { readonly id: string; readonly text: string }[], notes: string[]): Figure {
  const hit = mails.filter(hasEvidence)
  if (hit.length > 0) notes.push(`human mails with evidence: ${hit.map(({ id, text }) => `${id} (${marksInText(text).map(({ mark }) => mark).join(', ')})`).join('; ')}`)
  return share('human mails: evidence in the text alone', hit.length, mails.length, 0.001, 'at-most')
}
