import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LedgerEntry } from '../../lib/review/index.ts'
import { eventually, launchExtension, openCompose, pasteHtml, startDesk, textOfSurface, waitInSurface, type Desk, type ExtensionUnderTest, type LaunchExtensionOptions } from './harness/index.ts'
import { openOwn, rowsIn, SEND } from './harness/person.ts'
import { draftsOf, RISKY } from './harness/page.ts'

/** The policy as a person meets it: what a draft needs in words, modes, and a whole review by keys alone. */
let desk: Desk
let now: ExtensionUnderTest | null = null

beforeAll(async () => { desk = await startDesk({ undoMs: 0 }) })
afterEach(async () => {
  await now?.close()
  now = null
  desk.reset()
})
afterAll(async () => { await desk.close() })

async function start(policy: object): Promise<ExtensionUnderTest> {
  now = await launchExtension({ desk, settings: { policy } as LaunchExtensionOptions['settings'] & object })
  return now
}

async function compose(page: Page, subject: string, clipboard: { readonly html: string; readonly text: string } = RISKY): Promise<void> {
  await openCompose(page, desk.url, { subject })
  await pasteHtml(page, clipboard)
}

const markedWords = (page: Page): Promise<string[]> => page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String)))
const ledgerOf = async (of: ExtensionUnderTest): Promise<LedgerEntry[]> => rowsIn<LedgerEntry>(await openOwn(of, 'dashboard.html#/ledger'), 'ledger')

describe('modes', () => {
  test('observe marks and records, and holds nothing', async () => {
    const browser = await start({ mode: 'observe' })
    await compose(browser.page, 'Observed')
    expect(await eventually(async () => (await markedWords(browser.page)).includes('a 20% discount'))).toBe(true)
    await browser.page.click(SEND)
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    const noted = async (): Promise<LedgerEntry[]> => (await ledgerOf(browser)).filter((entry) => entry.kind === 'sent')
    expect(await eventually(async () => (await noted()).length === 1)).toBe(true)
    expect((await noted())[0]?.body).toMatchObject({ mode: 'observe', findings: [{ rule: expect.stringContaining('pricing/') as string }] })
  })

  test('remind holds once, a double click does not get past it, and the next press lets go; the record says it was not reviewed', async () => {
    const browser = await start({ mode: 'remind' })
    await compose(browser.page, 'Reminded')
    await waitInSurface(browser.page, '[data-cs=chip]')
    await browser.page.dblclick(SEND)
    await waitInSurface(browser.page, '[data-cs=panel]')
    expect(await textOfSurface(browser.page, '[data-cs=panel]')).toContain('This is a reminder.')
    expect(await textOfSurface(browser.page, '[data-cs=needs]')).toMatch(/^Needs your signature, because: .+\.$/)
    expect(desk.sent('mail')).toEqual([])
    await browser.page.waitForTimeout(1_100)
    await browser.page.keyboard.press('Escape')
    await browser.page.click(SEND)
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    const kinds = async (): Promise<string[]> => (await ledgerOf(browser)).map((entry) => `${entry.kind} ${String(entry.body['mode'])}`)
    expect(await eventually(async () => (await kinds()).includes('unreviewed remind'))).toBe(true)
    expect(desk.sent('mail')).toHaveLength(1)
  })

  test('a category that is enforced holds again and again beside a policy that only reminds', async () => {
    const browser = await start({ mode: 'remind', modes: { pricing: 'enforce' } })
    await compose(browser.page, 'Enforced')
    await waitInSurface(browser.page, '[data-cs=chip]')
    for (let tries = 0; tries < 2; tries++) {
      await browser.page.click(SEND)
      await waitInSurface(browser.page, '[data-cs=panel]')
      await browser.page.waitForTimeout(1_100)
      await browser.page.keyboard.press('Escape')
    }
    await browser.page.waitForTimeout(500)
    expect(desk.sent('mail')).toEqual([])
  })
})

const SENTENCES = [
  'We can offer you a 20% discount on the lamps.', 'We guarantee delivery before the winter rota.', 'Studies show that 87% of adults sleep badly.', 'Send them back within 60 days for a full refund.',
  'The price will not change until next year.', 'You will double your revenue within a quarter.',
]
const FINDINGS = 8

/** Paragraphs as a chat page puts them on the clipboard: each says where in the answer it stands. */
function chatAnswer(paragraphs: readonly string[]): { readonly html: string; readonly text: string } {
  let start = 0
  const html = paragraphs.map((text, index) => {
    const last = index === paragraphs.length - 1 ? ' data-is-last-node=""' : ''
    const written = `<p data-start="${start}" data-end="${start + text.length}"${last}>${text}</p>`
    start += text.length + 2
    return written
  }).join('')
  return { html, text: paragraphs.join('\n\n') }
}

