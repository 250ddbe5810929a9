import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { appendEntry, LEDGER_KINDS, type LedgerEntry, type SignedEntry } from '../review/index.ts'
import { linkTo } from '../review/ledger.ts'
import { handOverDigest } from '../review/ledger-keys.ts'
import { trailerDigest } from '../review/ledger-signature.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'))
function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const example = { flagged: ['Get 20% off.'], clean: ['Only 20% of people.'] }
const rule = (name: string, category: string, tier: string, match: string[], more = {}) => ({
  id: `test/${name}`, title: `About ${name}`, category, tier, owner: category, languages: ['en'], message: `Check ${name}.`, sources: [{ title: 'House rule' }], match,
  unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['subject', 'text', 'heading', 'list'], once: false, reasons: [], examples: example, ...more,
})
const pack = file('test.json', JSON.stringify({
  format: 1, id: 'test', version: '1.0.0', title: 'Test', description: 'Test', owner: 'test', lists: {},
  rules: [
    rule('off', 'pricing', 'review', ['{percent} off'], { suggest: 'see your quote' }), rule('cure', 'medical', 'approve', ['cures diabetes']),
    rule('token', 'leftover', 'block', ['{leftover}'], { examples: { flagged: ['citeturn0search0'], clean: ['turn'] } }),
  ],
}))

const teamPack = file('team.json', JSON.stringify({
  format: 1, id: 'team', version: '1.0.0', title: 'Team', description: 'Team', owner: 'team', lists: {}, rules: [{ ...rule('off', 'pricing', 'review', ['{percent} off']), id: 'team/off' }],
  suppressions: [{ rule: 'team/off', words: '20% OFF', reason: 'The list price of every quote.' }, { rule: 'team/off', words: '30% off', reason: 'Long over.', until: '2020-01-01' }],
}))

interface Run { readonly status: number | null; readonly lines: readonly Record<string, unknown>[]; readonly out: string; readonly err: string }

function run(script: string, args: readonly string[], input = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...args], { cwd: join(import.meta.dirname, '../..') })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (status) => {
      const lines = out.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
      resolve({ status, lines, out, err })
    })
    child.stdin.end(input)
  })
}
const review = (drafts: readonly unknown[], ...args: string[]) => run('review.ts', ['--pack', pack, ...args], drafts.map((draft) => JSON.stringify(draft)).join('\n'))
const chatgpt = '<p data-start="0" data-end="12" data-is-last-node="">Get 20% off.</p>'

