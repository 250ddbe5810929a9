import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { complaintsOf, makeBench, openCard, openOwn, pasteMail, rowsIn, type Bench } from './harness/person.ts'

/** A lead gives rules to a member, as a signed file or at an address; what is not good is refused with its reason, and the last good version stays. */
let desk: Desk
let bench: Bench
const open: Launched[] = []

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench(['http://127.0.0.1/*', 'https://127.0.0.1/*'])
})
afterEach(async () => {
  for (const launched of open.splice(0)) await launched.close()
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

/** The rules of a small team, as a person would write them by hand. */
function houseRules(version: string, change: Record<string, unknown> = {}, ruleChange: Record<string, unknown> = {}): string {
  const rule = {
    id: 'house/product-name', title: 'Name of our product', category: 'brand', tier: 'review', owner: 'brand', languages: ['en'], message: 'The product is called Larkfield Dawn.',
    sources: [{ title: 'House rule' }], match: ['sunrise lamp'], suggest: 'Larkfield Dawn',
    examples: { flagged: ['The sunrise lamp is here.'], clean: ['The Larkfield Dawn is here.'] }, ...ruleChange,
  }
  return `${JSON.stringify({ format: 1, id: 'house', version, title: 'House rules', description: 'How we call our things.', owner: 'brand', rules: [rule], ...change }, null, 2)}\n`
}

interface PackRow { id: string; version: string; signedBy: string | null; source: string }
const packs = async (page: Page): Promise<string[]> => (await rowsIn<PackRow>(page, 'packs')).map(({ id, version, signedBy }) => `${id} ${version} ${signedBy ?? 'unsigned'}`)

async function start(profile: string, name: string): Promise<Launched> {
  const launched = await bench.open(profile, { args: ['--ignore-certificate-errors'] })
  open.push(launched)
  await seedSettings(launched.worker, { ...practiceSettings(desk.url), reviewer: { name, role: '' } })
  return launched
}

/** Opens a pack file under Rules and gives what the page says of it. */
async function openPack(rules: Page, text: string): Promise<string> {
  const banner = rules.locator('.banner.note')
  if (await banner.count()) await banner.getByRole('button', { name: 'Close' }).click()
  await rules.locator('input[type=file]').setInputFiles({ name: 'rules.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  const use = rules.getByRole('button', { name: 'Use this pack' })
  await use.or(rules.locator('.banner.t-signed, .banner.t-block, .banner.note:has(button)')).first().waitFor()
  if (await use.count()) await use.click()
  await rules.locator('.banner.t-signed, .banner.t-block, .banner.note:has(button)').first().waitFor()
  return (await banner.innerText()).replace(/\s+/g, ' ')
}

/** The lead's whole way: a pack opened from a hand-written file, exported under Team. Each version is the signed file's text. */
async function leadExports(versions: readonly string[]): Promise<string[]> {
  const lead = await start('lead', 'Ines Roy')
  const files: string[] = []
  for (const text of versions) {
    const rules = await openOwn(lead, 'dashboard.html#/rules')
    await rules.getByRole('heading', { name: 'Rules', exact: true }).waitFor()
    expect(await openPack(rules, text)).toContain('House rules')
    await rules.getByRole('link', { name: 'Team' }).click()
    const download = rules.waitForEvent('download')
    await rules.getByRole('button', { name: 'Export signed file' }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^house-\d+\.\d+\.\d+\.json$/)
    await file.saveAs(bench.path('export.json'))
    files.push(readFileSync(bench.path('export.json'), 'utf8'))
    await rules.close()
  }
  await lead.close()
  open.splice(open.indexOf(lead), 1)
  return files
}

/** The card names the pack, its version and who signed it. */
async function expectFlagged(member: Launched, version: string): Promise<void> {
  const page = member.context.pages()[0]!
  await page.bringToFront()
  await pasteMail(page, desk, { subject: 'Lamps', blocks: ['Hi Marta,', 'The sunrise lamp arrives on Monday.'] })
  const card = await openCard(page, 'sunrise lamp')
  expect(card).toContain(`From House rules ${version}, signed by Ines Roy`)
  expect(card).toContain('Larkfield Dawn')
}

let signed: { old: string; good: string; next: string }
beforeAll(async () => {
  const [old = '', good = '', next = ''] = await leadExports([houseRules('1.0.0'), houseRules('1.1.0'), houseRules('1.2.0')])
  signed = { old, good, next }
})

describe('a pack as a file', () => {
  test('signed by a lead is in use at a member, and its findings name it; everything that is not good is refused and it stays', async () => {
    const member = await start('member', 'Dana Whitfield')
    const complaints = complaintsOf(member.context)
    const rules = await openOwn(member, 'dashboard.html#/rules')
    await rules.getByRole('heading', { name: 'Rules', exact: true }).waitFor()
    expect(await openPack(rules, signed.good)).toContain('House rules, version 1.1.0, is in use.')
    expect(await packs(rules)).toEqual(['house 1.1.0 Ines Roy'])
    await rules.getByRole('link', { name: /House rules/ }).first().click()
    await rules.getByText('Signed by Ines Roy').waitFor()
    expect(await openPack(rules, signed.good)).toContain('was in use already')

    const broken = JSON.parse(signed.next) as { pack: { rules: object[] } }
    const refusals: readonly [what: string, text: string, ...said: RegExp[]][] = [
      ['one byte changed', signed.next.replace('sunrise lamp', 'sunrise lamb'), /refused/, /rules\.json|pack\.json/, /changed after it was signed/],
      ['a signature of something else', signed.next.replace(/"signature":"[^"]*"/, /"signature":"[^"]*"/.exec(signed.old)?.[0] ?? ''), /signature does not fit/],
      ['not signed', houseRules('1.3.0'), /is not signed/, /Compare the key/],
      ['older', signed.old, /1\.0\.0 is older than 1\.1\.0/],
      ['an example that fails', houseRules('2.0.0', { id: 'other' }, { id: 'other/name', examples: { flagged: ['Nothing here.'], clean: ['The Larkfield Dawn is here.'] } }), /\.json:\d+:\d+/, /Nothing here/],
      ['an unknown field', houseRules('2.0.0', { id: 'other' }, { id: 'other/name', script: 'alert(1)' }), /\.json:\d+:\d+/, /script/],
      ['an unknown field under a signature', JSON.stringify({ ...broken, pack: { ...broken.pack, script: 'x' } }), /script/],
      ['not JSON', signed.next.slice(0, 200), /\.json:\d+:\d+/],
    ]
    for (const [what, text, ...expected] of refusals) {
      const said = await openPack(rules, text)
      for (const words of expected) expect(said, what).toMatch(words)
      expect(said, what).toContain('The last good version, if there was one, stays in use.')
      expect(await packs(rules), what).toEqual(['house 1.1.0 Ines Roy'])
    }
    await expectFlagged(member, '1.1.0')
    expect(complaints).toEqual([])
  })
})

interface Shelf { readonly address: string; body: string; type: string; etag: string; readonly asked: { readonly match: string | undefined; status: number }[]; readonly server: Server }

/** An HTTPS address with one file on it. */
async function startShelf(body: string): Promise<Shelf> {
  const [key, cert] = [bench.path('key.pem'), bench.path('cert.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' })
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const match = request.headers['if-none-match']
    const status = match === shelf.etag ? 304 : 200
    shelf.asked.push({ match, status })
    response.writeHead(status, { etag: shelf.etag, ...(status === 200 ? { 'content-type': shelf.type } : {}) })
    response.end(status === 200 ? shelf.body : undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const shelf: Shelf = { address: `https://127.0.0.1:${(server.address() as AddressInfo).port}/house.json`, body, type: 'application/json', etag: '"one"', asked: [], server }
  return shelf
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    console.warn('Skipped: without openssl no certificate can be made for the test server.')
    return false
  }
}

describe('a pack at an address', () => {
  test.skipIf(!hasOpenssl())('is fetched, asked again with its ETag, updated on demand; a web page and an older version are refused', async () => {
    const shelf = await startShelf(signed.good)
    try {
      const member = await start('subscriber', 'Dana Whitfield')
      member.allowRequests(new URL(shelf.address).origin)
      const complaints = complaintsOf(member.context)
      const team = await openOwn(member, 'dashboard.html#/team')
      await team.getByLabel('HTTPS address of the pack file').fill(shelf.address)
      await team.getByRole('button', { name: 'Subscribe', exact: true }).click()
      await team.getByText('House rules, version 1.1.0, is not in use yet').waitFor()
      expect(await packs(team), 'looking takes nothing into use').toEqual([])
      await team.getByRole('button', { name: 'on past drafts' }).click()
      await team.getByText('There are no drafts to try it on yet.').waitFor()
      await team.getByRole('button', { name: 'Use this pack' }).click()
      await team.getByText('House rules, version 1.1.0, is in use.').waitFor()
      expect(shelf.asked.splice(0, 1)).toEqual([{ match: undefined, status: 200 }])
      expect(shelf.asked).toEqual([{ match: undefined, status: 200 }])
      expect(await packs(team)).toEqual(['house 1.1.0 Ines Roy'])

      const shown = async (): Promise<string> => (await team.locator('main').innerText()).replace(/\s+/g, ' ')
      /** Checks now; the page must then say this, and how the subscription stands. */
      const check = async (words: RegExp, state: 'Last version refused' | 'Not reached' | null = null): Promise<void> => {
        const before = shelf.asked.length
        await team.getByRole('button', { name: 'Check now' }).click()
        expect(await eventually(() => shelf.asked.length > before)).toBe(true)
        const said = await eventually(async () => words.test(await shown()) && (/Last version refused|Not reached/.exec(await shown())?.[0] ?? null) === state)
        expect(said, `${words.source} in: ${await shown()}`).toBe(true)
      }
      await check(/version 1\.1\.0/)
      expect(shelf.asked.slice(1)).toEqual([{ match: '"one"', status: 304 }])

      Object.assign(shelf, { body: signed.next, etag: '"two"' })
      await check(/version 1\.2\.0/)
      expect(await packs(team)).toEqual(['house 1.2.0 Ines Roy'])
      await expectFlagged(member, '1.2.0')

      await team.bringToFront()
      Object.assign(shelf, { body: '<!doctype html><title>Sign in</title>', type: 'text/html', etag: '"three"' })
      await check(/gave a web page instead of what was asked for/, 'Not reached')
      Object.assign(shelf, { body: signed.old, type: 'application/json', etag: '"four"' })
      await check(/1\.0\.0 is older than 1\.2\.0/, 'Last version refused')
      Object.assign(shelf, { body: houseRules('1.4.0'), etag: '"five"' })
      await check(/not signed/, 'Last version refused')
      expect(await packs(team)).toEqual(['house 1.2.0 Ines Roy'])
      expect(await team.locator('main').innerText()).toContain('version 1.2.0')

      Object.assign(shelf, { body: signed.next, etag: '"six"' })
      await check(/version 1\.2\.0/)
      expect(complaints).toEqual([])
    } finally {
      shelf.server.closeAllConnections()
      await new Promise((resolve) => shelf.server.close(resolve))
    }
  })
})
