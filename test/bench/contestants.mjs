import { makePhrases, phrasePack, shapedPack } from './rules.mjs'

/**
 * What is measured, by name. Each makes itself ready once and then scans paragraphs; `scan` returns how much it found, so that nothing can be optimised away.
 * The engine gets a new scanner for each scan: nothing that it remembers counts.
 */
export const CONTESTANTS = {
  loop: async () => {
    const table = new Uint8Array(65_536).fill(1)
    return (paragraphs) => {
      let sum = 0
      for (const text of paragraphs) for (let i = 0; i < text.length; i++) sum = (sum + table[text.charCodeAt(i)]) | 0
      return sum
    }
  },
  'phrases-1000': (engine) => scanning(engine, [phrasePack(makePhrases(1_000))]),
  'phrases-100': (engine) => scanning(engine, [phrasePack(makePhrases(100))]),
  'phrases-50000': (engine) => scanning(engine, [phrasePack(makePhrases(50_000))]),
  'shared-50000': (engine) => scanning(engine, [phrasePack([...makePhrases(20), ...makePhrases(49_980, { shared: 'the' })])]),
  packs: (engine) => scanning(engine, allPacks(engine)),
  wink: async () => {
    const [{ default: winkNlp }, { default: model }] = await Promise.all([import('wink-nlp'), import('wink-eng-lite-web-model')])
    const nlp = winkNlp(model, ['sbd', 'cer'])
    nlp.learnCustomEntities(makePhrases(1_000).map((phrase) => ({ name: phrase.replaceAll(' ', '-'), patterns: [phrase] })))
    return (paragraphs) => paragraphs.reduce((sum, text) => sum + nlp.readDoc(text).customEntities().out().length, 0)
  },
  secretlint: async () => {
    const [{ lintSource }, { creator, rules }] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')])
    const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, rules: (rules ?? []).map(({ meta }) => ({ id: meta.id })) }] }
    return async (paragraphs) => {
      const { messages } = await lintSource({ source: { filePath: 'draft.txt', content: paragraphs.join('\n'), contentType: 'text', ext: '.txt' }, options: { config, noPhysicFilePath: true } })
      return messages.length
    }
  },
  'write-good': async () => {
    const { default: writeGood } = await import('write-good')
    return (paragraphs) => paragraphs.reduce((sum, text) => sum + writeGood(text).length, 0)
  },
  textlint: async () => {
    const modules = await Promise.all(['@textlint/kernel', '@textlint/textlint-plugin-text', 'textlint-rule-terminology', 'textlint-rule-write-good'].map((name) => import(name)))
    const [{ TextlintKernel }, plugin, terms, style] = modules
    const plain = (module) => module.default?.default ?? module.default
    const kernel = new TextlintKernel()
    const options = {
      ext: '.txt', plugins: [{ pluginId: 'text', plugin: plain(plugin) }],
      rules: [{ ruleId: 'terminology', rule: plain(terms), options: {} }, { ruleId: 'write-good', rule: plain(style), options: {} }],
    }
    return async (paragraphs) => (await kernel.lintText(paragraphs.join('\n'), options)).messages.length
  },
  harper: async () => {
    const [{ LocalLinter }, { binary }] = await Promise.all([import('harper.js'), import('harper.js/binary')])
    const linter = new LocalLinter({ binary })
    await linter.setup()
    return async (paragraphs) => (await linter.lint(paragraphs.join('\n\n'), { language: 'plaintext' })).length
  },
}

/** Built-in packs, filled up with rules of the same shapes to 300. */
export function allPacks({ packs }) {
  const count = packs.reduce((sum, pack) => sum + pack.rules.length, 0)
  return count >= 300 ? packs : [...packs, shapedPack(300 - count)]
}

/** One draft, a block a paragraph. */
export function draftOf(paragraphs) {
  let at = 0
  const blocks = paragraphs.map((text) => ({ kind: 'text', span: { start: at, end: (at += text.length + 1) - 1 } }))
  return { kind: 'post', site: 'bench', subject: '', recipients: [], text: paragraphs.join('\n'), blocks, locale: 'en' }
}

async function scanning({ compileRuleset, createScanner }, packs) {
  const ruleset = compileRuleset(packs)
  const drafts = new WeakMap()
  return (paragraphs) => {
    let draft = drafts.get(paragraphs)
    if (!draft) drafts.set(paragraphs, (draft = draftOf(paragraphs)))
    const { findings, more } = createScanner(ruleset).scan(draft)
    return findings.length + more
  }
}