describe('review', { timeout: 60_000 }, () => {
  it('runs rules on the parts in their languages, and says so where it is asked why', async () => {
    const text = 'Unser Angebot gilt bis Ende des Monats: 20% off für alle Kunden im Norden.\nOur offer is good until the end of the month: 20% off for all customers.'
    const { lines } = await review([{ id: 'mixed', text }], '--explain')
    expect(lines[0]?.['findings']).toEqual([expect.objectContaining({ rule: 'test/off', start: text.lastIndexOf('20%') })])
    expect(lines[0]?.['explain']).toEqual([
      expect.objectContaining({ dropped: [{ rule: 'test/off', because: 'language', start: text.indexOf('20%'), end: text.indexOf('20%') + 7, text: '20% off' }] }),
      expect.objectContaining({ dropped: [] }),
    ])
  })

  it('says of what is set aside that it is no finding either', async () => {
    const { lines } = await run('review.ts', ['--pack', teamPack, '--explain'], JSON.stringify({ id: 1, text: 'Get 20% off.' }))
    expect(lines[0]?.explain).toMatchObject([{ found: [], dropped: [{ rule: 'team/off', text: '20% off', because: 'aside' }] }])
  })

  it('leaves out what the pack says the team does not want flagged, and counts it, as long as that holds', async () => {
    const { status, lines } = await run('review.ts', ['--pack', teamPack], [{ id: 1, text: 'Get 20% off.' }, { id: 2, text: 'Get 30% off.' }].map((draft) => JSON.stringify(draft)).join('\n'))
    expect(status).toBe(0)
    expect(lines).toMatchObject([{ findings: [], suppressed: 1 }, { findings: [{ rule: 'team/off' }] }])
    expect(lines[1]).not.toHaveProperty('suppressed')
  })

  it('knows the marks that a pack carries, and stops with file and line at wrong ones', async () => {
    const marked = (marks: unknown, name: string) => file(name, JSON.stringify({
      format: 1, id: 'nova', version: '1.0.0', title: 'Nova', description: 'Nova', owner: 'nova', lists: {}, rules: [{ ...rule('off', 'pricing', 'review', ['{percent} off']), id: 'nova/off' }], marks,
    }, null, 1))
    const html = [{ id: 'nova-turn', product: 'Nova', strength: 'sure', attributes: { 'data-nova-turn': { is: 'number' } } }]
    const draft = { id: 'a', text: 'Hello', paste: { html: '<p data-nova-turn="2">Hello</p>' } }
    const { lines } = await review([draft], '--pack', marked({ checked: '2999-01-01', html, text: [{ id: 'nova-cite', product: 'Nova', class: 'T1', contains: ['[nova:#]'] }] }, 'nova.json'))
    expect(lines[0]).toMatchObject({ origin: { verdict: 'ai', evidence: [{ mark: 'nova-turn', class: 'T2', product: 'Nova' }] } })
    expect((await review([draft])).lines[0]).toMatchObject({ origin: { verdict: 'unknown', evidence: [] } })
    const wrong = await review([draft], '--pack', marked({ checked: '2999-01-01', html: [{ ...html[0], strength: 'certain' }] }, 'wrong.json'))
    expect(wrong.status).toBe(2)
    expect(wrong.err).toMatch(/wrong\.json:\d+:\d+ "strength" has a value that does not exist\./)
  })

  it('reviews line by line, in order, in the stated form', async () => {
    const { status, lines } = await review([
      { id: 'a', text: 'Get 20% off.', subject: '30% off', to: ['Ann <ann@example.com>'], label: 'not ours' },
      { id: 2, html: '<p>It <b>cures</b> diabetes</p><p>50&#37; off</p>' },
      { id: 'c', text: 'Hello' },
    ])
    expect(status).toBe(0)
    expect(lines.map((line) => line.id)).toEqual(['a', 2, 'c'])
    expect(lines[0]).toEqual({
      id: 'a', text: 'Get 20% off.',
      findings: [
        { rule: 'test/off', category: 'pricing', tier: 'review', field: 'subject', start: 0, end: 7, text: '30% off', message: 'Check off.', suggest: 'see your quote' },
        { rule: 'test/off', category: 'pricing', tier: 'review', start: 4, end: 11, text: '20% off', message: 'Check off.', suggest: 'see your quote' },
      ],
      origin: { verdict: 'unknown', evidence: [] },
      requirement: { tier: 'review', owners: [], reasons: ['Needs the author: About off (2 places)'] },
    })
    expect(lines[1]).toMatchObject({ text: 'It cures diabetes\n50% off', requirement: { tier: 'approve', owners: ['medical'] } })
    expect(lines[1]?.findings).toMatchObject([{ start: 3, end: 17, text: 'cures diabetes' }, { start: 18, end: 25, text: '50% off' }])
    expect(lines[2]).toMatchObject({ findings: [], requirement: { tier: 'note', owners: [], reasons: [] } })
  })

  it('sees where a draft came from and asks accordingly', async () => {
    const text = 'Get 20% off.'
    const { lines } = await review([
      { id: 1, text, paste: { html: chatgpt, text } }, { id: 2, text, typed: true }, { id: 3, text, paste: { html: '<p>Get 20% off.</p>', text } },
      { id: 4, text: 'See citeturn0search0', typed: true }, { id: 5, text: 'Hello', site: 'wordpress', paste: { html: chatgpt, text: 'Hello' } },
      { id: 6, html: chatgpt, typed: true },
    ])
    const seen = lines.map((line) => [(line.origin as { verdict: string }).verdict, (line.requirement as { tier: string }).tier])
    expect(seen).toEqual([['ai', 'review'], ['typed', 'note'], ['unknown', 'note'], ['ai', 'block'], ['ai', 'review'], ['ai', 'review']])
    expect(lines[0]?.origin).toMatchObject({ evidence: [{ mark: 'chatgpt-data-is-last-node', class: 'T2' }, { mark: 'chatgpt-offsets', class: 'T2' }] })
    expect(lines[3]?.origin).toMatchObject({ evidence: [{ mark: 'chatgpt-turn-citation', class: 'T1', start: 4, end: 20 }] })
  })

  it('answers bad lines in place without repeating them, goes on, and exits with 1', async () => {
    const secret = 'confidential words'
    const input = ['{"id":"x","text":"Hello"}', `{"id":"y","text":"${secret}`, '', JSON.stringify({ id: 'z', text: 5, secret }), JSON.stringify({ id: 'w', text: 'a', html: 'b' }), '[]', '{"text":"Hello"}', '{"id":"last","text":"Hello"}'].join('\n')
    const { status, lines, out, err } = await run('review.ts', ['--pack', pack], input)
    expect(status).toBe(1)
    expect(lines.map((line) => [line.id, typeof line.error])).toEqual([['x', 'undefined'], [null, 'string'], ['z', 'string'], ['w', 'string'], [null, 'string'], [null, 'string'], ['last', 'undefined']])
    expect(lines[2]?.error).toBe('"text" must be a string.')
    expect(out + err).not.toContain(secret)
  })

  it('lists entities when asked, and follows a policy file', async () => {
    const policy = file('policy.yaml', 'format: 1\nfloor: { pricing: approve }\nareas: { pricing: { owner: revenue, people: [Ann] } }\nvip: [big.example]\n')
    const { lines } = await review([{ id: 1, text: 'Get 20% off, write to ann@example.com.' }], '--entities', '--policy', policy)
    expect(lines[0]).toMatchObject({ requirement: { tier: 'approve', owners: ['revenue'] }, findings: [{ tier: 'approve' }] })
    expect(lines[0]?.entities).toEqual([{ kind: 'percent', start: 4, end: 7, text: '20%' }, { kind: 'email', start: 22, end: 37, text: 'ann@example.com' }])
  })

  it('explains when asked why a text was or was not flagged, with offsets into the draft', async () => {
    const { lines } = await review([{ id: 1, subject: 'Hello', text: 'Hello.\nGet 20% off.' }], '--explain')
    const parts = lines[0]?.explain as readonly { readonly kind: string; readonly found: readonly { readonly start: number; readonly end: number; readonly text: string }[] }[]
    expect(parts.map(({ kind }) => kind)).toEqual(['subject', 'text', 'text'])
    expect(parts[2]?.found).toMatchObject([{ start: 11, end: 18, text: '20% off' }])
  })

  it('says of what a pattern found and a check let go that it is no finding', async () => {
    const days = rule('days', 'statistic', 'review', ['{date}'], { languages: ['mul'], check: { kind: 'weekday' }, examples: { flagged: ['On Friday, 2 March 2026.'], clean: ['On Monday, 2 March 2026.'] } })
    const checked = file('checked.json', JSON.stringify({ format: 1, id: 'test', version: '1.0.0', title: 'Test', description: 'Test', owner: 'test', lists: {}, rules: [days] }))
    const { lines } = await run('review.ts', ['--pack', checked, '--explain'], JSON.stringify({ id: 1, text: 'On Monday, 2 March 2026. On Friday, 2 March 2026.' }))
    expect(lines[0]?.findings).toMatchObject([{ text: 'Friday, 2 March 2026' }])
    expect(lines[0]?.explain).toMatchObject([{ found: [{ text: 'Friday, 2 March 2026' }], dropped: [{ text: 'Monday, 2 March 2026', because: 'check' }] }])
  })

  it('says what is wrong with its options and files, and exits with 2', async () => {
    const bad = file('bad.json', '{"format":1,"draft":"all"}')
    for (const args of [['--polcy', 'x'], ['--pack', join(folder, 'nothing-here')], ['--policy', bad], ['--policy', join(folder, 'none.json')]]) {
      const { status, err, out } = await run('review.ts', args.includes('--pack') ? args : ['--pack', pack, ...args], '{"id":1,"text":"x"}')
      expect([status, out]).toEqual([2, ''])
      expect(err).toContain(args[0] === '--polcy' ? '--polcy' : String(args[1]))
    }
  })
})

