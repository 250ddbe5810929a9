import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, findInSurface, launchBare, waitInSurface } from '../../e2e/harness/index.ts'
import { CLEAN, enter, pasteInto, RISKY, settleByKeys, sign } from '../../e2e/harness/page.ts'
import { oursIn, openBrowser, type AppBrowser } from '../browser.ts'
import { blockContent, chooseClassicDate, chooseDate, classicContent, logIn, newBlockPost, newClassicPost, openBlockPost, openClassicPost, PUBLISH, SAVE_DRAFT, type Draft } from './author.ts'
import { startWordPress, type Author, type Post, type WordPress } from './server.ts'

/** WordPress itself: what is held, what goes, and what is then in its database. Each risky post is also written in a browser without the extension: both must be the same, byte for byte. */

let wordpress: WordPress
let ours: AppBrowser
let bare: Awaited<ReturnType<typeof launchBare>>
const pages = new Map<string, Page>()

beforeAll(async () => {
  wordpress = await startWordPress()
  console.log(`WordPress ${wordpress.version}`)
  ours = await openBrowser(`${wordpress.url}/wp-admin/`, 'wordpress')
  bare = await launchBare()
})

afterAll(async () => {
  // A browser that complains at its end must not leave the servers behind.
  const ends = await Promise.allSettled([ours?.close(), bare?.close()])
  await wordpress?.close()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
})

/** One page an author and browser; who comes after another has to log in anew. */
let loggedIn = ''
async function pageOf(author: Author, browser: 'ours' | 'bare'): Promise<Page> {
  const context = browser === 'ours' ? ours.context : bare.context
  const key = `${author} ${browser}`
  if (loggedIn !== author) {
    for (const page of pages.values()) await page.close()
    pages.clear()
    loggedIn = author
  }
  if (!pages.has(key)) pages.set(key, await logIn(context, wordpress, author))
  return pages.get(key)!
}

const LIVE = { block: '<!-- wp:paragraph -->\n<p>Opening hours.</p>\n<!-- /wp:paragraph -->', classic: 'Opening hours.' }

interface Way {
  readonly name: string
  readonly author: Author
  readonly open: (page: Page, title: string) => Promise<Draft>
  readonly content: (page: Page) => Promise<string>
  /** Between the writing and the act: what opens panels and chooses dates. */
  readonly prepare?: (page: Page) => Promise<void>
  readonly leave: (page: Page) => Promise<void>
  readonly status: 'publish' | 'future'
  readonly signBy?: 'keys' | 'press'
}

const live = (author: 'block' | 'classic') => (title: string): Promise<number> => wordpress.make({ title, content: LIVE[author], status: 'publish' })
const newBlock = (page: Page, title: string): Promise<Draft> => newBlockPost(page, wordpress, title)
const liveBlock = async (page: Page, title: string): Promise<Draft> => openBlockPost(page, wordpress, await live('block')(title))
const newClassic = (tab: 'visual' | 'text') => (page: Page, title: string): Promise<Draft> => newClassicPost(page, wordpress, title, tab)
const liveClassic = (tab: 'visual' | 'text') => async (page: Page, title: string): Promise<Draft> => openClassicPost(page, wordpress, await live('classic')(title), tab)
const openPanel = async (page: Page): Promise<void> => {
  await page.click(PUBLISH.toggle)
  await page.waitForSelector(PUBLISH.press)
}
const block = { author: 'block', content: blockContent } as const
const classic = { author: 'classic', content: classicContent } as const

const WAYS: readonly Way[] = [
  { ...block, name: 'block editor: Publish, the second press', open: newBlock, prepare: openPanel, leave: (page) => page.click(PUBLISH.press), status: 'publish', signBy: 'press' },
  { ...block, name: 'block editor: Enter on Publish', open: newBlock, prepare: async (page) => { await openPanel(page); await page.focus(PUBLISH.press) }, leave: (page) => page.keyboard.press('Enter'), status: 'publish' },
  { ...block, name: 'block editor: Schedule', open: newBlock, prepare: async (page) => { await chooseDate(page); await openPanel(page) }, leave: (page) => page.click(PUBLISH.press), status: 'future' },
  { ...block, name: 'block editor: Update of a live post', open: liveBlock, leave: (page) => page.click(PUBLISH.live), status: 'publish', signBy: 'press' },
  { ...block, name: 'block editor: Ctrl+S in a live post', open: liveBlock, leave: (page) => page.keyboard.press('ControlOrMeta+s'), status: 'publish' },
  { ...classic, name: 'classic editor, visual: Publish', open: newClassic('visual'), leave: (page) => page.click('#publish'), status: 'publish', signBy: 'press' },
  { ...classic, name: 'classic editor, visual: Space on Publish', open: newClassic('visual'), prepare: (page) => page.focus('#publish'), leave: (page) => page.keyboard.press('Space'), status: 'publish' },
  { ...classic, name: 'classic editor, visual: Schedule', open: newClassic('visual'), prepare: chooseClassicDate, leave: (page) => page.click('#publish'), status: 'future' },
  { ...classic, name: 'classic editor, visual: Update of a live post', open: liveClassic('visual'), leave: (page) => page.click('#publish'), status: 'publish' },
  { ...classic, name: 'classic editor, text: Publish', open: newClassic('text'), leave: (page) => page.click('#publish'), status: 'publish', signBy: 'press' },
  { ...classic, name: 'classic editor, text: Update of a live post', open: liveClassic('text'), leave: (page) => page.click('#publish'), status: 'publish' },
  { ...classic, name: 'classic editor: Enter in the title of a live post', open: liveClassic('text'), prepare: (page) => page.focus('#title'), leave: (page) => page.keyboard.press('Enter'), status: 'publish' },
]

