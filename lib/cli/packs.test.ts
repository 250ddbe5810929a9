import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { canonicalJson, verifySignedPack } from '../packs/index.ts'
import { knownFields } from '../packs/schema.ts'
import { run, schemaText } from './packs.ts'

let dir = ''
beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'packs-')) })
afterEach(() => { rmSync(dir, { recursive: true, force: true }) })

async function cli(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const status = await run(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { status, out: out.join('\n'), err: err.join('\n') }
}

function writePack(clean = 'The battery is at 20%.', match = '"{percent} off"'): string {
  const folder = join(dir, 'acme')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'pack.yaml'), 'id: acme\nversion: 1.0.0\ntitle: Acme\ndescription: Ours.\n')
  writeFileSync(join(folder, 'off.yaml'), `id: acme/off\ntitle: Off\ncategory: pricing\ntier: review\nmessage: Check it.\nsources: [{ title: House rule }]\nmatch: [${match}]\nexamples:\n  flagged: ["Get 20% off."]\n  clean: ["${clean}"]\n`)
  return folder
}

describe('packs check', () => {
  test('is silent but for the summary where all is well', async () => {
    expect(await cli('check', writePack())).toEqual({ status: 0, out: '1 pack, 1 rule, 2 examples: 0 problems', err: '' })
  })

  test('prints file, line and column of an example that fails, and exits with 1', async () => {
    const folder = writePack('We take 5% off.')
    const { status, out, err } = await cli('check', folder)
    expect(status).toBe(1)
    expect(err).toBe(`${folder}/off.yaml:10:11 acme/off finds "5% off" in the clean example "We take 5% off.". Make a pattern tighter, or add an exception under "unless".`)
    expect(out).toBe('1 pack, 1 rule, 2 examples: 1 problem')
  })

  test('prints the place of a pattern that does not compile', async () => {
    const { status, err } = await cli('check', writePack(undefined, '"ok", "(a|b"'))
    expect(status).toBe(1)
    expect(err).toMatch(/off\.yaml:7:15 acme\/off: .*not closed/)
  })

  test('refuses a regular expression that a text can make slow, with the text, and warns of one that reads everything', async () => {
    const evil = await cli('check', writePack(undefined, String.raw`"{percent} off", '/(\w+\s?)+!/'`))
    expect(evil.status).toBe(1)
    expect(evil.err).toMatch(/off\.yaml:7:26 acme\/off: A text can make this take for ever: ".+" and so on/)
    const loose = await cli('check', writePack(undefined, String.raw`"{percent} off", '/\b[a-z]\d{2}\b/'`))
    expect(loose.status).toBe(0)
    expect(loose.err).toMatch(/^warning: .*off\.yaml:7:26 acme\/off: every text is searched with/)
  })

  test('reports a bad pack and still checks the others', async () => {
    writePack()
    mkdirSync(join(dir, 'bad'))
    writeFileSync(join(dir, 'bad/pack.yaml'), Buffer.from([0x69, 0x64, 0x3a, 0xff, 0xfe]))
    const { status, out, err } = await cli('check', dir)
    expect(status).toBe(1)
    expect(out).toBe('1 pack, 1 rule, 2 examples: 2 problems')
    expect(err).toContain('bad/pack.yaml:1:4 The file is not UTF-8 text. Save it as UTF-8.')
  })

  const BAD = 'id: bad\nversion: 1.0.0\ntitle: Bad\ndescription: Ours.\n'
  const RULE = 'id: bad/off\ntitle: Off\ncategory: pricing\ntier: review\nmessage: Check it.\nsources: [{ title: House rule }]\nmatch: ["{percent} off"]\nexamples:\n  flagged: ["Get 20% off."]\n  clean: ["It is at 20%."]\n'
  const words = (n: number) => Array.from({ length: n }, (_, index) => `    - w${index}`)

  test.each<[string, Record<string, string | Buffer>, RegExp]>([
    ['a rule without examples', { 'off.yaml': RULE.replace(/examples:[^]*/, '') }, /off\.yaml:1:1 "examples" is missing\. \S/],
    ['a clean example that flags', { 'off.yaml': RULE.replace('It is at', 'Take 5% off or') }, /off\.yaml:10:11 bad\/off finds "5% off" in the clean example .* Make a pattern tighter/],
    ['an unknown field', { 'off.yaml': RULE.replace('tier:', 'tir: x\ntier:') }, /off\.yaml:4:1 There is no field "tir" here\. Did you mean "tier"\?/],
    ['two rules with one id', { 'off.yaml': RULE, 'on.yaml': RULE }, /on\.yaml:1:\d+ Another file already has the id "bad\/off"\S* \S/],
    ['a list of 50,000 entries with a duplicate', { 'pack.yaml': `${BAD}lists:\n  words:\n${[...words(49_999), '    - W7'].join('\n')}\n`, 'off.yaml': RULE }, /pack\.yaml:50006:7 "W7" is already entry 8 of this list\. Remove one of the two\./],
    ['a file in the wrong encoding', { 'off.yaml': Buffer.from(RULE.replace('title: Off', 'title: Grüße \uFFFD'), 'latin1') }, /off\.yaml:2:10 The file is not UTF-8 text\. Save it as UTF-8\./],
    ['a bomb of nested alternatives', { 'off.yaml': RULE.replace('["{percent} off"]', `["${'(a|'.repeat(200)}b${')'.repeat(200)}"]`) }, /off\.yaml:7:\d+ bad\/off: \S/],
    ['a longer one', { 'off.yaml': RULE.replace('["{percent} off"]', `["${'(a|'.repeat(300)}b${')'.repeat(300)}"]`) }, /off\.yaml:7:9 Entry 1 of "match" is longer than 1000 characters\. Shorten it/],
  ])('refuses %s with file, line, column and what to do, and loads the others', async (_name, files, expected) => {
    writePack()
    mkdirSync(join(dir, 'bad'))
    for (const [name, content] of Object.entries({ 'pack.yaml': BAD, ...files })) writeFileSync(join(dir, 'bad', name), content)
    const { status, out, err } = await cli('check', dir)
    expect(err).toMatch(expected)
    expect(out).toMatch(/rule.*: [1-9]\d* problems?$/)
    expect(out).toMatch(/^[12] packs?, [12] rules?, /)
    expect(status).toBe(1)
  })

  test('says what is wrong with a path or a command', async () => {
    expect((await cli('check', join(dir, 'nothing'))).err).toContain('There is nothing at this path.')
    expect((await cli('check')).status).toBe(2)
    expect((await cli('chek')).err).toContain('There is no command "chek".')
    expect((await cli('check', '--fast')).status).toBe(2)
  })
})