/** All of the page that a screen reader is given. */
async function accessibleNodes(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
}

/** What a screen reader says by itself when it changes: the words of each live region, with how urgent it is. */
async function liveRegions(page: Page): Promise<string[]> {
  const nodes = await accessibleNodes(page)
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const words = (id: string): string[] => {
    const node = byId.get(id)
    if (!node) return []
    return node.role?.value === 'StaticText' ? [String(node.name?.value ?? '')] : (node.childIds ?? []).flatMap(words)
  }
  return nodes.flatMap((node) => {
    const live = node.properties?.find(({ name }) => name === 'live')?.value.value as string | undefined
    return live === 'polite' || live === 'assertive' ? [`${live}: ${words(node.nodeId).join(' ')}`] : []
  })
}

/** Each name that a screen reader would say of our interface, with its role, a line each, indented as it stands in the tree. */
async function accessibleTree(page: Page): Promise<string> {
  const nodes = await accessibleNodes(page)
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const depth = (id: string | undefined): number => { const parent = id === undefined ? undefined : byId.get(id)?.parentId; return parent === undefined ? 0 : 1 + depth(parent) }
  const top = nodes.find((node) => node.role?.value === 'alertdialog')
  const inside = (id: string | undefined): boolean => id !== undefined && (id === top?.nodeId || inside(byId.get(id)?.parentId))
  return nodes.filter((node) => !node.ignored && inside(node.nodeId) && String(node.name?.value ?? '') !== '' && node.role?.value !== 'InlineTextBox')
    .map((node) => `${'  '.repeat(depth(node.nodeId) - depth(top?.nodeId))}${String(node.role?.value)}: ${String(node.name?.value)}`).join('\n')
}

describe('a review by keys', () => {
  test('eight findings and the signature take fewer presses than fit into thirty seconds, and read sensibly', async () => {
    const browser = await start({})
    const { page } = browser
    await compose(page, 'Eight', chatAnswer(SENTENCES))
    await waitInSurface(page, '[data-cs=chip]')
    const open = async (): Promise<number> => {
      const [draft] = await draftsOf(page)
      return draft?.gate.kind === 'hold' ? draft.gate.open.length : 0
    }
    expect(await eventually(async () => (await open()) === FINDINGS)).toBe(true)
    // What is open is said without being looked for, and politely: somebody is writing.
    expect(await eventually(async () => (await liveRegions(page)).some((said) => said.startsWith('polite: ') && said.includes(`${FINDINGS} to settle`)))).toBe(true)

    let presses = 0
    const press = async (key: string): Promise<void> => { presses++; await page.keyboard.press(key); await page.waitForTimeout(120) }
    await press('Control+Enter')
    await waitInSurface(page, '[data-cs=panel]')
    expect(desk.sent('mail')).toEqual([])
    const tree = await accessibleTree(page)
    if (process.env['COUNTERSIGN_TREE']) writeFileSync(process.env['COUNTERSIGN_TREE'], tree)
    expect(tree).toMatch(/^alertdialog: \S/)
    expect(tree).toContain('Needs ')
    for (const words of ['20% discount', 'guarantee']) expect(tree).toContain(words)
    expect(tree.match(/^ *button: *$/gm)).toBeNull()

    await press('Enter')
    await waitInSurface(page, '[data-cs=card]')
    for (let at = 0; at < FINDINGS; at++) {
      const before = await open()
      if (at % 2 === 0) {
        await press('k')
        await press('1')
        await press('Enter')
      } else await press('x')
      // A serious finding is not called a false alarm without a reason.
      if ((await open()) === before) {
        await page.keyboard.type('ok')
        presses += 2
        await press('Enter')
      }
      expect(await eventually(async () => (await open()) < before), `finding ${at + 1} of ${FINDINGS}`).toBe(true)
    }
    await waitInSurface(page, '[data-cs=panel]')
    expect(await textOfSurface(page, '[data-cs=panel]')).toContain(`${FINDINGS} of ${FINDINGS}`)
    expect(await eventually(async () => (await liveRegions(page)).some((said) => said.startsWith('polite: ') && said.includes('Sign to send')))).toBe(true)
    await page.waitForTimeout(500)
    await press('Control+Enter')
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    // Two presses a second is slow typing; looking is the reader's own time.
    expect(presses).toBeLessThan(60)
  })
})