describe('ledger verify', { timeout: 60_000 }, () => {
  const entries = [1, 2, 3, 4].reduce<LedgerEntry[]>((list, at) => [...list, appendEntry(list.at(-1) ?? null, at, 'sent', { draft: at })], [])
  const lines = entries.map((entry) => JSON.stringify(entry))

  it('finds an intact export intact', async () => {
    const path = file('ledger.jsonl', `${lines.join('\n')}\n`)
    const head = entries.at(-1)?.digest ?? ''
    expect(await run('ledger.ts', ['verify', path, '--head', head])).toMatchObject({ status: 0, out: expect.stringContaining(`INTACT: 4 entries, last digest ${head}\n`) as string })
  })

  it('names the first bad line', async () => {
    const path = file('altered.jsonl', lines.map((line, index) => (index >= 1 ? line.replace(/"draft":\d/, '"draft":9') : line)).join('\n'))
    const { status, out } = await run('ledger.ts', ['verify', path])
    expect(status).toBe(1)
    expect(out).toContain('line 2, entry 2')
    const garbage = await run('ledger.ts', ['verify', '-'], `${lines[0]}\nnot json`)
    expect(garbage).toMatchObject({ status: 1 })
    expect(garbage.out).toContain('line 2')
  })

  it('finds a cut end by the head, and says how it is used', async () => {
    const path = file('cut.jsonl', lines.slice(0, 2).join('\n'))
    expect((await run('ledger.ts', ['verify', path, '--head', entries.at(-1)?.digest ?? ''])).status).toBe(1)
    expect((await run('ledger.ts', ['check', path])).status).toBe(2)
    expect((await run('ledger.ts', ['verify', join(folder, 'none')])).status).toBe(2)
  })

  describe('of an export with its signatures', () => {
    const seed = new Uint8Array(32).fill(7)
    const sign = (text: string, by = seed): string => Buffer.from(ed25519.sign(new TextEncoder().encode(text), by)).toString('base64url')
    const key = Buffer.from(ed25519.getPublicKey(seed)).toString('base64url')
    const signed = LEDGER_KINDS.reduce<SignedEntry[]>((list, kind, at) => {
      const entry = appendEntry(list.at(-1) ?? null, at, kind, { draft: at, reviewer: { name: 'Dana' } })
      return [...list, { ...entry, signature: sign(entry.digest) }]
    }, [])
    const end = { count: signed.length, head: signed.at(-1)?.digest ?? '', at: 1 }
    const whole: Record<string, unknown>[] = [{ countersign: 'ledger', version: 2, key }, ...signed.map((one) => ({ ...one })), { countersign: 'ledger-end', ...end, signature: sign(trailerDigest(end)) }]
    const check = async (name: string, values: readonly unknown[], ...more: string[]) => run('ledger.ts', ['verify', file(name, values.map((value) => JSON.stringify(value)).join('\n')), ...more])

    it('finds it intact and names the key', async () => {
      const { status, out } = await check('signed.jsonl', whole, '--key', key)
      expect(out).toContain(`INTACT: ${signed.length} entries`)
      expect(out).toContain(key)
      expect(status).toBe(0)
    })

    it('follows a device from key to key, whichever of them it is told, and refuses what the key before signed afterwards', async () => {
      const seeds = [seed, new Uint8Array(32).fill(5), new Uint8Array(32).fill(6)] as const
      const keys = seeds.map((one) => Buffer.from(ed25519.getPublicKey(one)).toString('base64url'))
      const chain: SignedEntry[] = []
      const add = (kind: SignedEntry['kind'], body: Record<string, unknown>, by: Uint8Array<ArrayBuffer>): void => {
        const entry = appendEntry(chain.at(-1) ?? null, 1, kind, body)
        chain.push({ ...entry, signature: sign(entry.digest, by) })
      }
      const handOver = (at: 0 | 1): void => {
        const [from, to, last] = [keys[at] ?? '', keys[at + 1] ?? '', chain.at(-1) ?? null]
        add('key', { what: 'new', from, to, proof: sign(handOverDigest({ from, to, seq: chain.length + 1, prev: linkTo(last) }), seeds[at + 1]) }, seeds[at])
      }
      const exported = (by = seeds[2]): unknown[] => {
        const last = { count: chain.length, head: chain.at(-1)?.digest ?? '', at: 1 }
        return [{ countersign: 'ledger', version: 2, key: keys[2], first: keys[0] }, ...chain, { countersign: 'ledger-end', ...last, signature: sign(trailerDigest(last), by) }]
      }
      add('sent', {}, seeds[0])
      handOver(0)
      add('sent', {}, seeds[1])
      handOver(1)
      add('sent', {}, seeds[2])
      for (const pinned of keys) {
        const { status, out } = await check('keys.jsonl', exported(), '--key', pinned)
        expect(out).toContain('INTACT: 5 entries')
        expect(out).toMatch(new RegExp(`Signed by ${keys[2]} [^]*Before that by ${keys[1]} [^]*Before that by ${keys[0]} `))
        expect(status).toBe(0)
      }
      const stranger = Buffer.from(ed25519.getPublicKey(new Uint8Array(32).fill(9))).toString('base64url')
      expect((await check('keys.jsonl', exported(), '--key', stranger)).out).toContain('of another device')
      expect((await check('keys-cut.jsonl', [...exported().slice(0, 4), exported().at(-1)])).out).toContain('another key than the file names')
      add('sent', {}, seeds[1])
      const late = await check('keys-late.jsonl', exported())
      expect(late.out).toContain('BROKEN at line 7, entry 6: It is not signed')
      expect(late.status).toBe(1)
    })

    it('finds an end cut off, an entry that somebody else added, a doubled line and another key', async () => {
      const last = signed.at(-1) ?? null
      const added = appendEntry(last, 9, 'sent', {})
      const other = new Uint8Array(32).fill(8)
      const forged = { ...end, count: signed.length + 1, head: added.digest }
      const cases: [string, readonly unknown[], RegExp][] = [
        ['cut', whole.slice(0, -1), /last line.* is missing/], ['cut-more', whole.slice(0, 4), /is missing/], ['short', [...whole.slice(0, 4), whole.at(-1)], /speaks of/],
        ['added', [...whole.slice(0, -1), { ...added, signature: sign(added.digest, other) }, { countersign: 'ledger-end', ...forged, signature: sign(trailerDigest(forged), other) }], new RegExp(`line ${signed.length + 2}, entry ${signed.length + 1}: It is not signed`)],
        ['doubled', [...whole.slice(0, 3), ...whole.slice(2)], /line 4, entry 3/], ['swapped', [whole[0], whole[2], whole[1], ...whole.slice(3)], /line 2, entry 1/], ['after', [...whole, whole[1]], /after the last line/],
      ]
      for (const [name, values, words] of cases) {
        const { status, out } = await check(`${name}.jsonl`, values)
        expect(out, name).toMatch(words)
        expect(status, name).toBe(1)
      }
      expect((await check('key.jsonl', whole, '--key', 'A'.repeat(43))).out).toContain('another device')
    })
  })
})