describe('packs build and key', () => {
  test('makes a key for its owner alone, never over another, and signs with it', async () => {
    const key = join(dir, 'key.pem')
    expect((await cli('key', '--out', key)).status).toBe(0)
    expect(statSync(key).mode & 0o777).toBe(0o600)
    expect((await cli('key', '--out', key)).err).toContain('never written over')
    const out = join(dir, 'acme.json')
    const built = await cli('build', writePack(), '--key', key, '--by', 'Acme team', '--out', out)
    expect(built).toMatchObject({ status: 0, err: '' })
    const json = readFileSync(out, 'utf8')
    expect(verifySignedPack(JSON.parse(json))).toMatchObject({ ok: true, signedBy: 'Acme team' })
    expect(json).toBe(`${canonicalJson(JSON.parse(json))}\n`)
    expect((await cli('check', out)).out).toBe('1 pack, 1 rule, 2 examples: 0 problems')
    writeFileSync(out, json.replace('Check it.', 'Forget it.'))
    expect((await cli('check', out)).err).toContain('changed after it was signed')
  })

  test('gives the same unsigned bytes each time', async () => {
    const folder = writePack()
    const first = await cli('build', folder)
    expect(JSON.parse(first.out)).toMatchObject({ format: 1, id: 'acme' })
    expect((await cli('build', folder)).out).toBe(first.out)
  })

  test('does not build what fails its examples, nor sign with a key that is not there', async () => {
    expect((await cli('build', writePack('We take 5% off.'))).status).toBe(1)
    expect((await cli('build', writePack(), '--key', join(dir, 'no.pem'))).err).toContain('There is no key at')
  })
})

test('the JSON Schema says of every field of a rule and of pack.yaml what goes in', () => {
  const { $defs } = JSON.parse(schemaText()) as { $defs: Record<'rule' | 'pack', { properties: Record<string, { description?: string }>; additionalProperties: boolean }> }
  expect(Object.keys($defs.rule.properties)).toEqual(knownFields('rule', []))
  for (const part of [$defs.rule, $defs.pack]) {
    expect(Object.entries(part.properties).filter(([, { description }]) => !description).map(([name]) => name)).toEqual([])
    expect(part.additionalProperties).toBe(false)
  }
})

test('public/rule-pack.schema.json is what `packs schema` writes', () => {
  const file = fileURLToPath(new URL('../../public/rule-pack.schema.json', import.meta.url))
  expect(readFileSync(file, 'utf8') === schemaText(), 'run: npm run -s packs -- schema').toBe(true)
})