async function titled(title: string): Promise<Post | undefined> {
  return (await wordpress.posts()).find((post) => post.title === title)
}

/** Out in the world: what readers see, or will. */
async function isOut(title: string, { status }: Way, before: Post | undefined): Promise<boolean> {
  const post = await titled(title)
  return post?.status === status && post.content !== before?.content
}

async function write(way: Way, page: Page, title: string, risky: boolean): Promise<{ standing: string; before: Post | undefined }> {
  const { editor } = await way.open(page, title)
  if (risky) await pasteInto(page, editor, RISKY)
  else {
    await enter(editor)
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(CLEAN)
  }
  await page.waitForTimeout(400)
  const standing = await way.content(page)
  expect(standing).toContain(risky ? 'a 20% discount' : CLEAN)
  await way.prepare?.(page)
  return { standing, before: await titled(title) }
}

/** A browser posts a form with its own line ends, and so WordPress keeps them. */
const lines = (text: string): string => text.replaceAll('\r\n', '\n')

let count = 0
const nextTitle = (way: Way): string => `${way.name} ${++count}`

describe('every way out', () => {
  test.each(WAYS)('$name: held until signed, then let go once, as it was written', async (way) => {
    const page = await pageOf(way.author, 'ours')
    const title = nextTitle(way)
    const { standing, before } = await write(way, page, title, true)
    await way.leave(page)
    await waitInSurface(page, '[data-cs=panel]')
    await page.waitForTimeout(500)
    expect(await isOut(title, way, before), 'before the signature').toBe(false)
    await settleByKeys(page)
    expect(await isOut(title, way, before), 'before the signature').toBe(false)
    await sign(page, way.signBy ?? 'keys')
    expect(await eventually(() => isOut(title, way, before), 15_000), 'after the signature').toBe(true)
    await page.waitForTimeout(600)
    const post = (await titled(title))!
    expect(lines(post.content)).toBe(standing)
    expect(oursIn(await wordpress.everything())).toBeNull()

    const control = await pageOf(way.author, 'bare')
    const alone = nextTitle(way)
    const { before: was } = await write(way, control, alone, true)
    await way.leave(control)
    expect(await eventually(() => isOut(alone, way, was), 15_000), 'without the extension').toBe(true)
    await control.waitForTimeout(600)
    const other = (await titled(alone))!
    expect({ content: post.content, status: post.status, revisions: post.revisions }).toEqual({ content: other.content, status: other.status, revisions: other.revisions })
  })

  test.each(WAYS)('$name: a clean post, typed, goes at the first press', async (way) => {
    const page = await pageOf(way.author, 'ours')
    const title = nextTitle(way)
    const { standing, before } = await write(way, page, title, false)
    await way.leave(page)
    expect(await eventually(() => isOut(title, way, before), 15_000)).toBe(true)
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
    await page.waitForTimeout(300)
    expect(lines((await titled(title))!.content)).toBe(standing)
  })
})

type Saving = Pick<Way, 'name' | 'author' | 'open' | 'content' | 'leave'>

const SAVINGS: readonly Saving[] = [
  { ...block, name: 'block editor: Save draft', open: newBlock, leave: (page) => page.click(SAVE_DRAFT.block) },
  { ...block, name: 'block editor: Ctrl+S in a draft', open: newBlock, leave: (page) => page.keyboard.press('ControlOrMeta+s') },
  { ...classic, name: 'classic editor, visual: Save draft', open: newClassic('visual'), leave: (page) => page.click(SAVE_DRAFT.classic) },
  { ...classic, name: 'classic editor, text: Save draft', open: newClassic('text'), leave: (page) => page.click(SAVE_DRAFT.classic) },
  { ...classic, name: 'classic editor: Enter in the title of a draft', open: newClassic('text'), leave: (page) => page.press('#title', 'Enter') },
]

describe('what lets nothing out', () => {
  test.each(SAVINGS)('$name is free, and what is kept has nothing of ours', async (saving) => {
    const page = await pageOf(saving.author, 'ours')
    const title = `${saving.name} ${++count}`
    const { standing } = await write({ ...saving, status: 'publish' }, page, title, true)
    await saving.leave(page)
    const kept = async (): Promise<boolean> => lines((await titled(title))?.content ?? '') === standing
    expect(await eventually(kept, 15_000), 'saved').toBe(true)
    await page.waitForTimeout(500)
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
    expect((await titled(title))!.status).toBe('draft')
    expect(oursIn(await wordpress.everything())).toBeNull()
  })
})
