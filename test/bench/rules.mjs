import { pick, randomFrom } from './random.mjs'

const ONSETS = ['b', 'br', 'c', 'cl', 'd', 'dr', 'f', 'fl', 'g', 'gr', 'h', 'k', 'l', 'm', 'n', 'p', 'pr', 'r', 's', 'st', 't', 'tr', 'v', 'w', 'x', 'z']
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io', 'ou', 'y']
const ENDS = ['', 'l', 'm', 'n', 'r', 's', 'x', 'mab', 'zol', 'pril', 'statin', 'tek', 'soft', 'line']
/** Phrases that stand in the corpus by themselves. */
const COMMON = ['by default', 'make sure', 'last year', 'open source', 'pull request', 'third party', 'more information', 'we can hold', 'get started', 'as well as', 'under the hood', 'in order to', 'for example', 'at renewal']

/** A brand- or drug-like word. */
export function inventWord(random) {
  let word = ''
  for (let n = 2 + Math.floor(random() * 2); n > 0; n--) word += pick(random, ONSETS) + pick(random, VOWELS)
  return word + pick(random, ENDS)
}

/** `count` different phrases of 1 to 3 words: the common ones, then invented names, some of which are built on common words. */
export function makePhrases(count, { shared = '', seed = 11 } = {}) {
  const random = randomFrom(seed)
  const out = new Set(shared ? [] : COMMON.slice(0, count))
  while (out.size < count) {
    const words = [inventWord(random)]
    const shape = random()
    if (shape > 0.4) words.push(shape > 0.7 ? inventWord(random) : pick(random, ['price', 'plan', 'service', 'team', 'code', 'file', 'data', 'list']))
    if (shape > 0.9) words.push(inventWord(random))
    if (shared) words.splice(Math.floor(random() * (words.length + 1)), 0, shared)
    out.add(words.join(' '))
  }
  return [...out]
}

const rule = (id, match, over = {}) => ({
  id, title: id, category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check this.', sources: [], match, unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores',
  quoted: 'ignores', where: ['text', 'heading', 'list', 'quote', 'subject'], once: false, reasons: [], examples: { flagged: [], clean: [] }, ...over,
})

const pack = (rules, lists = {}) => ({ format: 1, id: 'bench', version: '1.0.0', title: 'Bench', description: '', owner: 'bench', lists, rules })

/** One rule a phrase. */
export function phrasePack(phrases) {
  return pack(phrases.map((phrase, at) => rule(`bench/p${at}`, [phrase])))
}

const SHAPES = [
  (a, b) => ({ match: [`(${a}|${a}s) [a|the] {percent} ${b}`, `{percent} [of] ${b}`] }),
  (a, b) => ({ match: [`(we|our team) ... (${a}|${b}) ... {duration}`], negation: 'clears', hedge: 'lowers' }),
  (a, b) => ({ match: [`${a} (${b}|${b}s|{money})`, `{money} ... ${b}`], unless: [`${a} list`], question: 'lowers' }),
  (a, b) => ({ match: [`(${a}|${b})`, `no ${a}`], near: ['(price|plan|service|{money})'], quoted: 'clears' }),
  (a, b) => ({ match: [`(your|the|our) [new] ${a} [${b}] (is|are|will be) (free|safe|certain)`], hedge: 'lowers', negation: 'clears' }),
]

/** Rules of the shapes that the built-in packs have, with entities, gaps, alternatives and context, over invented words. */
export function shapedPack(count) {
  const random = randomFrom(23)
  return { ...pack(Array.from({ length: count }, (_, at) => rule(`shaped/r${at}`, [], SHAPES[at % SHAPES.length](inventWord(random), inventWord(random))))), id: 'shaped' }
}

/** Puts phrases into paragraphs for `makeCorpus`, so that there is a hit every sixty characters or so. */
export function planted(phrases) {
  return (paragraph, random) => paragraph.replace(/ (?=\w)/g, (space) => (random() < 0.085 ? ` ${pick(random, phrases)} ` : space))
}
