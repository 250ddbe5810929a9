import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../run/paths.mjs'
import { pick, randomFrom } from './random.mjs'

/** UTF-16 units of the whole corpus: just under what one draft may hold. */
export const CORPUS_LENGTH = 999_000

const OPENINGS = ['Hi Dana,', 'Thanks for your time today.', 'Here is what we talked about.', 'I wanted to follow up on your question.', 'Please find the details below.']
const SALES = [
  'The plan costs ${n}.00 a month and is billed on the {d} of each month.', 'Sign before the end of the quarter and get {p}% off the list price.', 'We can hold €{n},50 until March {d}, 2026.',
  'You don\'t pay for seats that you don\'t use, and it\'s your choice at renewal.', 'Our team guarantees an answer within {d} hours on working days.', 'It saved a customer like you about {p} % last year.',
  'Shipping takes {d} to {e} days and costs nothing above $ {n}.', 'We\'ll send the agreement — it has {e} pages — by Friday.', 'The upgrade is free of charge for the first {d} months.', 'I\'ve attached the price list; the old one isn\'t valid any more.',
]

/** Paragraphs of prose from the README files that the installed packages carry. */
function prose() {
  const out = new Set()
  for (const folder of [join(ROOT, 'node_modules'), join(ROOT, 'test/bench/node_modules')]) {
    for (const name of packagesIn(folder)) {
      const file = ['README.md', 'readme.md', 'Readme.md'].map((one) => join(folder, name, one)).find((one) => existsSync(one))
      if (!file) continue
      const text = readFileSync(file, 'utf8').replace(/\r/g, '').replace(/^(```|~~~)[^]*?^\1/gm, '')
      for (const part of text.split(/\n\s*\n/)) {
        const paragraph = part.replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1').replace(/\s+/g, ' ').trim()
        if (/^[A-Z][a-z' ]/.test(paragraph) && paragraph.split(' ').length > 9 && paragraph.length < 2_500 && !/[|<>{}=]/.test(paragraph)) out.add(paragraph)
      }
    }
  }
  return [...out]
}

function packagesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder).sort().flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).sort().map((inner) => `${name}/${inner}`) : name.startsWith('.') ? [] : [name]))
}

function salesParagraph(random) {
  const number = (most) => String(1 + Math.floor(random() * most))
  const sentences = [pick(random, OPENINGS)]
  for (let n = 3 + Math.floor(random() * 4); n > 0; n--) sentences.push(pick(random, SALES).replace('{n}', number(900)).replace('{d}', number(28)).replace('{e}', number(60)).replace('{p}', number(70)))
  return sentences.join(' ')
}

/** As editors and word processors write: curly apostrophes in a quarter of the paragraphs, no-break spaces before figures in a tenth. */
function typeset(paragraph, random) {
  const curly = random() < 0.25 ? paragraph.replace(/'/g, '\u2019').replace(/"([^"]*)"/g, '\u201c$1\u201d') : paragraph
  return random() < 0.1 ? curly.replace(/ (\d)/g, '\u00a0$1') : curly
}

/**
 * Paragraphs: README prose and generated sales mail, three to one, in an order that is the same in every run. `plant(paragraph, random)` may put
 * phrases of the rules in.
 */
export function makeCorpus({ length = CORPUS_LENGTH, seed = 7, plant = (paragraph) => paragraph } = {}) {
  const random = randomFrom(seed)
  const found = prose()
  const out = []
  let used = 0
  for (let turn = 0; ; turn++) {
    const raw = turn % 4 !== 3 && found.length ? found[(turn * 31) % found.length] : salesParagraph(random)
    const paragraph = plant(typeset(raw, random), random)
    if (used + paragraph.length + 1 > length) return out
    used += paragraph.length + 1
    out.push(paragraph)
  }
}

/** The first paragraphs that make up about `words` words. */
export function wordsOf(paragraphs, words) {
  const out = []
  for (let at = 0, count = 0; count < words; at++) {
    out.push(paragraphs[at % paragraphs.length])
    count += out.at(-1).split(/\s+/).length
  }
  return out
}
